using CsCheck;
using RootCustody.Requests;

namespace RootCustody.Tests.Laws;

/// <summary>A property over worlds in which nothing happens would pass blind.</summary>
public class ReachTests
{
    private static readonly Dictionary<string, Func<World, bool>> Wanted = new(StringComparer.Ordinal)
    {
        ["a window opened"] = w => w.Chronicle.Opened.Count > 0,
        ["both halves were shown"] = w =>
            w.Chronicle.Seen.Where(s => s.Request is not null).DistinctBy(s => s.Half).Count() == 2,
        ["nothing was shown after all"] = w => w.Chronicle.Seen.Exists(s => !s.Counts),
        ["another window gave way"] = w => w.Chronicle.Over.Exists(e => e.By == Act.OpenDue),
        ["a password was promoted"] = w => w.Chronicle.Promoted.Count > 0,
        ["a new password was dropped"] = w => w.Chronicle.Dropped.Count > 0,
        ["a rotation showed three generations"] = w =>
            w.Chronicle.Seen.Where(s => s.Kind == RequestKind.Rotation)
                .GroupBy(s => (s.Request, s.At))
                .Any(g => g.Count() > 2),
        ["a bar was lifted"] = w => w.Chronicle.Seen.Exists(s => w.Chronicle.IsDead(s)),
        ["an approval was voided"] = w => w.Chronicle.Voided > 0,
        ["someone barred stands in the other group"] = w =>
            w.Accounts.Any(a =>
                w.People.Any(p => w.StandingOf(p.Id, a) is { Keeps: { } half } by && by.HasSeen(half.Other()))
            ),
        ["someone who opens one half stands in the group of the other"] = w =>
            w.Accounts.Any(a =>
                w.People.Any(p => w.StandingOf(p.Id, a) is { Keeps: { } half } by && by.Opens(half.Other()))
            ),
        ["a debt stands"] = w => w.Accounts.Any(a => a.OwesSince is not null),
        ["an open window got a new holder"] = w =>
            w.Chronicle.Taken.Exists(t =>
                !t.ForMoreTime && w.Chronicle.Opened.Exists(o => o.Request == t.Request && o.Order < t.Order)
            ),
        ["a holder was replaced"] = w => w.Chronicle.Did.Exists(d => d.Act == Act.Replace),
        ["a half was handed back"] = w => w.Chronicle.Did.Exists(d => d.Act == Act.HandBack),
        ["a window became longer"] = w => w.Chronicle.Extended.Count > 0,
        ["an edit voided an approval"] = w =>
            w.Chronicle.Edited.Exists(e => w.Chronicle.Taken.Exists(t => t.Request == e.Request && t.Order < e.Order)),
        ["a second contact approved"] = w => w.Chronicle.Endorsed.Exists(e => e.AsContact),
        ["a duty manager approved"] = w => w.Chronicle.Endorsed.Exists(e => !e.AsContact),
        ["a drill showed a dummy"] = w => w.Chronicle.Seen.Exists(s => s.Kind == RequestKind.Drill),
        ["the duty manager was called"] = w => w.Chronicle.Called.Count > 0,
        ["someone was frozen while they held a half"] = w =>
            w.Chronicle.Over.Exists(o => o.By == Act.Freeze) || w.People.Any(p => p.FrozenAt is not null),
        ["an emergency ended by two denials"] = w =>
            w.Chronicle.Over.Exists(o => o.By == Act.Deny && !w.Named(o.Who!).IsDutyManager),
        ["an emergency named a danger"] = w => w.Chronicle.Named.Values.Any(named => named.Count > 0),
        ["an offer was taken up"] = w => w.Chronicle.Did.Exists(d => d.Act == Act.Show),
        ["a restart came in the middle of a window"] = w => w.Chronicle.Restarts > 0 && w.Chronicle.Opened.Count > 0,
        ["a click came again"] = w => w.Chronicle.Redelivered > 0,
    };

    [Fact]
    public void Random_commands_reach_what_the_laws_speak_of()
    {
        var reached = Wanted.Keys.ToDictionary(name => name, _ => 0, StringComparer.Ordinal);

        Gen.Select(Breach.Births, Command.Any)
            .Sample(
                (births, commands) =>
                {
                    var world = new World(births);
                    foreach (var command in commands)
                        world.Play(command);
                    foreach (var (name, _) in Wanted.Where(n => n.Value(world)))
                        reached[name]++;
                },
                iter: 3000,
                threads: 1
            );

        Assert.DoesNotContain(reached, r => r.Value < 5);
    }
}
