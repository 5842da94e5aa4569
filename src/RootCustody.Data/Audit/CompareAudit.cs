using Microsoft.EntityFrameworkCore;
using RootCustody.Audit;

namespace RootCustody.Data.Audit;

/// <summary>What came of holding the log against what was kept of it elsewhere.</summary>
public abstract record AuditComparison
{
    private AuditComparison() { } // closed: these and no other

    /// <summary>The log holds all of it.</summary>
    public sealed record Whole(ChainHead Head) : AuditComparison;

    /// <summary>The log ends before it, or goes on otherwise.</summary>
    /// <param name="Common">The last entry that both have.</param>
    /// <param name="Forks">The log has other entries in the place of those that it lost.</param>
    /// <param name="Missing">How many entries it lacks.</param>
    /// <param name="Lost">Those entries, oldest first, as far as they are known; as <see cref="AuditText.Read"/> gives them.</param>
    public sealed record Short(
        long Common,
        bool Forks,
        long Missing,
        IReadOnlyList<IReadOnlyDictionary<string, string>> Lost
    ) : AuditComparison;

    /// <summary>Another entry stands in this place than the one that was noted: the log was written anew, or goes on otherwise after a restore.</summary>
    public sealed record Other(long Sequence) : AuditComparison;

    /// <summary>What was kept is itself not as it was written.</summary>
    public sealed record Unsound(string Why) : AuditComparison;
}

/// <summary>Finds what an export or a noted head knows of the log and this database does not: a checkpoint that was kept outside.</summary>
public sealed class CompareAudit(CustodyDb db, AuditStore store)
{
    /// <summary>Holds the log against a head that was noted earlier. Which entries are lost, a head cannot tell.</summary>
    public async Task<AuditComparison> WithHeadAsync(ChainHead noted, CancellationToken cancellationToken)
    {
        await store.NumberWaitingAsync(cancellationToken);
        var here = await store.HeadAsync(cancellationToken);
        if (noted == ChainHead.Genesis)
            return new AuditComparison.Whole(here);
        var hash = await db
            .Audit.Where(r => r.Sequence == noted.Sequence)
            .Select(r => r.Hash)
            .SingleOrDefaultAsync(cancellationToken);
        if (hash == noted.Hash)
            return new AuditComparison.Whole(here);
        return hash is null
            ? new AuditComparison.Short(here.Sequence, false, noted.Sequence - here.Sequence, [])
            : new AuditComparison.Other(noted.Sequence);
    }

    /// <param name="export">Read twice, so it has to be a file.</param>
    public async Task<AuditComparison> WithExportAsync(
        Stream export,
        ChainHead? noted,
        CancellationToken cancellationToken
    )
    {
        if (await Verifier.VerifyAsync(export, noted, cancellationToken) is Verification.Broken broken)
            return new AuditComparison.Unsound($"line {broken.Line}: {broken.Sentence}");
        export.Position = 0;
        await store.NumberWaitingAsync(cancellationToken);
        var here = await store.HeadAsync(cancellationToken);
        return await CompareAsync(export, here, cancellationToken);
    }

    private async Task<AuditComparison> CompareAsync(Stream export, ChainHead here, CancellationToken cancellationToken)
    {
        var (common, missing) = (0L, 0L);
        var lost = new List<IReadOnlyDictionary<string, string>>();
        await using var ours = HashesAsync().GetAsyncEnumerator(cancellationToken);
        await foreach (var entry in ExportReader.ReadAsync(export, cancellationToken))
        {
            // each hash stands for all entries before it, so the first that differs decides
            if (missing == 0 && await ours.MoveNextAsync() && ours.Current == entry.Hash)
                common = entry.Sequence;
            else
            {
                missing++;
                lost.Add(AuditText.Read(entry.Entry));
            }
        }
        return missing == 0
            ? new AuditComparison.Whole(here)
            : new AuditComparison.Short(common, here.Sequence > common, missing, lost);
    }

    private IAsyncEnumerable<string?> HashesAsync() =>
        db.Audit.Where(r => r.Sequence != null).OrderBy(r => r.Sequence).Select(r => r.Hash).AsAsyncEnumerable();
}
