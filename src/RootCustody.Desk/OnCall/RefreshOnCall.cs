using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RootCustody.Data;
using RootCustody.OnCall;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.OnCall;

/// <summary>Keeps the coming on-call of a group in the database, so that a decision asks neither settings nor calendars.</summary>
public sealed partial class RefreshOnCall(CustodyDb db, OnCallBook book, ILogger<RefreshOnCall> logger)
{
    /// <summary>A little more than readiness looks ahead.</summary>
    private static readonly TimeSpan Ahead = Readiness.Horizon + TimeSpan.FromDays(1);

    public async Task HandleAsync(string groupKey, CancellationToken cancellationToken)
    {
        var now = db.Now;
        // a feed is read here, before the transaction
        var stretches = await book.StretchesAsync(groupKey, now, now + Ahead, cancellationToken) ?? [];
        await db.DecideAsync(() => StoreAsync(groupKey, stretches, cancellationToken), cancellationToken);
    }

    /// <summary>Forgets the on-call of groups of which the settings say nothing any more.</summary>
    public Task ForgetOthersAsync(CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var known = book.Groups.ToList();
                return await db
                    .OnCallShifts.Where(s => !db.Groups.Any(g => g.Id == s.Group && known.Contains(g.Key)))
                    .ExecuteDeleteAsync(cancellationToken);
            },
            cancellationToken
        );

    private async Task<bool> StoreAsync(
        string groupKey,
        IReadOnlyList<Stretch> stretches,
        CancellationToken cancellationToken
    )
    {
        var group = await db
            .Groups.Include(g => g.Members)
            .SingleOrDefaultAsync(g => g.Key == groupKey, cancellationToken);
        if (group is null)
            return false;
        var members = group.Members.Select(m => m.Person).ToList();
        var ids = await db
            .People.Where(p => members.Contains(p.Id))
            .ToDictionaryAsync(p => p.Key, p => p.Id, StringComparer.Ordinal, cancellationToken);
        var before = await db.OnCallShifts.Where(s => s.Group == group.Id).ToListAsync(cancellationToken);
        var strangers = stretches
            .SelectMany(s => s.Persons)
            .Where(key => !ids.ContainsKey(key))
            .ToHashSet(StringComparer.Ordinal);
        if (strangers.Count > 0)
            Log.Strangers(logger, groupKey, string.Join(", ", strangers));
        OnCallShift[] after =
        [
            .. stretches.SelectMany(stretch =>
                stretch
                    .Persons.Where(ids.ContainsKey)
                    .Select(key => OnCallShift.Of(group.Id, ids[key], stretch.From, stretch.Until))
            ),
        ];
        db.OnCallShifts.RemoveRange(before);
        db.OnCallShifts.AddRange(after);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "The on-call of group {Group} names {Keys}, who are not in the group; they are not asked first."
        )]
        public static partial void Strangers(ILogger logger, string group, string keys);
    }
}
