namespace RootCustody.Data.Backups;

/// <summary>Nothing is shown, by no courier, while there is one: this database may have forgotten what someone was shown (laws 1 and 11).</summary>
public sealed class RevealHold
{
    /// <summary>In place of a journal: the database was restored, and no journal of this half was compared with it since.</summary>
    public static readonly ExposureId AnyJournal = new(Guid.Empty);

    private RevealHold() { }

    public Half Half { get; private set; }

    /// <summary>The journal that knows more than this database, by its first exposure; or <see cref="AnyJournal"/>.</summary>
    public ExposureId Journal { get; private set; }

    public DateTimeOffset Since { get; private set; }

    public static RevealHold Of(Half half, ExposureId journal, DateTimeOffset now) =>
        new()
        {
            Half = half,
            Journal = journal,
            Since = now,
        };
}
