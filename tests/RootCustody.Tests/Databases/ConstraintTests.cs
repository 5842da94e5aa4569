using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Audit;
using RootCustody.Data.Databases;
using RootCustody.Moves;
using RootCustody.Onboarding;
using RootCustody.Posture;
using RootCustody.Proofs;
using RootCustody.Transfers;

namespace RootCustody.Tests.Databases;

/// <summary>What the database holds by itself: each law that a constraint or a trigger can hold is broken by raw SQL, behind the back of the code.</summary>
public sealed class ConstraintTests
{
    [DatabaseTheory, Trait("Law", "2")]
    [InlineData("Requester", "PasswordApprover")]
    [InlineData("Requester", "MfaApprover")]
    [InlineData("Requester", "ContactApprover")]
    [InlineData("Requester", "DutyApprover")]
    [InlineData("PasswordApprover", "MfaApprover")]
    [InlineData("PasswordApprover", "ContactApprover")]
    [InlineData("PasswordApprover", "DutyApprover")]
    [InlineData("MfaApprover", "ContactApprover")]
    [InlineData("MfaApprover", "DutyApprover")]
    [InlineData("ContactApprover", "DutyApprover")]
    [InlineData("PasswordExtender", "MfaExtender")]
    public async Task Nobody_has_two_parts_in_a_request(string one, string other)
    {
        await using var stage = await Stage.SetAsync();
        await stage.AskAsync();
        var dora = Literal(stage.People[Stage.Dora].Value);

        await RefusedAsync(stage, $"""UPDATE "Requests" SET "{one}" = {dora}, "{other}" = {dora}""");
        await TakenAsync(stage, $"""UPDATE "Requests" SET "{one}" = {dora}""");
    }

    [DatabaseFact, Trait("Law", "1")]
    public async Task The_halves_of_a_handover_go_to_two_contacts_or_to_none()
    {
        await using var stage = await Stage.SetAsync();
        await stage.AskAsync();
        var (rita, ravi) = (Literal(stage.People[Stage.Rita].Value), Literal(stage.People[Stage.Ravi].Value));

        string To(string password, string codes) =>
            $"""UPDATE "Requests" SET "PasswordReceiver" = {password}, "MfaReceiver" = {codes}""";
        await RefusedAsync(stage, To(rita, rita));
        await RefusedAsync(stage, To(rita, "NULL"));
        await RefusedAsync(stage, To("NULL", ravi));
        await TakenAsync(stage, To(rita, ravi));
        await RefusedAsync(stage, $"""UPDATE "Requests" SET "MfaApprover" = {ravi}""");
        await RefusedAsync(stage, $"""UPDATE "Requests" SET "PasswordApprover" = {rita}""");
    }

    [DatabaseFact, Trait("Law", "3")]
    public async Task One_group_never_keeps_both_halves()
    {
        await using var stage = await Stage.SetAsync();

        await RefusedAsync(stage, """UPDATE "Accounts" SET "MfaGroup" = "PasswordGroup" """);
    }

    [DatabaseFact]
    public async Task Nobody_confirms_their_own_word()
    {
        await using var stage = await Stage.SetAsync();
        var (account, paul, mona) = (stage.Account, stage.People[Stage.Paul], stage.People[Stage.Mona]);
        await stage.DecideAsync(db =>
        {
            var word = OnboardingWord.Of(account, OnboardingItem.OtherWay);
            word.Say(false, "By roles.", paul, db.Now);
            var evidence = Evidence.Of(account, EvidenceSource.Contacts);
            evidence.Bring("", db.Now, paul, db.Now);
            db.AddRange(word, evidence);
            return Task.CompletedTask;
        });

        foreach (var table in (string[])["OnboardingWords", "Evidence"])
        {
            await RefusedAsync(stage, $"""UPDATE "{table}" SET "ConfirmedBy" = {Literal(paul.Value)}""");
            await TakenAsync(stage, $"""UPDATE "{table}" SET "ConfirmedBy" = {Literal(mona.Value)}""");
        }
    }

