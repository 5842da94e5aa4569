using RootCustody.Chat;

namespace RootCustody.Data.Chat;

/// <summary>A card to be shown at a place, written in the transaction that made it true (law 10) and sent afterwards by the process that plays the bot.</summary>
public sealed class OutboxRow
{
    /// <summary>After so many tries in vain a row is parked.</summary>
    public const int MostTries = 12;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private OutboxRow() { }

    public long Id { get; private set; }
    public Bot Bot { get; private set; }
    public CardPlace Place { get; private set; } = null!;
    public long PlaceId { get; private set; }
    public Card Card { get; private set; } = null!;
    public DateTimeOffset DueAt { get; private set; }
    public int Tries { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }
    public bool Parked { get; private set; }

    /// <summary>The platform's code of the last failure.</summary>
    public string? LastCode { get; private set; }

    public static OutboxRow Of(CardPlace place, Card card, DateTimeOffset now) =>
        new()
        {
            Bot = place.Bot,
            Place = place,
            Card = card,
            DueAt = now,
        };

    internal void Replace(Card card) => Card = card;

    public void Sent(DateTimeOffset now) => SentAt = now;

    public void Failed(ChatException failure, DateTimeOffset now)
    {
        LastCode = failure.Code;
        if (failure.Failure != ChatFailure.Throttled)
            Tries++; // to be told to come back later is no failure
        // a platform that is away comes back some day, and its row must still be there
        Parked =
            failure.Failure == ChatFailure.Refused
            || (failure.Failure != ChatFailure.Unreachable && Tries >= MostTries);
        // 1 s, 2 s, 4 s ... at most an hour; a platform that says when to come back is obeyed
        DueAt = now + (failure.RetryAfter ?? TimeSpan.FromSeconds(Math.Min(3600, Math.Pow(2, Math.Max(0, Tries - 1)))));
    }

    /// <summary>It cannot be sent yet: its recipient has not met the bot, or its thread has not begun. That is no failure, and whatever ends it makes the row due at once.</summary>
    public void NotYet(DateTimeOffset now) => DueAt = now + Patience;

    /// <summary>Its place has changed: it is tried at the next chance.</summary>
    public void Again(DateTimeOffset now) => DueAt = now;
}
