using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.People;

/// <summary>The owner of a chat identity types the code of an invitation, and proves with their authenticator, if they have one, that it is they (laws 2, 12 and 15). What was proven in between is in the database as a hash, so that any node can go on.</summary>
public sealed class LinkIdentity(CustodyDb db, IStepUp stepUp, Policies policies)
{
    private const string CodeField = "code";

    private static readonly Reply HowTo = new Reply.Said(
        "Type link and the code that you got from an administrator, such as: link ABCDE-FGHJK-LMNPQ-RSTUV"
    );

    public async Task<Reply> HandleAsync(Click click, CancellationToken cancellationToken)
    {
        if (click.Submits)
            return await ProveAsync(click, cancellationToken);
        var code = click.Inputs.GetValueOrDefault("text", "").Trim();
        if (code.Length == 0) // the button that opens the form where nothing typed can
            return await ProvenByAsync(click.By, cancellationToken) is null ? HowTo : new Reply.Asked(Form());

        var (person, why) = await db.DecideAsync(() => TryAsync(click.By, code, cancellationToken), cancellationToken);
        return person is not { } invited ? new Reply.Said(why!)
            : await stepUp.IsEnrolledAsync(invited, cancellationToken) ? new Reply.Asked(Form())
            : await SpendAsync(click.By, cancellationToken);
    }

    /// <summary>The code of the authenticator was sent.</summary>
    private async Task<Reply> ProveAsync(Click click, CancellationToken cancellationToken)
    {
        if (await ProvenByAsync(click.By, cancellationToken) is not { } person)
            return new Reply.Said("That took too long. Type link and the code once more.");
        var proof = await stepUp.CheckAsync(person, click.Inputs.GetValueOrDefault(CodeField, ""), cancellationToken);
        return proof == StepUpOutcome.Passed
            ? await SpendAsync(click.By, cancellationToken)
            : new Reply.Corrected(
                Form(),
                new Dictionary<string, string>(StringComparer.Ordinal) { [CodeField] = Sentences.For(proof) }
            );
    }

    /// <returns>Whose invitation it is, which is proven from now on; or why it goes no further.</returns>
    private async Task<(PersonId? Person, string? Why)> TryAsync(
        ChatUser identity,
        string code,
        CancellationToken cancellationToken
    )
    {
        var attempt = await AttemptAsync(identity, cancellationToken);
        if (attempt is null)
            db.LinkAttempts.Add(attempt = LinkAttempt.Of(identity, db.Now));
        if (attempt.Guesses.WhyNot(db.Now) is { } wait)
            return (null, wait == StepUpOutcome.Locked ? Locked : TooFast);

        var (invitation, _, why) = await FindAsync(identity, i => i.Opens(code, db.Now), cancellationToken);
        if (invitation is not null && why is null)
        {
            attempt.Prove(invitation, db.Now);
            return (invitation.Person, null);
        }
        var refusal = why ?? Refusal.WrongInvitation;
        await RefusedAsync(identity, refusal, cancellationToken);
        if (
            refusal == Refusal.WrongInvitation
            && attempt.Miss(await policies.OfProviderAsync(cancellationToken), db.Now)
        )
            await AlertAsync(identity, cancellationToken);
        return (null, Sentences.For(refusal));
    }

