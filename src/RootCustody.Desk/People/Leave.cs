using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.Requests;
using RootCustody.People;

namespace RootCustody.Desk.People;

/// <summary>Someone goes: suspended by an operator, or their chat account left its platform, or threw the bot out. They lose every pending card and every part at once.</summary>
public sealed class Leave(CustodyDb db, LoseParts loseParts, LeaverReport leaverReport, EndWindow endWindow)
{
    /// <summary>An operator suspends at once and alone: it only takes away. To reinstate takes two administrators.</summary>
    /// <returns>What they leave behind; null if there is no such person.</returns>
    public async Task<Leaving?> SuspendAsync(string key, CancellationToken cancellationToken)
    {
        var leaving = await db.DecideAsync(
            async () =>
            {
                var person = await db
                    .People.Include(p => p.Identities)
                    .SingleOrDefaultAsync(p => p.Key == key, cancellationToken);
                if (person is null)
                    return null;
                if (!person.Suspended)
                    db.Record("person.suspended", Recording.Operator, ("person", person.Id));
                person.Suspend();
                await loseParts.HandleAsync(person, null, frozen: false, "suspended", cancellationToken);
                return await leaverReport.AfterAsync(person, null, cancellationToken);
            },
            cancellationToken
        );
        endWindow.Remind();
        return leaving;
    }

    /// <summary>An operator unlinks a chat identity, which only takes away too.</summary>
    /// <returns>Whose it was; null if it was nobody's.</returns>
    public async Task<string?> UnlinkAsync(ChatUser identity, CancellationToken cancellationToken)
    {
        var name = await db.DecideAsync(
            () => UnlinkAsync(identity, Recording.Operator, "unlinked by an operator", cancellationToken),
            cancellationToken
        );
        endWindow.Remind();
        return name;
    }

    /// <summary>The chat account was deleted on its platform.</summary>
    public async Task LeftAsync(ChatUser identity, CancellationToken cancellationToken)
    {
        await db.DecideAsync(
            () => UnlinkAsync(identity, Recording.System, "left the platform", cancellationToken),
            cancellationToken
        );
        endWindow.Remind();
    }

    /// <summary>The bot was thrown out of the chat: nothing reaches this identity there, though it stays linked.</summary>
    public async Task UninstalledAsync(ChatUser identity, CancellationToken cancellationToken)
    {
        await db.DecideAsync(
            async () =>
            {
                if (await db.OwnerOfAsync(identity, cancellationToken) is not { } person)
                    return false;
                var why = "removed the bot";
                db.Record("identity.unreachable", person.Id, Details(person, identity, why));
                var lost = await loseParts.HandleAsync(person, OnlyOf(person, identity), false, why, cancellationToken);
                if (lost.Count > 0)
                    await db.AlertDutyAsync(
                        new Card(
                            $"{person.Name} removed the bot from their chat",
                            ["They had a part in something that runs; others are asked."],
                            [
                                new Fact("Chat account", identity.Shown()),
                                .. lost.Select(part => new Fact("Had a part in", part)),
                            ],
                            []
                        ),
                        cancellationToken
                    );
                return true;
            },
            cancellationToken
        );
        endWindow.Remind();
    }

    private async Task<string?> UnlinkAsync(
        ChatUser identity,
        string actor,
        string why,
        CancellationToken cancellationToken
    )
    {
        if (await db.OwnerOfAsync(identity, cancellationToken) is not { } person)
            return null;
        var only = OnlyOf(person, identity);
        person.Unlink(identity, db.Now);
        db.Raise(person); // law 9: what was decided for this identity meanwhile meets its end here
        db.Record("identity.unlinked", actor, Details(person, identity, why));
        await loseParts.HandleAsync(person, only, frozen: false, why, cancellationToken);
        if (only is null)
        {
            await leaverReport.AfterAsync(person, null, cancellationToken); // nobody can reach them any more
            return person.Name;
        }
        db.Notify(
            person,
            new Card(
                "One of your chat accounts was unlinked",
                ["You go on with this one. Halves that you had were given back; others are asked."],
                [new Fact("Unlinked", identity.Shown())],
                [Choice.NotMe]
            )
        );
        return person.Name;
    }

    /// <returns>The identity, if they go on with another one; null if it is their last.</returns>
    private static ChatUser? OnlyOf(Person person, ChatUser identity) =>
        person.Identities.Any(i => i.ChatUser != identity) ? identity : null;

    private static (string, object?)[] Details(Person person, ChatUser identity, string why) =>
        [
            ("person", person.Id),
            ("platform", identity.Platform),
            ("realm", identity.Realm),
            ("user", identity.User),
            ("why", why),
        ];
}
