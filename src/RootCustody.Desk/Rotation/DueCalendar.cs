using System.Security.Cryptography;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Rotation;

namespace RootCustody.Desk.Rotation;

/// <summary>What falls due for one person, as an iCalendar (RFC 5545) that their own calendar program subscribes to. It names accounts, and never a half.</summary>
public sealed class DueCalendar(CustodyDb db)
{
    private const int Most = 1000;
    private static readonly TimeSpan Shown = TimeSpan.FromHours(1);

    /// <summary>The text of the calendar and its mark, which changes if and only if the text does.</summary>
    public sealed record Content(byte[] Text, string Mark);

    /// <param name="token">What came in the address.</param>
    /// <returns>Null if no person who may see it has this address, now.</returns>
    public async Task<Content?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        var (hash, now) = (CalendarLink.HashOf(token), db.Now);
        var person = await db
            .CalendarLinks.Where(l => l.Hash == hash && l.Expires > now)
            .Where(l =>
                db.People.Any(p => p.Id == l.Person && p.Customer == null && !p.Suspended && p.FrozenAt == null)
            )
            .Select(l => (PersonId?)l.Person)
            .SingleOrDefaultAsync(cancellationToken);
        if (person is not { } whose)
            return null;
        var due = await (
            from date in db.RotationDates
            join account in db.Accounts.InCustody() on date.Account equals account.Id
            orderby date.DueAt, account.Number, date.Half
            select new DueHalf { Account = account, Date = date }
        )
            .KeptBy(db, whose)
            .AsNoTracking()
            .Take(Most)
            .ToListAsync(cancellationToken);
        var text = Encoding.UTF8.GetBytes(Write(due));
        return new Content(text, Convert.ToHexString(SHA256.HashData(text)));
    }

    private static string Write(IEnumerable<DueHalf> due)
    {
        var calendar = new Calendar { ProductId = "-//RootCustody//Rotations//EN" };
        foreach (var half in due)
        {
            var what = half.Date.Half == Half.Password ? "password" : "MFA";
            calendar.Events.Add(
                new CalendarEvent
                {
                    Uid = $"{half.Account.Id}-{what}@rootcustody",
                    // the same text as long as nothing has changed
                    DtStamp = At(half.Date.Since),
                    Start = At(half.Date.DueAt),
                    End = At(half.Date.DueAt + Shown),
                    Summary = $"Rotate the {what} of {half.Account.Name} ({half.Account.Number})",
                    Transparency = TransparencyType.Transparent, // nobody is busy by it
                }
            );
        }
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private static CalDateTime At(DateTimeOffset moment) => new(moment.UtcDateTime, CalDateTime.UtcTzId);
}
