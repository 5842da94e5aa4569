using CsCheck;

namespace RootCustody.Tests.Laws;

/// <summary>Law 9, the part of the rules: the same thing twice has one effect, and the first of two wins.</summary>
[Trait("Law", "9")]
public class RepeatTests
{
    // not repeated: what is more than one click, and what reception knows by its id when it comes again
    private static readonly Act[] Once =
    [
        Act.Reveal,
        Act.Conclude,
        Act.AskEmergency,
        Act.AskPlanned,
        Act.Wait,
        Act.WaitLong,
        Act.ChangeSides,
        Act.Agree,
        Act.Rotate,
        Act.AskStrict,
        Act.AskDrill,
        Act.Edit,
        Act.AskToExtend,
        Act.Keep,
        Act.Assign,
        Act.Administer,
        Act.Link,
        Act.GoAway,
        Act.ApproveUnread,
    ];

    [Fact]
    public void The_same_command_twice_has_one_effect()
    {
        Gen.Select(Breach.Births, Command.Any)
            .Sample(
                (births, commands) =>
                {
                    var world = new World(births);
                    foreach (var command in commands)
                    {
                        var step = world.Resolve(command);
                        step();
                        if (Once.Contains(command.Act))
                            continue;
                        var state = world.State();
                        step();
                        Assert.Equal(state, world.State());
                    }
                },
                iter: 700
            );
    }

    [Fact]
    public void Of_two_who_approve_the_same_half_one_wins() => Breach.Never(TwoWon);

    [Fact]
    public void The_law_finds_two_who_won() => Breach.IsFoundWith(Hole.TheLastOneWins, TwoWon);

    [Fact]
    public void An_account_has_one_open_window() => Breach.Never(TwoWindows);

    internal static string? TwoWon(World world) =>
        world.Chronicle.TakenTwice.Count > 0 ? $"{world.Chronicle.TakenTwice[0].Who} took what was taken." : null;

    internal static string? TwoWindows(World world) =>
        world
            .Requests.Where(r => r.Window?.IsOpenAt(world.Now) == true)
            .GroupBy(r => r.Account)
            .Where(open => open.Count() > 1)
            .Select(open => $"{open.Count()} windows are open.")
            .FirstOrDefault();
}
