using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.Rotation;
using RootCustody.Onboarding;
using RootCustody.Posture;
using RootCustody.Requests;
using RootCustody.Tests.Databases;
using RootCustody.Tests.Desk.Posture;

namespace RootCustody.Tests.Desk.Onboarding;

/// <summary>A ceremony that nobody moves on is told of. It began on Monday, 23 November 2026, at noon.</summary>
public sealed class HangingTests
{
    private const string Text = "Seen with my own eyes.";

    [DatabaseFact]
    public async Task After_a_week_without_a_move_the_custodians_are_told_once_a_day()
    {
        await using var stage = await BegunAsync();
        await TellAsync(stage, day: 6.9);
        Assert.Empty(await stage.CardsAsync(Purpose.Notice));

        await TellAsync(stage, day: 7);
        await stage.RestartAsync();
        await TellAsync(stage, day: 7.1);

        foreach (var custodian in (string[])[Stage.Paul, Stage.Petra, Stage.Mona, Stage.Mike])
        {
            var card = Assert.Single(await stage.CardsAsync(Purpose.Notice, custodian));
            Assert.Equal("On the way into custody: 1 hangs", card.Title);
            Assert.Contains("(111122223333): ", Assert.Single(card.Facts).Name, StringComparison.Ordinal);
            Assert.Contains("for 7 days", Assert.Single(card.Lines), StringComparison.Ordinal);
        }
        foreach (var other in (string[])[Stage.Dora, Stage.Ada, Stage.Rita])
            Assert.Empty(await stage.CardsAsync(Purpose.Notice, other));

        await TellAsync(stage, day: 8);
        Assert.Equal(2, (await stage.CardsAsync(Purpose.Notice, Stage.Paul)).Count);
    }

