using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People.Orders;

/// <summary>Each order from what Ada types to what is true once Abe has confirmed it.</summary>
public sealed class OrderTests
{
    private const string Account = "111122223333";
    private const StringComparison Ordinal = StringComparison.Ordinal;

    [DatabaseFact]
    public async Task A_person_is_added_with_their_roles_and_no_identity()
    {
        await using var stage = await Stage.SetAsync();

        await stage.MakeAsync("add-person olga \"Olga Ott\" --role auditor --role duty-manager");
        await stage.MakeAsync("add-person olaf Olaf --customer acme");

        var (olga, olaf) = (await PersonAsync(stage, "olga"), await PersonAsync(stage, "olaf"));
        Assert.Equal(("Olga Ott", null), (olga.Name, olga.Customer));
        Assert.True(olga.IsAuditor && olga.IsDutyManager && !olga.IsAdministrator);
        Assert.Empty(olga.Identities);
        Assert.Equal(stage.Customer, olaf.Customer);
        Assert.Equal(
            "Add person olga (Olga Ott) of the provider, a duty manager, an auditor.",
            await FirstAsync(stage)
        );
    }

    [DatabaseFact]
    public async Task Roles_come_and_go()
    {
        await using var stage = await Stage.SetAsync();

        await stage.MakeAsync("appoint dora auditor");
        await stage.MakeAsync("dismiss dora duty-manager");

        var dora = await PersonAsync(stage, Stage.Dora);
        Assert.Equal((true, false), (dora.IsAuditor, dora.IsDutyManager));
    }

    [DatabaseFact]
    public async Task Assignments_come_and_go()
    {
        await using var stage = await Stage.SetAsync();

        await stage.MakeAsync("assign paul acme");
        Assert.True((await PersonAsync(stage, Stage.Paul)).IsAssignedTo(stage.Customer));
        await stage.MakeAsync("unassign paul acme");
        Assert.False((await PersonAsync(stage, Stage.Paul)).IsAssignedTo(stage.Customer));
    }

    [DatabaseFact]
    public async Task Members_come_and_go()
    {
        await using var stage = await Stage.SetAsync();

        await stage.MakeAsync("add-member passwords dora");
        Assert.Contains(Stage.Dora, await MembersAsync(stage, "passwords"));
        await stage.MakeAsync("remove-member passwords dora");
        Assert.Equal([Stage.Paul, Stage.Petra], await MembersAsync(stage, "passwords"));
    }

    [DatabaseFact]
    [Trait("Law", "3")]
    public async Task A_membership_that_would_bring_both_halves_together_is_refused_by_name()
    {
        await using var stage = await Stage.SetAsync();

        var reply = await stage.AdminAsync("add-member mfas paul");

        Assert.Equal(
            "paul (paul) is in group passwords, which keeps the password half of account 111122223333 (Production), and group mfas keeps the other half. Nobody is in groups for both halves of an account: take them out of passwords first.",
            Said(reply)
        );
        Assert.False(await stage.InDbAsync(db => db.Proposals.AnyAsync()));
    }

    [DatabaseFact]
    [Trait("Law", "3")]
    [Trait("Law", "9")]
    public async Task Two_proposals_confirmed_at_once_never_put_a_person_into_both_groups()
    {
        await using var stage = await Stage.SetAsync();
        var passwords = await stage.ProposeAsync("add-member passwords dora");
        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        var mfas = await stage.ProposeAsync("add-member mfas dora");

        await Task.WhenAll(
            Task.Run(() => stage.AgreeAsync(Stage.Abe, passwords.ToString())),
            Task.Run(() => stage.AgreeAsync(Stage.Alma, mfas.ToString()))
        );

        var groups = await stage.InDbAsync(db =>
            db.Groups.CountAsync(g => g.Members.Any(m => m.Person == stage.People[Stage.Dora]))
        );
        Assert.Equal(1, groups);
    }

    [DatabaseFact]
    public async Task A_contact_of_a_customer_becomes_neither_custodian_nor_administrator()
    {
        await using var stage = await Stage.SetAsync();

        Assert.Contains("cannot be a custodian", Said(await stage.AdminAsync("add-member passwords rita")), Ordinal);
        Assert.Contains(
            "cannot be an administrator",
            Said(await stage.AdminAsync("appoint rita administrator")),
            Ordinal
        );
        Assert.Contains(
            "has no role",
            Said(await stage.AdminAsync("add-person x X --customer acme --role auditor")),
            Ordinal
        );
        Assert.Contains("is assigned to none", Said(await stage.AdminAsync("assign rita acme")), Ordinal);
    }

