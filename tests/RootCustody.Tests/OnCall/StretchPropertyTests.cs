using CsCheck;
using RootCustody.OnCall;

namespace RootCustody.Tests.OnCall;

/// <summary>Whatever the rota or the duties: stretches tile the interval, and say of each moment what is said of the moment alone.</summary>
public sealed class StretchPropertyTests
{
    private static readonly DateTimeOffset Begin = Told.At("2026-01-01T00:00Z");

    private static readonly Gen<DateTimeOffset> Moments = Gen.Int[0, 600 * 24 * 60].Select(m => Begin.AddMinutes(m));

    private static readonly Gen<string[]> Persons = Gen.OneOf("paul", "petra", "pia").Array[1, 3];

    private static readonly Gen<Shift> Shifts = Gen.Select(
        Gen.Enum<DayOfWeek>(),
        Gen.Enum<DayOfWeek>(),
        Gen.Int[0, 95].Select(q => TimeSpan.FromMinutes(15 * q)),
        Gen.Int[0, 96].Select(q => TimeSpan.FromMinutes(15 * q)),
        Persons,
        (first, last, begins, ends, persons) => new Shift(first, last, begins, ends, persons)
    );

    private static readonly Gen<Turns> SomeTurns = Gen.Select(
        Gen.Int[0, 300 * 96].Select(q => Begin.DateTime.AddMinutes(15 * q)),
        Persons,
        (handOver, persons) => new Turns(handOver, persons)
    );

    private static readonly Gen<Rota> Rotas = Gen.Select(
        Gen.OneOf("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"),
        SomeTurns.Null(0.3),
        Shifts.Array[0, 3],
        (zone, turns, shifts) => new Rota(TimeZoneInfo.FindSystemTimeZoneById(zone), turns, shifts)
    );

    private static readonly Gen<Duty[]> SomeDuties = Gen.Select(
        Moments,
        Gen.Int[1, 60 * 24 * 60],
        Gen.OneOf("paul", "petra", "pia"),
        (from, minutes, person) => new Duty(from, from.AddMinutes(minutes), person)
    ).Array[0, 12];

    [Fact]
    public void The_stretches_of_a_rota_tile_the_interval_and_agree_with_every_moment() =>
        Gen.Select(Rotas, Moments, Gen.Int[0, 60 * 24 * 60], Gen.Double.Array[10])
            .Sample(
                (rota, from, minutes, where) =>
                    Agree(
                        rota.Stretches(from, from.AddMinutes(minutes)),
                        from,
                        TimeSpan.FromMinutes(minutes),
                        where,
                        rota.PersonsAt
                    ),
                iter: 400
            );

    [Fact]
    public void Those_of_duties_over_a_rota_do_too() =>
        Gen.Select(SomeDuties, Rotas, Moments, Gen.Int[0, 60 * 24 * 60], Gen.Double.Array[10])
            .Sample(
                (duties, rota, from, minutes, where) =>
                {
                    var until = from.AddMinutes(minutes);

                    var stretches = Duties.Over(Duties.Stretches(duties, from, until), rota.Stretches(from, until));

                    Agree(
                        stretches,
                        from,
                        TimeSpan.FromMinutes(minutes),
                        where,
                        at => Duties.PersonsAt(duties, at) is { Count: > 0 } fed ? fed : rota.PersonsAt(at)
                    );
                },
                iter: 400
            );

    [Fact]
    public void Turns_leave_no_hole_and_change_once_a_week() =>
        Gen.Select(SomeTurns, Moments, Gen.OneOf("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"))
            .Sample(
                (turns, from, zone) =>
                {
                    var rota = new Rota(TimeZoneInfo.FindSystemTimeZoneById(zone), turns, []);

                    var stretches = rota.Stretches(from, from.AddDays(100));

                    Assert.All(stretches.Skip(1), s => Assert.Single(s.Persons));
                    Assert.All(
                        stretches.Skip(2).SkipLast(1),
                        s => Assert.InRange((s.Until - s.From).TotalDays, 6.95, 7.05 * 15)
                    );
                    if (turns.Persons.Distinct().Count() == turns.Persons.Count && turns.Persons.Count > 1)
                        Assert.All(
                            stretches.Skip(2).SkipLast(1),
                            s => Assert.InRange((s.Until - s.From).TotalDays, 6.95, 7.05)
                        );
                }
            );

    private static void Agree(
        IReadOnlyList<Stretch> stretches,
        DateTimeOffset from,
        TimeSpan length,
        double[] where,
        Func<DateTimeOffset, IReadOnlySet<string>> personsAt
    )
    {
        Assert.Equal(length > TimeSpan.Zero, stretches.Count > 0);
        var next = from;
        foreach (var stretch in stretches)
        {
            Assert.Equal(next, stretch.From);
            Assert.True(stretch.From < stretch.Until);
            Assert.Equal(Told.Persons(personsAt(stretch.From)), Told.Persons(stretch.Persons));
            Assert.Equal(Told.Persons(personsAt(stretch.Until.AddTicks(-1))), Told.Persons(stretch.Persons));
            next = stretch.Until;
        }
        Assert.Equal(from + (stretches.Count > 0 ? length : TimeSpan.Zero), next);
        Assert.All(stretches.Zip(stretches.Skip(1)), p => Assert.False(p.First.Persons.SetEquals(p.Second.Persons)));
        foreach (var at in where.Select(w => from + (length * Math.Abs(w % 1))).Where(at => at < from + length))
            Assert.Equal(
                Told.Persons(personsAt(at)),
                Told.Persons(stretches.Single(s => s.From <= at && at < s.Until).Persons)
            );
    }
}
