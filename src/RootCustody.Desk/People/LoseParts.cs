using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.Requests;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.People;

/// <summary>Someone can take part no longer: their cards lose their buttons, their halves go to others, and what must not go on ends. Part of the decision that took them out.</summary>
public sealed class LoseParts(CustodyDb db, EndWindow endWindow)
{
    /// <param name="only">The chat account that is gone, if they go on with another one; null if they are out everywhere.</param>
    /// <param name="frozen">By "not me": what they hold may be in the wrong hands.</param>
    /// <param name="why">For the audit log.</param>
    /// <returns>What they had a part in, in sentences.</returns>
    public async Task<IReadOnlyList<string>> HandleAsync(
        Person person,
        ChatUser? only,
        bool frozen,
        string why,
        CancellationToken cancellationToken
    )
    {
        var places = await PendingAsync(person.Id, cancellationToken);
        var running = await RunningAsync(person.Id, cancellationToken);
        var theirs = running.Select(r => r.Id).ToHashSet();
        await WithdrawAsync(
            places.Where(p => only is null || p.IsIn(only) || (p.Request is { } id && theirs.Contains(id))),
            cancellationToken
        );
        var lost = new List<string>();
        foreach (var request in running)
        {
            var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
            switch (request.Lose(person.Id, frozen, db.Now))
            {
                case HandingBack.Freed freed:
                    Record("part.lost", request, freed.Half, person, why);
                    var others = $"Whoever had the {freed.Half.Word()} half can take part no longer; others are asked.";
                    await db.AfterAsync(request, account, freed.Half, others, why: null, cancellationToken);
                    lost.Add($"{request.Name}: the {freed.Half.Word()} half, which others are asked to take");
                    break;
                case HandingBack.Ended ended:
                    var opened = request.Opens is not null;
                    Record(opened ? "window.revoked" : "request.withdrawn", request, ended.Half, person, why);
                    var step = opened
                        ? "The window was ended for safety. Nothing is shown any more."
                        : $"The contact to whom the {ended.Half.Word()} half was to go can take part no longer, so this has ended. Ask for the window anew with another one.";
                    await endWindow.AfterAsync(request, account, step, cancellationToken);
                    lost.Add(
                        $"{request.Name}: the {ended.Half.Word()} half; {(opened ? "its window was ended" : "it has ended")}"
                    );
                    break;
            }
        }
        return lost;
    }

    private Task<List<Request>> RunningAsync(PersonId person, CancellationToken cancellationToken) =>
        db
            .Requests.Running()
            .Where(r =>
                r.PasswordApprover == person
                || r.MfaApprover == person
                || r.PasswordReceiver == person
                || r.MfaReceiver == person
            )
            .OrderBy(r => r.AskedAt)
            .ToListAsync(cancellationToken);

    /// <summary>The places of their cards that may still ask something of them.</summary>
    private Task<List<CardPlace>> PendingAsync(PersonId person, CancellationToken cancellationToken)
    {
        var running = db.Requests.Running();
        return db
            .CardPlaces.Where(p => p.Person == person && !p.Withdrawn)
            .Where(p => p.Proposal != null || running.Any(r => r.Id == p.Request))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Takes the buttons from these cards.</summary>
    private async Task WithdrawAsync(IEnumerable<CardPlace> places, CancellationToken cancellationToken)
    {
        foreach (var place in places)
        {
            var stands = await db
                .Outbox.Where(r => r.PlaceId == place.Id)
                .OrderByDescending(r => r.Id)
                .Select(r => r.Card)
                .FirstOrDefaultAsync(cancellationToken);
            if (place.Proposal is not null && stands?.Choices.Count is null or 0)
                continue; // decided: it says how
            place.Withdraw();
            var title = place.Request is { } request ? Request.NameOf(request) : stands!.Title;
            db.Show(place, Card.Of(title, "You take no part in this any more."));
        }
    }

    private void Record(string what, Request request, Half half, Person person, string why) =>
        db.Record(
            what,
            Recording.System,
            ("request", request.Id),
            ("account", request.Account),
            ("half", half),
            ("person", person.Id),
            ("why", why)
        );
}
