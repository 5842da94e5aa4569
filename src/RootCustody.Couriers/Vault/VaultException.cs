namespace RootCustody.Couriers.Vault;

/// <summary>Why the vault did not do what was asked.</summary>
public enum VaultFailure
{
    /// <summary>Nothing was ever written under this name and version, or it is gone.</summary>
    Missing,

    /// <summary>It was destroyed on purpose: its bytes are gone for ever, and its number is never given again.</summary>
    Destroyed,

    /// <summary>It is there but does not open: changed, moved, cut off, or sealed under another key.</summary>
    Damaged,

    /// <summary>The key is gone while sealed files are there. It is never replaced: a new key opens none of them.</summary>
    KeyMissing,

    /// <summary>No answer, a broken disk, or rights that are too narrow or too wide.</summary>
    Unreachable,

    /// <summary>Someone else wrote that version first; nothing was written.</summary>
    LostRace,

    /// <summary>The code of this moment was given to somebody else: each is for one person only.</summary>
    GivenToAnother,

    /// <summary>The clock of the vault runs off, so its codes are worth nothing.</summary>
    ClockOff,

    /// <summary>It is older than the database: generations that people have seen are missing, and their numbers would be given again.</summary>
    Behind,

    /// <summary>The courier could not write down, or read, what it remembers outside the database.</summary>
    NotJournaled,

    /// <summary>The database is older than what a courier remembers: it was restored, and may have forgotten whom to bar.</summary>
    DatabaseBehind,

    /// <summary>The vault itself is sealed; people have to unseal it.</summary>
    Sealed,

    /// <summary>Nobody has initialised the vault yet.</summary>
    NotInitialised,

    /// <summary>Asked too often: the vault wants to be left alone for a while.</summary>
    Throttled,

    /// <summary>The vault does not let this identity in, or not do this.</summary>
    Denied,

    /// <summary>This identity may do what it must never be able to do, such as open the other half (law 7).</summary>
    TooWide,

    /// <summary>Someone else opened, replaced or used what was delivered to this identity alone.</summary>
    Tampered,

    /// <summary>The vault failed within, or gave an answer that cannot be read.</summary>
    Faulty,

    /// <summary>The vault has no such place, or it is not of the kind that is needed.</summary>
    Misconfigured,
}

/// <summary>The vault refused. The sentence names the kind of secret and what to do, never any content (law 8).</summary>
/// <param name="gaveNoHalf">Whether it is certain that no byte of a secret left the vault; only then is a reveal "not shown" (law 4).</param>
public sealed class VaultException(VaultFailure failure, bool gaveNoHalf, string sentence, Exception? inner = null)
    : Exception(sentence, inner)
{
    public VaultFailure Failure => failure;
    public bool GaveNoHalf => gaveNoHalf;
}
