using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Requests;
using RootCustody.Reveals;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Couriers.Handovers;

public sealed class StepUpTests
{
    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task A_chat_account_without_the_authenticator_gets_no_half()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var screen = new Screen();

        foreach (var guess in (string[])["", "000000", "123456", "abcdef", stage.CodeOf(Stage.Mona)])
            Assert.IsType<Reply.Corrected>(await stage.RevealAsync(Stage.Paul, id, Half.Password, screen, guess));

        Assert.Empty(screen.Lines);
        Assert.False(await stage.InDbAsync(db => db.Exposures.AnyAsync(e => e.Request == id)));
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task A_code_counts_once()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var code = stage.CodeOf(Stage.Paul);
        await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen(), code);
        var second = new Screen();

        var reply = await stage.RevealAsync(Stage.Paul, id, Half.Password, second, code);

        Assert.Contains("used already", Assert.IsType<Reply.Corrected>(reply).Errors["code"], StringComparison.Ordinal);
        Assert.Empty(second.Lines);
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task The_same_code_twice_at_once_counts_once()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var code = stage.CodeOf(Stage.Paul);
        var screens = Enumerable.Range(0, 4).Select(_ => new Screen()).ToList();

        await Task.WhenAll(
            screens.Select(s => Task.Run(() => stage.RevealAsync(Stage.Paul, id, Half.Password, s, code)))
        );

        Assert.Single(screens, s => s.Lines.Count == 1);
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task Guessing_locks_even_the_right_code_out_for_a_while()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        await GuessAsync(stage, id);
        var locked = await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
        stage.Clock.Advance(stage.Policy.StepUpLock);
        var screen = new Screen();

        var later = await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        Assert.Contains("locked", Assert.IsType<Reply.Corrected>(locked).Errors["code"], StringComparison.Ordinal);
        Assert.IsType<Reply.Shown>(later);
        Assert.Single(screen.Lines);
    }

    [DatabaseFact]
    [Trait("Law", "5")]
    public async Task The_clock_closes_the_window_though_no_job_ran()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        stage.Clock.Advance(TimeSpan.FromHours(1));
        var screen = new Screen();

        var reply = await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        Assert.Equal(RequestState.Open, (await stage.RequestAsync(id)).State); // nothing has tidied up
        Assert.Equal(Sentences.For(Refusal.WindowOver), Assert.IsType<Reply.Said>(reply).Text);
        Assert.Empty(screen.Lines);
    }

    [DatabaseFact]
    [Trait("Law", "11")]
    public async Task A_clock_that_is_behind_shows_nothing_and_the_click_works_once_it_is_right()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var right = stage.Clock.GetUtcNow();
        stage.Clock.AdjustTime(right.AddMinutes(-10));
        var screen = new Screen();

        var reply = await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        Assert.Equal(Sentences.For(Refusal.ClockBehind), Assert.IsType<Reply.Said>(reply).Text);
        Assert.Empty(screen.Lines);
        stage.Clock.AdjustTime(right);
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, id, Half.Password, screen));
    }

    [DatabaseFact]
    public async Task A_code_about_to_die_is_not_shown_and_costs_nothing()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        stage.Clock.Advance(TimeSpan.FromSeconds(27)); // 3 s are left in the code's life
        var screen = new Screen();

        var reply = await stage.RevealAsync(Stage.Mona, id, Half.Mfa, screen);

        Assert.Contains(
            "new code comes in 3 s",
            Assert.IsType<Reply.Corrected>(reply).Errors["code"],
            StringComparison.Ordinal
        );
        Assert.False(await stage.InDbAsync(db => db.Exposures.AnyAsync(e => e.Request == id)));
        stage.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Mona, id, Half.Mfa, screen));
    }

    [DatabaseFact]
    public async Task What_is_shown_is_taken_away_after_its_time()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var screen = new Screen();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        stage.Clock.Advance(stage.Policy.PasswordOnScreen);

        await Eventually.TrueAsync(() =>
        {
            stage.Clock.Advance(TimeSpan.FromSeconds(1)); // it may have looked at the clock just before
            return stage.InDbAsync(db => db.Exposures.AnyAsync(e => e.Request == id && e.Removal == Removal.Removed));
        });
        Assert.True(screen.Removed);
    }

    [DatabaseFact]
    public async Task Only_the_holder_hides_it_earlier()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var screen = new Screen();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);
        var exposure = await stage.InDbAsync(db => db.Exposures.SingleAsync(e => e.Request == id));

        await stage.ClickAsync(Stage.Mona, Actions.Hide, exposure.Id.ToString(), Bot.Password);
        Assert.False(screen.Removed);
        await stage.ClickAsync(Stage.Paul, Actions.Hide, exposure.Id.ToString(), Bot.Password);

        Assert.True(screen.Removed);
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task Guessing_fast_is_not_even_looked_at()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen(), "no");
        await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen(), "no");
        var screen = new Screen();

        var soon = await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);
        stage.Clock.Advance(TimeSpan.FromSeconds(2));
        var later = await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        Assert.Equal(
            Sentences.For(RootCustody.People.StepUpOutcome.TooFast),
            Assert.IsType<Reply.Corrected>(soon).Errors["code"]
        );
        Assert.IsType<Reply.Shown>(later);
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task Each_lock_is_told_once_to_the_person_and_to_the_duty_manager()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();

        await GuessAsync(stage, id);
        await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen(), "no");

        var told = Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Paul));
        Assert.Equal(Choice.NotMe, Assert.Single(told.Choices));
        Assert.Empty(Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Dora)).Choices);
        stage.Clock.Advance(stage.Policy.StepUpLock);
        await GuessAsync(stage, id);
        Assert.Equal(2, (await stage.CardsAsync(Purpose.Notice, Stage.Dora)).Count);
    }

    /// <summary>Wrong codes until it locks, each after the pause that the one before it cost.</summary>
    private static async Task GuessAsync(Stage stage, RequestId id)
    {
        for (var guess = 0; guess < stage.Policy.StepUpTries; guess++)
        {
            stage.Clock.Advance(TimeSpan.FromSeconds(10));
            await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen(), "no");
        }
    }
}
