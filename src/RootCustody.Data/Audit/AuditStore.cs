using Microsoft.EntityFrameworkCore;
using RootCustody.Audit;

namespace RootCustody.Data.Audit;

/// <summary>The audit log in the database, as the sequencer sees it.</summary>
public sealed class AuditStore(CustodyDb db) : SequencerStore
{
    public override Task<int> AppendAsync(
        Func<ChainHead, IReadOnlyList<string>, IReadOnlyList<SequencedEntry>> number,
        int most,
        CancellationToken cancellationToken
    ) =>
        db.DecideQuietlyAsync(
            async () =>
            {
                var waiting = await db
                    .Audit.Where(r => r.Sequence == null)
                    .OrderBy(r => r.Id)
                    .Take(most)
                    .ToListAsync(cancellationToken);
                if (waiting.Count == 0)
                    return 0;
                var numbered = number(await HeadAsync(cancellationToken), [.. waiting.Select(r => r.Entry)]);
                foreach (var (row, entry) in waiting.Zip(numbered))
                    row.Number(entry);
                return waiting.Count;
            },
            cancellationToken
        );

    /// <summary>Numbers what waits for its number. Others write on meanwhile, so it does not go on until nothing waits: that might never come.</summary>
    public async Task NumberWaitingAsync(CancellationToken cancellationToken)
    {
        while (await AppendAsync(Chain.Number, Sequencer.Batch, cancellationToken) == Sequencer.Batch) { }
    }

    /// <summary>How far the log goes now.</summary>
    public async Task<ChainHead> HeadAsync(CancellationToken cancellationToken)
    {
        var last = await db
            .Audit.AsNoTracking()
            .Where(r => r.Sequence != null)
            .OrderByDescending(r => r.Sequence)
            .FirstOrDefaultAsync(cancellationToken);
        return last?.Sequenced?.Head ?? ChainHead.Genesis;
    }
}
