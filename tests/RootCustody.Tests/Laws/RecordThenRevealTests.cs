using RootCustody.Reveals;

namespace RootCustody.Tests.Laws;

/// <summary>Law 4, the part of the rules: what is shown was recorded before as maybe shown, and what was not shown counts for nothing.</summary>
[Trait("Law", "4")]
public class RecordThenRevealTests
{
    [Fact]
    public void Every_generation_is_on_record_as_maybe_shown_before_it_leaves_the_vault() => Breach.Never(OffTheRecord);

    [Fact]
    public void The_law_finds_a_half_that_left_before_it_was_recorded() =>
        Breach.IsFoundWith(Hole.RecordedAfterwards, OffTheRecord);

    [Fact]
    public void What_was_not_shown_bars_nobody_and_owes_nothing()
    {
        var world = new World([]);
        var request = world.OpenedBy("Paul", "Mona");

        world.Show(request, Half.Password, world.Named("Paul").Id, World.Fate.VaultSealed);
        world.Wait(TimeSpan.FromHours(1));
        world.ExpireDue();

        Assert.Equal(RevealOutcome.NotShown, Assert.Single(world.Chronicle.Seen).Outcome);
        Assert.False(world.StandingOf(world.Named("Paul").Id, world.Accounts[0]).SeenPassword);
        Assert.Null(world.Accounts[0].OwesSince);
    }

    [Fact]
    public void A_crash_after_the_record_bars_and_owes_like_a_half_that_was_shown()
    {
        var world = new World([]);
        var request = world.OpenedBy("Paul", "Mona");

        world.Show(request, Half.Password, world.Named("Paul").Id, World.Fate.Crash);
        world.Wait(TimeSpan.FromHours(1));
        world.ExpireDue();

        Assert.Equal(RevealOutcome.MaybeShown, Assert.Single(world.Chronicle.Seen).Outcome);
        Assert.True(world.StandingOf(world.Named("Paul").Id, world.Accounts[0]).SeenPassword);
        Assert.NotNull(world.Accounts[0].OwesSince);
    }

    internal static string? OffTheRecord(World world) =>
        world.Chronicle.Seen.Find(s => !s.OnRecord) is { } seen
            ? $"{seen.Who} was shown the {seen.Half} with nothing on record."
            : null;
}
