using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Data.People;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Data;

/// <summary>Someone who is refused again and again is probing, or their chat account is: the duty manager is told, once, with the facts.</summary>
public static class Probing
{
    private const int MostFacts = 10;
    private static readonly TimeSpan Span = TimeSpan.FromHours(1);

    /// <summary>Records that something was refused to a person.</summary>
    /// <param name="what">As for the audit log: <c>approval.refused</c>.</param>
    /// <param name="details">As for the audit log; <c>why</c> and <c>account</c> are also told to the duty manager.</param>
    public static Task RefusedAsync(
        this CustodyDb db,
        PersonId person,
        string what,
        CancellationToken cancellationToken,
        params IReadOnlyList<(string Name, object? Value)> details
    )
    {
        db.Record(what, person, details);
        var why = details.FirstOrDefault(d => d.Name == "why").Value;
        var account = details.FirstOrDefault(d => d.Name == "account").Value as AccountId?;
        return db.NoticeAsync(person, why is null ? what : $"{what} ({why})", account, cancellationToken);
    }

    /// <summary>As above, for a step of a request.</summary>
    public static Task RefusedAsync(
        this CustodyDb db,
        PersonId person,
        string what,
        Request request,
        Refusal why,
        CancellationToken cancellationToken
    ) =>
        db.RefusedAsync(
            person,
            what,
            cancellationToken,
            ("request", request.Id),
            ("account", request.Account),
            ("why", why)
        );

    /// <summary>Counts what was allowed, but is odd when it happens often.</summary>
    public static async Task NoticeAsync(
        this CustodyDb db,
        PersonId id,
        string what,
        AccountId? account,
        CancellationToken cancellationToken
    )
    {
        db.Refusals.Add(SeenRefusal.Of(id, what, account, db.Now));
        var person = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id, cancellationToken);
        if (db.Now < person.ProbingToldAt + Span)
            return;
        var since = db.Now - Span;
        var before = await db
            .Refusals.AsNoTracking()
            .Where(r => r.Person == id && r.At > since)
            .ToListAsync(cancellationToken);
        List<SeenRefusal> all = [.. before, .. db.Refusals.Local.Where(r => r.Person == id)];
        var policy = await new Policies(db).OfProviderAsync(cancellationToken);
        if (all.Count < policy.Probing)
            return;

        person.ProbingWasTold(db.Now);
        db.Record("probing.seen", Recording.System, ("person", id), ("count", all.Count));
        await db.AlertDutyAsync(await CardAsync(db, person, all, cancellationToken), cancellationToken);
    }

    private static async Task<Card> CardAsync(
        CustodyDb db,
        Person person,
        IReadOnlyList<SeenRefusal> all,
        CancellationToken cancellationToken
    )
    {
        var ids = all.Select(r => r.Account).OfType<AccountId>().ToHashSet();
        var accounts = await db.Accounts.Where(a => ids.Contains(a.Id)).ToListAsync(cancellationToken);
        List<string> names = [.. accounts.Select(a => $"{a.Name} ({a.Number})")];
        if (ids.Count > accounts.Count)
            names.Add($"{ids.Count - accounts.Count} that do not exist");
        return new Card(
            $"{person.Name} may be probing",
            [
                $"In the last hour {all.Count} things were refused to {person.Name}, or repeated. Ask them, another way than by chat, whether that was they. If not, they press Not me, or an operator suspends them.",
            ],
            [
                .. all.CountBy(r => r.What)
                    .OrderByDescending(kind => kind.Value)
                    .Take(MostFacts)
                    .Select(kind => new Fact(kind.Key, kind.Value.ToString(CultureInfo.InvariantCulture))),
                .. names.Count == 0 ? (Fact[])[] : [new Fact("Accounts", string.Join(", ", names.Take(MostFacts)))],
                new Fact("Chat accounts", string.Join(", ", person.Identities.Select(i => i.ChatUser.Shown()))),
            ],
            []
        );
    }
}
