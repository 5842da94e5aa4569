using CsCheck;
using RootCustody.People;

namespace RootCustody.Tests.Laws;

/// <summary>Law 15, the part of the step-up: a code counts once, and guessing ends.</summary>
[Trait("Law", "15")]
public class StepUpTests
{
    private static readonly Policy Policy = new() { StepUpTries = 3, StepUpLock = TimeSpan.FromMinutes(15) };

    /// <summary>Seconds that pass, then a code of that time step; 0 is a code of none.</summary>
    private static readonly Gen<(int Seconds, int Step)[]> Tries = Gen.Select(
        Gen.Frequency((5, Gen.Int[0, 3]), (3, Gen.Int[4, 360]), (1, Gen.Int[420, 2400])),
        Gen.Frequency((5, Gen.Const(0)), (5, Gen.Int[1, 12]))
    ).Array[1, 60];

    [Fact]
    public void A_code_counts_once_and_none_counts_after_a_later_one() =>
        Played(past =>
        {
            var passed = past.Where(t => t.Outcome == StepUpOutcome.Passed).Select(t => t.Step!.Value).ToList();
            Assert.Equal(passed.Distinct().Order(), passed);
        });

    [Fact]
    public void Whoever_guesses_gets_so_many_tries_and_then_waits() =>
        Played(past =>
        {
            var last = past[^1];
            var guesses = past.SkipLast(1)
                .Reverse()
                .TakeWhile(t => t.Outcome != StepUpOutcome.Passed)
                .Where(t => t.Outcome == StepUpOutcome.Wrong)
                .ToList();
            var locked =
                guesses.Count > 0
                && guesses.Count % Policy.StepUpTries == 0
                && last.At < guesses[0].At + Policy.StepUpLock;
            Assert.Equal(locked, last.Outcome == StepUpOutcome.Locked);
        });

    [Fact]
    public void After_each_wrong_code_but_the_first_the_next_try_waits_twice_as_long() =>
        Played(past =>
        {
            var last = past[^1];
            var wrong = past.SkipLast(1)
                .Reverse()
                .TakeWhile(t => t.Outcome != StepUpOutcome.Passed)
                .Where(t => t.Outcome == StepUpOutcome.Wrong)
                .ToList();
            var inARow = wrong.Count % Policy.StepUpTries; // a lock begins a new row
            var waits = inARow >= 2 && last.At < wrong[0].At + TimeSpan.FromSeconds(Math.Pow(2, inARow - 1));
            Assert.Equal(waits, last.Outcome == StepUpOutcome.TooFast);
        });

    [Fact]
    public void A_pause_is_never_longer_than_the_lock()
    {
        var patient = new Policy { StepUpTries = 100, StepUpLock = TimeSpan.FromMinutes(15) };
        var record = StepUpRecord.Of(PersonId.New(World.Noon));
        var now = World.Noon;

        for (var guess = 0; guess < 99; guess++, now += patient.StepUpLock)
            Assert.Equal(StepUpOutcome.Wrong, record.Take(null, patient, now));

        Assert.Equal(StepUpOutcome.Passed, record.Take(7, patient, now));
    }

    [Fact]
    public void A_fresh_code_passes_unless_the_step_up_is_locked() =>
        Played(past =>
        {
            var last = past[^1];
            var newest = past.SkipLast(1)
                .Where(t => t.Outcome == StepUpOutcome.Passed)
                .Select(t => t.Step!.Value)
                .DefaultIfEmpty(0)
                .Max();
            if (last.Outcome is not (StepUpOutcome.Locked or StepUpOutcome.TooFast))
                Assert.Equal(
                    last.Step is null ? StepUpOutcome.Wrong
                        : last.Step > newest ? StepUpOutcome.Passed
                        : StepUpOutcome.Used,
                    last.Outcome
                );
        });

    [Fact]
    public void A_used_code_is_no_guess_and_locks_nobody_out()
    {
        var record = StepUpRecord.Of(PersonId.New(World.Noon));
        record.Take(7, Policy, World.Noon);

        for (var i = 0; i < 10; i++)
            Assert.Equal(StepUpOutcome.Used, record.Take(7, Policy, World.Noon));

        Assert.Equal(StepUpOutcome.Passed, record.Take(8, Policy, World.Noon));
    }

    [Fact]
    public void The_right_code_does_not_pass_while_the_step_up_is_locked()
    {
        var record = StepUpRecord.Of(PersonId.New(World.Noon));
        for (var i = 0; i < Policy.StepUpTries; i++)
            record.Take(null, Policy, World.Noon.AddMinutes(i));
        var locked = World.Noon.AddMinutes(Policy.StepUpTries - 1);

        Assert.Equal(StepUpOutcome.Locked, record.Take(7, Policy, locked + Policy.StepUpLock - TimeSpan.FromTicks(1)));
        Assert.Equal(StepUpOutcome.Passed, record.Take(7, Policy, locked + Policy.StepUpLock));
    }

    private static void Played(Action<IReadOnlyList<Tried>> check) =>
        Tries.Sample(
            tries =>
            {
                var record = StepUpRecord.Of(PersonId.New(World.Noon));
                var now = World.Noon;
                var past = new List<Tried>();
                foreach (var (seconds, step) in tries)
                {
                    now += TimeSpan.FromSeconds(seconds);
                    long? code = step == 0 ? null : step;
                    past.Add(new Tried(code, now, record.Take(code, Policy, now)));
                    check(past);
                }
            },
            iter: 700
        );

    private sealed record Tried(long? Step, DateTimeOffset At, StepUpOutcome Outcome);
}
