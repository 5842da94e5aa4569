using CsCheck;

namespace RootCustody.Tests.Laws;

/// <summary>A property over worlds in which nothing happens would pass blind.</summary>
public class ReachTests
{
    [Fact]
    public void Random_commands_reach_what_the_laws_speak_of()
    {
        var reached = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var names = new Dictionary<string, Func<World, bool>>(StringComparer.Ordinal)
        {
            ["a window opened"] = w => w.Chronicle.Opened.Count > 0,
            ["both halves were shown"] = w =>
                w.Chronicle.Seen.Where(s => s.Request is not null).DistinctBy(s => s.Half).Count() == 2,
            ["nothing was shown after all"] = w => w.Chronicle.Seen.Exists(s => !s.Counts),
            ["an emergency ended another window"] = w =>
                w.Chronicle.Ended.Exists(e => w.Chronicle.Opened.Exists(o => o.At == e.At && o.Request != e.Request)),
            ["a password was promoted"] = w => w.Chronicle.Promoted.Count > 0,
            ["a rotation showed three generations"] = w =>
                w.Chronicle.Seen.Where(s => s.Rotation).GroupBy(s => (s.Request, s.At)).Any(g => g.Count() > 2),
            ["a bar was lifted"] = w => w.Chronicle.Seen.Exists(w.Chronicle.IsDead),
            ["an approval was voided"] = w => w.Chronicle.Voided > 0,
            ["someone barred stands in the other group"] = w =>
                w.Accounts.Exists(a =>
                    w.People.Any(p => w.StandingOf(p.Id, a) is { Keeps: { } half } by && by.HasSeen(half.Other()))
                ),
            ["a debt stands"] = w => w.Accounts.Exists(a => a.OwesSince is not null),
        };
        foreach (var name in names.Keys)
            reached[name] = 0;

        Gen.Select(Breach.Births, Command.Any)
            .Sample(
                (births, commands) =>
                {
                    var world = new World(births);
                    foreach (var command in commands)
                        world.Play(command);
                    foreach (var (name, happened) in names.Where(n => n.Value(world)))
                        reached[name]++;
                },
                iter: 700,
                threads: 1
            );

        Assert.DoesNotContain(reached, r => r.Value < 5);
    }
}