    [DatabaseFact]
    public async Task An_administrator_is_no_custodian_unless_policy_says_so_loudly()
    {
        await using var strict = await Stage.SetAsync();
        Assert.Contains(
            "Administrators hold no half",
            Said(await strict.AdminAsync("add-member passwords alma")),
            Ordinal
        );
        Assert.Contains(
            "paul (paul) would be an administrator and a custodian in group passwords",
            Said(await strict.AdminAsync("appoint paul administrator")),
            Ordinal
        );

        await using var tiny = await Stage.SetAsync(new Policy { AdministratorsMayKeep = true });
        await tiny.MakeAsync("add-member passwords alma");

        Assert.Contains(
            "ATTENTION: they would be administrator and custodian at once",
            await FirstAsync(tiny),
            Ordinal
        );
        Assert.True(
            await tiny.InDbAsync(db =>
                db.Audit.AnyAsync(a => a.Entry.Contains("membership.added") && a.Entry.Contains("ATTENTION"))
            )
        );
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Who_has_seen_the_other_half_may_become_a_custodian_but_it_is_said()
    {
        await using var stage = await Stage.SetAsync();

        await stage.MakeAsync("add-member passwords dora"); // who brought the seed in

        Assert.Contains(
            $"the MFA half of {Account}, so there they hold nothing for now",
            await FirstAsync(stage),
            Ordinal
        );
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task A_keeper_is_barred_for_as_long_as_they_keep()
    {
        await using var stage = await Stage.SetAsync();
        var before = await StandingAsync(stage, Stage.Mike);

        await stage.MakeAsync($"add-keeper {Account} mike mailbox \"aws@acme.example\"");
        var keeps = await StandingAsync(stage, Stage.Mike);
        await stage.MakeAsync($"remove-keeper {Account} mike mailbox aws@acme.example");

        Assert.False(before.OpensPassword);
        Assert.True(keeps.OpensPassword);
        Assert.False((await StandingAsync(stage, Stage.Mike)).OpensPassword);
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task A_keeper_who_has_seen_the_other_half_is_noted_and_it_is_said()
    {
        await using var stage = await Stage.SetAsync();
        var request = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Mona, request, Half.Mfa, new Screen());

        await stage.MakeAsync($"add-keeper {Account} mona mailbox box");

        Assert.Contains($"they have seen the other half of {Account}", await FirstAsync(stage), Ordinal);
    }

    [DatabaseTheory]
    [Trait("Law", "1")]
    [InlineData("management admin")]
    [InlineData("phone box")]
    public async Task Nobody_keeps_what_opens_both_halves_unless_policy_says_so_loudly(string thing)
    {
        var words = $"add-keeper {Account} rita {thing}";
        await using var strict = await Stage.SetAsync();
        await strict.MakeAsync($"add-keeper {Account} rita mailbox box");
        Assert.Contains($"could then open both halves of {Account}", Said(await strict.AdminAsync(words)), Ordinal);

        await using var loud = await Stage.SetAsync(new Policy { OneMayOpenBoth = true });
        await loud.MakeAsync($"add-keeper {Account} rita mailbox box");
        await loud.MakeAsync(words);

        var sentences = await loud.InDbAsync(db => db.Proposals.Select(p => p.Change).ToListAsync());
        Assert.Contains(sentences, s => s.Contains("ATTENTION: rita (rita) can then open both halves", Ordinal));
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Members_of_an_organisation_inherit_the_keepers_of_its_management_account()
    {
        await using var stage = await Stage.SetAsync();
        await AddAccountAsync(stage, "444455556666");
        await stage.MakeAsync($"add-keeper {Account} mike phone phone");
        await stage.MakeAsync("add-keeper 444455556666 petra mailbox box");

        await stage.MakeAsync($"join {Account} 444455556666");
        Assert.True((await StandingAsync(stage, Stage.Petra)).OpensPassword);
        Assert.Contains(
            $"could then open both halves of {Account}",
            Said(await stage.AdminAsync("add-keeper 444455556666 mike mailbox box")),
            Ordinal
        );
        Assert.Contains(
            "a management account has members",
            Said(await stage.AdminAsync($"join 444455556666 {Account}")),
            Ordinal
        );

        await stage.MakeAsync($"leave {Account}");
        Assert.False((await StandingAsync(stage, Stage.Petra)).OpensPassword);
        await stage.MakeAsync("remove-keeper 444455556666 petra mailbox box");
        await stage.MakeAsync("add-keeper 444455556666 mike mailbox box");
        Assert.Contains(
            $"could then open both halves of {Account}",
            Said(await stage.AdminAsync($"join {Account} 444455556666")),
            Ordinal
        );
    }

    [DatabaseFact]
    public async Task A_chat_account_is_unlinked_and_its_person_is_told()
    {
        await using var stage = await Stage.SetAsync();

        await stage.MakeAsync($"unlink paul teams {Stage.ProviderRealm} aad-paul");

        Assert.Empty((await PersonAsync(stage, Stage.Paul)).Identities);
        Assert.Contains("I do not know you", Said(await stage.ClickAsync(Stage.Paul, Actions.Help)), Ordinal);
        PersonId? paul = stage.People[Stage.Paul];
        Assert.Contains(
            "was unlinked from you",
            await stage.InDbAsync(async db => (await db.Outbox.SingleAsync(r => r.Place.Person == paul)).Card.Title),
            Ordinal
        );
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task Somebody_frozen_comes_back_by_two_administrators_and_what_was_confirmed_as_them_is_forgotten()
    {
        await using var stage = await Stage.SetAsync();
        var theirs = await stage.ProposeAsync("assign paul acme", Stage.Alma);
        await stage.InDbAsync(async db =>
        {
            (await db.People.SingleAsync(p => p.Key == Stage.Alma)).Freeze(db.Now);
            return await db.SaveChangesAsync();
        });

        await stage.MakeAsync("unfreeze alma");

        Assert.Null((await PersonAsync(stage, Stage.Alma)).FrozenAt);
        Assert.Null(
            await stage.InDbAsync(db => db.Proposals.Where(p => p.Id == theirs).Select(p => p.First).SingleAsync())
        );
        await stage.AgreeAsync(Stage.Abe, theirs.ToString());
        Assert.Empty((await PersonAsync(stage, Stage.Paul)).Assignments);
    }

    [DatabaseFact]
    public async Task Somebody_suspended_can_do_nothing_until_they_are_reinstated()
    {
        await using var stage = await Stage.SetAsync();

        await stage.MakeAsync("suspend paul");
        Assert.Contains("suspended", Said(await stage.ClickAsync(Stage.Paul, Actions.Help)), Ordinal);
        await stage.MakeAsync("reinstate paul");
        Assert.IsType<Reply.Drawn>(await stage.ClickAsync(Stage.Paul, Actions.Help));
    }

    [DatabaseFact]
    public async Task Two_administrators_are_left_always()
    {
        await using var stage = await Stage.SetAsync();
        var alma = await stage.ProposeAsync("dismiss alma administrator");
        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Contains("is made", Said(await stage.AgreeAsync(Stage.Abe, alma.ToString())), Ordinal);

        foreach (var words in (string[])["dismiss abe administrator", "suspend abe"])
            Assert.Contains(
                "fewer than two administrators would be left",
                Said(await stage.AdminAsync(words)),
                Ordinal
            );
    }

    [DatabaseFact]
    public async Task Policy_is_set_for_all_for_a_customer_and_for_an_account()
    {
        await using var stage = await Stage.SetAsync();

        await stage.MakeAsync("set-policy provider Window 00:50:00");
        await stage.MakeAsync("set-policy customer acme Window 00:40:00");
        await stage.MakeAsync($"set-policy account {Account} Window 00:30:00");
        await stage.MakeAsync($"set-policy account {Account} Window 00:20:00");

        Assert.Equal(
            "Set Window for account 111122223333 (Production) to '00:20:00'; so far '00:30:00' counts.",
            await stage.InDbAsync(db => db.Proposals.OrderByDescending(p => p.At).Select(p => p.Change).FirstAsync())
        );
        await stage.InDbAsync(async db =>
        {
            var policies = new RootCustody.Data.Policies(db);
            var account = await db.Accounts.SingleAsync();
            Assert.Equal(TimeSpan.FromMinutes(50), (await policies.OfProviderAsync(default)).Window);
            Assert.Equal(TimeSpan.FromMinutes(40), (await policies.OfAsync(stage.Customer, default)).Window);
            Assert.Equal(TimeSpan.FromMinutes(20), (await policies.OfAsync(account, default)).Window);
            return true;
        });
    }

    [DatabaseTheory]
    [InlineData("set-policy provider Windo 1", "There is no setting Windo")]
    [InlineData("set-policy provider Window soon", "Window cannot be 'soon'")]
    [InlineData("set-policy provider Window 5.00:00:00", "Window must not be longer than LongestWindow")]
    [InlineData("set-policy provider RotateAfterUse 2.00:00:00", "must not be longer than 24 hours")]
    [InlineData("set-policy customer acme CoolOff 01:00:00", "is about persons")]
    [InlineData("set-policy customer nobody Window 00:30:00", "There is no customer nobody.")]
    [InlineData("set-policy account 1 Window 00:30:00", "There is no account 1.")]
    [InlineData("add-person paul Paul", "There is a person paul already.")]
    [InlineData("add-person \"Big Paul\" Paul", "The key of a person must be")]
    [InlineData("add-person olga \"\u202eOlga\"", "The name of a person must be")]
    [InlineData("add-person olga Olga --customer nobody", "There is no customer nobody.")]
    [InlineData("invite nobody", "There is no person nobody.")]
    [InlineData("enrol nobody", "There is no person nobody.")]
    [InlineData("suspend nobody", "There is no person nobody.")]
    [InlineData("reinstate paul", "paul (paul) is not suspended.")]
    [InlineData("unfreeze paul", "paul (paul) is not frozen.")]
    [InlineData("appoint dora duty-manager", "dora (dora) is a duty manager already.")]
    [InlineData("dismiss paul auditor", "paul (paul) is not an auditor.")]
    [InlineData("assign paul nobody", "There is no customer nobody.")]
    [InlineData("unassign paul acme", "paul (paul) is not assigned to customer acme.")]
    [InlineData("add-member nobody paul", "There is no group nobody.")]
    [InlineData("add-member passwords paul", "paul (paul) is in group passwords already.")]
    [InlineData("remove-member passwords mona", "mona (mona) is not in group passwords.")]
    [InlineData("add-keeper 1 paul phone x", "There is no account 1.")]
    [InlineData("add-keeper 111122223333 paul phone \" \"", "The label of what is kept must be")]
    [InlineData("remove-keeper 111122223333 paul phone x", "paul (paul) keeps no root phone \"x\"")]
    [InlineData("join 111122223333 111122223333", "cannot be a member of")]
    [InlineData("leave 111122223333", "is a member of no organisation")]
    [InlineData("unlink paul slack T0 U0", "Slack user U0 of workspace T0 is not linked to paul (paul).")]
    public async Task What_cannot_be_is_refused_when_it_is_typed(string words, string why)
    {
        await using var stage = await Stage.SetAsync();

        Assert.Contains(why, Said(await stage.AdminAsync(words)), Ordinal);
        Assert.False(await stage.InDbAsync(db => db.Proposals.AnyAsync()));
    }

    private static string Said(Reply reply) => Assert.IsType<Reply.Said>(reply).Text;

    private static Task<string> FirstAsync(Stage stage) =>
        stage.InDbAsync(db => db.Proposals.OrderBy(p => p.At).Select(p => p.Change).FirstAsync());

    private static Task<Person> PersonAsync(Stage stage, string key) =>
        stage.InDbAsync(db => db.People.Include(p => p.Identities).SingleAsync(p => p.Key == key));

    private static Task<List<string>> MembersAsync(Stage stage, string key) =>
        stage.InDbAsync(db =>
            db.People.Where(p => db.Groups.Any(g => g.Key == key && g.Members.Any(m => m.Person == p.Id)))
                .Select(p => p.Key)
                .Order()
                .ToListAsync()
        );

    private static Task<Standing> StandingAsync(Stage stage, string key) =>
        stage.InDbAsync(async db =>
            await db.StandingAsync(stage.People[key], await db.Accounts.SingleAsync(a => a.Number == Account), default)
        );

    private static Task<int> AddAccountAsync(Stage stage, string number) =>
        stage.InDbAsync(async db =>
        {
            var first = await db.Accounts.SingleAsync();
            db.Accounts.Add(
                RootCustody.Accounts.Account.Of(
                    number,
                    "Management",
                    "m@acme.example",
                    stage.Customer,
                    first.PasswordGroup,
                    first.MfaGroup,
                    db.Now
                )
            );
            return await db.SaveChangesAsync();
        });
}