    [DatabaseFact]
    public async Task A_transfer_takes_two_contacts_and_two_of_us_one_at_a_time_and_is_certified_last()
    {
        await using var stage = await Stage.SetAsync();
        var (rita, ravi) = (stage.People[Stage.Rita], stage.People[Stage.Ravi]);
        var (paul, mona) = (stage.People[Stage.Paul], stage.People[Stage.Mona]);
        Task AskAsync() =>
            stage.DecideAsync(async db =>
            {
                var account = await db.Accounts.SingleAsync();
                var transfer = Transfer.Of(account, rita, "Receiver Ltd", "a@b.example", "Sold.", false, db.Now);
                transfer.Say(TransferStep.Receiver, true, "Seen.", paul, db.Now);
                db.Transfers.Add(transfer);
            });
        await AskAsync();

        await Assert.ThrowsAsync<DbUpdateException>(AskAsync);
        await RefusedAsync(stage, $"""UPDATE "Transfers" SET "AgreedBy" = {Literal(rita.Value)}""");
        await TakenAsync(stage, $"""UPDATE "Transfers" SET "AgreedBy" = {Literal(ravi.Value)}""");
        await RefusedAsync(stage, $"""UPDATE "TransferWords" SET "ConfirmedBy" = {Literal(paul.Value)}""");
        await TakenAsync(stage, $"""UPDATE "TransferWords" SET "ConfirmedBy" = {Literal(mona.Value)}""");
        await RefusedAsync(stage, """UPDATE "Transfers" SET "CertifiedAt" = 1""");
        await TakenAsync(stage, """UPDATE "Transfers" SET "WithdrawnAt" = 1""");
        await AskAsync();
    }

    [DatabaseFact]
    public async Task A_move_is_decided_by_others_one_at_a_time_and_in_order()
    {
        await using var stage = await Stage.SetAsync();
        var (dora, mike) = (stage.People[Stage.Dora], stage.People[Stage.Mike]);
        var (ada, abe) = (stage.People[Stage.Ada], stage.People[Stage.Abe]);
        Task BeginAsync() =>
            stage.DecideAsync(db =>
            {
                db.Moves.Add(
                    Move.Of(stage.Account, KeptThing.RootPhone, dora, mike, "phone", "She leaves.", ada, db.Now)
                );
                return Task.CompletedTask;
            });
        await BeginAsync();

        await Assert.ThrowsAsync<DbUpdateException>(BeginAsync);
        await RefusedAsync(stage, $"""UPDATE "Moves" SET "BegunBy" = {Literal(mike.Value)}""");
        await RefusedAsync(stage, """UPDATE "Moves" SET "TakenAt" = 1""");
        await TakenAsync(stage, """UPDATE "Moves" SET "HandedAt" = 1""");
        await RefusedAsync(stage, """UPDATE "Moves" SET "EndedAt" = 1""");
        await TakenAsync(stage, """UPDATE "Moves" SET "TakenAt" = 1""");
        await RefusedAsync(stage, $"""UPDATE "Moves" SET "EndedBy" = {Literal(ada.Value)}""");
        await RefusedAsync(stage, $"""UPDATE "Moves" SET "EndedBy" = {Literal(mike.Value)}""");
        await TakenAsync(stage, $"""UPDATE "Moves" SET "EndedAt" = 1, "EndedBy" = {Literal(abe.Value)}""");
        await RefusedAsync(stage, """UPDATE "Moves" SET "CancelledAt" = 1""");
        await BeginAsync();
    }

    [DatabaseFact, Trait("Law", "9")]
    public async Task An_account_has_one_open_window()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OpenAsync();
        await stage.AskAsync();

