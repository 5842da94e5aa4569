using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Couriers.Inventories;
using RootCustody.Desk.Rotation;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People.Orders;

/// <summary>An account is closed, a customer suspended: what runs ends, and no secret is lost.</summary>
public sealed class StateOrdersTests
{
    private const string Number = "111122223333";
    private const StringComparison Ordinal = StringComparison.Ordinal;

    [DatabaseFact]
    public async Task What_runs_on_a_closed_account_ends_and_nothing_is_asked_for_it()
    {
        await using var stage = await Stage.SetAsync();
        var open = await stage.OpenAsync();
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        var waiting = await stage.AskAsync();
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, open, Half.Password, new Screen()));

        await stage.MakeAsync($"close-account {Number}");

        Assert.Equal(RequestState.Revoked, (await stage.RequestAsync(open)).State);
        Assert.Equal(RequestState.Withdrawn, (await stage.RequestAsync(waiting)).State);
        Assert.Contains(
            Sentences.For(Refusal.WindowOver),
            Said(await stage.RevealAsync(Stage.Mona, open, Half.Mfa, new Screen())),
            Ordinal
        );
        Assert.DoesNotContain(await AskAgainAsync(stage), r => r is RequestState.Asked);
        Assert.Equal(Sentences.For(Refusal.AccountClosed), Said(await DrillAsync(stage)));
        var (owes, exposures) = await stage.InDbAsync(async db =>
            ((await db.Accounts.SingleAsync()).OwesSince, await db.Exposures.CountAsync(e => e.Request == open))
        );
        Assert.NotNull(owes); // the password was shown
        Assert.Equal(1, exposures);
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task A_closed_account_is_not_rotated_and_once_it_is_reopened_what_it_owes_is_due()
    {
        await using var stage = await Stage.SetAsync();
        await stage.RevealAsync(Stage.Paul, await stage.OpenAsync(), Half.Password, new Screen());
        await stage.MakeAsync($"close-account {Number}");
        await SweepAsync(stage);
        Assert.False(await IsRotationAskedAsync(stage));
        Assert.Equal("Nothing is open.", Said(await stage.ClickAsync(Stage.Paul, Actions.Status)));
        Assert.Contains("no password", Said(await stage.ClickAsync(Stage.Paul, Actions.RotateNow)), Ordinal);

        await stage.MakeAsync($"reopen-account {Number}");
        await SweepAsync(stage);

        Assert.True(await IsRotationAskedAsync(stage));
    }

    [DatabaseFact]
    public async Task The_secrets_of_a_closed_account_stay_and_are_counted()
    {
        await using var stage = await Stage.SetAsync();
        await stage.MakeAsync($"close-account {Number}");

        await stage.RunAsync<TakeInventory>(async take =>
        {
            foreach (var half in Enum.GetValues<Half>())
            {
                var taken = await take.OfAsync(half, CancellationToken.None);
                Assert.Equal((1, 1, 0), (taken.Secrets, taken.Closed, taken.Strays.Count));
            }
        });
        var register = Assert.IsType<Reply.Drawn>(
            await stage.ClickAsync(Stage.Paul, Actions.Register, inputs: [("text", Number)])
        );
        Assert.Contains(register.Card.Facts, f => f.Name.StartsWith("Closed at AWS", Ordinal));
    }

    [DatabaseFact]
    public async Task The_people_of_a_suspended_customer_ask_for_nothing_and_rotations_go_on()
    {
        await using var stage = await Stage.SetAsync();
        var open = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Paul, open, Half.Password, new Screen());

        await stage.MakeAsync("suspend-customer acme");

        Assert.Equal(RequestState.Revoked, (await stage.RequestAsync(open)).State);
        var refused = Assert.IsType<Reply.Corrected>(await stage.SubmitAskAsync());
        Assert.Equal([Sentences.For(Refusal.CustomerSuspended)], refused.Errors.Values);
        await SweepAsync(stage);
        Assert.True(await IsRotationAskedAsync(stage));

        await stage.MakeAsync("reinstate-customer acme");
        Assert.Equal(RequestState.Asked, (await stage.RequestAsync(await stage.AskAsync())).State);
        Assert.True(await IsRotationAskedAsync(stage));
    }

    [DatabaseFact]
    public async Task A_rotation_under_way_ends_with_the_account_but_not_with_its_customer()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DecideAsync(async db => (await db.Accounts.SingleAsync()).Owe(stage.Policy, db.Now));
        await SweepAsync(stage);

        await stage.MakeAsync("suspend-customer acme");
        Assert.True(await IsRotationAskedAsync(stage));
        await stage.MakeAsync($"close-account {Number}");

        Assert.False(await IsRotationAskedAsync(stage));
    }

    [DatabaseFact]
    public async Task What_is_so_already_cannot_be_ordered_and_a_debt_is_said_before()
    {
        await using var stage = await Stage.SetAsync();
        Assert.Contains("is not closed", Said(await stage.AdminAsync($"reopen-account {Number}")), Ordinal);
        Assert.Contains("is not suspended", Said(await stage.AdminAsync("reinstate-customer acme")), Ordinal);
        Assert.Contains("There is no account", Said(await stage.AdminAsync("close-account 999999999999")), Ordinal);
        Assert.Contains("There is no customer", Said(await stage.AdminAsync("suspend-customer nobody")), Ordinal);
        await stage.DecideAsync(async db => (await db.Accounts.SingleAsync()).Owe(stage.Policy, db.Now));

        await stage.MakeAsync($"close-account {Number}");
        await stage.MakeAsync("suspend-customer acme");

        var texts = await stage.InDbAsync(db => db.Proposals.Select(p => p.Change).ToListAsync());
        Assert.Contains(texts, t => t.Contains("its password is exposed", Ordinal));
        Assert.Contains("is closed already", Said(await stage.AdminAsync($"close-account {Number}")), Ordinal);
        Assert.Contains("is suspended already", Said(await stage.AdminAsync("suspend-customer acme")), Ordinal);
    }

    private static async Task<List<RequestState>> AskAgainAsync(Stage stage)
    {
        Assert.IsNotType<Reply.Drawn>(await stage.SubmitAskAsync(ticket: "INC-99"));
        return await stage.InDbAsync(db => db.Requests.Select(r => r.State).ToListAsync());
    }

    private static Task<Reply> DrillAsync(Stage stage) =>
        stage.ClickAsync(Stage.Dora, Actions.Drill, inputs: [("text", Number)]);

    private static Task SweepAsync(Stage stage) =>
        stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));

    private static Task<bool> IsRotationAskedAsync(Stage stage) =>
        stage.InDbAsync(db =>
            db.Requests.AnyAsync(r => r.Kind == RequestKind.Rotation && r.State == RequestState.Asked)
        );

    private static string Said(Reply reply) => Assert.IsType<Reply.Said>(reply).Text;
}
