using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Data.Chat;

/// <summary>Who stands behind a click, asked first of all by every inbox.</summary>
public abstract record Received
{
    private Received() { } // closed: these and no other

    public sealed record From(Person Person) : Received;

    /// <summary>Nobody's identity, or not from home: all that it may do is ask to be linked (law 2).</summary>
    public sealed record Stranger : Received;

    /// <summary>The identity has left the platform, or the bot's chat with it is gone.</summary>
    public sealed record Gone : Received;

    /// <summary>The click goes no further.</summary>
    public sealed record Refused(Reply Reply) : Received;
}

/// <summary>Takes each click once, remembers where its person can be written to, and finds the person.</summary>
public sealed class Reception(CustodyDb db)
{
    private static readonly Reply Nobody = new Reply.Said(
        "I do not know you: this chat account is not linked to a person in RootCustody, or you write from a workspace that is not yours. Ask an administrator of the provider for an invitation, then type: link and its code"
    );

    private static readonly Reply Again = new Reply.Said("Already answered. If you want it again, click again.");

    public Task<Received> ReceiveAsync(Click click, CancellationToken cancellationToken) =>
        db.DecideAsync<Received>(
            async () =>
            {
                if (await db.SeenClicks.AnyAsync(s => s.Key == click.Key, cancellationToken))
                    return new Received.Refused(Again);
                db.SeenClicks.Add(SeenClick.Of(click.Key, db.Now));

                // an address grants nothing, people meet the bot before they are linked, and the adapter keeps other tenants out
                await RememberAsync(click, cancellationToken);

                var person = await db.PersonOfAsync(click.By, cancellationToken);
                return click.Action switch
                {
                    Actions.Installed => new Received.Refused(new Reply.Nothing()),
                    Actions.Uninstalled or Actions.Left => new Received.Gone(),
                    _ when person is { Suspended: true } => Refused(Refusal.Suspended),
                    _ when person is { FrozenAt: not null } => Refused(Refusal.Frozen), // law 15
                    _ when person is not null => new Received.From(person),
                    Actions.Link when click.Bot == Bot.Desk => new Received.Stranger(),
                    _ => new Received.Refused(Nobody),
                };
            },
            cancellationToken
        );

    private static Received.Refused Refused(Refusal why) => new(new Reply.Said(Sentences.For(why)));

    private async Task RememberAsync(Click click, CancellationToken cancellationToken)
    {
        if (click.By.Platform != ChatPlatform.Teams || !click.InPrivate)
            return; // Slack needs no address: a user id is one

        var known = await db.ChatAddresses.SingleOrDefaultAsync(
            a =>
                a.Bot == click.Bot
                && a.Platform == click.By.Platform
                && a.Realm == click.By.Realm
                && a.User == click.By.User,
            cancellationToken
        );
        if (click.Action == Actions.Uninstalled)
        {
            if (known is not null)
                db.ChatAddresses.Remove(known);
        }
        else if (known is null)
        {
            db.ChatAddresses.Add(ChatAddress.Of(click.Bot, click.By, click.Where));
            await SendWaitingAsync(click, cancellationToken);
        }
        else
            known.Moved(click.Where);
    }

    /// <summary>What waited for the first meeting goes out now.</summary>
    private async Task SendWaitingAsync(Click click, CancellationToken cancellationToken)
    {
        var waiting = await db
            .Outbox.Where(r => r.SentAt == null && r.Bot == click.Bot)
            .Where(r =>
                r.Place.Platform == click.By.Platform
                && r.Place.Realm == click.By.Realm
                && r.Place.User == click.By.User
            )
            .ToListAsync(cancellationToken);
        foreach (var row in waiting)
            row.Again(db.Now);
    }
}
