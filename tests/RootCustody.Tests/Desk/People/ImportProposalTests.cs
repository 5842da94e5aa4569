using Microsoft.EntityFrameworkCore;
using RootCustody.Desk.People;
using RootCustody.People;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People;

[Trait("Law", "15")]
public sealed class ImportProposalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private const string Everything = """
        {
          "provider": { "slackWorkspaces": ["T0PROVIDER", "T0SECOND"], "teamsTenants": ["11111111-2222-3333-4444-555555555555"] },
          "customers": [{ "key": "nova", "name": "Nova SA", "slackWorkspaces": ["T0NOVA"] }],
          "persons": [{ "key": "olga", "name": "Olga Ott", "dutyManager": true, "roles": ["auditor"] },
                      { "key": "rita", "name": "Rita Root", "customer": "nova" },
                      { "key": "dora", "name": "Dora Dienst", "roles": ["administrator"] }],
          "groups": [{ "key": "mfa-b", "name": "MFA B", "keeps": "mfa", "members": ["mona"] }],
          "accounts": [{ "number": "123456789012", "name": "Acme production", "email": "aws+acme@provider.example",
                         "customer": "nova", "passwordGroup": "passwords-a", "mfaGroup": "mfa-b", "management": "210987654321" },
                       { "number": "210987654321", "name": "Nova", "email": "aws+nova@provider.example",
                         "customer": "nova", "passwordGroup": "passwords-a", "mfaGroup": "mfa-b" }],
          "keepers": [{ "account": "210987654321", "person": "rita", "thing": "phone", "label": "the CFO's" }]
        }
        """;

    private static string Renamed => Imports.With("Paul Price", "Paul Preis");

    [DatabaseFact]
    public async Task With_a_half_in_a_vault_an_import_changes_nothing_and_is_one_proposal()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();
        var file = Renamed.Replace("Acme Ltd", "Acme Inc", StringComparison.Ordinal);

        var import = Assert.IsType<Import.Proposed>(await db.ImportAsync(file));

        List<string> changes =
        [
            "Rename customer acme from Acme Ltd to Acme Inc.",
            "Rename person paul from Paul Price to Paul Preis.",
        ];
        Assert.Equal(changes, import.Changes);
        await using var open = db.Open();
        var proposal = await open.Proposals.SingleAsync(Token);
        Assert.Equal(changes, proposal.Change.Split('\n')[1..]);
        Assert.Equal((import.Name, ProposalState.Waiting), (proposal.Name, proposal.State));
        Assert.Single(await db.EntriesAsync("change.proposed"));
        Assert.True(await open.People.AnyAsync(p => p.Name == "Paul Price", Token));
    }

    [DatabaseFact]
    public async Task Without_two_administrators_it_is_said_that_nobody_can_confirm()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();

        var import = Assert.IsType<Import.Proposed>(await db.ImportAsync(Renamed));

        Assert.Contains(import.Warnings, w => w.Contains("so it cannot be made", StringComparison.Ordinal));
    }

    [DatabaseFact]
    public async Task A_seed_in_a_vault_ends_the_bootstrap_too()
    {
        await using var db = await Imports.ImportedAsync();
        await using (var open = db.Open())
        {
            (await open.Accounts.SingleAsync(Token)).TakeDevice(1);
            await open.SaveChangesAsync(Token);
        }

        Assert.IsType<Import.Proposed>(await db.ImportAsync(Renamed));
    }

    [DatabaseFact]
    public async Task The_same_change_is_proposed_once()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();
        await db.ImportAsync(Renamed);
        var before = await db.DigestAsync();

        var again = await db.ImportAsync(Renamed);

        Assert.Single(Assert.IsType<Import.Proposed>(again).Changes);
        Assert.Equal(before, await db.DigestAsync());
    }

    [DatabaseFact]
    public async Task Without_a_difference_there_is_nothing_to_propose()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();

        var import = await db.ImportAsync(Imports.Whole);

        Assert.Equal(0, Assert.IsType<Import.Done>(import).Counts.Total);
    }

    [DatabaseFact]
    public async Task What_would_break_a_law_is_not_even_proposed()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();
        var before = await db.DigestAsync();

        var import = await db.ImportAsync(Imports.With("[\"mona\", \"mike\"]", "[\"mona\", \"mike\", \"paul\"]"));

        Assert.Single(Imports.Errors(import));
        Assert.Equal(before, await db.DigestAsync());
    }

    [DatabaseFact]
    public async Task An_identity_is_linked_by_invitation_and_not_even_proposed()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();
        var before = await db.DigestAsync();

        var import = await db.ImportAsync(Imports.With("U0PAUL", "U0EVIL"));

        Assert.Equal(
            [
                "line 8: Slack user U0EVIL of workspace T0PROVIDER is not linked to Paul Price (paul). Since halves are in custody, identities are linked by invitation only: take it out here and invite paul.",
            ],
            Imports.Errors(import)
        );
        Assert.Equal(before, await db.DigestAsync());
    }

    [DatabaseFact]
    public async Task Everything_that_a_file_can_ask_for_has_its_sentence()
    {
        await using var db = await Imports.ImportedAsync();
        await db.TakePasswordAsync();

        var import = await db.ImportAsync(Everything);

        Assert.Equal(
            [
                "Unlink Slack user U0RITA of workspace T0ACME from person rita.",
                "Add customer nova (Nova SA).",
                "Let workspace T0SECOND belong to the provider.",
                "Let workspace T0NOVA belong to customer nova.",
                "Add person olga (Olga Ott) of the provider, a duty manager, an auditor.",
                "Move person rita from customer acme to customer nova.",
                "Make person dora an administrator.",
                "Let person dora be a duty manager no more.",
                "Add group mfa-b (MFA B), which keeps MFA halves.",
                "Add account 210987654321 (Nova) of customer nova with the root user aws+nova@provider.example, kept by groups passwords-a and mfa-b.",
                "Move account 123456789012 from customer acme to customer nova.",
                "Let groups passwords-a and mfa-b keep account 123456789012 instead of passwords-a and mfa-a.",
                "Let account 123456789012 be a member of the organisation of 210987654321.",
                "Put person mona into group mfa-b.",
                "Note that person rita keeps the root phone \"the CFO's\" of account 210987654321.",
            ],
            Assert.IsType<Import.Proposed>(import).Changes
        );
    }
}