        await RefusedAsync(stage, """UPDATE "Requests" SET "State" = 3 WHERE "State" = 1""");
        await TakenAsync(stage, """UPDATE "Requests" SET "State" = 4 WHERE "State" = 3""");
        await TakenAsync(stage, """UPDATE "Requests" SET "State" = 3 WHERE "State" = 1""");
    }

    [DatabaseFact, Trait("Law", "9")]
    public async Task A_click_is_taken_once()
    {
        await using var stage = await Stage.SetAsync();

        await TakenAsync(stage, """INSERT INTO "SeenClicks" ("Key", "At") VALUES ('once', 1)""");
        await RefusedAsync(stage, """INSERT INTO "SeenClicks" ("Key", "At") VALUES ('once', 2)""");
    }

    [DatabaseFact]
    public async Task No_two_accounts_have_the_same_password()
    {
        await using var stage = await Stage.SetAsync();
        var known = await stage.InDbAsync(db => db.KnownPasswords.Select(k => k.Fingerprint).SingleAsync());
        var other = Literal(Guid.Empty);

        await RefusedAsync(stage, $"""INSERT INTO "KnownPasswords" VALUES ('{known}', {other}, 1)""");
    }

    [DatabaseFact, Trait("Law", "2")]
    public async Task A_chat_identity_is_one_persons()
    {
        await using var stage = await Stage.SetAsync();
        var dora = Literal(stage.People[Stage.Dora].Value);

        await RefusedAsync(
            stage,
            $"""
            INSERT INTO "Identities" ("Platform", "Realm", "User", "Person", "LinkedAt", "CoolsUntil")
            SELECT "Platform", "Realm", "User", {dora}, 1, 1 FROM "Identities" WHERE "User" = 'aad-{Stage.Paul}'
            """
        );
    }

    [DatabaseTheory, Trait("Law", "15")]
    [InlineData("""UPDATE "ChangeProposals" SET "State" = 3, "First" = {0}""")]
    [InlineData("""UPDATE "ChangeProposals" SET "First" = {0}, "Second" = {0}""")]
    public async Task A_proposal_is_not_made_by_one_person(string sql)
    {
        await using var stage = await Stage.SetAsync();
        await stage.ProposeAsync("add-member passwords dora");
        var dora = Literal(stage.People[Stage.Dora].Value);

        await RefusedAsync(stage, string.Format(CultureInfo.InvariantCulture, sql, dora));
    }

    [DatabaseTheory, Trait("Law", "13")]
    [InlineData("""DELETE FROM "Audit" """)]
    [InlineData("""DELETE FROM "Audit" WHERE "Sequence" = 1""")]
    [InlineData("""UPDATE "Audit" SET "Entry" = '{}' WHERE "Sequence" = 1""")]
    [InlineData("""UPDATE "Audit" SET "Sequence" = 100000 WHERE "Sequence" = 1""")]
    [InlineData("""UPDATE "Audit" SET "Sequence" = NULL WHERE "Sequence" = 1""")]
    [InlineData("""UPDATE "Audit" SET "Hash" = 'x' WHERE "Sequence" = 1""")]
    [InlineData("""UPDATE "Audit" SET "Entry" = '{}', "Sequence" = 100000 WHERE "Sequence" IS NULL""")]
    public async Task The_audit_log_only_grows(string sql)
    {
        await using var stage = await Stage.SetAsync();
        await SequenceAsync(stage);
        await stage.AskAsync(); // what it adds is not numbered yet

        await RefusedAsync(stage, sql);
    }

    [DatabaseFact, Trait("Law", "13")]
    public async Task An_entry_of_the_audit_log_is_numbered_once()
    {
        await using var stage = await Stage.SetAsync();

        await SequenceAsync(stage);

        Assert.Equal(0, await stage.InDbAsync(db => db.Audit.CountAsync(a => a.Sequence == null)));
    }

    [DatabaseTheory, Trait("Law", "1")]
    [InlineData("""DELETE FROM "Exposures" """)]
    [InlineData("""UPDATE "Exposures" SET "Person" = {0}""")]
    [InlineData("""UPDATE "Exposures" SET "Half" = 3 - "Half" """)]
    [InlineData("""UPDATE "Exposures" SET "Generation" = 0""")]
    [InlineData("""UPDATE "Exposures" SET "Account" = {0}""")]
    [InlineData("""UPDATE "Exposures" SET "Request" = NULL""")]
    [InlineData("""UPDATE "Exposures" SET "At" = 1""")]
    [InlineData("""UPDATE "Exposures" SET "Outcome" = 3""")]
    public async Task An_exposure_stays_what_it_is(string sql)
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen()));
        var dora = Literal(stage.People[Stage.Dora].Value);

        await RefusedAsync(stage, string.Format(CultureInfo.InvariantCulture, sql, dora));
    }

    [DatabaseTheory, Trait("Law", "14")]
    [InlineData("""DELETE FROM "Retirements" """)]
    [InlineData("""UPDATE "Retirements" SET "Through" = 9""")]
    [InlineData("""UPDATE "Retirements" SET "AndBy" = "AttestedBy" """)]
    public async Task A_retirement_stays_what_it_is(string sql)
    {
        await using var stage = await Stage.SetAsync();
        await stage.DecideAsync(db =>
        {
            db.Retirements.Add(
                Retirement.Attested(
                    stage.Account,
                    Half.Password,
                    1,
                    stage.People[Stage.Paul],
                    stage.People[Stage.Mona],
                    db.Now
                )
            );
            return Task.CompletedTask;
        });

        await RefusedAsync(stage, sql);
    }

    [DatabaseTheory, Trait("Law", "14")]
    [InlineData("""DELETE FROM "Proofs" """)]
    [InlineData("""UPDATE "Proofs" SET "At" = "At" + 1""")]
    [InlineData("""UPDATE "Proofs" SET "Fingerprint" = 'ffffffffffffffffffffffffffffffff'""")]
    public async Task A_proof_stays_what_it_is(string sql)
    {
        await using var stage = await Stage.SetAsync();
        await stage.DecideAsync(db =>
        {
            var change = new RootChange("111122223333", "event-1", "PasswordUpdated", Half.Password, db.Now);
            db.Proofs.Add(Proof.Of(stage.Account, new Proven(change, "trail/d.json.gz", new string('a', 32)), db.Now));
            return Task.CompletedTask;
        });

        await RefusedAsync(stage, sql);
    }

    /// <summary>SQLite has no TRUNCATE; on SQL Server no trigger sees it, so the role that serves must not own the tables.</summary>
    [Theory, Trait("Database", nameof(DatabaseProvider.PostgreSql))]
    [InlineData("Audit")]
    [InlineData("Exposures")]
    [InlineData("Retirements")]
    [InlineData("Proofs")]
    public async Task Nothing_is_truncated(string table)
    {
        await using var stage = await Stage.SetAsync();

        await RefusedAsync(stage, $"""TRUNCATE "{table}" """);
    }

    private static Task SequenceAsync(Stage stage) =>
        stage.InDbAsync(async db =>
        {
            using var nothing = new MemoryStream();
            return await new ExportAudit(db, new AuditStore(db)).HandleAsync(nothing, CancellationToken.None);
        });

    private static async Task RefusedAsync(Stage stage, string sql)
    {
        var refused = await Assert.ThrowsAnyAsync<DbException>(() => stage.InDbAsync(db => RunAsync(db, sql)));

        Assert.True(
            refused switch
            {
                SqliteException { SqliteErrorCode: 19 } => true, // SQLITE_CONSTRAINT, which a trigger's RAISE is too
                PostgresException e => e.SqlState.StartsWith("23", StringComparison.Ordinal)
                    || e.SqlState == PostgresErrorCodes.RaiseException,
                SqlException { Number: 547 or 2601 or 2627 or 51000 } => true,
                _ => false,
            },
            refused.Message
        );
    }

    private static async Task TakenAsync(Stage stage, string sql) =>
        Assert.NotEqual(0, await stage.InDbAsync(db => RunAsync(db, sql)));

    private static async Task<int> RunAsync(CustodyDb db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>SQLite keeps ids as text in upper case.</summary>
    private static string Literal(Guid id) => $"'{id.ToString().ToUpperInvariant()}'";
}
