using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;
using RootCustody.Desk.Custody;
using RootCustody.Desk.Proofs;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
using RootCustody.Proofs;
using RootCustody.Requests;
using RootCustody.Tests.Databases;
using RootCustody.Tests.Proofs;

namespace RootCustody.Tests.Desk.Proofs;

[Trait("Law", "14")]
public sealed class ProofTests
{
    private const string Number = SignedTrail.Account;

    [DatabaseFact]
    public async Task A_rotation_that_two_attested_is_proven_by_a_record_that_comes_later()
    {
        await using var stage = await Stage.SetAsync();
        using var trail = new SignedTrail();
        await stage.MakeAsync(trail.Words);
        var rotation = await BeginRotationAsync(stage);
        var changed = stage.Clock.GetUtcNow();
        await SettleAsync(stage, rotation);
        Assert.Contains("by the word of two", await RegisterAsync(stage), StringComparison.Ordinal);
        Assert.Contains("by the word of two", await PostureAsync(stage), StringComparison.Ordinal);

        var brought = await BringAsync(stage, trail.Files(SignedTrail.Record(at: changed)));
        var again = await BringAsync(stage, trail.Files(SignedTrail.Record(at: changed)));

        Assert.Empty(brought.Faults);
        Assert.Contains("proves the rotation", Assert.Single(brought.Lines), StringComparison.Ordinal);
        Assert.EndsWith("brought before.", Assert.Single(again.Lines), StringComparison.Ordinal);
        var register = await RegisterAsync(stage);
        Assert.Contains("Password: rotated, proven by AWS", register, StringComparison.Ordinal);
        Assert.Contains("event event-1, digest trail/AWSLogs/d.json.gz", register, StringComparison.Ordinal);
        Assert.Contains("Password: rotated, proven by AWS", await PostureAsync(stage), StringComparison.Ordinal);
        Assert.Equal(1, await AuditedAsync(stage, "rotation.proven"));
    }

    [DatabaseFact]
    public async Task A_record_alone_pays_nothing_until_two_attest_which_password_it_is()
    {
        await using var stage = await Stage.SetAsync();
        using var trail = new SignedTrail();
        await stage.MakeAsync(trail.Words);
        var rotation = await BeginRotationAsync(stage);

        var brought = await BringAsync(stage, trail.Files(SignedTrail.Record(at: stage.Clock.GetUtcNow())));

        Assert.Contains("what is owed stays", Assert.Single(brought.Lines), StringComparison.Ordinal);
        var account = await stage.InDbAsync(db => db.Accounts.SingleAsync());
        Assert.NotNull(account.OwesSince);
        Assert.Equal(1, account.PasswordGeneration);
        Assert.False(await stage.InDbAsync(db => db.Retirements.AnyAsync()));
        Assert.Contains("nobody has attested since", await RegisterAsync(stage), StringComparison.Ordinal);
        Assert.Equal(0, await AuditedAsync(stage, "rotation.proven"));

        await SettleAsync(stage, rotation);

        Assert.Null((await stage.InDbAsync(db => db.Accounts.SingleAsync())).OwesSince);
        Assert.Contains("proven by AWS", await RegisterAsync(stage), StringComparison.Ordinal);
        Assert.Equal(1, await AuditedAsync(stage, "rotation.proven"));
    }

