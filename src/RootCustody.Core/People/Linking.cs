using RootCustody.Chat;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.People;

/// <summary>May this chat identity become this person's? Asked when the invitation is typed, and again when it is spent (laws 2, 12 and 15).</summary>
public static class Linking
{
    /// <param name="realm">Where the identity is at home, if we know that place.</param>
    /// <param name="owner">Whose identity it is now, if anyone's.</param>
    /// <param name="formerly">Which exposures still bar those whose identity it was: what was shown to it must be dead before somebody else reads it.</param>
    /// <returns>The first reason against it, or null.</returns>
    public static Refusal? WhyNot(Person person, Realm? realm, PersonId? owner, IEnumerable<Exposure> formerly)
    {
        if (realm?.IsHomeOf(person) != true)
            return Refusal.WrongInvitation; // law 12; a stranger does not learn that the code is right
        if (person.Suspended)
            return Refusal.Suspended;
        if (person.FrozenAt is not null)
            return Refusal.Frozen; // law 15
        if (owner is { } linked)
            return linked == person.Id ? Refusal.LinkedAlready : Refusal.LinkedToAnother; // law 2
        return formerly.Any(e => e.Person != person.Id) ? Refusal.StillBars : null;
    }
}

/// <summary>A chat identity that was a person's once. It is kept: what was shown to it may still be read there.</summary>
public sealed class FormerIdentity
{
    private FormerIdentity() { }

    public long Id { get; private set; }
    public PersonId Person { get; private set; }
    public ChatPlatform Platform { get; private set; }
    public string Realm { get; private set; } = "";
    public string User { get; private set; } = "";
    public DateTimeOffset UnlinkedAt { get; private set; }

    internal static FormerIdentity Of(PersonId person, ChatUser identity, DateTimeOffset now) =>
        new()
        {
            Person = person,
            Platform = identity.Platform,
            Realm = identity.Realm,
            User = identity.User,
            UnlinkedAt = now,
        };
}
