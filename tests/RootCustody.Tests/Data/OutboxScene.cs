using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;

namespace RootCustody.Tests.Data;

/// <summary>One outbox, a platform, and as many processes as a test wants that send to it.</summary>
internal sealed class OutboxScene : IAsyncDisposable
{
    private readonly TestDb database;

    private OutboxScene(TestDb database) => this.database = database;

    public Wall Wall { get; } = new();

    public Microsoft.Extensions.Time.Testing.FakeTimeProvider Clock => database.Clock;

    public static async Task<OutboxScene> SetAsync() => new(await TestDb.NewAsync());

    /// <summary>A place where nothing stands yet, with its first card in the outbox.</summary>
    public Task<long> NewPlaceAsync(string title) =>
        InDbAsync(async db =>
        {
            var person = PersonId.New(Clock.GetUtcNow());
            var place = CardPlace.Notice(person, new ChatUser(ChatPlatform.Slack, Stage.CustomerRealm, $"U{title}"));
            await db.DecideAsync(
                () =>
                {
                    db.CardPlaces.Add(place);
                    db.Show(place, Card.Of(title));
                    return Task.FromResult(true);
                },
                CancellationToken.None
            );
            return place.Id;
        });

    public Task ShowAsync(long place, string title) =>
        InDbAsync(db =>
            db.DecideAsync(
                async () =>
                {
                    db.Show(await db.CardPlaces.SingleAsync(p => p.Id == place), Card.Of(title));
                    return true;
                },
                CancellationToken.None
            )
        );

    /// <summary>The id of the message that stands at a place.</summary>
    public Task<string?> StandsAsync(long place) =>
        InDbAsync(db => db.CardPlaces.Where(p => p.Id == place).Select(p => p.PostedMessage).SingleAsync());

    public async Task<T> InDbAsync<T>(Func<CustodyDb, Task<T>> look)
    {
        await using var db = database.Open();
        return await look(db);
    }

    public Sender Node(double chance = 0) => new(database.OpenElsewhere(), Wall, Clock, () => chance);

    public ValueTask DisposeAsync() => database.DisposeAsync();
}

/// <summary>A process that sends the outbox.</summary>
internal sealed class Sender(CustodyDb db, Wall wall, TimeProvider clock, Chance chance) : IAsyncDisposable
{
    private readonly SendOutbox send = new(db, [wall], clock, chance, NullLogger<SendOutbox>.Instance);

    /// <summary>One batch.</summary>
    public Task<int> SendAsync() => send.RunAsync([Bot.Desk], ChatPlatform.Slack, CancellationToken.None);

    public async Task SendAllAsync()
    {
        while (await SendAsync() > 0) { }
    }

    /// <summary>From now on it does nothing more.</summary>
    public ValueTask DieAsync() => db.DisposeAsync();

    public ValueTask DisposeAsync() => db.DisposeAsync();
}

/// <summary>A platform: what stands on it is what people see.</summary>
internal sealed class Wall : IMessenger
{
    private int posted;

    public ChatPlatform Platform => ChatPlatform.Slack;

    /// <summary>What each message has shown, in order.</summary>
    public ConcurrentDictionary<string, ConcurrentQueue<string>> Messages { get; } = new(StringComparer.Ordinal);

    public int Calls { get; private set; }

    /// <summary>Runs before it is shown, and may keep it from being shown.</summary>
    public Func<string, CancellationToken, Task>? Before { get; set; }

    /// <summary>Runs when it is shown, before the answer.</summary>
    public Func<string, CancellationToken, Task>? After { get; set; }

    public async Task<PostedMessage> PostAsync(
        Bot bot,
        ChatPlace place,
        Card card,
        PostedMessage? inThreadOf,
        CancellationToken cancellationToken
    )
    {
        var id = Interlocked.Increment(ref posted).ToString(CultureInfo.InvariantCulture);
        await ShowAsync(id, card, cancellationToken);
        return new PostedMessage(place, id);
    }

    public Task UpdateAsync(Bot bot, PostedMessage message, Card card, CancellationToken cancellationToken) =>
        ShowAsync(message.Message, card, cancellationToken);

    private async Task ShowAsync(string id, Card card, CancellationToken cancellationToken)
    {
        Calls++;
        if (Before is { } before)
            await before(card.Title, cancellationToken);
        Messages.GetOrAdd(id, _ => []).Enqueue(card.Title);
        if (After is { } after)
            await after(card.Title, cancellationToken);
    }
}
