using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.Endings;
using RootCustody.Couriers.Inventories;
using RootCustody.Couriers.Vault;
using RootCustody.Data.Chat;
using RootCustody.Desk.Custody;
using RootCustody.Tests.Couriers;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People.Orders;

/// <summary>A closed account is ended once AWS cannot reopen it any more: its secrets are destroyed by the couriers, and by nobody before.</summary>
public sealed class EndAccountTests
{
    private const string Number = "111122223333";
    private const StringComparison Ordinal = StringComparison.Ordinal;

    [DatabaseFact]
    public async Task The_secrets_of_an_ended_account_are_destroyed_once_and_it_never_comes_back()
    {
        await using var stage = await Stage.SetAsync();
        await stage.MakeAsync($"close-account {Number}");
        await SweepAsync(stage);
        Assert.Equal((1, 1), await SecretsAsync(stage));
        stage.Clock.Advance(Ending.MayReopenFor);

        await stage.MakeAsync($"end-account {Number}");
        Assert.Equal((1, 1), await SecretsAsync(stage)); // only the couriers touch them
        await SweepAsync(stage);
        await SweepAsync(stage);

        Assert.Equal((0, 0), await SecretsAsync(stage));
        Assert.Equal(2, await CountAsync(stage, "account.destroyed"));
        Assert.Contains("was ended", Said(await stage.AdminAsync($"reopen-account {Number}")), Ordinal);
        Assert.Contains("is ended already", Said(await stage.AdminAsync($"end-account {Number}")), Ordinal);
        Assert.Equal(2, (await RegisterAsync(stage)).Count(f => f.Name.EndsWith("destroyed", Ordinal)));
    }

    [DatabaseFact]
    public async Task Nothing_is_ended_that_may_be_needed_again()
    {
        await using var stage = await Stage.SetAsync();
        Assert.Contains("There is no account", Said(await stage.AdminAsync("end-account 999999999999")), Ordinal);
        Assert.Contains("is not closed", Said(await stage.AdminAsync($"end-account {Number}")), Ordinal);
        await stage.MakeAsync($"close-account {Number}");
        stage.Clock.Advance(Ending.MayReopenFor - TimeSpan.FromHours(1));

        Assert.Contains("AWS may reopen", Said(await stage.AdminAsync($"end-account {Number}")), Ordinal);

        await stage.MakeAsync($"reopen-account {Number}");
        await SweepAsync(stage);
        Assert.Equal((1, 1), await SecretsAsync(stage));
        await stage.DecideAsync(async db => (await db.Accounts.SingleAsync()).HandOver("new@receiver.example", db.Now));
        Assert.Contains("was handed over", Said(await stage.AdminAsync($"end-account {Number}")), Ordinal);
    }

    [DatabaseFact]
    public async Task One_administrator_alone_ends_nothing()
    {
        await using var stage = await Stage.SetAsync();
        await stage.MakeAsync($"close-account {Number}");
        stage.Clock.Advance(Ending.MayReopenFor);

        await stage.AdminAsync($"end-account {Number}");
        await SweepAsync(stage);

        Assert.Equal((1, 1), await SecretsAsync(stage));
        Assert.Equal(0, await stage.InDbAsync(db => db.Endings.CountAsync(e => e.DecidedAt != null)));
    }

    [DatabaseFact]
    public async Task Those_in_charge_are_told_once_a_month_on_one_card_until_it_is_ended()
    {
        await using var stage = await Stage.SetAsync();
        await stage.MakeAsync($"close-account {Number}");
        stage.Clock.Advance(Ending.MayReopenFor - TimeSpan.FromHours(1));
        await RemindAsync(stage);
        Assert.Equal(0, await ToldAsync(stage));

        foreach (var (days, told) in new[] { (1, 1), (29, 1), (1, 2) })
        {
            stage.Clock.Advance(TimeSpan.FromDays(days));
            await RemindAsync(stage);
            await RemindAsync(stage);
            Assert.Equal(told, await ToldAsync(stage));
        }
        await SweepAsync(stage);
        Assert.Equal((1, 1), await SecretsAsync(stage)); // a reminder decides nothing
        await stage.MakeAsync($"end-account {Number}");
        stage.Clock.Advance(TimeSpan.FromDays(31));
        await RemindAsync(stage);

        Assert.Equal(2, await ToldAsync(stage));
    }

    [DatabaseFact]
    public async Task An_account_that_was_reopened_after_the_reminder_begins_anew()
    {
        await using var stage = await Stage.SetAsync();
        await stage.MakeAsync($"close-account {Number}");
        stage.Clock.Advance(Ending.MayReopenFor);
        await RemindAsync(stage);

        await stage.MakeAsync($"reopen-account {Number}");
        await stage.MakeAsync($"close-account {Number}");

        Assert.Contains("AWS may reopen", Said(await stage.AdminAsync($"end-account {Number}")), Ordinal);
        Assert.Equal(0, await stage.InDbAsync(db => db.Endings.CountAsync()));
    }

