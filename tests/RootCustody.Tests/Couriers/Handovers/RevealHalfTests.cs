using CsCheck;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Desk.Rotation;
using RootCustody.Requests;
using RootCustody.Reveals;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Couriers.Handovers;

public sealed class RevealHalfTests
{
    [DatabaseFact]
    [Trait("Law", "4")]
    public async Task The_exposure_is_committed_before_the_half_is_on_its_way()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        List<Exposure> committed = [];
        var screen = new Screen
        {
            Meanwhile = async () =>
                committed = await stage.InDbAsync(db => db.Exposures.Where(e => e.Request == id).ToListAsync()),
        };

        await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        Assert.Equal(RevealOutcome.MaybeShown, Assert.Single(committed).Outcome);
        var after = await stage.InDbAsync(db => db.Exposures.SingleAsync(e => e.Request == id));
        Assert.Equal(RevealOutcome.Shown, after.Outcome);
    }

    [DatabaseTheory]
    [Trait("Law", "4")]
    [InlineData(RevealOutcome.MaybeShown)]
    [InlineData(RevealOutcome.NotShown)] // the courier had the half: whatever the platform says, it is not "not shown"
    public async Task A_half_that_reached_the_courier_counts_as_maybe_shown_unless_it_was_shown(RevealOutcome told)
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();

        await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen(told));

        var exposure = await stage.InDbAsync(db => db.Exposures.SingleAsync(e => e.Request == id));
        Assert.Equal(RevealOutcome.MaybeShown, exposure.Outcome);
    }

    [DatabaseFact]
    [Trait("Law", "4")]
    public async Task A_crash_on_the_way_leaves_maybe_shown()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var crash = new Screen { Meanwhile = () => throw new InvalidOperationException("the process dies here") };

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            stage.RevealAsync(Stage.Paul, id, Half.Password, crash)
        );

        var exposure = await stage.InDbAsync(db => db.Exposures.SingleAsync(e => e.Request == id));
        Assert.Equal(RevealOutcome.MaybeShown, exposure.Outcome);
    }

    [DatabaseFact]
    [Trait("Law", "4")]
    public async Task A_vault_that_gives_nothing_costs_nobody_anything_and_the_same_click_works_later()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var key = Path.Combine(stage.VaultDirectory, "password.key");
        File.Move(key, key + ".away");
        var screen = new Screen();

        var reply = await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        Assert.Contains("nothing was shown", Assert.IsType<Reply.Said>(reply).Text, StringComparison.Ordinal);
        Assert.Empty(screen.Lines);
        Assert.Equal(
            RevealOutcome.NotShown,
            (await stage.InDbAsync(db => db.Exposures.SingleAsync(e => e.Request == id))).Outcome
        );

        File.Move(key + ".away", key);
        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, id, Half.Password, screen));
    }

    [DatabaseFact]
    [Trait("Law", "4")]
    public async Task Whatever_fails_each_half_that_left_the_vault_was_recorded_first() =>
        await Gen.Enum<Fault>()
            .List[1, 6]
            .SampleAsync(
                async faults =>
                {
                    await using var stage = await Stage.SetAsync(new Policy { PasswordReveals = 10 });
                    var id = await stage.OpenAsync();
                    var seen = 0;
                    foreach (var fault in faults)
                    {
                        var before = await stage.InDbAsync(db => db.Exposures.CountAsync(e => e.Request == id));
                        var screen = ScreenOf(fault, stage, id, before, () => seen++);
                        await PlayAsync(fault, stage, id, screen);
                        stage.Clock.Advance(TimeSpan.FromSeconds(30));
                    }
                    var recorded = await stage.InDbAsync(db =>
                        db.Exposures.Where(e => e.Request == id).Select(e => e.Outcome).ToListAsync()
                    );
                    Assert.Equal(seen, recorded.Count(o => o != RevealOutcome.NotShown));
                    Assert.Equal(
                        faults.Count(f => f == Fault.VaultGone),
                        recorded.Count(o => o == RevealOutcome.NotShown)
                    );
                },
                iter: 10,
                threads: 1
            );

    [DatabaseFact]
    [Trait("Law", "5")]
    public async Task What_takes_longer_to_show_than_its_time_is_taken_away_after_it_was_shown()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var screen = new Screen
        {
            Meanwhile = () =>
            {
                stage.Clock.Advance(stage.Policy.PasswordOnScreen * 2);
                return Task.CompletedTask;
            },
        };

        await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        await Eventually.TrueAsync(() => Task.FromResult(screen.Removed));
        Assert.True(screen.RemovedAfterShown);
    }

    [DatabaseFact]
    [Trait("Law", "5")]
    public async Task Ending_the_window_takes_what_is_shown_off_the_screen()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var screen = new Screen();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);
        Assert.False(screen.Removed);

        await stage.ClickAsync(Stage.Dora, Actions.Revoke, id.ToString(), submits: true);

        await Eventually.TrueAsync(() => Task.FromResult(screen.Removed));
    }

    [DatabaseFact]
    [Trait("Law", "5")]
    public async Task A_window_that_is_ended_while_the_half_is_on_its_way_leaves_nothing_on_the_screen()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var screen = new Screen
        {
            Meanwhile = () => stage.ClickAsync(Stage.Dora, Actions.Revoke, id.ToString(), submits: true),
        };

        await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        await Eventually.TrueAsync(() => Task.FromResult(screen.Removed));
        Assert.True(screen.RemovedAfterShown);
    }

    [DatabaseFact]
    public async Task A_removal_that_fails_is_tried_again()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var screen = new Screen { RemovalsThatFail = 2 };
        await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        await Eventually.TrueAsync(() =>
        {
            stage.Clock.Advance(TimeSpan.FromSeconds(10));
            return stage.InDbAsync(db => db.Exposures.AnyAsync(e => e.Request == id && e.Removal == Removal.Removed));
        });

        Assert.True(screen.Removed);
    }

    [DatabaseFact]
    [Trait("Law", "4")]
    public async Task A_generation_that_the_vault_did_not_give_is_not_shown_and_cannot_be_attested()
    {
        await using var stage = await Stage.SetAsync();
        stage.Clock.Advance(stage.Policy.RotateEvery);
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var id = (await stage.InDbAsync(db => db.Requests.SingleAsync())).Id;
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, id.ToString());
        // made, but not shown yet
        await stage.InDbAsync(async db =>
        {
            (await db.Requests.SingleAsync()).Prepare(2);
            return await db.SaveChangesAsync();
        });

        await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
        var attested = await stage.ClickAsync(Stage.Paul, Actions.Rotated, id.ToString());

        var outcomes = await stage.InDbAsync(db =>
            db.Exposures.Where(e => e.Request == id).OrderBy(e => e.Generation).Select(e => e.Outcome).ToListAsync()
        );
        Assert.Equal([RevealOutcome.MaybeShown, RevealOutcome.NotShown], outcomes);
        Assert.Equal(Sentences.For(Refusal.NewPasswordNotShown), Assert.IsType<Reply.Said>(attested).Text);
    }

    public enum Fault
    {
        None,
        VaultGone,
        SurfaceRefuses,
        SurfaceSilent,
        Crash,
    }

    private static Screen ScreenOf(Fault fault, Stage stage, RequestId id, int before, Action seen) =>
        new(
            fault switch
            {
                Fault.SurfaceRefuses => RevealOutcome.NotShown,
                Fault.SurfaceSilent => RevealOutcome.MaybeShown,
                _ => RevealOutcome.Shown,
            }
        )
        {
            Meanwhile = async () =>
            {
                seen();
                Assert.Equal(before + 1, await stage.InDbAsync(db => db.Exposures.CountAsync(e => e.Request == id)));
                if (fault == Fault.Crash)
                    throw new InvalidOperationException("the process dies here");
            },
        };

    private static async Task PlayAsync(Fault fault, Stage stage, RequestId id, Screen screen)
    {
        var key = Path.Combine(stage.VaultDirectory, "password.key");
        if (fault == Fault.VaultGone)
            File.Move(key, key + ".away");
        try
        {
            await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);
        }
        catch (InvalidOperationException) when (fault == Fault.Crash)
        {
            // what the platform's retry or the next click meets is what was committed
        }
        if (fault == Fault.VaultGone)
            File.Move(key + ".away", key);
    }
}
