using System.Runtime.CompilerServices;
using System.Text;

namespace RootCustody.Audit;

/// <summary>Reads the entries of an export. Whether they are sound, <see cref="Verifier"/> says; ask it first.</summary>
public static class ExportReader
{
    public static async IAsyncEnumerable<SequencedEntry> ReadAsync(
        Stream export,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var line in Lines.ReadAsync(export, ExportLine.MaxBytes, cancellationToken))
        {
            if (ExportLine.Read(line) is ExportLine.Entry entry)
                yield return new SequencedEntry(
                    entry.Sequence,
                    entry.Previous,
                    entry.Hash,
                    Encoding.UTF8.GetString(entry.Raw.Span)
                );
        }
    }
}
