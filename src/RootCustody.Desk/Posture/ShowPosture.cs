using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Proofs;
using RootCustody.People;
using RootCustody.Posture;

namespace RootCustody.Desk.Posture;

/// <summary>What deviates at the accounts that a person may know of, the worst first; or all about one of them.</summary>
public sealed class ShowPosture(CustodyDb db, Policies policies)
{
    private const int MostToConfirm = 5;

    internal static readonly Reply NoAccount = new Reply.Said(
        "There is no such account among those that you may know of. Say it with its 12 digits, such as: posture 111122223333"
    );

    /// <summary>Typed in chat.</summary>
    public async Task<Reply> HandleAsync(Person person, string number, CancellationToken cancellationToken)
    {
        if (person.Customer is not null)
            return new Reply.Said("Only the provider's people see how the root users of accounts are.");
        var known = db.AccountsKnownTo(person);
        if (number.Trim() is { Length: > 0 } wanted)
        {
            var account = await known.SingleOrDefaultAsync(a => a.Number == wanted, cancellationToken);
            return account is null ? NoAccount : await OneAsync(person, account, cancellationToken);
        }
        var now = db.Now;
        var told = await db.ToldFindings(known, now)
            .Take(PostureCards.Most)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        var all = await db.ToldFindings(known, now).CountAsync(cancellationToken);
        var unknown = await (
            from finding in db.Findings
            join account in known on finding.Account equals account.Id
            where finding.State == PracticeState.Unknown
            select finding
        ).CountAsync(cancellationToken);
        var waiting = await ToConfirmAsync(person, known, cancellationToken);
        return new Reply.Drawn(PostureCards.Overview(told, all, unknown, waiting, now));
    }

    /// <summary>All about one account, for the console.</summary>
    /// <returns>Null if there is no such account.</returns>
    public async Task<IReadOnlyList<string>?> SentencesAsync(string number, CancellationToken cancellationToken)
    {
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.Number == number, cancellationToken);
        if (account is null)
            return null;
        var (findings, evidence, names) = await OfAsync(account, cancellationToken);
        var watched = findings.Find(f => f.Practice == Practice.LastUse)?.WatchedSince;
        var policy = await policies.OfAsync(account, cancellationToken);
        var facts = await db.PostureFactsAsync(account, policy, watched, cancellationToken);
        return
        [
            .. account.User is null ? (string[])[] : [PostureCards.OfUser],
            .. PostureCards
                .FactsOf(findings, evidence, names, db.Now)
                .Concat(await RotationAsync(account, cancellationToken))
                .Select(f => $"{f.Name}: {f.Value}"),
            .. facts.Line is { } line
                ? Verdicts
                    .Of(facts, line)
                    .Select(v => $"{v.Column}: {v.State.Word()}. {v.Says}{(v.ToDo is null ? "" : $" To do: {v.ToDo}")}")
                : [],
        ];
    }

    /// <summary>What deviates at all accounts, for the console: a sentence each, the worst first.</summary>
    public async Task<IReadOnlyList<string>> SentencesAsync(CancellationToken cancellationToken)
    {
        var told = await db.ToldFindings(db.Accounts, db.Now).AsNoTracking().ToListAsync(cancellationToken);
        return [.. told.Select(t => PostureCards.FactOf(t, db.Now)).Select(f => $"{f.Name}: {f.Value}")];
    }

    private async Task<Reply> OneAsync(Person person, Account account, CancellationToken cancellationToken)
    {
        var (findings, evidence, names) = await OfAsync(account, cancellationToken);
        var waiting = await ToConfirmAsync(person, db.Accounts.Where(a => a.Id == account.Id), cancellationToken);
        return new Reply.Drawn(
            PostureCards.One(
                account,
                [
                    .. PostureCards.FactsOf(findings, evidence, names, db.Now),
                    .. await RotationAsync(account, cancellationToken),
                ],
                waiting
            )
        );
    }

    /// <summary>AWS says in a report that the password was changed; on whose word it is the one that lives, is said here.</summary>
    private async Task<IEnumerable<Fact>> RotationAsync(Account account, CancellationToken cancellationToken) =>
        await db.RotationAsync(account.Id, cancellationToken) is { } rotation
            ? Proving.FactsOf(rotation, await db.ProofOfAsync(rotation, cancellationToken))
            : [];

    private async Task<(List<Finding>, List<Evidence>, Dictionary<PersonId, string>)> OfAsync(
        Account account,
        CancellationToken cancellationToken
    )
    {
        var findings = await db
            .Findings.AsNoTracking()
            .Where(f => f.Account == account.Id)
            .OrderBy(f => f.Practice)
            .ToListAsync(cancellationToken);
        var evidence = await db
            .Evidence.AsNoTracking()
            .Where(e => e.Account == account.Id)
            .ToListAsync(cancellationToken);
        PersonId[] ids =
        [
            .. evidence.SelectMany(e => (PersonId?[])[e.By, e.ConfirmedBy]).OfType<PersonId>().Distinct(),
        ];
        var names = await db
            .People.Where(p => ids.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        return (findings, evidence, names);
    }

    /// <summary>What waits for the second word, and may have it of this person.</summary>
    private async Task<List<BroughtEvidence>> ToConfirmAsync(
        Person person,
        IQueryable<Account> known,
        CancellationToken cancellationToken
    ) =>
        await (
            from evidence in db.Evidence
            join account in known on evidence.Account equals account.Id
            where evidence.ConfirmedBy == null && (evidence.By == null || evidence.By != person.Id)
            where
                ((person.IsAdministrator || person.IsAuditor) && evidence.Source != EvidenceSource.Trail)
                || db.Groups.Any(g =>
                    (g.Id == account.PasswordGroup || g.Id == account.MfaGroup)
                    && g.Members.Any(m => m.Person == person.Id)
                )
            orderby evidence.BroughtAt
            select new BroughtEvidence { Account = account, Evidence = evidence }
        )
            .AsNoTracking()
            .Take(MostToConfirm)
            .ToListAsync(cancellationToken);
}

/// <summary>What somebody brought, with its account.</summary>
public sealed class BroughtEvidence
{
    public required Account Account { get; init; }
    public required Evidence Evidence { get; init; }
}
