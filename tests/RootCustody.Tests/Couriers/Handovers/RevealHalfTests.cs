using CsCheck;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Reveals;

namespace RootCustody.Tests.Couriers.Handovers;

public sealed class RevealHalfTests
{
    [Fact]
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

    [Theory]
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

    [Fact]
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

    [Fact]
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

    [Fact]
    [Trait("Law", "4")]
    public async Task Whatever_fails_each_half_that_left_the_vault_was_recorded_first() =>
        await Gen.Enum<Fault>()
            .List[1, 6]
            .SampleAsync(
                async faults =>
                {
                    await using var stage = await Stage.SetAsync();
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
