using System.Diagnostics;
using RootCustody.Rotation;

namespace RootCustody.Tests.Rotation;

/// <summary>A year of ten thousand accounts on the planner, in memory.</summary>
public sealed class YearTests(ITestOutputHelper output)
{
    private const int Accounts = 10_000;
    private const int Groups = 10;
    private const int Capacity = 50;

    private static readonly DateTimeOffset First = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    private static readonly Policy Policy = new()
    {
        RotationHours = "Mon-Fri 08:00-16:00 Europe/Berlin",
        RotationBlackOuts = "2026-12-20..2027-01-06",
    };

    [Fact]
    [Trait("Suite", "year")]
    public void Each_account_is_rotated_before_its_limit_and_no_group_gets_more_than_it_can_do()
    {
        var watch = Stopwatch.StartNew();
        var loads = new List<int>();
        var rotated = new int[Accounts];
        for (var group = 0; group < Groups; group++)
            Live(group, rotated, loads);

        Assert.InRange(rotated.Min(), 4, 6); // every 60 to 90 days
        Assert.InRange(rotated.Max(), 4, 7);
        Assert.InRange(loads.Max(), 1, Capacity);
        output.WriteLine(
            $"{rotated.Sum()} rotations of {Accounts} accounts in a year; at most {loads.Max()} on one day of a group, {loads.Average():0.0} on average; simulated in {watch.Elapsed.TotalSeconds:0.0} s."
        );
    }

    /// <summary>All of them are brought in on one day, the worst of all beginnings; each morning what fell due is rotated and planned anew.</summary>
    private static void Live(int group, int[] rotated, List<int> loads)
    {
        var days = RotationDays.Of(Policy);
        var now = First;
        var born = Enumerable
            .Range(group * Accounts / Groups, Accounts / Groups)
            .ToDictionary(i => new AccountId(new Guid(i, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8])), i => (Number: i, At: First));
        var plan = Plan([.. born.Select(b => Of(b.Key, b.Value.At, null, days))], now);
        while ((now = now.AddDays(1)) < First.AddDays(365))
        {
            var due = plan.Where(f => f.DueAt <= now).ToList();
            foreach (var fallen in due)
            {
                Assert.True(fallen.DueAt <= fallen.What.Limit);
                var (number, _) = born[fallen.What.Account];
                born[fallen.What.Account] = (number, now);
                rotated[number]++;
            }
            if (due.Count == 0)
                continue;
            loads.AddRange(due.CountBy(f => days.DayOf(f.DueAt)).Select(day => day.Value));
            var gone = due.Select(f => f.What.Account).ToHashSet();
            plan = Plan(
                [
                    .. plan.Select(f =>
                        Of(
                            f.What.Account,
                            born[f.What.Account].At,
                            gone.Contains(f.What.Account) ? null : f.DueAt,
                            days
                        )
                    ),
                ],
                now
            );
        }
    }

    private static IReadOnlyList<Fallen> Plan(IReadOnlyCollection<Falling> fallings, DateTimeOffset now)
    {
        var plan = GroupCalendar.Plan(fallings, Capacity, now);
        Assert.All(plan, f => Assert.Equal(Strain.None, f.Strain));
        return plan;
    }

    private static Falling Of(AccountId account, DateTimeOffset born, DateTimeOffset? stands, RotationDays days)
    {
        var limit = born + Policy.RotateEvery;
        return new Falling(account, Half.Password, limit - Policy.RotationSpread, limit, days, stands);
    }
}
