using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Desk.People;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People;

/// <summary>IAM users in an import file: the number of their account, a slash and their name.</summary>
public sealed class ImportIamUserTests
{
    private const string User = """
        { "number": "123456789012/deploy", "name": "Acme deployer", "customer": "acme", "passwordGroup": "passwords-a", "mfaGroup": "mfa-a" }
        """;

    private static readonly string WithoutMfa = User.Replace(
        "\"name\"",
        "\"withoutMfa\": true, \"name\"",
        StringComparison.Ordinal
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [DatabaseFact]
    public async Task It_is_added_beside_its_root_user_and_the_same_file_again_changes_nothing()
    {
        await using var db = await Imports.ImportedAsync();

        Assert.IsType<Import.Done>(await db.ImportAsync(FileOf(User)));
        var again = Assert.IsType<Import.Done>(await db.ImportAsync(FileOf(User)));

        Assert.Equal(0, again.Counts.Total);
        await using var open = db.Open();
        var numbers = await open.Accounts.OrderBy(a => a.Number).Select(a => a.Number).ToListAsync(Token);
        Assert.Equal(["123456789012", "123456789012/deploy"], numbers);
        var user = await open.Accounts.SingleAsync(a => a.Number == "123456789012/deploy", Token);
        Assert.Equal((new IamUserName("deploy"), ""), (user.User!.Value, user.Email));
    }

    [DatabaseFact]
    public async Task With_a_half_in_a_vault_two_administrators_confirm_it_by_its_name()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();

        var import = Assert.IsType<Import.Proposed>(await db.ImportAsync(FileOf(User)));

        Assert.Equal(
            [
                "Add the IAM user deploy of account 123456789012 (Acme deployer) of customer acme, kept by groups passwords-a and mfa-a.",
            ],
            import.Changes
        );
    }

    [DatabaseFact]
    public async Task Without_MFA_it_is_entered_and_a_file_that_leaves_that_out_expects_a_device()
    {
        await using var db = await Imports.ImportedAsync();

        Assert.IsType<Import.Done>(await db.ImportAsync(FileOf(WithoutMfa)));
        Assert.True(await WithoutMfaAsync(db));
        Assert.IsType<Import.Done>(await db.ImportAsync(FileOf(User)));
        Assert.False(await WithoutMfaAsync(db));
        Assert.IsType<Import.Done>(await db.ImportAsync(FileOf(WithoutMfa)));
        Assert.True(await WithoutMfaAsync(db));
    }

    [DatabaseFact]
    public async Task Administrators_read_that_it_has_no_MFA_device_before_they_confirm()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();

        var import = Assert.IsType<Import.Proposed>(await db.ImportAsync(FileOf(WithoutMfa)));

        Assert.EndsWith(
            "; the user has no MFA device, and the password alone signs in.",
            Assert.Single(import.Changes),
            StringComparison.Ordinal
        );
    }

    [DatabaseFact]
    public async Task One_whose_MFA_device_is_here_cannot_be_without()
    {
        await using var db = await Imports.ImportedAsync();
        await db.ImportAsync(FileOf(User));
        await using (var open = db.Open())
        {
            (await open.Accounts.SingleAsync(a => a.Number == "123456789012/deploy", Token)).TakeDevice(1);
            await open.SaveChangesAsync(Token);
        }

        var errors = Imports.Errors(await db.ImportAsync(FileOf(WithoutMfa)));

        Assert.Contains("cannot be without MFA", Assert.Single(errors), StringComparison.Ordinal);
        Assert.False(await WithoutMfaAsync(db));
    }

    [DatabaseTheory]
    [InlineData("\"name\"", "\"email\": \"a@b.example\", \"name\"", "cannot have the field \"email\"")]
    [InlineData("\"name\"", "\"management\": \"123456789012\", \"name\"", "cannot have the field \"management\"")]
    [InlineData("/deploy", "/two words", "with a slash and the name of the user after them")]
    [InlineData("acme", "zeta", "All users of an account are of one customer.")]
    [InlineData("/deploy", "", "has no \"email\"")]
    [InlineData("\"name\"", "\"withoutMfa\": \"yes\", \"name\"", "must be true or false, without quotes")]
    public async Task What_an_IAM_user_cannot_have_is_complained_of(string old, string becomes, string why)
    {
        await using var db = await Imports.ImportedAsync();
        var before = await db.DigestAsync();

        var errors = Imports.Errors(await db.ImportAsync(FileOf(User.Replace(old, becomes, StringComparison.Ordinal))));

        Assert.Contains(errors, e => e.Contains(why, StringComparison.Ordinal));
        Assert.Equal(before, await db.DigestAsync());
    }

    private static async Task<bool> WithoutMfaAsync(TestDb db)
    {
        await using var open = db.Open();
        return await open
            .Accounts.Where(a => a.Number == "123456789012/deploy")
            .Select(a => a.WithoutMfa)
            .SingleAsync(Token);
    }

    [DatabaseFact]
    public async Task A_root_user_is_never_without_MFA()
    {
        await using var db = await Imports.ImportedAsync();

        var errors = Imports.Errors(
            await db.ImportAsync(
                Imports.With("\"name\": \"Acme production\"", "\"withoutMfa\": true, \"name\": \"Acme production\"")
            )
        );

        Assert.Contains("cannot have the field \"withoutMfa\"", Assert.Single(errors), StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Two_names_that_differ_in_case_only_are_one_user_to_AWS()
    {
        await using var db = await Imports.ImportedAsync();
        await db.ImportAsync(FileOf(User));

        var errors = Imports.Errors(
            await db.ImportAsync(FileOf(User.Replace("/deploy", "/Deploy", StringComparison.Ordinal)))
        );

        Assert.Contains("are the same IAM user to AWS", Assert.Single(errors), StringComparison.Ordinal);
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Who_keeps_something_of_root_and_something_of_its_IAM_user_may_not_open_both_halves()
    {
        await using var db = await Imports.ImportedAsync();
        await db.ImportAsync(FileOf(User));

        var fits = await db.ImportAsync(KeeperOf("123456789012", "phone"));
        var mailbox = Imports.Errors(await db.ImportAsync(KeeperOf("123456789012/deploy", "mailbox")));
        var both = Imports.Errors(await db.ImportAsync(KeeperOf("123456789012/deploy", "administration")));

        Assert.IsType<Import.Done>(fits);
        Assert.Contains(mailbox, e => e.Contains("An IAM user has no root mailbox", StringComparison.Ordinal));
        Assert.Contains("could open both halves of 123456789012/deploy", Assert.Single(both), StringComparison.Ordinal);
    }

    private static string FileOf(string account) => $$"""{ "accounts": [{{account}}] }""";

    private static string KeeperOf(string account, string thing) =>
        $$"""{ "keepers": [{ "account": "{{account}}", "person": "olga", "thing": "{{thing}}", "label": "one" }], "persons": [{ "key": "olga", "name": "Olga Ott" }] }""";
}
