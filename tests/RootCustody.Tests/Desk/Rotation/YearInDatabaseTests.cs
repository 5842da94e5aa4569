using System.Diagnostics;
using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data.Chat;
using RootCustody.Desk.Rotation;
using RootCustody.Rotation;

namespace RootCustody.Tests.Desk.Rotation;

/// <summary>A year of two hundred accounts through the database: what falls due is rotated some days later, so that each reminder comes.</summary>
public sealed class YearInDatabaseTests(ITestOutputHelper output)
{
    private const int Accounts = 200;
    private const int Days = 365;

    /// <summary>Days after it fell due until it is rotated.</summary>
    private const int Late = 2;

    /// <summary>The days on which AWS closes some accounts, and reopens half of them.</summary>
    private const int Closing = 120;
    private const int Reopening = 200;
    private const int Closed = 10;

    private static readonly Policy Policy = new()
    {
        RotationsPerDay = 12,
        RotationHours = "Mon-Sun 08:00-16:00 Europe/Berlin",
        RotationBlackOuts = "2026-12-20..2027-01-06",
    };

    [Fact]
    [Trait("Suite", "year")]
    public async Task Each_reminder_is_sent_none_is_doubled_and_no_day_gets_more_than_its_group_can_do()
    {
        var watch = Stopwatch.StartNew();
        await using var stage = await Stage.SetAsync(Policy);
        await FillAsync(stage);
        var year = new Chronicle();

        for (var day = 0; day < Days; day++)
        {
            stage.Clock.Advance(TimeSpan.FromDays(1));
            if (day == Closing)
                year.Gone.UnionWith(await CloseAsync(stage));
            if (day == Reopening)
            {
                year.Back.UnionWith(await ReopenAsync(stage));
                year.Gone.ExceptWith(year.Back);
            }
            await stage.RunAsync<PlanRotationsJob>(job => job.RunAsync(CancellationToken.None));
            year.Expect(await DatesAsync(stage));
            // a second sweep, as by another node, changes nothing
            await stage.RunAsync<SendDigestsJob>(job => job.RunAsync(CancellationToken.None));
            await stage.RunAsync<SendDigestsJob>(job => job.RunAsync(CancellationToken.None));
            await RotateAsync(stage, year);
        }

        var sent = await SentAsync(stage);
        Assert.Equal(year.Told.Order(), sent.Order());
        Assert.InRange(year.Loads.Values.Max(), 1, Policy.RotationsPerDay);
        Assert.InRange(year.Rotated, 4 * Accounts, 7 * Accounts);
        Assert.Equal((Closed - (Closed / 2), Closed / 2), (year.Gone.Count, year.Back.Count));
        Assert.Subset(year.RotatedLater, year.Back); // what was reopened is rotated again
        output.WriteLine(
            $"{year.Rotated} rotations of {Accounts} accounts in {Days} days, at most {year.Loads.Values.Max()} a day; {sent.Count} days with a digest; simulated in {watch.Elapsed.TotalSeconds:0.0} s."
        );
    }

    /// <summary>What must have happened, said by other means than the code under test: from the dates alone.</summary>
    private sealed class Chronicle
    {
        private static readonly int[] Before = [-14, -7, -1];
        private readonly HashSet<(AccountId, DateTimeOffset)> seen = [];

        /// <summary>The days on which people have to be told something, and of how many accounts.</summary>
        public List<(DateOnly, int)> Told { get; } = [];

        public Dictionary<DateOnly, int> Loads { get; } = [];
        public int Rotated { get; set; }

        /// <summary>The accounts that are closed.</summary>
        public HashSet<AccountId> Gone { get; } = [];

        /// <summary>Those that were, and are open again.</summary>
        public HashSet<AccountId> Back { get; } = [];

        /// <summary>The accounts that were rotated after the reopening.</summary>
        public HashSet<AccountId> RotatedLater { get; } = [];

        public DateOnly Today { get; private set; }

        public void Expect((DateOnly Today, List<RotationDate> Dates) facts)
        {
            Today = facts.Today;
            var open = facts.Dates.FindAll(d => !Gone.Contains(d.Account)); // nobody is told of what is closed
            if (open.Count(d => IsToldOn(d, Today)) is > 0 and var count)
                Told.Add((Today, count));
            foreach (var date in open.Where(d => d.DueOn == Today && seen.Add((d.Account, d.DueAt))))
                Loads[date.DueOn] = Loads.GetValueOrDefault(date.DueOn) + 1;
        }

