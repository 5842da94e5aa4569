using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Rotation;

namespace RootCustody.Desk.Rotation;

/// <summary>A custodian gets the address of their calendar, or takes it back.</summary>
/// <param name="site">Where this host is reached from outside.</param>
public sealed class GiveCalendar(CustodyDb db, PublicSite site)
{
    private const string RevokeWord = "revoke";

    /// <summary><c>calendar</c>, or <c>calendar revoke</c>.</summary>
    public Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        var word = click.Inputs.GetValueOrDefault("text", "").Trim();
        if (person.Customer is not null)
            return Said("Only the provider's people have a calendar of rotations.");
        if (word.Equals(RevokeWord, StringComparison.OrdinalIgnoreCase))
            return RevokeAsync(person.Id, cancellationToken);
        if (word.Length > 0)
            return Said("Type calendar for a new address, or calendar revoke to make the one you have worth nothing.");
        if (!click.InPrivate)
            return Said("Type it in a private chat with me: whoever has the address can read your calendar.");
        return site.Address is { } address
            ? GiveAsync(person.Id, address, cancellationToken)
            : Said("There is no calendar: the operator has not set the public address of this host.");
    }

    private static Task<Reply> Said(string sentence) => Task.FromResult<Reply>(new Reply.Said(sentence));

    private Task<Reply> GiveAsync(PersonId id, Uri address, CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CalendarLink.Length));
        return db.DecideAsync<Reply>(
            async () =>
            {
                if (await db.CalendarLinks.SingleOrDefaultAsync(l => l.Person == id, cancellationToken) is { } link)
                    link.Renew(token, db.Now);
                else
                    db.CalendarLinks.Add(link = CalendarLink.Of(id, token, db.Now));
                db.Record("calendar.given", id, ("until", link.Expires.UtcDateTime.ToString("O")));
                return new Reply.Said(
                    $"Subscribe to this address in your calendar program: {new Uri(address, $"calendar/{token}.ics")} Whoever has it can read which accounts fall due for you, so keep it to yourself. An address that you had before is worth nothing now, and this one is in a year; calendar revoke ends it earlier."
                );
            },
            cancellationToken
        );
    }

    private Task<Reply> RevokeAsync(PersonId id, CancellationToken cancellationToken) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                if (await db.CalendarLinks.SingleOrDefaultAsync(l => l.Person == id, cancellationToken) is not { } link)
                    return new Reply.Said("You have no address of a calendar.");
                db.CalendarLinks.Remove(link);
                db.Record("calendar.revoked", id);
                return new Reply.Said("The address of your calendar is worth nothing from now on.");
            },
            cancellationToken
        );
}

/// <summary>Where this host is reached from outside.</summary>
/// <param name="Address">Ends with a slash; null if the operator has not said.</param>
public sealed record PublicSite(Uri? Address);
