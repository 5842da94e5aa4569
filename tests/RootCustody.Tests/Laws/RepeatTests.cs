using CsCheck;

namespace RootCustody.Tests.Laws;

/// <summary>Law 9, the part of the rules: the same thing twice has one effect, and the first of two wins.</summary>
[Trait("Law", "9")]
public class RepeatTests
{
    // not repeated here: what is more than one click, and what reception knows by its id when it comes again
    private static readonly Act[] Once =
    [
        Act.Reveal,
        Act.Show,
        Act.Conclude,
        Act.AskEmergency,
        Act.AskPlanned,
        Act.Drill,
        Act.Edit,
        Act.AskMore,
        Act.Link,
        Act.Relink,
        Act.GiveUp,
        Act.Again,
        Act.Wait,
        Act.WaitLong,
        Act.ChangeSides,
        Act.Agree,
        Act.Alarm,
        Act.AgreeToMore,
        Act.Rotate,
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
                        var step = world.Bind(command);
                        step(world.NextKey());
                        if (Once.Contains(command.Act))
                            continue;
                        var state = world.State();
                        step(world.NextKey());
                        Assert.Equal(state, world.State());
                    }
                },
                iter: 700
            );
    }

    [Fact]
    public void The_law_finds_two_who_won() => Breach.IsFoundWith(Hole.TheLastOneWins, Lawbook.TakenTwice.Breach);

    [Fact]
    public void The_law_finds_a_click_that_counted_twice() =>
        Breach.IsFoundWith(Hole.ClicksAreForgotten, Lawbook.OneClick.Breach);

    [Fact]
    public void The_law_finds_two_windows_of_one_account() =>
        Breach.IsFoundWith(Hole.WindowsOverlap, Lawbook.OneWindow.Breach);
}
