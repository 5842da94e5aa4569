using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using RootCustody.Audit;

namespace RootCustody.Data.Audit;

/// <summary>Writes the log for an auditor, after numbering what still waits for its number.</summary>
public sealed class ExportAudit(CustodyDb db, AuditStore store)
{
    /// <returns>The head of what was written; whoever keeps it can tell later whether anything up to there was changed.</returns>
    public async Task<ChainHead> HandleAsync(Stream export, CancellationToken cancellationToken)
    {
        await store.NumberWaitingAsync(cancellationToken);
        var head = await store.HeadAsync(cancellationToken);
        await ExportWriter.WriteAsync(export, head, EntriesAsync(head, cancellationToken), db.Now, cancellationToken);
        return head;
    }

    private async IAsyncEnumerable<SequencedEntry> EntriesAsync(
        ChainHead head,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var rows = db
            .Audit.AsNoTracking()
            .Where(r => r.Sequence != null && r.Sequence <= head.Sequence)
            .OrderBy(r => r.Sequence)
            .AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellationToken))
            yield return row.Sequenced!;
    }
}
