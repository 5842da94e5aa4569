using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Desk.Posture;
using RootCustody.Desk.Rotation;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.Posture;

public sealed class PostureDigestTests
{
    /// <summary>The account has a key, no MFA and an old password; its contacts are looked at by nobody.</summary>
    private static readonly (string, string)[] Bad =
    [
        ("access_key_1_active", "true"),
        ("mfa_active", "false"),
        ("password_last_changed", "2020-01-01T00:00:00Z"),
    ];

    [DatabaseFact]
    public async Task Each_custodian_is_told_once_and_only_of_the_half_that_they_keep()
    {
        await using var stage = await DeviatingAsync();

        await TellAsync(stage);
        await stage.RestartAsync();
        await TellAsync(stage);

        var paul = Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Paul));
        var mona = Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Mona));
        Assert.Equal("Posture: 2 deviations", paul.Title);
        Assert.Equal("Posture: 3 deviations", mona.Title);
        Assert.Contains(paul.Facts, f => f.Name.Contains("password age", StringComparison.Ordinal));
        Assert.DoesNotContain(paul.Facts, f => f.Name.Contains("MFA", StringComparison.Ordinal));
        Assert.DoesNotContain(mona.Facts, f => f.Name.Contains("password", StringComparison.Ordinal));
        Assert.All(
            (Card[])[paul, mona],
            c => Assert.Contains(c.Facts, f => f.Name.Contains("keys", StringComparison.Ordinal))
        );
        Assert.Empty(await stage.CardsAsync(Purpose.Notice, Stage.Dora));
        Assert.Empty(await stage.CardsAsync(Purpose.Notice, Stage.Ada));
    }

    [DatabaseFact]
    public async Task They_are_told_again_after_a_week_and_the_duty_managers_then_too()
    {
        await using var stage = await DeviatingAsync();
        await TellAsync(stage);
        var days = new List<int>();
        for (var day = 1; day <= 8; day++)
        {
            var before = (await stage.CardsAsync(Purpose.Notice, Stage.Paul)).Count;
            stage.Clock.Advance(TimeSpan.FromDays(1));
            await TellAsync(stage);
            if ((await stage.CardsAsync(Purpose.Notice, Stage.Paul)).Count > before)
                days.Add(day);
        }

        Assert.Single(days);
        Assert.InRange(days[0], 5, 8); // seven days on, or the working day before them
        var dora = Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Dora));
        Assert.Contains(dora.Lines, l => l.StartsWith("As a duty manager: 4 deviations", StringComparison.Ordinal));
    }

    [DatabaseFact]
    [Trait("Law", "10")]
    public async Task Whoever_was_away_is_told_when_they_are_back_and_nobody_twice()
    {
        await using var stage = await DeviatingAsync();
        await stage.ChangeAsync(Stage.Mona, p => p.GoAway(stage.Clock.GetUtcNow().AddMinutes(30)));
        await TellAsync(stage, note: false); // the process dies between the digests and the note
        Assert.Empty(await stage.CardsAsync(Purpose.Notice, Stage.Mona));

        stage.Clock.Advance(TimeSpan.FromHours(1));
        await TellAsync(stage);

        Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Mona));
        Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Paul));
    }

    [DatabaseFact]
    [Trait("Law", "10")]
    public async Task What_somebody_was_not_told_yet_is_not_noted_as_told()
    {
        await using var stage = await DeviatingAsync();
        await stage.RunAsync<SendDigest>(send => send.HandleAsync(stage.People[Stage.Paul], CancellationToken.None));
        var day = RootCustody.Rotation.DigestDay.At(stage.Policy, stage.Clock.GetUtcNow());

        await stage.RunAsync<NoteTold>(note => note.HandleAsync(day, CancellationToken.None)); // another node's
        await TellAsync(stage);

        Assert.Equal("Posture: 3 deviations", Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Mona)).Title);
        Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Paul));
    }

    [DatabaseFact]
    public async Task What_is_good_again_is_told_no_more()
    {
        await using var stage = await DeviatingAsync();
        await PostureTests.BringAsync(stage, Stage.Paul, 0);

        await TellAsync(stage);

        Assert.Empty(await stage.CardsAsync(Purpose.Notice));
    }

    [DatabaseFact]
    public async Task Rotations_and_deviations_stand_on_one_card()
    {
        await using var stage = await Stage.SetAsync();
        await stage.RunAsync<PlanRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var date = await stage.InDbAsync(db => db.RotationDates.SingleAsync(d => d.Half == Half.Password));
        stage.Clock.SetUtcNow(date.DueAt.AddDays(date.DueOn.DayOfWeek == DayOfWeek.Monday ? -3 : -1));
        await PostureTests.BringAsync(stage, Stage.Petra, 1, Bad);
        stage.Clock.SetUtcNow(date.DueAt);

        await TellAsync(stage);

        var card = Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Paul));
        Assert.Equal("Rotations: 1 due; posture: 2 deviations", card.Title);
        Assert.Contains(card.Choices, c => c.Action == Actions.RotateNow);
        Assert.Equal(3, card.Facts.Count);
    }

    /// <summary>On the Tuesday after it was found, in the hours of the policy.</summary>
    private static async Task<Stage> DeviatingAsync()
    {
        var stage = await Stage.SetAsync();
        await PostureTests.BringAsync(stage, Stage.Petra, 1, Bad);
        stage.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
        return stage;
    }

    private static async Task TellAsync(Stage stage, bool note = true)
    {
        if (note)
            await stage.RunAsync<SendDigestsJob>(job => job.RunAsync(CancellationToken.None));
        else
            foreach (var person in stage.People.Values)
                await stage.RunAsync<SendDigest>(send => send.HandleAsync(person, CancellationToken.None));
    }
}