    [DatabaseFact]
    public async Task After_two_weeks_the_duty_managers_are_told_too()
    {
        await using var stage = await BegunAsync();
        await TellAsync(stage, day: 11);
        await TellAsync(stage, day: 13.9);
        Assert.Empty(await stage.CardsAsync(Purpose.Notice, Stage.Dora));

        await TellAsync(stage, day: 14);
        await TellAsync(stage, day: 14.1);

        var card = Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Dora));
        Assert.Contains(
            card.Lines,
            l => l.StartsWith("As a duty manager: for twice that nobody has moved 1", StringComparison.Ordinal)
        );
        Assert.Single(card.Facts);
    }

    [DatabaseTheory]
    [InlineData("a word")]
    [InlineData("a second word")]
    [InlineData("a report")]
    [InlineData("a confirmed report")]
    [InlineData("a ceremony")]
    [InlineData("a rotation")]
    [InlineData("a device")]
    [InlineData("a keeper")]
    public async Task Whatever_somebody_does_for_it_moves_it(string what)
    {
        await using var stage = await BegunAsync();
        await MoveAsync(stage, what, day: 3);

        await TellAsync(stage, day: 9);
        Assert.Empty(await HangsAsync(stage, Stage.Paul));

        await TellAsync(stage, day: 10);
        Assert.Single(await HangsAsync(stage, Stage.Paul));
    }

    [DatabaseFact]
    public async Task What_is_in_custody_closed_handed_over_or_never_begun_does_not_hang()
    {
        await using var stage = await Stage.SetAsync();
        await TellAsync(stage, day: 7);
        await stage.DecideAsync(async db => (await db.Accounts.SingleAsync()).BeginOnboarding(Stage.Noon));
        await stage.DecideAsync(async db => (await db.Accounts.SingleAsync()).Close(db.Now));
        await TellAsync(stage, day: 8);
        await stage.DecideAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync();
            account.Reopen();
            account.HandOver("root@customer.example", db.Now);
        });
        await TellAsync(stage, day: 9);
        await stage.DecideAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync();
            account.TakeBack();
            account.EndOnboarding(db.Now);
        });
        await TellAsync(stage, day: 10);

        Assert.Empty(await HangsAsync(stage, Stage.Paul));
    }

    [DatabaseFact]
    public async Task It_stands_on_one_card_with_what_else_there_is_to_tell()
    {
        await using var stage = await BegunAsync(TimeSpan.FromDays(1));
        await PostureTests.BringAsync(stage, Stage.Petra, 1, ("access_key_1_active", "true"));

        await TellAsync(stage, day: 2);

        var card = Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Mona));
        Assert.Equal("Posture: 1 deviation; on the way into custody: 1 hangs", card.Title);
        Assert.Equal(2, card.Facts.Count);
        Assert.Contains(card.Lines, l => l.Contains("for 1 days", StringComparison.Ordinal));
    }

    [DatabaseFact]
    [Trait("Law", "10")]
    public async Task Whoever_was_away_is_told_when_they_are_back()
    {
        await using var stage = await BegunAsync();
        await stage.ChangeAsync(Stage.Mona, p => p.GoAway(Stage.Noon.AddDays(7).AddMinutes(30)));
        await TellAsync(stage, day: 7);
        Assert.Empty(await HangsAsync(stage, Stage.Mona));

        await TellAsync(stage, day: 7.1);

        Assert.Single(await HangsAsync(stage, Stage.Mona));
        Assert.Single(await HangsAsync(stage, Stage.Paul));
    }

    private static async Task<Stage> BegunAsync(TimeSpan? reminder = null)
    {
        var stage = await Stage.SetAsync(new Policy { OnboardReminder = reminder ?? TimeSpan.FromDays(7) });
        await stage.DecideAsync(async db => (await db.Accounts.SingleAsync()).BeginOnboarding(Stage.Noon));
        return stage;
    }

    /// <summary>The sweep of the digests comes so many days after noon.</summary>
    private static async Task TellAsync(Stage stage, double day)
    {
        stage.Clock.SetUtcNow(Stage.Noon.AddDays(day));
        await stage.RunAsync<SendDigestsJob>(job => job.RunAsync(CancellationToken.None));
    }

    private static async Task<IReadOnlyList<Card>> HangsAsync(Stage stage, string person) =>
        [
            .. (await stage.CardsAsync(Purpose.Notice, person)).Where(c =>
                c.Title.Contains("hang", StringComparison.Ordinal)
            ),
        ];

    private static async Task MoveAsync(Stage stage, string what, int day)
    {
        var word = OnboardingWord.Of(stage.Account, OnboardingItem.OtherWay);
        word.Say(false, Text, stage.People[Stage.Paul], Stage.Noon);
        var evidence = Evidence.Of(stage.Account, EvidenceSource.Contacts);
        evidence.Bring("", Stage.Noon, stage.People[Stage.Paul], Stage.Noon);
        var then = Stage.Noon.AddDays(day);
        stage.Clock.SetUtcNow(then);
        await stage.DecideAsync(db =>
        {
            switch (what)
            {
                case "a word":
                    word.Say(false, Text, stage.People[Stage.Paul], then);
                    db.OnboardingWords.Add(word);
                    break;
                case "a second word":
                    word.Confirm(stage.People[Stage.Mona], then);
                    db.OnboardingWords.Add(word);
                    break;
                case "a report":
                    evidence.Bring("", then, stage.People[Stage.Paul], then);
                    db.Evidence.Add(evidence);
                    break;
                case "a confirmed report":
                    evidence.Confirm(stage.People[Stage.Mona], then);
                    db.Evidence.Add(evidence);
                    break;
                default:
                    return DoAsync(db, stage, what, then);
            }
            return Task.CompletedTask;
        });
    }

    private static async Task DoAsync(CustodyDb db, Stage stage, string what, DateTimeOffset then)
    {
        var (paul, mona) = (stage.People[Stage.Paul], stage.People[Stage.Mona]);
        switch (what)
        {
            case "a ceremony":
                db.Requests.Add(Request.MfaChange(await db.Accounts.SingleAsync(), new Policy(), then));
                break;
            case "a rotation":
                db.Retirements.Add(Retirement.Attested(stage.Account, Half.Password, 1, paul, mona, then));
                break;
            case "a device":
                db.MfaDevices.Add(MfaDevice.Expected(stage.Account, 2, "New", 0, mona, then));
                break;
            case "a keeper":
                db.Keepers.Add(Keeper.Of(stage.Account, paul, KeptThing.RootMailbox, "shared mailbox", then));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(what), what, null);
        }
    }
}
