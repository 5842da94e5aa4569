namespace RootCustody.Audit;

/// <summary>Writes the log for an auditor: a line of JSON for each entry, and the head in the last line.</summary>
public static class ExportWriter
{
    /// <param name="head">The head as the store keeps it, read before the entries, so that a cut end of the log shows.</param>
    /// <param name="entries">The entries from 1 to <paramref name="head"/>, in order, as they are stored: judging them is for <see cref="Verifier"/>.</param>
    /// <param name="at">The time of the export.</param>
    public static async Task WriteAsync(
        Stream export,
        ChainHead head,
        IAsyncEnumerable<SequencedEntry> entries,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        await using var lines = new StreamWriter(export, leaveOpen: true) { NewLine = "\n" };
        await foreach (var entry in entries.WithCancellation(cancellationToken))
            await lines.WriteLineAsync(ExportLine.Of(entry).AsMemory(), cancellationToken);
        await lines.WriteLineAsync(ExportLine.Of(head, at).AsMemory(), cancellationToken);
    }
}