        private static bool IsToldOn(RotationDate date, DateOnly day) =>
            day >= date.DueOn || Before.Any(before => date.DueOn.AddDays(before) == day);
    }

    /// <summary>The dates of the passwords; seeds are far from due.</summary>
    private static Task<(DateOnly, List<RotationDate>)> DatesAsync(Stage stage) =>
        stage.InDbAsync(async db =>
            (
                WorkingHours.Of(Policy.RotationHours).DayOf(stage.Clock.GetUtcNow()),
                await db.RotationDates.AsNoTracking().Where(d => d.Half == Half.Password).ToListAsync()
            )
        );

    private static Task RotateAsync(Stage stage, Chronicle year) =>
        stage.DecideAsync(async db =>
        {
            var (until, hours) = (year.Today.AddDays(-Late), WorkingHours.Of(Policy.RotationHours));
            var done = await db
                .Accounts.Where(a => a.ClosedAt == null)
                .Where(a => db.RotationDates.Any(d => d.Account == a.Id && d.Half == Half.Password && d.DueOn <= until))
                .ToListAsync();
            foreach (var account in done)
            {
                Assert.True(
                    until <= hours.DayOf(account.RotateBy!.Value) || year.Back.Contains(account.Id),
                    $"{account.Name} fell due past its limit"
                );
                account.Promote(
                    account.PasswordGeneration + 1,
                    stage.People[Stage.Paul],
                    stage.People[Stage.Mona],
                    Policy,
                    stage.Clock.GetUtcNow()
                );
            }
            year.Rotated += done.Count;
            if (year.Back.Count > 0)
                year.RotatedLater.UnionWith(done.Select(a => a.Id));
        });

    private static Task<List<AccountId>> CloseAsync(Stage stage) =>
        ChangeAsync(stage, a => a.ClosedAt == null, Closed, (account, now) => account.Close(now));

    private static Task<List<AccountId>> ReopenAsync(Stage stage) =>
        ChangeAsync(stage, a => a.ClosedAt != null, Closed / 2, (account, _) => account.Reopen());

    private static async Task<List<AccountId>> ChangeAsync(
        Stage stage,
        Expression<Func<Account, bool>> which,
        int count,
        Action<Account, DateTimeOffset> change
    )
    {
        List<AccountId> changed = [];
        await stage.DecideAsync(async db =>
        {
            var accounts = await db.Accounts.Where(which).OrderBy(a => a.Number).Take(count).ToListAsync();
            accounts.ForEach(a => change(a, db.Now));
            changed = [.. accounts.Select(a => a.Id)];
        });
        return changed;
    }

    /// <summary>The days on which Paul was told something, and of how many accounts: by the messages themselves.</summary>
    private static Task<List<(DateOnly, int)>> SentAsync(Stage stage) =>
        stage.InDbAsync(async db =>
        {
            var paul = stage.People[Stage.Paul];
            var sent = await db
                .Outbox.Where(r => r.Place.Purpose == Purpose.Notice && r.Place.Person == paul)
                .Select(r => new { r.WrittenAt, r.Card })
                .ToListAsync();
            var hours = WorkingHours.Of(Policy.RotationHours);
            return sent.ConvertAll(s =>
                (
                    hours.DayOf(s.WrittenAt),
                    // "Rotations: 2 due, 1 coming"
                    s.Card.Title.Split(' ')
                        .Sum(word => int.TryParse(word, CultureInfo.InvariantCulture, out var count) ? count : 0)
                )
            );
        });

    private static Task FillAsync(Stage stage) =>
        stage.DecideAsync(async db =>
        {
            var model = await db.Accounts.SingleAsync();
            for (var i = 1; i < Accounts; i++)
            {
                var account = Account.Of(
                    i.ToString("D12", CultureInfo.InvariantCulture),
                    $"Account {i}",
                    "aws@acme.example",
                    model.Customer,
                    model.PasswordGroup,
                    model.MfaGroup,
                    stage.Clock.GetUtcNow().AddTicks(i)
                );
                // brought in over some weeks
                account.TakePassword(1, Policy, stage.Clock.GetUtcNow().AddDays(-(i % 40)));
                account.TakeDevice(1);
                db.Accounts.Add(account);
            }
        });
}