    /// <summary>Links, if all is still as it was when the code was typed. The invitation is gone with it.</summary>
    private Task<Reply> SpendAsync(ChatUser identity, CancellationToken cancellationToken) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                var attempt = await AttemptAsync(identity, cancellationToken);
                var (invitation, person, why) = await FindAsync(
                    identity,
                    i => attempt?.HasProven(i, db.Now) == true,
                    cancellationToken
                );
                attempt?.Forget();
                if (invitation is null || person is null || why is not null)
                {
                    await RefusedAsync(identity, why ?? Refusal.WrongInvitation, cancellationToken);
                    return new Reply.Said(Sentences.For(why ?? Refusal.WrongInvitation));
                }
                var cools = db.Now + (await policies.OfProviderAsync(cancellationToken)).CoolOff;
                person.Link(identity, db.Now, cools);
                db.Raise(person); // law 9
                db.Invitations.Remove(invitation);
                db.LinkAttempts.Remove(attempt!);
                db.Record(
                    "identity.linked",
                    person.Id,
                    [.. Details(identity), ("person", person.Id), ("how", "an invitation")]
                );
                db.Notify(person, LinkedCard(person, identity, cools)); // on each platform that they are on
                return new Reply.Said(
                    $"This chat account is linked to {person.Name} now. Until {Absence.Say(cools)} it can neither approve nor hold."
                );
            },
            cancellationToken
        );

    private Task<LinkAttempt?> AttemptAsync(ChatUser identity, CancellationToken cancellationToken) =>
        db.LinkAttempts.SingleOrDefaultAsync(
            a => a.Platform == identity.Platform && a.Realm == identity.Realm && a.User == identity.User,
            cancellationToken
        );

    /// <summary>The invitation that is meant, and what stands against it.</summary>
    private async Task<(Invitation? Invitation, Person? Person, Refusal? Why)> FindAsync(
        ChatUser identity,
        Predicate<Invitation> isMeant,
        CancellationToken cancellationToken
    )
    {
        var open = await db.Invitations.ToListAsync(cancellationToken); // few: each person has one at most, for a day
        if (open.Find(isMeant) is not { } invitation)
            return (null, null, null);
        var person = await db
            .People.Include(p => p.Identities)
            .SingleAsync(p => p.Id == invitation.Person, cancellationToken);
        var owner = await db.OwnerOfAsync(identity, cancellationToken);
        var why = Linking.WhyNot(
            person,
            await db.RealmOfAsync(identity, cancellationToken),
            owner?.Id,
            await db.FormerlyBarredAsync(identity, cancellationToken)
        );
        return (invitation, person, why);
    }

    private async Task<PersonId?> ProvenByAsync(ChatUser identity, CancellationToken cancellationToken)
    {
        var attempt = await AttemptAsync(identity, cancellationToken);
        var open = await db.Invitations.AsNoTracking().ToListAsync(cancellationToken);
        return open.Find(i => attempt?.HasProven(i, db.Now) == true)?.Person;
    }

    private async Task RefusedAsync(ChatUser identity, Refusal why, CancellationToken cancellationToken)
    {
        (string, object?)[] details = [.. Details(identity), ("why", why)];
        if (await db.OwnerOfAsync(identity, cancellationToken) is { } owner)
            await db.RefusedAsync(owner.Id, "link.refused", cancellationToken, details);
        else
            db.Record("link.refused", Recording.System, details);
    }

    private Task AlertAsync(ChatUser identity, CancellationToken cancellationToken) =>
        db.AlertDutyAsync(
            new Card(
                "Somebody guesses invitations",
                ["Too many wrong codes were typed in a row, so none is taken from this chat account for a while."],
                [new Fact("Chat account", identity.Shown())],
                []
            ),
            cancellationToken
        );

    private static Card LinkedCard(Person person, ChatUser identity, DateTimeOffset cools) =>
        new(
            $"A chat account was linked to {person.Name}",
            ["Every chat account of yours is told. If that was not you, press Not me."],
            [
                new Fact("Chat account", identity.Shown()),
                new Fact("Linked to", person.Name),
                Fact.At("Approves and holds from", cools),
            ],
            [Choice.NotMe]
        );

    private static Form Form() =>
        new(
            Actions.Link,
            "",
            "Link this account",
            "Link",
            ["Prove that it is you. Your other chat accounts are told."],
            [
                new Field.Text(
                    CodeField,
                    "Code of your own authenticator",
                    "The six digits that it shows now.",
                    false,
                    false,
                    20
                ),
            ]
        );

    private static (string, object?)[] Details(ChatUser identity) =>
        [("platform", identity.Platform), ("realm", identity.Realm), ("user", identity.User)];

    private const string Locked = "Too many wrong codes: no code is taken from this chat account for some minutes.";
    private const string TooFast =
        "Too fast: after wrong codes there is a pause that grows. Wait a little and type it again.";
}
