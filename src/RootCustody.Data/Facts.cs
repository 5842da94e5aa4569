using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Moves;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Data;

/// <summary>The facts that the rules ask for, each read inside the decision that rests on it.</summary>
public static class Facts
{
    /// <summary>How one person stands to one account now. Raises the versions on which the answer rests (law 9).</summary>
    /// <param name="through">The chat identity through which they act; null where they are only thought of.</param>
    public static async Task<Standing> StandingAsync(
        this CustodyDb db,
        PersonId id,
        Account account,
        CancellationToken cancellationToken,
        ChatUser? through = null
    ) => (await db.StandingsAsync([id], account, cancellationToken, through))[id];

    /// <summary>As <see cref="StandingAsync"/>, of several at once: what is asked of the database does not grow with them.</summary>
    public static async Task<IReadOnlyDictionary<PersonId, Standing>> StandingsAsync(
        this CustodyDb db,
        IReadOnlyCollection<PersonId> ids,
        Account account,
        CancellationToken cancellationToken,
        ChatUser? through = null
    )
    {
        var people = await db
            .People.Include(p => p.Identities)
            .Where(p => ids.Contains(p.Id))
            .ToListAsync(cancellationToken);
        var keeps = await db.KeepsAsync(ids, account, cancellationToken);
        var barring = await db.BarringAsync(account, cancellationToken);
        var seen = await db.SeenAsync(ids, barring, cancellationToken);
        var kept = await db.KeptAsync(ids, barring, cancellationToken);
        var conflicted = await db.ConflictedAsync(people, account, cancellationToken);
        var sat = await db.SatInMfaChangeAsync(
            [.. people.Select(p => p.Id).Where(id => seen[id].Contains(Half.Password))],
            account,
            cancellationToken
        );
        db.Raise(account);
        people.ForEach(db.Raise);

        return people.ToDictionary(
            p => p.Id,
            p => new Standing(
                p.Id,
                keeps[p.Id].ToList() is [var only] ? only : null,
                seen[p.Id].Contains(Half.Password),
                seen[p.Id].Contains(Half.Mfa),
                p.IsDutyManager,
                p.Customer == account.Customer,
                p.Suspended,
                p.FrozenAt is not null,
                p.CoolsOffAt(db.Now, through),
                p.IsAwayAt(db.Now),
                kept[p.Id].Any(thing => thing.Opens(Half.Password)),
                kept[p.Id].Any(thing => thing.Opens(Half.Mfa)),
                p.Customer is not null,
                conflicted.Assigned.Contains(p),
                conflicted.Administrators.Contains(p),
                sat.Contains(p.Id)
            )
        );
    }

    /// <summary>Whom the policy keeps away: from the halves of a customer that they are assigned to, and administrators from all.</summary>
    private static async Task<(List<Person> Assigned, List<Person> Administrators)> ConflictedAsync(
        this CustodyDb db,
        List<Person> people,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var policies = new Policies(db);
        var assigned = people.FindAll(p => p.IsAssignedTo(account.Customer));
        if (assigned.Count > 0 && !(await policies.OfAsync(account, cancellationToken)).BarAssigned)
            assigned.Clear();
        var administrators = people.FindAll(p => p.IsAdministrator);
        if (administrators.Count > 0 && (await policies.OfProviderAsync(cancellationToken)).AdministratorsMayKeep)
            administrators.Clear();
        return (assigned, administrators);
    }

    /// <summary>Of which halves of the account they are custodians.</summary>
    private static async Task<ILookup<PersonId, Half>> KeepsAsync(
        this CustodyDb db,
        IReadOnlyCollection<PersonId> ids,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var members = await db
            .Groups.Where(g => g.Id == account.PasswordGroup || g.Id == account.MfaGroup)
            .SelectMany(g => g.Members.Where(m => ids.Contains(m.Person)), (g, m) => new { g.Id, m.Person })
            .ToListAsync(cancellationToken);
        return members.ToLookup(m => m.Person, m => m.Id == account.PasswordGroup ? Half.Password : Half.Mfa);
    }

    /// <summary>What this person keeps of these accounts by the register, or may have already because it was handed over to them (law 1).</summary>
    public static async Task<List<KeptThing>> KeptAsync(
        this CustodyDb db,
        PersonId id,
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancellationToken
    ) => [.. (await db.KeptAsync([id], accounts, cancellationToken))[id]];

    private static async Task<ILookup<PersonId, KeptThing>> KeptAsync(
        this CustodyDb db,
        IReadOnlyCollection<PersonId> ids,
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancellationToken
    )
    {
        var kept = await db
            .Keepers.Where(k => accounts.Contains(k.Account) && ids.Contains(k.Person))
            .Select(k => new { k.Person, k.Thing })
            .ToListAsync(cancellationToken);
        kept.AddRange(
            await db
                .Moves.UnderWay()
                .Where(m => accounts.Contains(m.Account) && ids.Contains(m.To) && m.HandedAt != null)
                .Select(m => new { Person = m.To, m.Thing })
                .ToListAsync(cancellationToken)
        );
        return kept.ToLookup(k => k.Person, k => k.Thing);
    }