    [DatabaseFact]
    public async Task An_iam_user_ends_with_its_account_and_a_deleted_one_by_itself_at_once()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DecideAsync(async db =>
        {
            var root = await db.Accounts.SingleAsync();
            foreach (var user in (string[])["gone", "stays"])
                db.Accounts.Add(
                    Account.Of($"{Number}/{user}", user, "", root.Customer, root.PasswordGroup, root.MfaGroup, db.Now)
                );
        });
        await stage.MakeAsync($"close-account {Number}/gone");
        await stage.MakeAsync($"end-account {Number}/gone");
        Assert.Equal(1, await stage.InDbAsync(db => db.Endings.CountAsync()));
        await stage.MakeAsync($"close-account {Number}");
        stage.Clock.Advance(Ending.MayReopenFor);

        Assert.Contains("End that one", Said(await stage.AdminAsync($"end-account {Number}/stays")), Ordinal);
        await RemindAsync(stage);
        await stage.MakeAsync($"end-account {Number}");

        Assert.Equal(1, await ToldAsync(stage));
        Assert.Equal(3, await stage.InDbAsync(db => db.Endings.CountAsync(e => e.DecidedAt != null)));
        Assert.Equal(3, await CountAsync(stage, "account.ended"));
    }

    [DatabaseFact]
    public async Task What_the_vault_has_again_afterwards_is_a_stray()
    {
        await using var stage = await Stage.SetAsync();
        await stage.MakeAsync($"close-account {Number}");
        stage.Clock.Advance(Ending.MayReopenFor);
        await stage.MakeAsync($"end-account {Number}");

        await stage.DecideAsync(async db =>
        {
            var ending = await db.Endings.SingleAsync(); // as if it were destroyed, and the vault then put back
            ending.Destroyed(Half.Password, db.Now);
            ending.Destroyed(Half.Mfa, db.Now);
        });

        await stage.RunAsync<TakeInventory>(async take =>
        {
            foreach (var half in Enum.GetValues<Half>())
            {
                var stray = Assert.Single((await take.OfAsync(half, CancellationToken.None)).Strays);
                Assert.Equal(StrayKind.Outlived, stray.Kind);
                Assert.Contains("was ended", stray.What, Ordinal);
            }
        });
    }

    [DatabaseFact]
    public async Task What_only_operators_of_a_vault_may_delete_they_are_told_once_a_day()
    {
        await using var stage = await Stage.SetAsync();
        await stage.MakeAsync($"close-account {Number}");
        stage.Clock.Advance(Ending.MayReopenFor);
        await stage.MakeAsync($"end-account {Number}");
        var strict = new StrictVault(new StoredSecret(stage.Account, 1, "rc-mfa/keys/x-g1"));
        var before = (await stage.CardsAsync(Purpose.Notice, Stage.Ada)).Count;

        foreach (var (hours, told) in new[] { (0, 1), (23, 1), (1, 2) })
        {
            stage.Clock.Advance(TimeSpan.FromHours(hours));
            await stage.InDbAsync(async db =>
            {
                await new DestroyEnded(db, [strict]).HandleAsync(stage.Account, Half.Mfa, CancellationToken.None);
                return true;
            });
            var cards = await stage.CardsAsync(Purpose.Notice, Stage.Ada);
            Assert.Equal(before + told, cards.Count);
            Assert.Contains("rc-mfa/keys/x-g1", cards[^1].Lines[0], Ordinal);
        }
        Assert.Equal(0, await CountAsync(stage, "account.destroyed"));
    }

    private static async Task SweepAsync(Stage stage)
    {
        foreach (var half in Enum.GetValues<Half>())
            await stage.RunAsync<DestroyEndedJob>(job => job.RunAsync(half, CancellationToken.None));
    }

    private static Task RemindAsync(Stage stage) =>
        stage.RunAsync<RemindOfClosed>(job => job.RunAsync(CancellationToken.None));

    private static async Task<int> ToldAsync(Stage stage) =>
        (await stage.CardsAsync(Purpose.Notice, Stage.Ada)).Count(c => c.Title.Contains("can be ended", Ordinal));

    private static Task<int> CountAsync(Stage stage, string act) =>
        stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains(act)));

    private static async Task<(int Passwords, int Seeds)> SecretsAsync(Stage stage)
    {
        var secrets = new List<int>();
        await stage.RunAsync<TakeInventory>(async take =>
        {
            foreach (var half in Enum.GetValues<Half>())
            {
                var taken = await take.OfAsync(half, CancellationToken.None);
                Assert.Empty(taken.Strays);
                secrets.Add(taken.Secrets);
            }
        });
        return (secrets[0], secrets[1]);
    }

    private static async Task<IReadOnlyList<Fact>> RegisterAsync(Stage stage) =>
        Assert
            .IsType<Reply.Drawn>(await stage.ClickAsync(Stage.Paul, Actions.Register, inputs: [("text", Number)]))
            .Card.Facts;

    private static string Said(Reply reply) => Assert.IsType<Reply.Said>(reply).Text;
}
