using CsCheck;

namespace RootCustody.Tests.Laws;

/// <summary>All laws over many long histories: up to 60 commands each, every law asked after every command.</summary>
public class AllLawsTests
{
    /// <summary>More for a long run: set ROOTCUSTODY_TEST_HISTORIES.</summary>
    private static readonly int Histories = int.TryParse(
        Environment.GetEnvironmentVariable("ROOTCUSTODY_TEST_HISTORIES"),
        System.Globalization.CultureInfo.InvariantCulture,
        out var histories
    )
        ? histories
        : 10_000;

    private static readonly Func<World, string?>[] Laws =
    [
        SplitTests.BothHalves,
        OnePersonTests.TwoParts,
        SeparateGroupsTests.InBoth,
        SeparateGroupsTests.NotAMember,
        RecordThenRevealTests.OffTheRecord,
        WindowDecidesTests.Outside,
        RepeatTests.TwoWon,
        RepeatTests.TwoWindows,
        DebtTests.WronglyOwed,
        DebtTests.OneWord,
        SilenceTests.OpenedInSilence,
        LifeTests.Unfit,
        LifeTests.EndedAlone,
        LifeTests.ExtendedByOne,
        LifeTests.ShownTooOften,
    ];

    [Fact]
    public void Whatever_people_do_every_law_holds() =>
        Gen.Select(Breach.Births, Command.Any)
            .Sample(
                (births, commands) =>
                {
                    if (FirstBreach(new World(births), commands) is { } breach)
                        Assert.Fail(breach);
                },
                iter: Histories
            );

    public static TheoryData<Hole> Holes =>
        [.. Enum.GetValues<Hole>().Where(hole => hole is not (Hole.None or Hole.PaidIsOwedAgain))];

    /// <summary>The test of the test: whichever law is taken out of the world, this test finds it.</summary>
    [Theory]
    [MemberData(nameof(Holes))]
    public void A_law_that_is_not_kept_is_found(Hole hole) =>
        Breach.IsFoundWith(hole, world => Laws.Select(law => law(world)).FirstOrDefault(breach => breach is not null));

    private static string? FirstBreach(World world, IEnumerable<Command> commands)
    {
        foreach (var command in commands)
        {
            world.Play(command);
            foreach (var law in Laws)
            {
                if (law(world) is { } breach)
                    return $"After {command}: {breach}";
            }
        }
        return null;
    }
}
