using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;

namespace RootCustody.Data.People;

/// <summary>"Not me", at whichever bot it is said: from this commit on the person can do nothing and is shown nothing (law 15). Their windows and cards, and the call to the duty manager, follow.</summary>
/// <remarks>Whoever holds a chat account can freeze its person. That is meant: it takes away, opens nothing, and no emergency waits for one person.</remarks>
public static class FreezePerson
{
    public const string Told =
        "You are frozen everywhere: nothing can be approved by you or shown to you, in any chat. The duty manager is called. Two administrators can unfreeze you; talk to them another way than by this chat account.";

    /// <param name="by">Who said it: the person, or a duty manager for whom a request names as the danger.</param>
    /// <param name="details">What the audit log is told besides.</param>
    /// <returns>False if they were frozen already.</returns>
    public static async Task<bool> FreezeAsync(
        this CustodyDb db,
        PersonId id,
        PersonId by,
        Bot bot,
        ChatUser through,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] details
    )
    {
        var person = await db.People.SingleAsync(p => p.Id == id, cancellationToken);
        if (!person.Freeze(db.Now))
            return false;
        // one-time codes that wait for them may be in the same wrong hands
        await db.Invitations.Where(i => i.Person == id).ExecuteDeleteAsync(cancellationToken);
        await db.EnrolmentCodes.Where(c => c.Person == id).ExecuteDeleteAsync(cancellationToken);
        db.Record(
            "person.frozen",
            by,
            [
                ("person", id),
                ("bot", bot),
                ("platform", through.Platform),
                ("realm", through.Realm),
                ("user", through.User),
                .. details,
            ]
        );
        return true;
    }
}
