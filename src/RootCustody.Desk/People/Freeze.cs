using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Data.People;
using RootCustody.Desk.Requests;
using RootCustody.People;

namespace RootCustody.Desk.People;

/// <summary>"Not me" (law 15): the person is frozen everywhere, their windows end, an emergency goes on with others, and the duty manager is called.</summary>
public sealed class Freeze(CustodyDb db, LoseParts loseParts, EndWindow endWindow)
{
    public async Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        await db.DecideAsync(
            async () =>
                await db.FreezeAsync(person.Id, person.Id, click.Bot, click.By, cancellationToken)
                && await SettleAsync(person.Id, cancellationToken),
            cancellationToken
        );
        endWindow.Remind();
        return new Reply.Said(FreezePerson.Told);
    }

    /// <summary>It was said to a courier, which only freezes: what follows from it.</summary>
    public async Task HandleAsync(PersonId id, CancellationToken cancellationToken)
    {
        await db.DecideAsync(() => SettleAsync(id, cancellationToken), cancellationToken);
        endWindow.Remind();
    }

    private async Task<bool> SettleAsync(PersonId id, CancellationToken cancellationToken)
    {
        var person = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id, cancellationToken);
        if (person.FreezeWaitsSince is not { } since)
            return false;
        var lost = await loseParts.HandleAsync(person, null, frozen: true, "not me", cancellationToken);
        var asked = await CallAboutAskedAsync(person, cancellationToken);
        var card = new Card(
            $"{person.Name} is frozen",
            [
                "They said \"not me\", or a duty manager barred them as the danger that a request names. Someone else may have one of their chat accounts, or their authenticator: talk to them another way than by chat. Two administrators can unfreeze them.",
            ],
            [
                Fact.At("Since", since),
                .. person.Identities.Select(i => new Fact("Chat account", i.ChatUser.Shown())),
                .. lost.Select(part => new Fact("Had a part in", part)),
                .. asked.Select(name => new Fact("Asked for", name)),
            ],
            []
        );
        await db.AlertThoseInChargeAsync(card, cancellationToken);
        db.Notify(person, Card.Of("You are frozen", FreezePerson.Told)); // so that whoever it was is seen in the other chats
        person.FreezeIsSettled();
        return true;
    }

    /// <summary>What they asked for themselves may have been asked by somebody else: the duty manager decides, so that nobody ends an emergency by it.</summary>
    private async Task<IReadOnlyList<string>> CallAboutAskedAsync(Person person, CancellationToken cancellationToken)
    {
        var running = await db.Requests.Running().Where(r => r.Requester == person.Id).ToListAsync(cancellationToken);
        foreach (var request in running)
        {
            var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
            var why =
                $"{person.Name}, who asked for {request.Name}, is frozen. Ask the customer another way whether it is wanted; if not, end it.";
            await db.CallDutyAsync(request, account, why, cancellationToken);
        }
        return [.. running.Select(r => r.Name)];
    }
}

/// <summary>Finds those who said "not me" to a courier. May be late: nothing is shown to a frozen person, whatever this does (law 5).</summary>
public sealed class TidyFrozenJob(CustodyDb db, Sweep sweep)
{
    [AutomaticRetry(Attempts = 0)] // the next sweep is the retry
    [Queue(Queues.Worker)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var waiting = await db
            .People.Where(p => p.FreezeWaitsSince != null)
            .OrderBy(p => p.FreezeWaitsSince)
            .Select(p => p.Id)
            .Take(Sweep.Batch)
            .ToListAsync(cancellationToken);
        await sweep.EachAsync<Freeze, PersonId>(
            waiting,
            (freeze, id) => freeze.HandleAsync(id, CancellationToken.None),
            cancellationToken
        );
    }
}
