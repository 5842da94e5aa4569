using CsCheck;
using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

public class ReadinessTests
{
    private static readonly DateTimeOffset End = Noon + Readiness.Horizon;

    [Fact]
    public void Two_people_without_a_rota_are_enough() =>
        Assert.Empty(Readiness.Gaps([new Able(Paul, Noon), new Able(Pia, Noon)], [], Noon));

    [Fact]
    public void One_is_too_few_for_the_whole_time() =>
        Assert.Equal([new Gap(GapKind.TooFew, Noon, End, 1)], Readiness.Gaps([new Able(Paul, Noon)], [], Noon));

    [Fact]
    public void An_absence_is_a_gap_until_it_ends() =>
        Assert.Equal(
            [new Gap(GapKind.TooFew, Noon, At(600), 1)],
            Readiness.Gaps([new Able(Paul, Noon), new Able(Pia, At(600))], [], Noon)
        );

    [Fact]
    public void A_rota_with_a_hole_is_a_gap() =>
        Assert.Equal(
            [new Gap(GapKind.NobodyOnCall, At(60), At(120), 2)],
            Readiness.Gaps(
                [new Able(Paul, Noon), new Able(Pia, Noon)],
                [new Shift(Paul, Noon, At(60)), new Shift(Pia, At(120), End)],
                Noon
            )
        );

    [Fact]
    public void Who_is_on_call_but_may_not_hold_the_half_does_not_count() =>
        Assert.Equal(
            [new Gap(GapKind.NobodyOnCall, Noon, At(60), 2)],
            Readiness.Gaps(
                [new Able(Paul, Noon), new Able(Pia, Noon)],
                [new Shift(Max, Noon, At(60)), new Shift(Pia, At(60), End)],
                Noon
            )
        );

    [Fact]
    public void At_every_moment_the_gaps_say_what_is_so()
    {
        var minutes = Gen.Int[-600, 30_000];
        PersonId[] people = [Paul, Pia, Max];
        Gen.Select(
                Gen.Select(Gen.Int[0, 2], minutes, (who, from) => new Able(people[who], At(from))).List[0, 3],
                Gen.Select(
                    Gen.Int[0, 2],
                    minutes,
                    Gen.Int[1, 9000],
                    (who, from, length) => new Shift(people[who], At(from), At(from + length))
                ).List[0, 4],
                Gen.Int[0, (14 * 24 * 60) - 1]
            )
            .Sample(
                (able, shifts, minute) =>
                {
                    var moment = At(minute);
                    var gap = Readiness
                        .Gaps(able, shifts, Noon)
                        .SingleOrDefault(g => g.From <= moment && moment < g.Until);

                    var here = able.Where(a => a.From <= moment).Select(a => a.Person).Distinct().ToList();
                    var onCall = shifts.Any(s => s.From <= moment && moment < s.Until && here.Contains(s.Person));
                    GapKind? expected =
                        here.Count < 2 ? GapKind.TooFew
                        : shifts.Count > 0 && !onCall ? GapKind.NobodyOnCall
                        : null;
                    Assert.Equal(expected, gap?.Kind);
                    Assert.Equal(expected is null ? null : here.Count, gap?.Able);
                },
                iter: 3000
            );
    }

    [Fact]
    public void What_lies_before_or_behind_the_coming_two_weeks_makes_no_gap() =>
        Assert.Equal(
            [new Gap(GapKind.NobodyOnCall, Noon, End, 2)],
            Readiness.Gaps(
                [new Able(Paul, Noon), new Able(Pia, Noon)],
                [new Shift(Paul, At(-120), At(-60)), new Shift(Paul, End.AddDays(1), End.AddDays(2))],
                Noon
            )
        );
}
