using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.Requests;

namespace RootCustody.Desk.Rotation;

/// <summary>Finds the passwords that have to be rotated: at once after they were shown, and every so many days; and the MFA devices that have to be changed.</summary>
public sealed class AskForRotationsJob(CustodyDb db, Sweep sweep)
{
    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    [Queue(Queues.Worker)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = db.Now;
        var unasked = Unasked();
        // one after the other, each by its own index: asked together, SQLite walks through the accounts that are not due
        var owing = await unasked
            .Where(a => a.OwesSince != null)
            .OrderBy(a => a.OwesSince)
            .Select(a => a.Id)
            .Take(Sweep.Batch)
            .ToListAsync(cancellationToken);
        var old = await unasked
            .Where(a => a.RotateBy <= now && a.PasswordPlannedAt == null) // until it is planned, the limit counts
            .OrderBy(a => a.RotateBy)
            .Select(a => a.Id)
            .Take(Sweep.Batch)
            .ToListAsync(cancellationToken);

        var due = await (
            from date in db.RotationDates
            join account in unasked on date.Account equals account.Id
            where date.Half == Half.Password && date.DueAt <= now
            orderby date.DueAt
            select date.Account
        )
            .Take(Sweep.Batch)
            .ToListAsync(cancellationToken);

        await sweep.EachAsync<AskForRotation, AccountId>(
            [.. owing.Union(old).Union(due)],
            (ask, id) => ask.HandleAsync(id, CancellationToken.None),
            cancellationToken
        );
        await sweep.EachAsync<AskForMfaChange, AccountId>(
            await DevicesAsync(unasked, now, cancellationToken),
            (ask, id) => ask.HandleAsync(id, CancellationToken.None),
            cancellationToken
        );
    }

    /// <summary>Accounts whose MFA device is due to be changed.</summary>
    private Task<List<AccountId>> DevicesAsync(
        IQueryable<Account> unasked,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        (
            from date in db.RotationDates
            join account in unasked on date.Account equals account.Id
            where date.Half == Half.Mfa && date.DueAt <= now && account.OwesSince == null
            where date.Generation == account.MfaGeneration
            where
                !db.Requests.Any(r =>
                    r.Account == date.Account
                    && r.Kind == RequestKind.MfaChange
                    && (r.State == RequestState.Asked || r.State == RequestState.Approved)
                )
            orderby date.DueAt
            select date.Account
        )
            .Take(Sweep.Batch)
            .ToListAsync(cancellationToken);

    /// <summary>Accounts on which nothing is under way.</summary>
    private IQueryable<Account> Unasked() =>
        db
            .Accounts.InCustody() // the rule, Account.NeedsRotationAt
            .Where(a =>
                !db.Requests.Any(r =>
                    r.Account == a.Id
                    && (
                        r.State == RequestState.Open
                        || (
                            r.Kind == RequestKind.Rotation
                            && (r.State == RequestState.Asked || r.State == RequestState.Approved)
                        )
                    )
                )
            );
}
