using Microsoft.EntityFrameworkCore;
using RootCustody.Desk.People;

namespace RootCustody.Tests.Desk.People;

[Trait("Law", "15")]
public sealed class ImportProposalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Relinked => Imports.With("U0PAUL", "U0EVIL");

    [Fact]
    public async Task With_a_half_in_a_vault_an_import_changes_nothing_and_proposes()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();

        var import = await db.ImportAsync(Relinked);

        List<string> changes =
        [
            "Unlink Slack user U0PAUL of workspace T0PROVIDER from person paul.",
            "Link Slack user U0EVIL of workspace T0PROVIDER to person paul.",
        ];
        Assert.Equal(changes, Assert.IsType<Import.Proposed>(import).Changes);
        await using var open = db.Open();
        Assert.Equal(changes, await open.Proposals.OrderBy(p => p.Id).Select(p => p.Change).ToListAsync(Token));
        Assert.Equal(2, (await db.EntriesAsync("change.proposed")).Count);
        Assert.False(await open.Identities.AnyAsync(i => i.User == "U0EVIL", Token));
    }

    [Fact]
    public async Task A_seed_in_a_vault_ends_the_bootstrap_too()
    {
        await using var db = await Imports.ImportedAsync();
        await using (var open = db.Open())
        {
            (await open.Accounts.SingleAsync(Token)).TakeSeed(1);
            await open.SaveChangesAsync(Token);
        }

        Assert.IsType<Import.Proposed>(await db.ImportAsync(Relinked));
    }

    [Fact]
    public async Task The_same_change_is_proposed_once()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();
        await db.ImportAsync(Relinked);
        var before = await db.DigestAsync();

        var again = await db.ImportAsync(Relinked);

        Assert.Equal(2, Assert.IsType<Import.Proposed>(again).Changes.Count);
        Assert.Equal(before, await db.DigestAsync());
    }

    [Fact]
    public async Task Without_a_difference_there_is_nothing_to_propose()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();

        var import = await db.ImportAsync(Imports.Whole);

        Assert.Equal(0, Assert.IsType<Import.Done>(import).Counts.Total);
    }

    [Fact]
    public async Task What_would_break_a_law_is_not_even_proposed()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();
        var before = await db.DigestAsync();

        var import = await db.ImportAsync(Imports.With("[\"mona\", \"mike\"]", "[\"mona\", \"mike\", \"paul\"]"));

        Assert.Single(Imports.Errors(import));
        Assert.Equal(before, await db.DigestAsync());
    }

    [Fact]
    public async Task Everything_that_a_file_can_ask_for_has_its_sentence()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();

        var import = await db.ImportAsync(
            """
            {
              "provider": { "slackWorkspaces": ["T0PROVIDER", "T0SECOND"], "teamsTenants": ["11111111-2222-3333-4444-555555555555"] },
              "customers": [{ "key": "nova", "name": "Nova SA", "slackWorkspaces": ["T0NOVA"] }],
              "persons": [{ "key": "olga", "name": "Olga Ott", "dutyManager": true }, { "key": "rita", "name": "Rita Root", "customer": "nova" }],
              "groups": [{ "key": "mfa-b", "name": "MFA B", "keeps": "mfa", "members": ["mona"] }],
              "accounts": [{ "number": "123456789012", "name": "Acme production", "email": "aws+acme@provider.example",
                             "customer": "nova", "passwordGroup": "passwords-a", "mfaGroup": "mfa-b" },
                           { "number": "210987654321", "name": "Nova", "email": "aws+nova@provider.example",
                             "customer": "nova", "passwordGroup": "passwords-a", "mfaGroup": "mfa-b" }]
            }
            """
        );

        Assert.Equal(
            [
                "Unlink Slack user U0RITA of workspace T0ACME from person rita.",
                "Add customer nova (Nova SA).",
                "Let workspace T0SECOND belong to the provider.",
                "Let workspace T0NOVA belong to customer nova.",
                "Add person olga (Olga Ott) of the provider, a duty manager.",
                "Move person rita from customer acme to customer nova.",
                "Add group mfa-b (MFA B), which keeps MFA halves.",
                "Add account 210987654321 (Nova) of customer nova with the root user aws+nova@provider.example, kept by groups passwords-a and mfa-b.",
                "Move account 123456789012 from customer acme to customer nova.",
                "Let groups passwords-a and mfa-b keep account 123456789012 instead of passwords-a and mfa-a.",
                "Put person mona into group mfa-b.",
            ],
            Assert.IsType<Import.Proposed>(import).Changes
        );
    }
}
