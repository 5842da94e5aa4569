using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Reveals;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Data;

public sealed class StandingTests
{
    [DatabaseTheory]
    [InlineData(KeptThing.RootMailbox, true, false)]
    [InlineData(KeptThing.RootPhone, false, true)]
    [InlineData(KeptThing.MfaDevice, false, true)]
    [InlineData(KeptThing.ManagementAccount, true, true)]
    [Trait("Law", "1")]
    public async Task Who_keeps_what_opens_a_half_is_barred_for_as_long_as_they_keep_it(
        KeptThing thing,
        bool password,
        bool mfa
    )
    {
        await using var stage = await Stage.SetAsync();
        await ChangeAsync(
            stage,
            db => db.Keepers.Add(Keeper.Of(stage.Account, stage.People[Stage.Paul], thing, "one", db.Now))
        );

        var keeps = await StandingAsync(stage, Stage.Paul);
        await stage.InDbAsync(db => db.Keepers.ExecuteDeleteAsync());
        var keptOnce = await StandingAsync(stage, Stage.Paul);

        Assert.Equal((password, mfa), (keeps.OpensPassword, keeps.OpensMfa));
        Assert.Equal((false, false), (keptOnce.OpensPassword, keptOnce.OpensMfa));
    }

    [DatabaseFact, Trait("Law", "1")]
    public async Task A_member_account_inherits_the_bars_of_its_management_account()
    {
        await using var stage = await Stage.SetAsync();
        await ChangeAsync(
            stage,
            db =>
            {
                var member = db.Accounts.Single(a => a.Id == stage.Account);
                var management = Account.Of(
                    "999900001111",
                    "Management",
                    "root@provider.example",
                    member.Customer,
                    member.PasswordGroup,
                    member.MfaGroup,
                    db.Now
                );
                member.BelongTo(management.Id);
                db.Accounts.Add(management);
                db.Exposures.Add(Exposure.FromBirth(management.Id, Half.Password, 1, stage.People[Stage.Mona], db.Now));
                db.Keepers.Add(Keeper.Of(management.Id, stage.People[Stage.Paul], KeptThing.RootPhone, "one", db.Now));
            }
        );

        Assert.True((await StandingAsync(stage, Stage.Mona)).SeenPassword);
        Assert.True((await StandingAsync(stage, Stage.Paul)).OpensMfa);
        Assert.False((await StandingAsync(stage, Stage.Petra)).OpensMfa);
    }

    [DatabaseFact]
    public async Task An_assignment_is_a_conflict_only_where_policy_says_so()
    {
        async Task<bool> ConflictAsync(Policy policy)
        {
            await using var stage = await Stage.SetAsync(policy);
            await stage.ChangeAsync(Stage.Paul, paul => paul.Assign(stage.Customer));
            return (await StandingAsync(stage, Stage.Paul)).HasConflict;
        }

        Assert.False(await ConflictAsync(new Policy()));
        Assert.True(await ConflictAsync(new Policy { BarAssigned = true }));
    }

    [DatabaseFact]
    public async Task An_administrator_holds_nothing_unless_policy_lets_tiny_teams()
    {
        async Task<bool> AdministersAsync(Policy policy)
        {
            await using var stage = await Stage.SetAsync(policy);
            await stage.ChangeAsync(Stage.Paul, paul => paul.Appoint(PersonRole.Administrator));
            return (await StandingAsync(stage, Stage.Paul)).Administers;
        }

        Assert.True(await AdministersAsync(new Policy()));
        Assert.False(await AdministersAsync(new Policy { AdministratorsMayKeep = true }));
    }

    [DatabaseFact, Trait("Law", "15")]
    public async Task A_new_identity_cools_off_and_an_older_one_of_the_same_person_does_not()
    {
        await using var stage = await Stage.SetAsync();
        var fresh = new ChatUser(ChatPlatform.Slack, Stage.ProviderWorkspace, "U0PAUL");
        var until = stage.Clock.GetUtcNow().AddHours(24);
        await stage.ChangeAsync(Stage.Paul, paul => paul.Link(fresh, stage.Clock.GetUtcNow(), until));

        Assert.True((await StandingAsync(stage, Stage.Paul, fresh)).CoolsOff);
        Assert.False((await StandingAsync(stage, Stage.Paul, stage.UserOf(Stage.Paul))).CoolsOff);
        Assert.False((await StandingAsync(stage, Stage.Paul)).CoolsOff);
        Assert.True((await StandingAsync(stage, Stage.Paul, new ChatUser(ChatPlatform.Slack, "T1", "U1"))).CoolsOff);
        stage.Clock.SetUtcNow(until);
        Assert.False((await StandingAsync(stage, Stage.Paul, fresh)).CoolsOff);
    }

    [DatabaseFact, Trait("Law", "12")]
    public async Task A_contact_is_no_one_of_the_providers_people()
    {
        await using var stage = await Stage.SetAsync();

        var rita = await StandingAsync(stage, Stage.Rita);

        Assert.True(rita.IsOutsider);
        Assert.True(rita.OfCustomer);
        Assert.False((await StandingAsync(stage, Stage.Paul)).IsOutsider);
    }

    [DatabaseFact]
    public async Task Frozen_suspended_and_away_are_seen()
    {
        await using var stage = await Stage.SetAsync();
        await stage.ChangeAsync(
            Stage.Paul,
            paul =>
            {
                paul.Freeze(Stage.Noon);
                paul.GoAway(Stage.Noon.AddDays(1));
                paul.Suspend();
            }
        );

        var paul = await StandingAsync(stage, Stage.Paul);
        stage.Clock.SetUtcNow(Stage.Noon.AddDays(1));

        Assert.True(paul is { Frozen: true, Away: true, Suspended: true });
        Assert.False((await StandingAsync(stage, Stage.Paul)).Away);
    }

    private static Task<Standing> StandingAsync(Stage stage, string key, ChatUser? through = null) =>
        stage.InDbAsync(async db =>
            await db.StandingAsync(
                stage.People[key],
                await db.Accounts.SingleAsync(a => a.Id == stage.Account),
                CancellationToken.None,
                through
            )
        );

    private static Task ChangeAsync(Stage stage, Action<CustodyDb> change) =>
        stage.InDbAsync(db =>
            db.DecideAsync(
                () =>
                {
                    change(db);
                    return Task.FromResult(true);
                },
                CancellationToken.None
            )
        );
}
