using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.People;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People;

public sealed class ImportDirectoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [DatabaseFact]
    public async Task A_first_import_makes_everything_that_the_file_names()
    {
        await using var db = await TestDb.NewAsync();

        var import = await db.ImportAsync(Imports.Whole);

        var done = Assert.IsType<Import.Done>(import);
        Assert.Equal(new ImportCounts(2, 4, 6, 5, 2, 4, 1), done.Counts);
        Assert.Empty(done.Warnings);
        Assert.Equal(
            "2 customers, 4 workspaces and tenants, 6 persons, 5 chat identities, 2 groups, 4 memberships, 1 account",
            done.Counts.ToString()
        );
    }

    [DatabaseFact]
    public async Task What_was_imported_is_what_the_rules_ask_for()
    {
        await using var db = await Imports.ImportedAsync();
        await using var open = db.Open();

        var account = await open.Accounts.SingleAsync(Token);
        var rita = await open.PersonOfAsync(new ChatUser(ChatPlatform.Slack, "T0ACME", "U0RITA"), Token);
        var mona = await open.PersonOfAsync(
            new ChatUser(ChatPlatform.Teams, Imports.Tenant, "aaaaaaaa-2222-3333-4444-555555555555"),
            Token
        );

        Assert.Equal(account.Customer, rita!.Customer);
        Assert.Equal(Half.Mfa, (await open.StandingAsync(mona!.Id, account, Token)).Keeps);
        Assert.Equal("Dora Dienst", Assert.Single(await open.DutyManagersAsync(Token)).Name);
        Assert.Equal(["paul", "petra"], await KeysAsync(open, account));
    }

    [DatabaseFact]
    public async Task Each_change_has_its_audit_entry()
    {
        await using var db = await Imports.ImportedAsync();
        await using var open = db.Open();

        var paul = await open.People.SingleAsync(p => p.Key == "paul", Token);
        var linked = await db.EntriesAsync("identity.linked");

        Assert.Equal(2 + 4 + 6 + 5 + 2 + 4 + 1, await open.Audit.CountAsync(Token));
        Assert.Contains(
            linked,
            e =>
                e.Contains(paul.Id.ToString())
                && e.Contains("\"U0PAUL\"")
                && e.Contains("\"linked by import\"")
                && e.Contains("\"operator\"")
        );
        Assert.Equal(5, linked.Count);
    }

    [DatabaseFact]
    public async Task The_same_file_again_changes_nothing()
    {
        await using var db = await Imports.ImportedAsync();
        var before = await db.DigestAsync();

        var again = await db.ImportAsync(Imports.Whole);

        var done = Assert.IsType<Import.Done>(again);
        Assert.Equal(0, done.Counts.Total);
        Assert.Equal("nothing, for all of it was so already", done.Counts.ToString());
        Assert.Equal(before, await db.DigestAsync());
    }

    [DatabaseTheory]
    [InlineData("Paul Price", "Paul Preis", "person.renamed")]
    [InlineData("Acme Ltd", "Acme Inc", "customer.renamed")]
    [InlineData("MFA custodians A", "MFA custodians", "group.renamed")]
    [InlineData("Acme production", "Acme main", "account.renamed")]
    [InlineData("aws+acme@provider.example", "aws@provider.example", "account.readdressed")]
    [InlineData("[\"paul\", \"petra\"]", "[\"paul\", \"petra\", \"dora\"]", "membership.added")]
    [InlineData("[\"paul\", \"petra\"]", "[\"petra\"]", "membership.removed")]
    [InlineData(", \"dutyManager\": true", "", "person.dismissed")]
    [InlineData("\"Mike Meyer\",", "\"Mike Meyer\", \"dutyManager\": true,", "person.appointed")]
    [InlineData("[\"T0ZETA\"]", "[\"T0ZETA\", \"T0MORE\"]", "realm.added")]
    [InlineData("[\"T0ZETA\"]", "[]", "realm.removed")]
    [InlineData(
        "\"customer\": \"acme\", \"passwordGroup\"",
        "\"customer\": \"zeta\", \"passwordGroup\"",
        "account.moved"
    )]
    [InlineData(", \"slack\": [{ \"workspace\": \"T0PROVIDER\", \"user\": \"U0MIKE\" }]", "", "identity.unlinked")]
    public async Task A_later_file_changes_what_is_different_and_nothing_else(string old, string becomes, string what)
    {
        await using var db = await Imports.ImportedAsync();
        var entries = (await db.EntriesAsync(what)).Count;

        var import = await db.ImportAsync(Imports.With(old, becomes));

        Assert.Equal(1, Assert.IsType<Import.Done>(import).Counts.Total);
        Assert.Equal(entries + 1, (await db.EntriesAsync(what)).Count);
        var settled = await db.DigestAsync();
        Assert.IsType<Import.Done>(await db.ImportAsync(Imports.With(old, becomes)));
        Assert.Equal(settled, await db.DigestAsync());
    }

    [DatabaseFact]
    public async Task Two_persons_change_chat_identities()
    {
        await using var db = await Imports.ImportedAsync();
        var file = Imports
            .With("U0PAUL", "U0TEMP")
            .Replace("U0PETRA", "U0PAUL", StringComparison.Ordinal)
            .Replace("U0TEMP", "U0PETRA", StringComparison.Ordinal);

        var import = await db.ImportAsync(file);

        Assert.Equal(4, Assert.IsType<Import.Done>(import).Counts.Identities);
        await using var open = db.Open();
        var now = await open.PersonOfAsync(new ChatUser(ChatPlatform.Slack, "T0PROVIDER", "U0PAUL"), Token);
        Assert.Equal("petra", now!.Key);
    }

    [DatabaseTheory]
    [InlineData("U0PAUL", "U0PETRA", "petra")]
    [InlineData("U0PETRA", "U0PAUL", "paul")]
    public async Task A_chat_identity_moves_when_its_person_leaves_it(string user, string other, string becomes)
    {
        await using var db = await Imports.ImportedAsync();
        var file = Imports.With(user, "U0FRESH").Replace(other, user, StringComparison.Ordinal);

        Assert.IsType<Import.Done>(await db.ImportAsync(file));

        await using var open = db.Open();
        var now = await open.PersonOfAsync(new ChatUser(ChatPlatform.Slack, "T0PROVIDER", user), Token);
        Assert.Equal(becomes, now!.Key);
    }

    [DatabaseFact]
    public async Task A_workspace_a_person_and_their_identity_move_to_another_customer()
    {
        await using var db = await Imports.ImportedAsync();
        var file = Imports
            .With("\"slackWorkspaces\": [\"T0ACME\"]", "\"slackWorkspaces\": []")
            .Replace("[\"T0ZETA\"]", "[\"T0ZETA\", \"T0ACME\"]", StringComparison.Ordinal)
            .Replace(
                "\"customer\": \"acme\", \"slack\"",
                "\"customer\": \"zeta\", \"slack\"",
                StringComparison.Ordinal
            );

        Assert.IsType<Import.Done>(await db.ImportAsync(file));

        await using var open = db.Open();
        var rita = await open.PersonOfAsync(new ChatUser(ChatPlatform.Slack, "T0ACME", "U0RITA"), Token);
        Assert.Equal((await open.Customers.SingleAsync(c => c.Key == "zeta", Token)).Id, rita!.Customer);
    }

    [DatabaseFact]
    public async Task Members_of_opposite_groups_change_places()
    {
        await using var db = await Imports.ImportedAsync();
        var file = Imports
            .With("[\"paul\", \"petra\"]", "[\"mona\", \"petra\"]")
            .Replace("[\"mona\", \"mike\"]", "[\"paul\", \"mike\"]", StringComparison.Ordinal);

        var import = await db.ImportAsync(file);

        Assert.Equal(4, Assert.IsType<Import.Done>(import).Counts.Memberships);
        await using var open = db.Open();
        var account = await open.Accounts.SingleAsync(Token);
        Assert.Equal(["mona", "petra"], await KeysAsync(open, account));
    }

    [DatabaseFact]
    public async Task Whoever_is_not_in_the_file_stays_and_is_named()
    {
        await using var db = await Imports.ImportedAsync();

        var import = await db.ImportAsync("""{ "persons": [{ "key": "olga", "name": "Olga Ott" }] }""");

        var done = Assert.IsType<Import.Done>(import);
        Assert.Equal(1, done.Counts.Total);
        Assert.Contains(
            "these persons are not in the file and stay as they are: dora, mike, mona, paul, petra, rita.",
            done.Warnings,
            StringComparer.Ordinal
        );
        Assert.Contains(
            "these groups are not in the file and stay as they are: mfa-a, passwords-a.",
            done.Warnings,
            StringComparer.Ordinal
        );
        await using var open = db.Open();
        Assert.Equal(7, await open.People.CountAsync(Token));
    }

    [DatabaseFact]
    public async Task A_file_may_speak_of_what_an_earlier_one_made()
    {
        await using var db = await Imports.ImportedAsync();

        var import = await db.ImportAsync(
            """
            {
              "accounts": [{ "number": "210987654321", "name": "Zeta", "email": "aws+zeta@provider.example",
                             "customer": "zeta", "passwordGroup": "passwords-a", "mfaGroup": "mfa-a" }]
            }
            """
        );

        Assert.Equal(1, Assert.IsType<Import.Done>(import).Counts.Accounts);
    }

    [DatabaseTheory]
    [InlineData("[]", "group passwords-a has no member")]
    [InlineData("[\"paul\"]", "group passwords-a has one member")]
    public async Task A_group_of_fewer_than_two_is_imported_with_a_warning(string members, string warning)
    {
        await using var db = await TestDb.NewAsync();

        var import = await db.ImportAsync(Imports.With("[\"paul\", \"petra\"]", members));

        var only = Assert.Single(Assert.IsType<Import.Done>(import).Warnings);
        Assert.StartsWith(warning, only, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task A_byte_order_mark_is_no_error()
    {
        await using var db = await TestDb.NewAsync();

        var import = await db.ImportAsync("\uFEFF" + Imports.Whole);

        Assert.IsType<Import.Done>(import);
    }

    private static async Task<List<string>> KeysAsync(CustodyDb db, Account account) =>
        [.. (await db.CustodiansAsync(account, Half.Password, Token)).Select(p => p.Key)];
}