    /// <summary>Those that are not over: the rule is <see cref="Move.IsOver"/>.</summary>
    public static IQueryable<Move> UnderWay(this IQueryable<Move> moves) =>
        moves.Where(m => m.EndedAt == null && m.CancelledAt == null);

    /// <summary>Who of those that know the password saw it in a change of the MFA device.</summary>
    private static async Task<IReadOnlyCollection<PersonId>> SatInMfaChangeAsync(
        this CustodyDb db,
        IReadOnlyCollection<PersonId> ids,
        Account account,
        CancellationToken cancellationToken
    ) =>
        ids.Count == 0
            ? []
            : await db
                .Exposures.Where(e =>
                    e.Account == account.Id
                    && e.Half == Half.Password
                    && ids.Contains(e.Person)
                    && e.Generation >= account.PasswordGeneration
                    && e.Outcome != RevealOutcome.NotShown
                )
                .Where(e => db.Requests.Any(r => r.Id == e.Request && r.Kind == RequestKind.MfaChange))
                .Select(e => e.Person)
                .ToListAsync(cancellationToken);

    /// <summary>The account itself, and those whose bars it inherits because their root user opens it: its management account; for an account of GovCloud its commercial account; for an IAM user the root user of its account; and what these inherit from (law 1).</summary>
    /// <param name="leaving">An account as if it had left its organisation; null if all are as they are.</param>
    public static async Task<List<AccountId>> BarringAsync(
        this CustodyDb db,
        Account account,
        CancellationToken cancellationToken,
        AccountId? leaving = null
    )
    {
        var root = account.User is null
            ? account
            : await db.Accounts.SingleOrDefaultAsync(a => a.Number == account.Digits, cancellationToken);
        var barring = ((AccountId?[])[account.Id, root?.Id]).OfType<AccountId>().Distinct().ToList();
        for (var at = 0; at < barring.Count; at++) // it grows meanwhile
        {
            // found, not asked for: what was read in this decision is not read again
            var one =
                barring[at] == account.Id ? account : await db.Accounts.FindAsync([barring[at]], cancellationToken);
            var management = barring[at] == leaving ? null : one?.Management;
            barring.AddRange(((AccountId?[])[management, one?.GovCloudOf]).OfType<AccountId>().Except(barring));
        }
        return barring;
    }

    /// <summary>The accounts that inherit the bars of any of these, without these and without IAM users: the members of their organisations, their accounts of GovCloud, and what inherits from those.</summary>
    public static async Task<List<Account>> InheritingAsync(
        this CustodyDb db,
        IReadOnlyCollection<AccountId> accounts,
        CancellationToken cancellationToken
    )
    {
        var known = accounts.ToHashSet();
        var inheriting = new List<Account>();
        for (AccountId?[] above = [.. accounts]; above.Length > 0; )
        {
            var below = await db
                .Accounts.Where(a => above.Contains(a.Management) || above.Contains(a.GovCloudOf))
                .ToListAsync(cancellationToken);
            below.RemoveAll(a => !known.Add(a.Id));
            inheriting.AddRange(below);
            above = [.. below.Select(a => a.Id)];
        }
        return inheriting;
    }

    /// <summary>Those that inherit the bars of this account: the members of its organisation, its account of GovCloud, what inherits from those, and the IAM users of all of them.</summary>
    public static async Task<List<Account>> BarredByAsync(
        this CustodyDb db,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var inheriting = await db.InheritingAsync([account.Id], cancellationToken);
        var users = new List<Account>();
        foreach (var one in inheriting.Prepend(account))
            users.AddRange(await db.IamUsersOfAsync(one, cancellationToken));
        return [.. inheriting, .. users];
    }

    /// <summary>Without the IAM users.</summary>
    public static IQueryable<Account> RootUsers(this IQueryable<Account> accounts) =>
        accounts.Where(a => !EF.Functions.Like(a.Number, "%/%"));

    /// <summary>The IAM users of an account that are in the directory; none of an IAM user.</summary>
    public static Task<List<Account>> IamUsersOfAsync(
        this CustodyDb db,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var start = AccountNumber.StartOfUsers(account.Number);
        return db.Accounts.Where(a => a.Number.StartsWith(start)).OrderBy(a => a.Number).ToListAsync(cancellationToken);
    }

    /// <summary>Which halves this person was shown, or maybe shown, in a generation that still lives, of the account or of one whose bars it inherits (law 1).</summary>
    public static async Task<(bool Password, bool Mfa)> SeenAsync(
        this CustodyDb db,
        PersonId id,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var barring = await db.BarringAsync(account, cancellationToken);
        var seen = (await db.SeenAsync([id], barring, cancellationToken))[id];
        return (seen.Contains(Half.Password), seen.Contains(Half.Mfa));
    }

