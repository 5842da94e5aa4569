using System.Globalization;

namespace RootCustody.Tests.Laws;

/// <summary>The house as a naive model sees it: random sequences of up to 60 commands on the rules in memory, by persons with several identities, with changes of groups, rotations, clock moves, restarts and redeliveries; all laws are asked after each command.</summary>
[Trait("Law", "1")]
[Trait("Law", "2")]
[Trait("Law", "3")]
[Trait("Law", "4")]
[Trait("Law", "5")]
[Trait("Law", "9")]
[Trait("Law", "12")]
[Trait("Law", "14")]
[Trait("Law", "15")]
[Trait("Law", "16")]
public class ModelTests
{
    /// <summary>How many sequences are played: 10,000, or what the environment says for a longer run, such as ROOTCUSTODY_TEST_HISTORIES=1000000.</summary>
    private static long Sequences =>
        long.TryParse(
            Environment.GetEnvironmentVariable("ROOTCUSTODY_TEST_HISTORIES"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var sequences
        )
            ? sequences
            : 10_000;

    [Fact]
    public void Every_law_holds_after_each_command() => Breach.Never(FirstBreach, often: Sequences);

    /// <summary>Whom the rules bar is asked now and then, and of one account: after each command and of all, it would take most of the time.</summary>
    private static string? FirstBreach(World world)
    {
        var last = world.Chronicle.Last;
        return Lawbook.FirstBreach(world)
            ?? (
                last % 4 == 0 ? SplitTests.WronglyBarred(world, world.Accounts[last / 4 % world.Accounts.Count]) : null
            );
    }

    public static TheoryData<Hole> Holes =>
        [.. Enum.GetValues<Hole>().Where(h => h is not (Hole.None or Hole.PaidIsOwedAgain))];

    [Theory]
    [MemberData(nameof(Holes))]
    public void The_model_finds_each_hole(Hole hole) => Breach.IsFoundWith(hole, FirstBreach);
}
