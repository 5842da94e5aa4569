using CsCheck;
using RootCustody.Rotation;

namespace RootCustody.Tests.Rotation;

public sealed class GroupCalendarTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero); // a Monday
    private static readonly RotationDays Always = DaysOf("");

    private static readonly string[] Hours =
    [
        "",
        "Mon-Fri 08:00-16:00 UTC",
        "Mon-Fri 08:00-18:00 Europe/Berlin; Sat 10:00-12:00 America/New_York",
        "Sun 02:00-03:00 Europe/Berlin", // left out on one day in spring
        "Tue 00:00-24:00 Pacific/Kiritimati",
    ];

    private static readonly string[] BlackOuts =
    [
        "",
        "2026-12-20..2027-01-06",
        "2027-03-01..2027-04-30; 2026-12-24",
        "2020-01-01..2040-01-01",
    ];

    private static readonly Gen<RotationDays> AnyDays = Gen.Select(
        Gen.Int[0, Hours.Length - 1],
        Gen.Int[0, BlackOuts.Length - 1],
        (hours, blackOuts) => DaysOf(Hours[hours], BlackOuts[blackOuts])
    );

    private static readonly Gen<Falling> AnyFalling = Gen.Select(
        Gen.Guid,
        AnyDays,
        Gen.Int[-2, 150],
        Gen.Int[0, 30],
        (id, days, limit, spread) => Falling(id, days, Noon.AddDays(limit), spread)
    );

    private static readonly Gen<Falling[]> AnyGroup = AnyFalling.Array[0, 40];

    [Fact]
    public void None_is_dropped_and_none_falls_due_after_its_limit_unless_that_is_told() =>
        Gen.Select(AnyGroup, Gen.Int[1, 5])
            .Sample(
                (group, capacity) =>
                {
                    var plan = GroupCalendar.Plan(group, capacity, Noon);

                    Assert.Equal(group, plan.Select(f => f.What));
                    Assert.All(plan, f => Assert.Equal(f.Strain == Strain.PastLimit, f.DueAt > f.What.Limit));
                },
                iter: 300
            );

    [Fact]
    public void It_falls_due_on_an_allowed_day_unless_it_is_late_or_there_is_none() =>
        AnyGroup.Sample(
            group =>
            {
                foreach (var fallen in GroupCalendar.Plan(group, 3, Noon))
                {
                    var (what, due) = (fallen.What, fallen.DueAt);
                    if (what.Limit <= Noon || fallen.Strain == Strain.NoDay)
                        Assert.Equal(what.Limit, due);
                    else
                        Assert.True(due >= Noon && IsAllowed(what.Days, due), $"{due:O}");
                }
            },
            iter: 300
        );

    [Fact]
    public void No_day_gets_more_than_it_can_take_unless_no_plan_at_all_could_do_better() =>
        Gen.Select(AnyFalling.Where(f => f.Candidates(Noon).Any()).Array[0, 40], Gen.Int[1, 3])
            .Sample(
                (group, capacity) =>
                {
                    var plan = GroupCalendar.Plan(group, capacity, Noon);

                    var told = plan.Count(f => f.Strain == Strain.OverCapacity);
                    var most = plan.Where(f => f.Strain == Strain.None)
                        .GroupBy(f => f.What.Days.DayOf(f.DueAt))
                        .Select(day => day.Count())
                        .DefaultIfEmpty()
                        .Max();
                    Assert.True(most <= capacity);
                    Assert.Equal(group.Length - Matched(group, capacity), told);
                },
                iter: 300
            );

    [Fact]
    public void The_same_facts_give_the_same_plan_in_whatever_order_they_are_told() =>
        Gen.Select(AnyGroup, Gen.Int[1, 4])
            .Sample(
                (group, capacity) =>
                {
                    var plan = GroupCalendar.Plan(group, capacity, Noon).ToHashSet();

                    Assert.True(plan.SetEquals(GroupCalendar.Plan([.. group.Reverse()], capacity, Noon)));
                },
                iter: 200
            );

    [Fact]
    public void What_stands_stays_when_others_come_and_there_is_room() =>
        Gen.Select(AnyGroup, AnyFalling)
            .Sample(
                (group, other) =>
                {
                    var before = GroupCalendar.Plan(group, 100, Noon);

                    var after = GroupCalendar.Plan([.. Standing(before), other], 100, Noon.AddHours(1));

                    Assert.Equal(
                        before.Where(f => f.Strain == Strain.None).Select(f => f.DueAt),
                        after.Take(group.Length).Where((_, i) => before[i].Strain == Strain.None).Select(f => f.DueAt)
                    );
                },
                iter: 200
            );

    [Fact]
    public void A_small_change_moves_few_also_of_a_plan_that_is_made_anew()
    {
        var group = Fleet(400, Always);
        var before = GroupCalendar.Plan(group, 8, Noon);

        var after = GroupCalendar.Plan([.. group, Falling(Guid.AllBitsSet, Always, Noon.AddDays(70), 30)], 8, Noon);

        Assert.InRange(before.Zip(after).Count(both => both.First.DueAt != both.Second.DueAt), 0, 8);
    }

    [Fact]
    public void What_stands_is_moved_to_make_room_rather_than_overload_a_day()
    {
        var wide = Falling(Guid.AllBitsSet, Always, Noon.AddDays(2), 1);
        var narrow = Falling(Guid.Empty, Always, Noon.AddDays(2), 0) with { Earliest = Noon.AddDays(1).AddHours(12) };

        var plan = GroupCalendar.Plan([wide with { Stands = Day(25) }, narrow], 1, Noon);

        Assert.Equal([Day(24).AddHours(12), Day(25)], plan.Select(f => f.DueAt));
        Assert.All(plan, f => Assert.Equal(Strain.None, f.Strain));
    }

    [Fact]
    public void A_load_that_is_too_large_is_told_and_shared_among_the_days()
    {
        var group = Enumerable.Range(1, 100).Select(i => Falling(Of(i), Always, Day(30), 5)).ToList();

        var plan = GroupCalendar.Plan(group, 10, Noon);

        Assert.Equal(100, plan.Count);
        Assert.All(plan, f => Assert.True(f.DueAt <= Day(30)));
        var loads = plan.GroupBy(f => f.DueAt).Select(d => d.Count()).ToList();
        Assert.Equal(100 - (10 * loads.Count), plan.Count(f => f.Strain == Strain.OverCapacity));
        Assert.InRange(loads.Max() - loads.Min(), 0, 1);
    }

    [Fact]
    public void Black_outs_up_to_the_limit_let_it_fall_due_earlier()
    {
        var days = DaysOf("", "2026-12-01..2027-01-15");

        var fallen = Assert.Single(GroupCalendar.Plan([Falling(Of(1), days, Noon.AddDays(40), 20)], 1, Noon));

        Assert.Equal(
            (new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero), Strain.None),
            (fallen.DueAt, fallen.Strain)
        );
    }

    [Fact]
    public void Black_outs_from_now_on_past_the_limit_are_told()
    {
        var days = DaysOf("", "2026-11-01..2027-01-15");

        var fallen = Assert.Single(GroupCalendar.Plan([Falling(Of(1), days, Noon.AddDays(40), 20)], 1, Noon));

        Assert.Equal(
            (new DateTimeOffset(2027, 1, 16, 0, 0, 0, TimeSpan.Zero), Strain.PastLimit),
            (fallen.DueAt, fallen.Strain)
        );
    }

    [Fact]
    public void What_people_were_asked_for_already_is_moved_no_more()
    {
        var asked = Falling(Of(1), DaysOf("", "2026-11-01..2027-01-15"), Noon.AddDays(5), 20) with { Stands = Day(20) };

        var fallen = Assert.Single(GroupCalendar.Plan([asked], 1, Noon));

        Assert.Equal(Day(20), fallen.DueAt);
    }

    /// <summary>The most that fit into their intervals at all: augmenting paths, one after the other.</summary>
    private static int Matched(Falling[] fallings, int capacity)
    {
        var held = new Dictionary<DateOnly, List<Falling>>();
        bool Fits(Falling falling, HashSet<DateOnly> tried)
        {
            foreach (var (day, _) in falling.Candidates(Noon))
            {
                if (!tried.Add(day))
                    continue;
                if (!held.TryGetValue(day, out var there))
                    held[day] = there = [];
                var gone = there.Count < capacity ? null : there.Find(other => Fits(other, tried));
                if (there.Count >= capacity && gone is null)
                    continue;
                if (gone is not null)
                    there.Remove(gone);
                there.Add(falling);
                return true;
            }
            return false;
        }
        return fallings.Count(f => Fits(f, []));
    }

    private static bool IsAllowed(RotationDays days, DateTimeOffset at) =>
        Enumerable.Range(-1, 3).Any(more => days.On(DateOnly.FromDateTime(at.UtcDateTime).AddDays(more), at) == at);

    private static List<Falling> Standing(IReadOnlyList<Fallen> plan) =>
        [.. plan.Select(f => f.What with { Stands = f.DueAt })];

    private static List<Falling> Fleet(int size, RotationDays days) =>
        [.. Enumerable.Range(1, size).Select(i => Falling(Of(i), days, Noon.AddDays(31 + (i % 90)), 30))];

    private static Falling Falling(Guid id, RotationDays days, DateTimeOffset limit, int spread) =>
        new(new AccountId(id), Half.Password, limit.AddDays(-spread), limit, days);

    private static Guid Of(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    private static RotationDays DaysOf(string hours, string blackOuts = "") =>
        RotationDays.Of(new Policy { RotationHours = hours, RotationBlackOuts = blackOuts });

    private static DateTimeOffset Day(int day) => new(2026, 11, day, 0, 0, 0, TimeSpan.Zero);
}
