namespace RootCustody.Data.Audit;

/// <summary>One entry of the audit log: appended unnumbered with what it tells of, numbered and chained by the sequencer.</summary>
public sealed class AuditRow
{
    private AuditRow() { }

    public long Id { get; private set; }

    /// <summary>Canonical JSON.</summary>
    public string Entry { get; private set; } = "";

    public long? Sequence { get; private set; }
    public byte[]? Hash { get; private set; }

    public static AuditRow Of(string entry) => new() { Entry = entry };

    public void Number(long sequence, byte[] hash)
    {
        Sequence = sequence;
        Hash = hash;
    }
}
