using RootCustody.Chat;

namespace RootCustody.People;

/// <summary>What we remember of one chat identity that tries to be linked: its wrong codes, and an invitation that it has proven and whose person still has to prove themselves.</summary>
public sealed class LinkAttempt
{
    /// <summary>How long a proven invitation waits for the code of the person's authenticator.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private LinkAttempt() { }

    public ChatPlatform Platform { get; private set; }
    public string Realm { get; private set; } = "";
    public string User { get; private set; } = "";
    public Guesses Guesses { get; private set; } = new();

    /// <summary>The hash of the invitation that it has proven; null if there is none.</summary>
    public byte[]? Proven { get; private set; }

    public DateTimeOffset? ProvenUntil { get; private set; }

    /// <summary>When it was last heard of.</summary>
    public DateTimeOffset At { get; private set; }

    public static LinkAttempt Of(ChatUser identity, DateTimeOffset now) =>
        new()
        {
            Platform = identity.Platform,
            Realm = identity.Realm,
            User = identity.User,
            At = now,
        };

    /// <inheritdoc cref="Guesses.Miss"/>
    public bool Miss(Policy policy, DateTimeOffset now)
    {
        At = now;
        Forget();
        return Guesses.Miss(policy, now);
    }

    /// <summary>The code of this invitation was typed. Wrong ones before it still count: only the link itself ends them.</summary>
    public void Prove(Invitation invitation, DateTimeOffset now)
    {
        At = now;
        Proven = invitation.Hash;
        ProvenUntil = now + Patience;
    }

    /// <summary>Whether it has proven this very invitation a moment ago.</summary>
    public bool HasProven(Invitation invitation, DateTimeOffset now) =>
        now < ProvenUntil && now < invitation.Expires && invitation.Hash.AsSpan().SequenceEqual(Proven);

    /// <summary>A proof counts once.</summary>
    public void Forget()
    {
        Proven = null;
        ProvenUntil = null;
    }
}
