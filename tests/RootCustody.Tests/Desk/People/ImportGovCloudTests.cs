using Microsoft.EntityFrameworkCore;
using RootCustody.Desk.People;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People;

/// <summary>An account of AWS GovCloud (US) in an import file: it names its commercial account.</summary>
public sealed class ImportGovCloudTests
{
    private const string Commercial = "123456789012";

    private const string GovCloud = """
        { "number": "210987654321", "name": "Acme GovCloud", "email": "aws+gov@provider.example",
          "customer": "acme", "passwordGroup": "passwords-a", "mfaGroup": "mfa-a", "govCloudOf": "123456789012" }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [DatabaseFact]
    public async Task It_is_added_with_its_commercial_account_and_the_same_file_again_changes_nothing()
    {
        await using var db = await Imports.ImportedAsync();

        Assert.IsType<Import.Done>(await db.ImportAsync(FileOf(GovCloud)));
        var again = Assert.IsType<Import.Done>(await db.ImportAsync(FileOf(GovCloud)));

        Assert.Equal(0, again.Counts.Total);
        await using var open = db.Open();
        var commercial = await open.Accounts.SingleAsync(a => a.Number == Commercial, Token);
        var govCloud = await open.Accounts.SingleAsync(a => a.GovCloudOf != null, Token);
        Assert.Equal(("210987654321", commercial.Id), (govCloud.Number, govCloud.GovCloudOf));
        Assert.Single(await db.EntriesAsync("account.paired"));
    }

    [DatabaseFact]
    public async Task Both_may_stand_in_one_file_in_any_order()
    {
        await using var db = await Imports.ImportedAsync();
        const string other = """
            { "number": "555566667777", "name": "Acme other", "email": "aws+other@provider.example",
              "customer": "acme", "passwordGroup": "passwords-a", "mfaGroup": "mfa-a" }
            """;

        var both = FileOf($"{GovCloud.Replace(Commercial, "555566667777", StringComparison.Ordinal)}, {other}");

        Assert.IsType<Import.Done>(await db.ImportAsync(both));
    }

    [DatabaseFact]
    public async Task What_names_it_no_more_makes_it_an_account_like_any_other()
    {
        await using var db = await Imports.ImportedAsync();
        await db.ImportAsync(FileOf(GovCloud));

        var without = GovCloud.Replace($", \"govCloudOf\": \"{Commercial}\"", "", StringComparison.Ordinal);
        Assert.IsType<Import.Done>(await db.ImportAsync(FileOf(without)));

        await using var open = db.Open();
        Assert.False(await open.Accounts.AnyAsync(a => a.GovCloudOf != null, Token));
        Assert.Single(await db.EntriesAsync("account.unpaired"));
    }

    [DatabaseFact]
    public async Task With_a_half_in_a_vault_two_administrators_confirm_it_by_its_sentence()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();

        var import = Assert.IsType<Import.Proposed>(await db.ImportAsync(FileOf(GovCloud)));

        Assert.Equal("Note that account 210987654321 is the GovCloud account of 123456789012.", import.Changes[^1]);
    }

    [DatabaseFact]
    public async Task Nobody_is_asked_to_take_it_into_custody()
    {
        await using var db = await Imports.ImportedAsync();

        await db.ImportAsync(FileOf(GovCloud));

        await using var open = db.Open();
        Assert.NotNull((await open.Accounts.SingleAsync(a => a.Number == Commercial, Token)).OnboardingSince);
        Assert.Null((await open.Accounts.SingleAsync(a => a.GovCloudOf != null, Token)).OnboardingSince);
    }

    [DatabaseTheory]
    [InlineData("\"123456789012\" }", "\"999900001111\" }", "which does not exist. Add that account or correct")]
    [InlineData("\"123456789012\" }", "\"210987654321\" }", "which is one of GovCloud itself")]
    [InlineData("\"123456789012\" }", "\"123456789012/deploy\" }", "\"govCloudOf\" must be the 12 digits of AWS")]
    [InlineData("\"123456789012\" }", "123456789012 }", "\"govCloudOf\"")]
    [InlineData("\"acme\"", "\"zeta\"", "The two are of one customer.")]
    public async Task What_cannot_be_is_complained_of(string old, string becomes, string why)
    {
        await using var db = await Imports.ImportedAsync();
        var before = await db.DigestAsync();

        var errors = Imports.Errors(
            await db.ImportAsync(FileOf(GovCloud.Replace(old, becomes, StringComparison.Ordinal)))
        );

        Assert.Contains(why, Assert.Single(errors), StringComparison.Ordinal);
        Assert.Equal(before, await db.DigestAsync());
    }

    [DatabaseFact]
    public async Task Its_commercial_account_cannot_become_one_of_GovCloud()
    {
        await using var db = await Imports.ImportedAsync();
        await db.ImportAsync(FileOf(GovCloud));

        var turned = GovCloud
            .Replace("123456789012", "555566667777", StringComparison.Ordinal)
            .Replace("210987654321", "123456789012", StringComparison.Ordinal);
        var errors = Imports.Errors(
            await db.ImportAsync(FileOf(turned.Replace("555566667777", "210987654321", StringComparison.Ordinal)))
        );

        Assert.All(errors, e => Assert.Contains("which is one of GovCloud itself", e, StringComparison.Ordinal));
        Assert.NotEmpty(errors);
    }

    [DatabaseFact]
    public async Task An_IAM_user_of_it_is_where_its_account_is()
    {
        await using var db = await Imports.ImportedAsync();
        const string user = """
            { "number": "123456789012/deploy", "name": "Deployer", "customer": "acme",
              "passwordGroup": "passwords-a", "mfaGroup": "mfa-a", "govCloudOf": "123456789012" }
            """;

        var errors = Imports.Errors(await db.ImportAsync(FileOf(user)));

        Assert.Contains("cannot have the field \"govCloudOf\"", Assert.Single(errors), StringComparison.Ordinal);
    }

    [DatabaseTheory]
    [Trait("Law", "1")]
    [InlineData("210987654321")]
    [InlineData("210987654321/deploy")]
    public async Task Who_keeps_something_of_either_side_may_not_open_both_halves(string number)
    {
        await using var db = await Imports.ImportedAsync();
        const string user = """
            { "number": "210987654321/deploy", "name": "Deployer", "customer": "acme", "passwordGroup": "passwords-a", "mfaGroup": "mfa-a" }
            """;
        await db.ImportAsync(FileOf($"{GovCloud}, {user}"));

        Assert.IsType<Import.Done>(await db.ImportAsync(KeeperOf(number, "device")));
        var both = Imports.Errors(await db.ImportAsync(KeeperOf(Commercial, "mailbox")));

        Assert.Contains(both, e => e.Contains($"could open both halves of {number} without", StringComparison.Ordinal));
    }

    private static string FileOf(string accounts) => $$"""{ "accounts": [{{accounts}}] }""";

    private static string KeeperOf(string account, string thing) =>
        $$"""{ "keepers": [{ "account": "{{account}}", "person": "dora", "thing": "{{thing}}", "label": "one" }] }""";
}
