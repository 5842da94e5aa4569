using RootCustody.Audit;

namespace RootCustody.Data.Audit;

/// <summary>One entry of the audit log: appended unnumbered with what it tells of, numbered and chained by the sequencer.</summary>
public sealed class AuditRow
{
    private AuditRow() { }

    public long Id { get; private set; }

    /// <summary>Canonical JSON.</summary>
    public string Entry { get; private set; } = "";

    /// <summary>Its place in the chain; null until the sequencer has numbered it.</summary>
    public long? Sequence { get; private set; }

    public string? Previous { get; private set; }
    public string? Hash { get; private set; }

    /// <summary>As it stands in the chain.</summary>
    public SequencedEntry? Sequenced =>
        Sequence is { } sequence ? new SequencedEntry(sequence, Previous!, Hash!, Entry) : null;

    public static AuditRow Of(string entry) => new() { Entry = entry };

    public void Number(SequencedEntry numbered)
    {
        Sequence = numbered.Sequence;
        Previous = numbered.Previous;
        Hash = numbered.Hash;
    }
}
