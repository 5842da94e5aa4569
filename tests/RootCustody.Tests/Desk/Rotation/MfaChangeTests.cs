using Microsoft.EntityFrameworkCore;
using OtpNet;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Desk.Rotation;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.Rotation;

/// <summary>The ceremony in which a root user gets a new MFA device.</summary>
public sealed class MfaChangeTests
{
    private static readonly byte[] Seed = [.. Enumerable.Range(101, 20).Select(i => (byte)i)];

    [DatabaseFact]
    public async Task A_device_that_is_due_to_be_changed_is_asked_for_once_and_only_when_nothing_is_owed()
    {
        await using var stage = await Stage.SetAsync();
        await SweepAsync(stage);
        Assert.False(await stage.InDbAsync(db => db.Requests.AnyAsync()));
        await FallDueAsync(stage);
        await OweAsync(stage, true);
        await SweepAsync(stage);
        Assert.False(await stage.InDbAsync(db => db.Requests.AnyAsync(r => r.Kind == RequestKind.MfaChange)));
        await stage.InDbAsync(db => db.Requests.ExecuteDeleteAsync());
        await OweAsync(stage, false);

        await SweepAsync(stage);
        await SweepAsync(stage);

        var ceremony = await CeremonyAsync(stage);
        Assert.Null(ceremony.Requester);
        Assert.Equal(4, await stage.InDbAsync(db => db.CardPlaces.CountAsync(p => p.Request == ceremony.Id)));
    }

