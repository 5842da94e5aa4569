using System.Text;
using Microsoft.EntityFrameworkCore;
using RootCustody.Desk.People;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People;

public sealed class ImportLawTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [DatabaseFact]
    [Trait("Law", "3")]
    public async Task A_person_in_both_groups_of_an_account_is_refused()
    {
        await using var db = await TestDb.NewAsync();

        var errors = Imports.Errors(
            await db.ImportAsync(Imports.With("[\"mona\", \"mike\"]", "[\"mona\",\n\"mike\",\n\"paul\"]"))
        );

        Assert.Equal(
            [
                "line 20: Paul Price (paul) would be in groups passwords-a and mfa-a, which keep the two halves of account 123456789012. Take them out of one.",
            ],
            errors
        );
    }

    [DatabaseFact]
    [Trait("Law", "3")]
    public async Task A_person_in_two_groups_that_share_no_account_is_fine()
    {
        await using var db = await TestDb.NewAsync();
        var file = Imports.With(
            "\"groups\": [",
            """ "groups": [ { "key": "mfa-b", "name": "B", "keeps": "mfa", "members": ["paul", "petra"] },"""
        );

        Assert.IsType<Import.Done>(await db.ImportAsync(file));
    }

    [DatabaseFact]
    [Trait("Law", "3")]
    public async Task A_new_account_cannot_make_opposites_of_groups_that_share_a_person()
    {
        await using var db = await TestDb.NewAsync();
        var file = Imports.With(
            "\"groups\": [",
            """ "groups": [ { "key": "mfa-b", "name": "B", "keeps": "mfa", "members": ["paul", "dora"] },"""
        );
        Assert.IsType<Import.Done>(await db.ImportAsync(file));
        var before = await db.DigestAsync();

        var errors = Imports.Errors(
            await db.ImportAsync(
                """
                {
                  "accounts": [{ "number": "210987654321", "name": "Two", "email": "a@b.example", "customer": "acme", "passwordGroup": "passwords-a", "mfaGroup": "mfa-b" }]
                }
                """
            )
        );

        Assert.StartsWith(
            "line 2: Paul Price (paul) would be in groups passwords-a and mfa-b",
            Assert.Single(errors),
            StringComparison.Ordinal
        );
        Assert.Equal(before, await db.DigestAsync());
    }

    [DatabaseTheory]
    [Trait("Law", "9")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_opposite_memberships_at_once_exactly_one_wins(bool inTwoProcesses)
    {
        for (var round = 0; round < 10; round++)
        {
            await using var db = await Imports.ImportedAsync();
            var toPasswords = Group("passwords-a", "password", "paul", "petra", "dora");
            var toMfa = Group("mfa-a", "mfa", "mona", "mike", "dora");

            var imports = await Task.WhenAll(
                new[] { toPasswords, toMfa }.Select(file =>
                    Task.Run(async () =>
                    {
                        await using var open = inTwoProcesses ? db.OpenElsewhere() : db.Open();
                        return await new ImportDirectory(open).HandleAsync(file, CancellationToken.None);
                    })
                )
            );

            Assert.Single(imports.OfType<Import.Done>());
            var refused = Assert.Single(imports.OfType<Import.Refused>());
            Assert.Equal(
                [
                    "line 1: Dora Dienst (dora) would be in groups passwords-a and mfa-a, which keep the two halves of account 123456789012. Take them out of one.",
                ],
                refused.Errors
            );
            await using var after = db.Open();
            Assert.Equal(5, await after.Groups.SelectMany(g => g.Members).CountAsync(Token));
        }
    }

    [DatabaseFact]
    [Trait("Law", "9")]
    public async Task A_change_raises_the_versions_of_those_whom_it_concerns()
    {
        await using var db = await Imports.ImportedAsync();

        await db.ImportAsync(Imports.With("[\"paul\", \"petra\"]", "[\"paul\", \"petra\", \"dora\"]"));

        await using var open = db.Open();
        var people = await open
            .People.Where(p => EF.Property<int>(p, "Version") > 0)
            .Select(p => p.Key)
            .ToListAsync(Token);
        var groups = await open
            .Groups.Where(g => EF.Property<int>(g, "Version") > 0)
            .Select(g => g.Key)
            .ToListAsync(Token);
        Assert.Equal(["dora"], people);
        Assert.Equal(["passwords-a"], groups);
    }

    [DatabaseFact]
    [Trait("Law", "9")]
    public async Task A_half_that_gets_in_at_the_same_time_meets_the_import()
    {
        await using var db = await Imports.ImportedAsync();
        await using var ceremony = db.Open();
        var account = await ceremony.Accounts.SingleAsync(Token);

        await db.ImportAsync(Imports.With("U0PAUL", "U0EVIL"));
        account.TakePassword(1, new Policy(), ceremony.Now);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => ceremony.SaveChangesAsync(Token));
    }

    [DatabaseFact]
    [Trait("Law", "2")]
    public async Task A_chat_identity_of_two_persons_is_refused()
    {
        await using var db = await TestDb.NewAsync();

        var errors = Imports.Errors(await db.ImportAsync(Imports.With("U0PETRA", "U0PAUL")));

        Assert.Equal(
            [
                "line 9: Slack user U0PAUL of workspace T0PROVIDER would be linked to Paul Price (paul) and to Petra Pohl (petra). Leave it with one of them.",
            ],
            errors
        );
    }

    [DatabaseFact]
    [Trait("Law", "2")]
    public async Task A_chat_identity_of_someone_who_is_not_in_the_file_is_refused()
    {
        await using var db = await Imports.ImportedAsync();

        var errors = Imports.Errors(
            await db.ImportAsync(
                """
                {
                  "persons": [{ "key": "pete", "name": "Pete",
                                "slack": [{ "workspace": "T0PROVIDER", "user": "U0PAUL" }] }]
                }
                """
            )
        );

        Assert.StartsWith("line 3: Slack user U0PAUL", Assert.Single(errors), StringComparison.Ordinal);
    }

    [DatabaseTheory]
    [Trait("Law", "12")]
    [InlineData(
        "\"T0ACME\", \"user\"",
        "\"T0ZETA\", \"user\"",
        "line 14: Rita Root (rita) is of customer acme but has an identity in workspace T0ZETA, which belongs to customer zeta. Take the identity out or move the person."
    )]
    [InlineData(
        "\"T0ACME\", \"user\"",
        "\"T0PROVIDER\", \"user\"",
        "line 14: Rita Root (rita) is of customer acme but has an identity in workspace T0PROVIDER, which belongs to the provider. Take the identity out or move the person."
    )]
    [InlineData(
        "\"T0PROVIDER\", \"user\": \"U0MIKE\"",
        "\"T0ACME\", \"user\": \"U0MIKE\"",
        "line 12: Mike Meyer (mike) is of the provider but has an identity in workspace T0ACME, which belongs to customer acme. Take the identity out or move the person."
    )]
    [InlineData(
        "\"T0PROVIDER\", \"user\": \"U0MIKE\"",
        "\"T0OTHER\", \"user\": \"U0MIKE\"",
        "line 12: Mike Meyer (mike) has an identity in workspace T0OTHER, which belongs to nobody. Add it to the provider."
    )]
    [InlineData(
        "[\"T0ZETA\"]",
        "[\"T0ZETA\", \"T0ACME\"]",
        "line 5: workspace T0ACME would belong to customer acme and to customer zeta. Leave it with one of them."
    )]
    [InlineData(
        "[\"T0ZETA\"]",
        "[\"T0PROVIDER\"]",
        "line 5: workspace T0PROVIDER would belong to the provider and to customer zeta. Leave it with one of them."
    )]
    [InlineData(
        "\"customer\": \"acme\", \"slack\"",
        "\"customer\": \"acme\", \"dutyManager\": true, \"slack\"",
        "line 14: Rita Root (rita) is a contact of customer acme and cannot be a duty manager. Only the provider's own people can."
    )]
    [InlineData(
        "[\"mona\", \"mike\"]",
        "[\"mona\", \"mike\", \"rita\"]",
        "line 18: Rita Root (rita) is a contact of a customer and cannot be a custodian in group mfa-a. Take them out."
    )]
    public async Task The_sides_stay_apart(string old, string becomes, string error)
    {
        await using var db = await TestDb.NewAsync();

        var errors = Imports.Errors(await db.ImportAsync(Imports.With(old, becomes)));

        Assert.Equal([error], errors);
    }

    [DatabaseFact]
    [Trait("Law", "12")]
    public async Task A_workspace_cannot_leave_while_somebody_speaks_from_it()
    {
        await using var db = await Imports.ImportedAsync();

        var errors = Imports.Errors(
            await db.ImportAsync(
                """
                {
                  "customers": [{ "key": "acme", "name": "Acme Ltd", "slackWorkspaces": [] }]
                }
                """
            )
        );

        Assert.Equal(
            [
                "line 2: Rita Root (rita) has an identity in workspace T0ACME, which belongs to nobody. Add it to customer acme.",
            ],
            errors
        );
    }

    [DatabaseFact]
    public async Task A_group_cannot_change_the_half_that_it_keeps()
    {
        await using var db = await Imports.ImportedAsync();

        var errors = Imports.Errors(await db.ImportAsync(Group("mfa-a", "password", "mona", "mike")));

        Assert.Contains(
            "line 1: group mfa-a keeps the MFA half and cannot change to the other. Make a new group.",
            errors,
            StringComparer.Ordinal
        );
    }

    private static byte[] Group(string key, string keeps, params string[] members) =>
        Encoding.UTF8.GetBytes(
            $$"""{ "groups": [{ "key": "{{key}}", "name": "{{(keeps == "mfa" ? "MFA" : "Password")}} custodians A", "keeps": "{{keeps}}", "members": ["{{string.Join("\", \"", members)}}"] }] }"""
        );
}
