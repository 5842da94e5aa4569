using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Data;

/// <summary>The facts that the rules ask for, each read inside the decision that rests on it.</summary>
public static class Facts
{
    /// <summary>How one person stands to one account now. Raises the versions on which the answer rests (law 9).</summary>
    public static async Task<Standing> StandingAsync(
        this CustodyDb db,
        PersonId id,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var person = await db.People.SingleAsync(p => p.Id == id, cancellationToken);
        var keeps = await db
            .Groups.Where(g =>
                (g.Id == account.PasswordGroup || g.Id == account.MfaGroup) && g.Members.Any(m => m.Person == id)
            )
            .Select(g => g.Id)
            .ToListAsync(cancellationToken);
        var exposures = await db
            .Exposures.Where(e => e.Account == account.Id && e.Person == id)
            .ToListAsync(cancellationToken);
        var retirements = await db.Retirements.Where(r => r.Account == account.Id).ToListAsync(cancellationToken);
        db.Raise(person);
        db.Raise(account);

        bool Seen(Half half) => exposures.Exists(e => e.Half == half && e.Bars(retirements));
        return new Standing(
            id,
            keeps is [var only] ? (only == account.PasswordGroup ? Half.Password : Half.Mfa) : null,
            Seen(Half.Password),
            Seen(Half.Mfa),
            person.IsDutyManager,
            person.Customer == account.Customer,
            person.Suspended
        );
    }

    /// <summary>The person behind a chat identity, if it is linked and speaks from home (laws 2 and 12).</summary>
    public static async Task<Person?> PersonOfAsync(
        this CustodyDb db,
        ChatUser user,
        CancellationToken cancellationToken
    )
    {
        var person = await db
            .People.Include(p => p.Identities)
            .SingleOrDefaultAsync(
                p => p.Identities.Any(i => i.Platform == user.Platform && i.Realm == user.Realm && i.User == user.User),
                cancellationToken
            );
        var realm = await db.Realms.SingleOrDefaultAsync(
            r => r.Platform == user.Platform && r.Name == user.Realm,
            cancellationToken
        );
        return person is not null && realm?.IsHomeOf(person) == true ? person : null;
    }

    /// <summary>The request whose window is open, or stands as open, on this account.</summary>
    public static Task<Request?> OpenRequestAsync(
        this CustodyDb db,
        AccountId account,
        CancellationToken cancellationToken
    ) => db.Requests.SingleOrDefaultAsync(r => r.Account == account && r.State == RequestState.Open, cancellationToken);

    /// <summary>The people of the group that keeps this half of the account.</summary>
    public static async Task<List<Person>> CustodiansAsync(
        this CustodyDb db,
        Account account,
        Half half,
        CancellationToken cancellationToken
    )
    {
        var group = account.GroupOf(half);
        return await db
            .People.Include(p => p.Identities)
            .Where(p => db.Groups.Any(g => g.Id == group && g.Members.Any(m => m.Person == p.Id)))
            .OrderBy(p => p.Key)
            .ToListAsync(cancellationToken);
    }

    public static Task<List<Person>> DutyManagersAsync(this CustodyDb db, CancellationToken cancellationToken) =>
        db
            .People.Include(p => p.Identities)
            .Where(p => p.IsDutyManager && !p.Suspended)
            .OrderBy(p => p.Key)
            .ToListAsync(cancellationToken);
}
