using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.Rotation;

/// <summary>Who is told of which rotations: the custodians of both halves, and the duty managers of what stays undone.</summary>
internal static class Responsible
{
    /// <summary>The halves that fall due, with their accounts, of which people are told today.</summary>
    public static IQueryable<DueHalf> ToTell(this CustodyDb db, DateOnly next) =>
        from date in db.RotationDates
        join account in db.Accounts.InCustody() on date.Account equals account.Id
        where date.RemindOn < next
        orderby date.DueAt
        select new DueHalf { Account = account, Date = date };

    /// <summary>Those of them whose account this person keeps a half of.</summary>
    public static IQueryable<DueHalf> KeptBy(this IQueryable<DueHalf> halves, CustodyDb db, PersonId person) =>
        halves.Where(d =>
            db.Groups.Any(g =>
                (g.Id == d.Account.PasswordGroup || g.Id == d.Account.MfaGroup)
                && g.Members.Any(m => m.Person == person)
            )
        );

    /// <summary>The provider's people who can be told something now.</summary>
    public static IQueryable<Person> WhoCanBeTold(this CustodyDb db)
    {
        var now = db.Now;
        return db.People.Where(p =>
            p.Customer == null
            && !p.Suspended
            && p.FrozenAt == null
            && (p.AwayUntil == null || p.AwayUntil <= now)
            && p.Identities.Any()
        );
    }
}