    [DatabaseFact]
    [Trait("Law", "2")]
    public async Task Nobody_denies_it_away_and_it_waits_for_both_groups()
    {
        await using var stage = await Stage.SetAsync();
        var ceremony = await AskedAsync(stage);

        var denied = await stage.ClickAsync(
            Stage.Paul,
            Actions.Deny,
            ceremony.Id.ToString(),
            submits: true,
            inputs: [("reason", "Not today.")]
        );
        Assert.Equal(Sentences.For(Refusal.NotYoursToDeny), Assert.IsType<Reply.Said>(denied).Text);
        await stage.ClickAsync(Stage.Paul, Actions.Approve, ceremony.Id.ToString());
        Assert.Equal(RequestState.Asked, (await CeremonyAsync(stage)).State);
        await stage.ClickAsync(Stage.Petra, Actions.Approve, ceremony.Id.ToString());
        Assert.Equal(RequestState.Asked, (await CeremonyAsync(stage)).State);
        await stage.ClickAsync(Stage.Mona, Actions.Approve, ceremony.Id.ToString());

        Assert.Equal(RequestState.Open, (await CeremonyAsync(stage)).State);
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task It_ends_with_a_new_device_and_a_rotation_by_somebody_else()
    {
        await using var stage = await Stage.SetAsync();
        var ceremony = await OpenAsync(stage);
        await stage.RevealAsync(Stage.Mona, ceremony.Id, Half.Mfa, new Screen());
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await BringInAsync(stage);
        Assert.Contains(
            "Spare: waits for another custodian to vouch for it.",
            (await DoneFormAsync(stage, ceremony.Id)).Lines
        );
        await VouchAsync(stage);
        Assert.Contains("Spare: new, and in use.", (await DoneFormAsync(stage, ceremony.Id)).Lines);

        await DoneAsync(stage, ceremony.Id);

        Assert.True((await CeremonyAsync(stage)).IsCleanlyClosed);
        Assert.False(await DutyIsCalledAsync(stage, ceremony.Id));
        await stage.RunAsync<PlanRotationsJob>(job => job.RunAsync(CancellationToken.None));
        await SweepAsync(stage);
        var rotation = await stage.InDbAsync(db => db.Requests.SingleAsync(r => r.Kind == RequestKind.Rotation));
        Assert.False(
            await stage.InDbAsync(db =>
                db.Requests.AnyAsync(r => r.Kind == RequestKind.MfaChange && r.State == RequestState.Asked)
            )
        );
        var same = await stage.ClickAsync(Stage.Paul, Actions.Approve, rotation.Id.ToString());
        Assert.Equal(Sentences.For(Refusal.SatInMfaChange), Assert.IsType<Reply.Said>(same).Text);
        await stage.ClickAsync(Stage.Petra, Actions.Approve, rotation.Id.ToString());
        Assert.Equal(stage.People[Stage.Petra], (await stage.RequestAsync(rotation.Id)).PasswordApprover);
    }

    [DatabaseFact]
    public async Task Without_a_new_device_in_use_the_duty_manager_is_called_and_it_is_asked_for_again()
    {
        await using var stage = await Stage.SetAsync();
        var ceremony = await OpenAsync(stage);
        await BringInAsync(stage); // nobody vouches for it

        await DoneAsync(stage, ceremony.Id);

        var call = await stage.InDbAsync(db =>
            db.CardPlaces.Where(p => p.Request == ceremony.Id && p.Purpose == Purpose.DutyCall).FirstAsync()
        );
        Assert.Contains("without a new MFA device in use", call.Why, StringComparison.Ordinal);
        Assert.Contains("Spare: waits for another custodian", call.Why, StringComparison.Ordinal);
        Assert.Contains($"{Stage.Device}: was there before, and serves on.", call.Why, StringComparison.Ordinal);
        await OweAsync(stage, false); // as after its rotation
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await SweepAsync(stage);
        Assert.NotEqual(ceremony.Id, (await CeremonyAsync(stage)).Id);
    }

    [DatabaseFact]
    public async Task A_device_that_was_changed_is_not_asked_for_again_before_the_new_one_is_planned()
    {
        await using var stage = await Stage.SetAsync();
        var ceremony = await OpenAsync(stage);
        await BringInAsync(stage);
        await VouchAsync(stage);
        await DoneAsync(stage, ceremony.Id);
        await OweAsync(stage, false); // as after its rotation

        await SweepAsync(stage);

        Assert.Equal(1, await stage.InDbAsync(db => db.Requests.CountAsync(r => r.Kind == RequestKind.MfaChange)));
    }

    [DatabaseFact]
    public async Task An_emergency_ends_it()
    {
        await using var stage = await Stage.SetAsync();
        var ceremony = await OpenAsync(stage);

        var emergency = await stage.OpenAsync(Stage.Petra, Stage.Mike);

        Assert.Equal(RequestState.Revoked, (await stage.RequestAsync(ceremony.Id)).State);
        Assert.Equal(RequestState.Open, (await stage.RequestAsync(emergency)).State);
    }

    [DatabaseFact]
    public async Task Each_holder_reads_what_is_theirs_to_do()
    {
        await using var stage = await Stage.SetAsync();
        var ceremony = await OpenAsync(stage);

        var cards = await stage.InDbAsync(db =>
            db.Outbox.Where(r => r.Place.Request == ceremony.Id)
                .OrderByDescending(r => r.Id)
                .Select(r => r.Card)
                .ToListAsync()
        );

        Assert.Contains(
            cards,
            c => c.Lines.Any(l => l.StartsWith("1. Sign in at your own computer", StringComparison.Ordinal))
        );
        Assert.Contains(
            cards,
            c => c.Lines.Any(l => l.Contains("turn away before AWS shows the seed", StringComparison.Ordinal))
        );
        Assert.All(
            cards,
            c => Assert.DoesNotContain(c.Choices, h => h.Action is Actions.Rotated or Actions.NotRotated)
        );
    }

    /// <summary>Its day has come.</summary>
    private static async Task FallDueAsync(Stage stage)
    {
        await stage.RunAsync<PlanRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var now = stage.Clock.GetUtcNow();
        Assert.Equal(
            1,
            await stage.InDbAsync(db =>
                db.RotationDates.Where(d => d.Half == Half.Mfa)
                    .ExecuteUpdateAsync(set => set.SetProperty(d => d.DueAt, now))
            )
        );
    }

    private static Task OweAsync(Stage stage, bool owes)
    {
        DateTimeOffset? since = owes ? stage.Clock.GetUtcNow() : null;
        return stage.InDbAsync(db => db.Accounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.OwesSince, since)));
    }

    private static Task SweepAsync(Stage stage) =>
        stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));

    private static async Task<Request> AskedAsync(Stage stage)
    {
        await FallDueAsync(stage);
        await SweepAsync(stage);
        return await CeremonyAsync(stage);
    }

    /// <summary>Paul and Mona take part, and Paul has seen the password.</summary>
    private static async Task<Request> OpenAsync(Stage stage)
    {
        var ceremony = await AskedAsync(stage);
        await stage.ClickAsync(Stage.Paul, Actions.Approve, ceremony.Id.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, ceremony.Id.ToString());
        var screen = new Screen();
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, ceremony.Id, Half.Password, screen));
        Assert.Single(screen.Lines);
        return ceremony;
    }

    private static Task<Request> CeremonyAsync(Stage stage) =>
        stage.InDbAsync(db =>
            db.Requests.Where(r => r.Kind == RequestKind.MfaChange).OrderByDescending(r => r.AskedAt).FirstAsync()
        );

    private static async Task BringInAsync(Stage stage)
    {
        var now = stage.Clock.GetUtcNow();
        var taken = await stage.ClickAsync(
            Stage.Mona,
            Actions.Device,
            "",
            Bot.Mfa,
            submits: true,
            inputs:
            [
                ("account", "111122223333"),
                ("label", "Spare"),
                ("seed", Base32Encoding.ToString(Seed)),
                ("first", CodeOf(now.AddSeconds(-30))),
                ("second", CodeOf(now)),
                ("code", stage.CodeOf(Stage.Mona)),
            ]
        );
        Assert.IsType<Reply.Said>(taken);
    }

    private static string CodeOf(DateTimeOffset at) => new Totp([.. Seed]).ComputeTotp(at.UtcDateTime);

    private static async Task VouchAsync(Stage stage)
    {
        var device = await stage.InDbAsync(db => db.MfaDevices.SingleAsync(d => d.Label == "Spare"));
        Assert.IsType<Reply.Said>(
            await stage.ClickAsync(
                Stage.Mike,
                Actions.Vouch,
                device.Id.ToString(),
                Bot.Mfa,
                submits: true,
                inputs: [("code", stage.CodeOf(Stage.Mike))]
            )
        );
    }

    private static async Task<Form> DoneFormAsync(Stage stage, RequestId id) =>
        Assert.IsType<Reply.Asked>(await stage.ClickAsync(Stage.Mona, Actions.Done, id.ToString())).Form;

    private static Task<Reply> DoneAsync(Stage stage, RequestId id) =>
        stage.ClickAsync(
            Stage.Mona,
            Actions.Done,
            id.ToString(),
            submits: true,
            inputs: [("log", "A new device."), ("signedout", "yes")]
        );

    private static Task<bool> DutyIsCalledAsync(Stage stage, RequestId id) =>
        stage.InDbAsync(db => db.CardPlaces.AnyAsync(p => p.Request == id && p.Purpose == Purpose.DutyCall));
}
