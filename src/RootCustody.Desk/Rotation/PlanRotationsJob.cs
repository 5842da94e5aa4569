using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;

namespace RootCustody.Desk.Rotation;

/// <summary>Finds the groups whose plan of rotations has to be made anew.</summary>
public sealed class PlanRotationsJob(CustodyDb db, Sweep sweep)
{
    /// <summary>Those with a half that is not planned: it is new, was exposed, or others keep it now.</summary>
    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    [Queue(Queues.Worker)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var passwords = await db
            .Accounts.Where(a => a.PasswordPlannedAt == null)
            .Select(a => a.PasswordGroup)
            .Distinct()
            .OrderBy(g => g)
            .Take(Sweep.Batch)
            .ToListAsync(cancellationToken);
        var mfas = await db
            .Accounts.Where(a => a.MfaPlannedAt == null)
            .Select(a => a.MfaGroup)
            .Distinct()
            .OrderBy(g => g)
            .Take(Sweep.Batch)
            .ToListAsync(cancellationToken);
        await EachAsync(passwords.Union(mfas), cancellationToken);
    }

    /// <summary>All of them: policy may have changed, and no account says so.</summary>
    [AutomaticRetry(Attempts = 0)] // tomorrow is the retry
    [Queue(Queues.Worker)]
    public async Task ReviewAsync(CancellationToken cancellationToken) =>
        await EachAsync(await db.Groups.Select(g => g.Id).ToListAsync(cancellationToken), cancellationToken);

    private Task EachAsync(IEnumerable<GroupId> groups, CancellationToken cancellationToken) =>
        sweep.EachAsync<PlanRotations, GroupId>(
            groups,
            (plan, id) => plan.HandleAsync(id, CancellationToken.None),
            cancellationToken
        );
}
