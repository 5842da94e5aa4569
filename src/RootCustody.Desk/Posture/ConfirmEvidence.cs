using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Proofs;
using RootCustody.People;
using RootCustody.Posture;
using RootCustody.Requests;

namespace RootCustody.Desk.Posture;

/// <summary>The second word on what somebody brought: a person who did not bring it read it, and saw the same at AWS.</summary>
public sealed class ConfirmEvidence(CustodyDb db, Policies policies)
{
    private static readonly Reply Gone = new Reply.Said(
        "Something newer was brought meanwhile, so this counts no more. Type posture to see what it is."
    );

    /// <summary>Shows what is to be confirmed.</summary>
    public async Task<Reply> AskAsync(Person person, string subject, CancellationToken cancellationToken)
    {
        var (evidence, account) = await FindAsync(subject, cancellationToken);
        if (evidence is null || account is null)
            return Gone;
        if (await WhyNotAsync(evidence, account, person, cancellationToken) is { } why)
            return new Reply.Said(why.Say());
        var by = await db.NameAsync(evidence.By, cancellationToken);
        var lines = await LinesAsync(evidence, account, cancellationToken);
        return new Reply.Asked(PostureCards.ToConfirm(evidence, account, by, lines));
    }

    public Task<Reply> HandleAsync(Person asking, Click click, CancellationToken cancellationToken) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                var person = await db
                    .People.Include(p => p.Identities)
                    .SingleAsync(p => p.Id == asking.Id, cancellationToken);
                var (evidence, account) = await FindAsync(click.Subject, cancellationToken);
                if (evidence is null || account is null)
                    return Gone;
                if (person.CoolsOffAt(db.Now, click.By))
                    return new Reply.Said(Sentences.For(Refusal.CoolsOff)); // law 15
                if (await WhyNotAsync(evidence, account, person, cancellationToken) is { } why)
                {
                    await db.RefusedAsync(
                        person.Id,
                        "posture.refused",
                        cancellationToken,
                        ("account", account.Id),
                        ("why", why)
                    );
                    return new Reply.Said(why.Say());
                }
                db.Raise(person); // law 9: whether they may is decided on what is true now
                db.Raise(account);
                evidence.Confirm(person.Id, db.Now);
                db.Record(
                    "posture.confirmed",
                    person.Id,
                    ("account", account.Id),
                    ("source", evidence.Source),
                    ("evidence", evidence.Id)
                );
                return new Reply.Said($"Confirmed: {evidence.Source.Word()} of {account.Name} ({account.Number}).");
            },
            cancellationToken
        );

    private async Task<EvidenceRefusal?> WhyNotAsync(
        Evidence evidence,
        Account account,
        Person person,
        CancellationToken cancellationToken
    ) =>
        evidence.WhyNotConfirm(
            person,
            await db.KeepsAsync(person.Id, account, cancellationToken),
            await db.RotationOfAsync(evidence, cancellationToken)
        );

    private async Task<(Evidence? Evidence, Account? Account)> FindAsync(
        string subject,
        CancellationToken cancellationToken
    )
    {
        if (Id.Read<EvidenceId>(subject) is not { } id)
            return (null, null);
        var evidence = await db.Evidence.SingleOrDefaultAsync(e => e.Id == id, cancellationToken);
        return evidence is null
            ? (null, null)
            : (evidence, await db.Accounts.SingleAsync(a => a.Id == evidence.Account, cancellationToken));
    }

    private async Task<IReadOnlyList<string>> LinesAsync(
        Evidence evidence,
        Account account,
        CancellationToken cancellationToken
    )
    {
        if (evidence.Source == EvidenceSource.Contacts)
            return [evidence.Text.Length == 0 ? "All three are set and right." : $"Missing or wrong: {evidence.Text}"];
        if (evidence.Source == EvidenceSource.Trail)
            return
            [
                $"{evidence.Text}. Look for this event at AWS: CloudTrail, Event history, in us-east-1. It is attested by the two of you, and not proven.",
            ];
        var policy = await policies.OfAsync(account, cancellationToken);
        var watched = await db
            .Findings.Where(f => f.Account == account.Id && f.Practice == Practice.LastUse)
            .Select(f => f.WatchedSince)
            .SingleOrDefaultAsync(cancellationToken);
        var facts = await db.PostureFactsAsync(account, policy, watched, cancellationToken);
        return [.. Verdicts.Of(facts, facts.Line!).Select(v => $"{v.Column}: {v.Says}")];
    }
}
