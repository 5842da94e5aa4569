using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.Custody;

public sealed class ShowRegisterTests
{
    private const string Number = "111122223333";

    [DatabaseFact]
    public async Task It_names_each_channel_and_says_what_is_missing()
    {
        await using var stage = await Stage.SetAsync();

        var card = await RegisterAsync(stage, Stage.Paul);

        Assert.Contains(card.Facts, f => f is { Name: "Password: group", Value: "Password custodians, 2 members" });
        Assert.Contains(
            card.Facts,
            f => f.Name == $"MFA device: {Stage.Device}" && f.Value.EndsWith("in use", StringComparison.Ordinal)
        );
        Assert.Contains(
            card.Lines,
            l =>
                l.StartsWith(
                    $"AWS has to list exactly this MFA device for the root user: {Stage.Device}.",
                    StringComparison.Ordinal
                )
        );
        Assert.Contains(card.Lines, l => l.StartsWith("There is one MFA device only.", StringComparison.Ordinal));
        Assert.Contains(
            card.Lines,
            l => l.StartsWith("Nobody is registered for the root mailbox", StringComparison.Ordinal)
        );
        Assert.Contains(
            card.Lines,
            l => l.StartsWith("Nobody is registered for the root phone", StringComparison.Ordinal)
        );
    }

    [DatabaseFact]
    public async Task A_keeper_is_named_and_after_a_year_asked_about_and_a_suspended_one_is_said_aloud()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DecideAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync();
            db.Keepers.Add(
                Keeper.Of(account.Id, stage.People[Stage.Petra], KeptThing.RootMailbox, "shared mailbox", db.Now)
            );
        });

        var before = await RegisterAsync(stage, Stage.Dora);
        Assert.Contains(
            before.Facts,
            f => f.Name == "Kept: root mailbox" && f.Value == "shared mailbox, by petra, since 2026-11-23"
        );
        Assert.DoesNotContain(before.Lines, l => l.Contains("root mailbox", StringComparison.Ordinal));

        await stage.ChangeAsync(Stage.Petra, p => p.Suspend());
        stage.Clock.Advance(TimeSpan.FromDays(366));
        var after = await RegisterAsync(stage, Stage.Dora);
        Assert.Contains(
            after.Lines,
            l => l.StartsWith("petra keeps the root mailbox and is suspended", StringComparison.Ordinal)
        );
        Assert.Contains(after.Lines, l => l.Contains("was entered on 2026-11-23", StringComparison.Ordinal));
    }

    [DatabaseFact]
    [Trait("Law", "12")]
    public async Task Strangers_to_the_account_learn_nothing_not_even_whether_it_exists()
    {
        await using var stage = await Stage.SetAsync();

        var customer = await stage.TypeAsync(stage.UserOf(Stage.Rita), Actions.Register, Number);
        var unknown = await stage.TypeAsync(stage.UserOf(Stage.Paul), Actions.Register, "999999999999");
        var nothing = await stage.TypeAsync(stage.UserOf(Stage.Paul), Actions.Register, "");
        await stage.DecideAsync(async db =>
        {
            var paul = stage.People[Stage.Paul];
            (await db.Groups.Include(g => g.Members).SingleAsync(g => g.Members.Any(m => m.Person == paul))).Dismiss(
                paul
            );
        });
        var former = await stage.TypeAsync(stage.UserOf(Stage.Paul), Actions.Register, Number);

        Assert.StartsWith("Say an account", Assert.IsType<Reply.Said>(customer).Text, StringComparison.Ordinal);
        Assert.All([unknown, nothing, former], reply => Assert.Equal(customer, reply));
    }

    [DatabaseTheory]
    [InlineData(false, "AWS has to list exactly this MFA device for the IAM user deploy", "take its MFA devices away")]
    [InlineData(true, "deploy has no MFA device: the password alone signs in", "set a new password for deploy.")]
    public async Task Of_an_IAM_user_it_says_which_devices_AWS_lists_and_what_an_administrator_can_take(
        bool withoutMfa,
        string devices,
        string administration
    )
    {
        await using var stage = await Stage.SetAsync();
        await (withoutMfa ? IamUsers.WithoutMfaAsync(stage) : IamUsers.InCustodyAsync(stage));

        var card = await RegisterAsync(stage, Stage.Paul, IamUsers.Number);

        Assert.Contains(card.Lines, l => l.StartsWith(devices, StringComparison.Ordinal));
        var nobody = Assert.Single(
            card.Lines,
            l => l.StartsWith("Nobody is registered for the administration", StringComparison.Ordinal)
        );
        Assert.Contains(administration, nobody, StringComparison.Ordinal);
    }

    private static async Task<Card> RegisterAsync(Stage stage, string person, string number = Number) =>
        Assert.IsType<Reply.Drawn>(await stage.TypeAsync(stage.UserOf(person), Actions.Register, number)).Card;
}
