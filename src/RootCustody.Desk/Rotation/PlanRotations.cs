using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.People;
using RootCustody.Rotation;

namespace RootCustody.Desk.Rotation;

/// <summary>Makes the plan of one custodian group: when each half that it keeps falls due. What stands and still fits stays.</summary>
public sealed class PlanRotations(CustodyDb db, Policies policies)
{
    public Task HandleAsync(GroupId id, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var group = await db.Groups.SingleAsync(g => g.Id == id, cancellationToken);
                var provider = await policies.OfProviderAsync(cancellationToken);
                var rows = await RowsAsync(id, cancellationToken);
                var today = DigestDay.At(provider, db.Now);

                var strained = Plan(rows, provider.RotationsPerDay, today);

                foreach (var account in rows.Select(r => r.Account))
                {
                    var half = HalfOf(account, id);
                    if ((half == Half.Password ? account.PasswordPlannedAt : account.MfaPlannedAt) is null)
                        account.Planned(half, db.Now);
                }
                if (strained.Count > 0)
                    await WarnAsync(group, strained, cancellationToken);
                return true;
            },
            cancellationToken
        );

    private static Half HalfOf(Account account, GroupId group) =>
        account.PasswordGroup == group ? Half.Password : Half.Mfa;

    /// <summary>The accounts of which the group keeps a half, each with its policy and, once that half is there, its date.</summary>
    private async Task<List<Row>> RowsAsync(GroupId group, CancellationToken cancellationToken)
    {
        var accounts = await db
            .Accounts.Where(a => a.PasswordGroup == group || a.MfaGroup == group)
            .ToListAsync(cancellationToken);
        var dates = await db
            .RotationDates.Where(d =>
                db.Accounts.Any(a =>
                    a.Id == d.Account
                    && (
                        (a.PasswordGroup == group && d.Half == Half.Password)
                        || (a.MfaGroup == group && d.Half == Half.Mfa)
                    )
                )
            )
            .ToDictionaryAsync(d => d.Account, cancellationToken);
        var policyOf = await PolicyOfAsync(cancellationToken);
        var days = new Dictionary<(string, string), RotationDays>();
        var rows = new List<Row>();
        foreach (var account in accounts)
        {
            var (half, policy) = (HalfOf(account, group), policyOf(account));
            var key = (policy.RotationHours, policy.RotationBlackOuts);
            if (!days.TryGetValue(key, out var allowed))
                days[key] = allowed = RotationDays.Of(policy); // shared, because it remembers
            var date = dates.GetValueOrDefault(account.Id);
            if (date is null && account.GenerationOf(half) > 0)
                db.RotationDates.Add(date = RotationDate.Of(account, half, db.Now));
            rows.Add(new Row(account, date, policy, allowed));
        }
        return rows;
    }

    private async Task<Func<Account, Policy>> PolicyOfAsync(CancellationToken cancellationToken)
    {
        var book = await policies.WholeAsync(cancellationToken);
        var customers = await db.Customers.ToDictionaryAsync(c => c.Id, c => c.Key, cancellationToken);
        var known = new Dictionary<(string, string), Policy>();
        return account =>
        {
            var key = (customers[account.Customer], book.SinglesOut(account.Number) ? account.Number : "");
            return known.TryGetValue(key, out var policy) ? policy : known[key] = book.Of(key.Item1, key.Item2);
        };
    }

    /// <returns>Those of which people have to be told that they are not as policy wants them.</returns>
    private List<Row> Plan(List<Row> rows, int capacity, DigestDay today)
    {
        var fallings = new Dictionary<AccountId, (Row Row, Falling Falling)>();
        foreach (var row in rows)
        {
            if (row.Date is not { } date)
                continue;
            date.Follow(row.Account, db.Now);
            if (date.ToPlan(row.Account, row.Policy, row.Days) is { } falling)
                fallings[date.Account] = (row, falling);
            else
                date.Expose(row.Account, row.Policy, row.Days, today.Next);
        }
        var strained = new List<Row>();
        foreach (var fallen in GroupCalendar.Plan([.. fallings.Values.Select(f => f.Falling)], capacity, db.Now))
        {
            var row = fallings[fallen.What.Account].Row;
            if (row.Date!.Take(fallen, row.Policy, today.Next))
                strained.Add(row);
        }
        return strained;
    }

    private Task WarnAsync(CustodianGroup group, List<Row> strained, CancellationToken cancellationToken)
    {
        foreach (var row in strained)
            db.Record(
                "rotation.strained",
                Recording.System,
                ("account", row.Account.Id),
                ("half", row.Date!.Half),
                ("why", row.Date.Strain),
                ("due", row.Date.DueAt.UtcDateTime.ToString("O"))
            );
        return db.AlertThoseInChargeAsync(
            RotationCards.Strained(group, [.. strained.Select(r => (r.Account, r.Date!))]),
            cancellationToken
        );
    }

    private sealed record Row(Account Account, RotationDate? Date, Policy Policy, RotationDays Days);
}
