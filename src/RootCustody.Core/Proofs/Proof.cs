using RootCustody.Accounts;

namespace RootCustody.Proofs;

/// <summary>A change of one half of an account by its root user, proven by AWS's signature (law 14). It says that the half was changed, not to what: which password lives, two custodians attest.</summary>
public sealed class Proof
{
    private Proof() { }

    public AccountId Account { get; private set; }

    /// <summary>The eventID of the record, which is the same in every delivery.</summary>
    public string EventId { get; private set; } = "";

    public string EventName { get; private set; } = "";
    public Half Half { get; private set; }

    /// <summary>When AWS says that it was.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Bucket and object of the digest that vouches for it.</summary>
    public string Digest { get; private set; } = "";

    /// <summary>The key that signed the digest. If it is trusted no more, this proves nothing any more.</summary>
    public string Fingerprint { get; private set; } = "";

    public DateTimeOffset BroughtAt { get; private set; }

    public static Proof Of(AccountId account, Proven proven, DateTimeOffset now) =>
        new()
        {
            Account = account,
            EventId = proven.Change.EventId,
            EventName = proven.Change.EventName,
            Half = proven.Change.Half,
            At = proven.Change.At,
            Digest = proven.Digest,
            Fingerprint = proven.Fingerprint,
            BroughtAt = now,
        };

    /// <summary>Whether this makes of an attested rotation of the password a proven one.</summary>
    /// <param name="since">When the newest of what it is to end was shown, or when the new password was: AWS cannot have changed it before. Null if neither is known.</param>
    public bool Proves(Retirement rotation, DateTimeOffset? since) =>
        Half == Half.Password && rotation.Account == Account && IsOf(rotation, At, since);

    /// <summary>Whether a change of the password at this moment can be the one of an attested rotation.</summary>
    /// <inheritdoc cref="Proves"/>
    public static bool IsOf(Retirement rotation, DateTimeOffset changed, DateTimeOffset? since) =>
        rotation.Half == Half.Password && since is { } shown && changed > shown && changed <= rotation.At;
}
