namespace RootCustody.Audit;

/// <summary>What came of verifying an export.</summary>
public abstract record Verification
{
    private Verification() { } // closed: these two and no other

    /// <summary>Nothing was changed, removed, added or moved up to the head.</summary>
    /// <param name="Head">Its sequence is the number of entries.</param>
    /// <param name="First">The time of the first entry, if there is one.</param>
    /// <param name="Last">The time of the last entry, if there is one.</param>
    public sealed record Sound(ChainHead Head, DateTimeOffset? First, DateTimeOffset? Last) : Verification;

    /// <summary>It is not the log as it was written.</summary>
    /// <param name="Line">The first line, from 1, at which it shows.</param>
    /// <param name="Sentence">What is wrong there, without anything of the line's content but its number.</param>
    public sealed record Broken(long Line, Flaw Flaw, string Sentence) : Verification;
}

public enum Flaw
{
    /// <summary>The line is neither an entry nor the head.</summary>
    Rubbish,

    /// <summary>Entries before this one are missing.</summary>
    Removed,

    /// <summary>The entry stood earlier, or does not belong here.</summary>
    Repeated,

    /// <summary>The entry does not follow the one before it.</summary>
    NotLinked,

    /// <summary>The entry is not what was hashed.</summary>
    Edited,

    /// <summary>The file ends before its head line.</summary>
    Truncated,

    /// <summary>The head line is not that of the entries above it.</summary>
    WrongHead,

    /// <summary>Something follows the head line.</summary>
    AfterHead,

    /// <summary>The log does not hold the head that was known before.</summary>
    NotTheKnownLog,
}