    [DatabaseFact]
    public async Task A_record_of_before_the_new_password_was_shown_or_of_after_the_attestation_proves_no_rotation()
    {
        await using var stage = await Stage.SetAsync();
        using var trail = new SignedTrail();
        await stage.MakeAsync(trail.Words);
        var rotation = await BeginRotationAsync(stage);
        var shown = stage.Clock.GetUtcNow() - TimeSpan.FromMinutes(1);
        await SettleAsync(stage, rotation);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));

        await BringAsync(
            stage,
            trail.Files(
                SignedTrail.Record(at: shown, id: "as it was shown"),
                SignedTrail.Record(at: stage.Clock.GetUtcNow(), id: "afterwards")
            )
        );

        var register = await RegisterAsync(stage);
        Assert.Contains("by the word of two", register, StringComparison.Ordinal);
        Assert.Contains("event afterwards", register, StringComparison.Ordinal);
        Assert.Equal(0, await AuditedAsync(stage, "rotation.proven"));
        Assert.Equal(2, await AuditedAsync(stage, "proof.recorded"));
    }

    [DatabaseFact]
    public async Task A_key_counts_by_the_order_of_two_administrators_and_no_longer_than_they_trust_it()
    {
        await using var stage = await Stage.SetAsync();
        using var trail = new SignedTrail();
        var rotation = await BeginRotationAsync(stage);
        var files = trail.Files(SignedTrail.Record(at: stage.Clock.GetUtcNow()));
        await SettleAsync(stage, rotation);
        var proposal = await stage.ProposeAsync(trail.Words); // one alone

        var early = await BringAsync(stage, files);
        Assert.Empty(early.Lines);
        Assert.Contains(early.Faults, f => f.Contains("not trusted", StringComparison.Ordinal));
        Assert.False(await stage.InDbAsync(db => db.Proofs.AnyAsync()));

        await stage.AgreeAsync(Stage.Abe, proposal.ToString());
        stage.Clock.Advance(TimeSpan.FromMinutes(2)); // the codes are used up
        Assert.Single((await BringAsync(stage, files)).Lines);
        Assert.Contains("proven by AWS", await RegisterAsync(stage), StringComparison.Ordinal);

        await stage.MakeAsync($"distrust-key {trail.Fingerprint}");
        Assert.Contains("by the word of two", await RegisterAsync(stage), StringComparison.Ordinal);
        Assert.Contains(await ListAsync(stage), s => s.EndsWith("it proves nothing", StringComparison.Ordinal));
        Assert.Equal(1, await AuditedAsync(stage, "trail-key.trusted"));
        Assert.Equal(1, await AuditedAsync(stage, "trail-key.distrusted"));
    }

    [DatabaseFact]
    public async Task A_key_is_trusted_with_moments_as_version_1_of_the_AWS_CLI_prints_them()
    {
        await using var stage = await Stage.SetAsync();
        using var trail = new SignedTrail();

        await stage.MakeAsync($"trust-key {trail.Fingerprint} {trail.Value} 1735689600.0 1798761600.5");

        var key = await stage.InDbAsync(db => db.TrailKeys.SingleAsync());
        Assert.Equal(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), key.ValidFrom);
        Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 0, 0, 500, TimeSpan.Zero), key.ValidUntil);
    }

    [DatabaseFact]
    public async Task Nobody_but_an_administrator_orders_that_a_key_is_trusted()
    {
        await using var stage = await Stage.SetAsync();
        using var trail = new SignedTrail();

        foreach (var other in (string[])[Stage.Paul, Stage.Mona, Stage.Dora, Stage.Rita])
            await stage.AdminAsync(trail.Words, other);

        Assert.False(await stage.InDbAsync(db => db.Proposals.AnyAsync()));
        Assert.False(await stage.InDbAsync(db => db.TrailKeys.AnyAsync()));
    }

    [DatabaseFact]
    public async Task A_foreign_account_or_one_of_the_future_is_not_taken_and_a_device_ends_no_other()
    {
        await using var stage = await Stage.SetAsync();
        using var trail = new SignedTrail();
        await stage.MakeAsync(trail.Words);
        var now = stage.Clock.GetUtcNow();

        var brought = await BringAsync(
            stage,
            trail.Files(
                SignedTrail.Record(account: "999999999999", id: "foreign"),
                SignedTrail.Record(at: now.AddDays(1), id: "future"),
                SignedTrail.Record("EnableMFADevice", id: "device")
            )
        );

        Assert.Equal(2, brought.Faults.Count);
        Assert.Contains("ends no other device", Assert.Single(brought.Lines), StringComparison.Ordinal);
        Assert.Single(await ListAsync(stage));
        Assert.Contains("MFA: a device came at AWS", await RegisterAsync(stage), StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Without_a_signature_it_is_on_two_words_that_the_rotation_does_not_count_already_and_never_proven()
    {
        await using var stage = await Stage.SetAsync();
        var rotation = await BeginRotationAsync(stage);
        var changed = stage.Clock.GetUtcNow();
        await SettleAsync(stage, rotation);

        var brought = await BringAsync(stage, Unsigned(SignedTrail.Record(at: changed)));
        var again = await BringAsync(stage, Unsigned(SignedTrail.Record(at: changed)));

        Assert.Empty(brought.Faults);
        Assert.Contains("on your word, and not proven", Assert.Single(brought.Lines), StringComparison.Ordinal);
        Assert.EndsWith("brought before, and not proven.", Assert.Single(again.Lines), StringComparison.Ordinal);
        Assert.Contains("confirmed by nobody yet", await RegisterAsync(stage), StringComparison.Ordinal);
        foreach (var attester in (string[])[Stage.Paul, Stage.Mona])
            Assert.Contains("count once", await ConfirmAsync(stage, attester), StringComparison.Ordinal);
        foreach (var other in (string[])[Stage.Ada, Stage.Dora, Stage.Rita])
            Assert.Contains("Only custodians", await ConfirmAsync(stage, other), StringComparison.Ordinal);

        Assert.StartsWith("Confirmed", await ConfirmAsync(stage, Stage.Petra), StringComparison.Ordinal);

        foreach (var text in (string[])[await RegisterAsync(stage), .. await ListAsync(stage)])
        {
            Assert.Contains(
                $"PasswordUpdated, event event-1 of {changed:yyyy-MM-dd HH:mm:ss} UTC, brought by an operator at the console, confirmed by",
                text,
                StringComparison.Ordinal
            );
            Assert.Contains("attested, not proven", text, StringComparison.Ordinal);
            Assert.DoesNotContain("proven by AWS", text, StringComparison.Ordinal);
        }
        var posture = await PostureAsync(stage);
        Assert.Contains("Record of CloudTrail, attested, not proven", posture, StringComparison.Ordinal);
        Assert.Contains("by the word of two", posture, StringComparison.Ordinal);
        Assert.Equal(
            (1, 0),
            (await AuditedAsync(stage, "trail.reported"), await AuditedAsync(stage, "rotation.proven"))
        );
    }

    [DatabaseFact]
    public async Task Without_a_signature_nothing_is_paid_and_who_confirms_and_attests_then_counts_once()
    {
        await using var stage = await Stage.SetAsync();
        var rotation = await BeginRotationAsync(stage);
        await BringAsync(stage, Unsigned(SignedTrail.Record(at: stage.Clock.GetUtcNow())));

        Assert.StartsWith("Confirmed", await ConfirmAsync(stage, Stage.Paul), StringComparison.Ordinal);

        Assert.NotNull((await stage.InDbAsync(db => db.Accounts.SingleAsync())).OwesSince);
        Assert.DoesNotContain("counts once", await RegisterAsync(stage), StringComparison.Ordinal);
        await SettleAsync(stage, rotation);
        Assert.Contains("and counts once", await RegisterAsync(stage), StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task What_is_signed_later_takes_the_place_of_a_word_and_what_is_signed_before_needs_none()
    {
        await using var stage = await Stage.SetAsync();
        using var trail = new SignedTrail();
        await stage.MakeAsync(trail.Words);
        var rotation = await BeginRotationAsync(stage);
        var record = SignedTrail.Record(at: stage.Clock.GetUtcNow());
        await SettleAsync(stage, rotation);
        await BringAsync(stage, Unsigned(record));

        await BringAsync(stage, trail.Files(record));
        var late = await BringAsync(stage, Unsigned(record));

        Assert.EndsWith("proven before.", Assert.Single(late.Lines), StringComparison.Ordinal);
        Assert.False(await stage.InDbAsync(db => db.Evidence.AnyAsync()));
        var register = await RegisterAsync(stage);
        Assert.Contains("proven by AWS", register, StringComparison.Ordinal);
        Assert.DoesNotContain("not proven", register, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Nothing_is_attested_around_a_digest_that_does_not_count_nor_of_a_device_nor_what_is_older()
    {
        await using var stage = await Stage.SetAsync();
        using var trail = new SignedTrail();
        var now = stage.Clock.GetUtcNow();
        await stage.MakeAsync(trail.Words);
        using var forger = new SignedTrail();

        foreach (
            var files in (List<TrailFile>[])
                [
                    forger.Files(SignedTrail.Record(at: now)),
                    Unsigned(SignedTrail.Record("EnableMFADevice", now)),
                    Unsigned(SignedTrail.Record(at: now, account: "999999999999")),
                    Unsigned(SignedTrail.Record(at: now.AddDays(1))),
                    Unsigned(SignedTrail.Record(at: now, id: "a\\u001b[2Jb")),
                ]
        )
            Assert.Empty((await BringAsync(stage, files)).Lines);
        Assert.False(await stage.InDbAsync(db => db.Evidence.AnyAsync()));

        var both = await BringAsync(
            stage,
            Unsigned(SignedTrail.Record(at: now, id: "new"), SignedTrail.Record(at: now.AddHours(-1), id: "old"))
        );
        Assert.Contains("event new", Assert.Single(both.Lines), StringComparison.Ordinal);
        Assert.Contains("a newer record was brought", Assert.Single(both.Faults), StringComparison.Ordinal);
    }

    private static List<TrailFile> Unsigned(params string[] records) =>
        [new TrailFile("log.json.gz", SignedTrail.Log(records), null)];

    private static async Task<string> ConfirmAsync(Stage stage, string person)
    {
        var id = await stage.InDbAsync(db => db.Evidence.Select(e => e.Id).SingleAsync());
        return Assert
            .IsType<Reply.Said>(await stage.ClickAsync(person, Actions.Witness, id.ToString(), submits: true))
            .Text;
    }

    private static async Task<Request> BeginRotationAsync(Stage stage)
    {
        var used = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Paul, used, Half.Password, new Screen());
        stage.Clock.Advance(TimeSpan.FromHours(1));
        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var rotation = await stage.InDbAsync(db => db.Requests.SingleAsync(r => r.Kind == RequestKind.Rotation));
        await stage.ClickAsync(Stage.Paul, Actions.Approve, rotation.Id.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, rotation.Id.ToString());
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, rotation.Id, Half.Password, new Screen()));
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        return rotation;
    }

    private static async Task SettleAsync(Stage stage, Request rotation)
    {
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var holder in (string[])[Stage.Paul, Stage.Mona])
            await stage.ClickAsync(
                holder,
                Actions.NotRotated,
                rotation.Id.ToString(),
                submits: true,
                inputs: [("found", 2.ToString(CultureInfo.InvariantCulture))]
            );
        Assert.True(await stage.InDbAsync(db => db.Retirements.AnyAsync()));
    }

    private static async Task<BringProofs.Outcome> BringAsync(Stage stage, List<TrailFile> files)
    {
        await using var scope = stage.Scope();
        return await scope.ServiceProvider.GetRequiredService<BringProofs>().HandleAsync(files, CancellationToken.None);
    }

    private static async Task<string> RegisterAsync(Stage stage)
    {
        await using var scope = stage.Scope();
        var register = await scope
            .ServiceProvider.GetRequiredService<ShowRegister>()
            .OfAsync(Number, CancellationToken.None);
        return string.Join('\n', register!.Lines.Select(l => $"{l.Name}: {l.Value}"));
    }

    private static async Task<string> PostureAsync(Stage stage)
    {
        var shown = Assert.IsType<Reply.Drawn>(
            await stage.ClickAsync(Stage.Paul, Actions.Posture, inputs: [("text", Number)])
        );
        return string.Join('\n', shown.Card.Facts.Select(f => f.Name));
    }

    private static async Task<IReadOnlyList<string>> ListAsync(Stage stage)
    {
        await using var scope = stage.Scope();
        return (
            await scope.ServiceProvider.GetRequiredService<ShowProofs>().SentencesAsync(Number, CancellationToken.None)
        )!;
    }

    private static Task<int> AuditedAsync(Stage stage, string what) =>
        stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains($"\"{what}\"")));
}