    private static async Task<ILookup<PersonId, Half>> SeenAsync(
        this CustodyDb db,
        IReadOnlyCollection<PersonId> ids,
        List<AccountId> barring,
        CancellationToken cancellationToken
    )
    {
        var exposures = await db
            .Exposures.Where(e => barring.Contains(e.Account) && ids.Contains(e.Person))
            .ToListAsync(cancellationToken);
        // what nobody saw, no retirement lets anybody forget
        var retirements =
            exposures.Count == 0
                ? []
                : await db.Retirements.Where(r => barring.Contains(r.Account)).ToListAsync(cancellationToken);
        return exposures.Where(e => e.Bars(retirements)).ToLookup(e => e.Person, e => e.Half);
    }

    /// <summary>The person behind a chat identity, if it is linked and speaks from home (laws 2 and 12).</summary>
    public static async Task<Person?> PersonOfAsync(
        this CustodyDb db,
        ChatUser user,
        CancellationToken cancellationToken
    )
    {
        var person = await db.OwnerOfAsync(user, cancellationToken);
        var realm = await db.RealmOfAsync(user, cancellationToken);
        return person is not null && realm?.IsHomeOf(person) == true ? person : null;
    }

    /// <summary>The person that a chat identity is linked to, wherever it speaks from.</summary>
    public static Task<Person?> OwnerOfAsync(this CustodyDb db, ChatUser user, CancellationToken cancellationToken) =>
        db
            .People.Include(p => p.Identities)
            .SingleOrDefaultAsync(
                p => p.Identities.Any(i => i.Platform == user.Platform && i.Realm == user.Realm && i.User == user.User),
                cancellationToken
            );

    /// <summary>The place that a chat identity speaks from, if it is anybody's.</summary>
    public static Task<Realm?> RealmOfAsync(this CustodyDb db, ChatUser user, CancellationToken cancellationToken) =>
        db.Realms.SingleOrDefaultAsync(r => r.Platform == user.Platform && r.Name == user.Realm, cancellationToken);

    /// <summary>What those were shown whose chat identity this was once, as far as it still bars them: nobody else may become its owner before that is rotated.</summary>
    public static async Task<List<Exposure>> FormerlyBarredAsync(
        this CustodyDb db,
        ChatUser user,
        CancellationToken cancellationToken
    )
    {
        var exposures = await db
            .Exposures.Where(e =>
                db.FormerIdentities.Any(f =>
                    f.Person == e.Person && f.Platform == user.Platform && f.Realm == user.Realm && f.User == user.User
                )
            )
            .ToListAsync(cancellationToken);
        var accounts = exposures.Select(e => e.Account).Distinct().ToList();
        var retirements = await db.Retirements.Where(r => accounts.Contains(r.Account)).ToListAsync(cancellationToken);
        return [.. exposures.Where(e => e.Bars(retirements))];
    }

    /// <summary>The accounts of which all halves are here and which are neither closed nor handed over: the rule is <see cref="Account.IsInCustody"/>.</summary>
    public static IQueryable<Account> InCustody(this IQueryable<Account> accounts) =>
        accounts.Where(a =>
            a.PasswordGeneration > 0
            && (a.MfaGeneration != 0 || a.WithoutMfa)
            && a.ClosedAt == null
            && a.HandedOverAt == null
        );

    /// <summary>Those that are not over; whether their window is open now, only the clock says (law 5).</summary>
    public static IQueryable<Request> Running(this IQueryable<Request> requests) =>
        requests.Where(r =>
            r.State == RequestState.Asked || r.State == RequestState.Approved || r.State == RequestState.Open
        );

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

    /// <summary>Whom a request of this customer could name as the danger: its contacts and the provider's people.</summary>
    public static Task<List<Person>> NameableAsync(
        this CustodyDb db,
        CustomerId customer,
        CancellationToken cancellationToken
    ) =>
        db
            .People.Include(p => p.Identities)
            .Where(p => p.Customer == customer || p.Customer == null)
            .OrderBy(p => p.Key)
            .ToListAsync(cancellationToken);

    /// <summary>Who looks after people: the duty managers and the administrators.</summary>
    public static async Task<List<Person>> InChargeAsync(this CustodyDb db, CancellationToken cancellationToken)
    {
        var people = await db
            .People.Include(p => p.Identities)
            .Where(p => p.IsDutyManager || p.IsAdministrator)
            .OrderBy(p => p.Key)
            .ToListAsync(cancellationToken);
        // asked here and not in the query: they may have been suspended or frozen in this very decision
        return people.FindAll(p => !p.Suspended && p.FrozenAt is null);
    }

    public static async Task<List<Person>> DutyManagersAsync(this CustodyDb db, CancellationToken cancellationToken) =>
        (await db.InChargeAsync(cancellationToken)).FindAll(p => p.IsDutyManager);

    /// <summary>The administrators who can act now.</summary>
    public static Task<List<Person>> AdministratorsAsync(this CustodyDb db, CancellationToken cancellationToken) =>
        db
            .People.Include(p => p.Identities)
            .Where(p => p.IsAdministrator && !p.Suspended && p.FrozenAt == null)
            .OrderBy(p => p.Key)
            .ToListAsync(cancellationToken);
}
