namespace RootCustody.Tests.Laws;

/// <summary>Law 16: nothing is granted by a time-out, an empty list or an unreachable person.</summary>
[Trait("Law", "16")]
public class SilenceTests
{
    [Fact]
    public void No_window_opens_while_nobody_approves() => Breach.Never(AnyWindow, Command.WithoutApproval);

    [Theory]
    [InlineData(Half.Password)]
    [InlineData(Half.Mfa)]
    public void No_window_opens_while_one_group_is_silent(Half silent) =>
        Breach.Never(AnyWindow, Command.Without(Act.ChangeSides), world => world.DismissAll(silent));

    [Theory]
    [InlineData(Hole.SilenceIsYes)]
    [InlineData(Hole.NobodyEndorses)]
    [InlineData(Hole.EditsKeepApprovals)]
    public void The_law_finds_silence_that_is_taken_for_yes(Hole hole) =>
        Breach.IsFoundWith(hole, Lawbook.Silence.Breach);

    private static string? AnyWindow(World world) => world.Chronicle.Opened.Count > 0 ? "A window opened." : null;
}
