using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People.Orders;

/// <summary>Two groups of one half become one, unless somebody would get at both halves of an account.</summary>
public sealed class MergeGroupTests
{
    private const string Second = "444455556666";
    private const string Nora = "nora";
    private const StringComparison Ordinal = StringComparison.Ordinal;

    [DatabaseFact]
    public async Task Members_and_halves_go_to_the_other_group_and_the_first_stays_empty()
    {
        await using var stage = await NightAsync();
        await stage.MakeAsync("add-member night nora");
        await stage.DecideAsync(db =>
            db.Accounts.ExecuteUpdateAsync(a => a.SetProperty(x => x.PasswordPlannedAt, Stage.Noon))
        );

        await stage.MakeAsync("merge-group night passwords");

        Assert.Equal([Nora, Stage.Paul, Stage.Petra], await MembersAsync(stage, "passwords"));
        Assert.Empty(await MembersAsync(stage, "night"));
        var (moved, other) = await stage.InDbAsync(async db =>
            (
                await db.Accounts.SingleAsync(a => a.Number == Second),
                await db.Accounts.SingleAsync(a => a.Number != Second)
            )
        );
        Assert.Equal(other.PasswordGroup, moved.PasswordGroup);
        Assert.Equal(await GroupAsync(stage, "evening"), moved.MfaGroup);
        Assert.Null(moved.PasswordPlannedAt); // another group has another capacity
        Assert.NotNull(other.PasswordPlannedAt);
        Assert.True(await stage.InDbAsync(db => db.Audit.AnyAsync(a => a.Entry.Contains("membership.moved"))));
        var text = await stage.InDbAsync(db =>
            db.Proposals.OrderByDescending(p => p.At).Select(p => p.Change).FirstAsync()
        );
        Assert.Contains("1 members and the password halves of 1 accounts go there", text, Ordinal);
        Assert.Contains("Put Nora (nora) into group passwords and take them out of group night.", text, Ordinal);
    }

    [DatabaseFact]
    [Trait("Law", "3")]
    public async Task Nobody_gets_into_groups_of_both_halves_whichever_group_goes()
    {
        await using var stage = await NightAsync();
        await stage.MakeAsync("add-member night mona"); // who keeps the MFA half of another account

        foreach (var words in (string[])["merge-group night passwords", "merge-group passwords night"])
        {
            Assert.Contains(
                "mona (mona) is in group mfas, which keeps the MFA half of account 111122223333 (Production), and would get at the other half too.",
                Said(await stage.AdminAsync(words)),
                Ordinal
            );
        }
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Who_has_seen_the_other_half_keeps_the_groups_apart_while_it_lives()
    {
        await using var stage = await NightAsync();
        await stage.MakeAsync("add-member night dora"); // who brought the seed in

        foreach (var words in (string[])["merge-group night passwords", "merge-group passwords night"])
        {
            var said = Said(await stage.AdminAsync(words));
            Assert.Contains("dora (dora) would get at both halves.", said, Ordinal);
            Assert.Contains("the MFA half of 111122223333", said, Ordinal);
        }
    }

    [DatabaseFact]
    public async Task A_holder_holds_on_when_their_group_goes()
    {
        await using var stage = await NightAsync();
        var id = await stage.OpenAsync();

        await stage.MakeAsync("merge-group passwords night");

        Assert.Equal([Stage.Paul, Stage.Petra], await MembersAsync(stage, "night"));
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen()));
    }

    [DatabaseFact]
    [Trait("Law", "3")]
    [Trait("Law", "9")]
    public async Task A_membership_that_comes_at_the_same_time_never_brings_both_halves_together()
    {
        await using var stage = await NightAsync();
        await stage.MakeAsync("add-member night nora");
        var merge = await stage.ProposeAsync("merge-group night passwords");
        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        var member = await stage.ProposeAsync("add-member mfas nora");

        await Task.WhenAll(
            Task.Run(() => stage.AgreeAsync(Stage.Abe, merge.ToString())),
            Task.Run(() => stage.AgreeAsync(Stage.Alma, member.ToString()))
        );

        var both = (await MembersAsync(stage, "passwords")).Intersect(await MembersAsync(stage, "mfas"));
        Assert.Empty(both);
    }

    [DatabaseFact]
    [Trait("Law", "2")]
    public async Task Whom_it_is_about_confirms_nothing_and_nobody_but_administrators_propose_it()
    {
        await using var stage = await NightAsync(new Policy { AdministratorsMayKeep = true });
        await stage.MakeAsync("add-member night alma");

        Assert.IsType<Reply.Said>(await stage.AdminAsync("merge-group night passwords", Stage.Paul));
        var before = await stage.InDbAsync(db => db.Proposals.CountAsync(p => p.State == ProposalState.Waiting));
        var id = await stage.ProposeAsync("merge-group night passwords");
        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        await stage.AgreeAsync(Stage.Alma, id.ToString());

        Assert.Equal(0, before);
        Assert.Contains("alma", await MembersAsync(stage, "night"));
        await stage.AgreeAsync(Stage.Abe, id.ToString());
        Assert.Contains("alma", await MembersAsync(stage, "passwords"));
    }

    [DatabaseTheory]
    [InlineData("merge-group nobody passwords", "There is no group nobody.")]
    [InlineData("merge-group passwords nobody", "There is no group nobody.")]
    [InlineData("merge-group passwords passwords", "is one group")]
    [InlineData("merge-group passwords mfas", "One group never keeps both.")]
    [InlineData("merge-group empty passwords", "Group empty is empty already.")]
    public async Task What_cannot_be_is_refused_when_it_is_typed(string words, string why)
    {
        await using var stage = await NightAsync();
        var before = await stage.InDbAsync(db => db.Proposals.CountAsync());

        Assert.Contains(why, Said(await stage.AdminAsync(words)), Ordinal);
        Assert.Equal(before, await stage.InDbAsync(db => db.Proposals.CountAsync()));
    }

    /// <summary>Groups night and evening keep a second account; nobody is in them. Nora is new.</summary>
    private static async Task<Stage> NightAsync(Policy? policy = null)
    {
        var stage = await Stage.SetAsync(policy);
        await stage.DecideAsync(db =>
        {
            var night = CustodianGroup.Of("night", "Night", Half.Password, db.Now);
            var evening = CustodianGroup.Of("evening", "Evening", Half.Mfa, db.Now);
            db.Groups.AddRange(night, evening, CustodianGroup.Of("empty", "Empty", Half.Password, db.Now));
            db.Accounts.Add(
                Account.Of(Second, "Second", "root@second.example", stage.Customer, night.Id, evening.Id, db.Now)
            );
            db.People.Add(Person.Of(Nora, "Nora", null, false, db.Now));
            return Task.CompletedTask;
        });
        return stage;
    }

    private static string Said(Reply reply) => Assert.IsType<Reply.Said>(reply).Text;

    private static Task<GroupId> GroupAsync(Stage stage, string key) =>
        stage.InDbAsync(db => db.Groups.Where(g => g.Key == key).Select(g => g.Id).SingleAsync());

    private static Task<List<string>> MembersAsync(Stage stage, string key) =>
        stage.InDbAsync(db =>
            db.People.Where(p => db.Groups.Any(g => g.Key == key && g.Members.Any(m => m.Person == p.Id)))
                .Select(p => p.Key)
                .Order()
                .ToListAsync()
        );
}
