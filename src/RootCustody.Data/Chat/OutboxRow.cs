using RootCustody.Chat;

namespace RootCustody.Data.Chat;

/// <summary>A card to be shown at a place, written in the transaction that made it true (law 10) and sent afterwards by a process that plays the bot.</summary>
public sealed class OutboxRow
{
    public const int LongestCode = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private OutboxRow() { }

    /// <summary>Stands for a card whose text in the database is broken: whoever reads the row must not fail at it.</summary>
    public static Card Unreadable { get; } = Card.Of("This message cannot be read any more.");

    public long Id { get; private set; }
    public Bot Bot { get; private set; }
    public CardPlace Place { get; private set; } = null!;
    public long PlaceId { get; private set; }
    public Card Card { get; private set; } = null!;
    public DateTimeOffset WrittenAt { get; private set; }
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>Until then one node alone may send it. A node that dies loses it by itself.</summary>
    public DateTimeOffset? ClaimedUntil { get; private set; }

    /// <summary>Counts the claims, so that whoever has lost theirs notices.</summary>
    public int Claim { get; private set; }

    /// <summary>How many tries were in vain.</summary>
    public int Tries { get; private set; }

    public DateTimeOffset? FailingSince { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>Given up until an operator wants it tried again.</summary>
    public bool Parked { get; private set; }

    /// <summary>A duty manager was told that it is parked.</summary>
    public bool Alerted { get; private set; }

    /// <summary>The platform's code of the last failure.</summary>
    public string? LastCode { get; private set; }

    public static OutboxRow Of(CardPlace place, Card card, DateTimeOffset now) =>
        new()
        {
            Bot = place.Bot,
            Place = place,
            Card = card,
            WrittenAt = now,
            DueAt = now,
        };

    internal void Replace(Card card) => Card = card;

    internal OutboxClaim ClaimFor(DateTimeOffset until)
    {
        ClaimedUntil = until;
        return new OutboxClaim(Id, PlaceId, ++Claim, until);
    }

    internal void GiveBack() => ClaimedUntil = null;

    public void Sent(DateTimeOffset now)
    {
        GiveBack();
        (SentAt, Parked) = (now, false);
    }

    /// <summary>A try was in vain: there will be another one, or <see cref="Backoff.PatienceWith"/> is at its end.</summary>
    /// <param name="chance">From 0 to 1: see <see cref="Backoff.Wait"/>.</param>
    public void Failed(ChatException failure, DateTimeOffset now, double chance)
    {
        GiveBack();
        LastCode = failure.Code.Length <= LongestCode ? failure.Code : failure.Code[..LongestCode];
        Tries++;
        FailingSince ??= now;
        Parked = now - FailingSince >= Backoff.PatienceWith(failure.Failure);
        DueAt = now + Backoff.Wait(Tries, failure.RetryAfter, chance);
    }

    /// <summary>It can never be sent as it is.</summary>
    public void Park(string code)
    {
        GiveBack();
        (LastCode, Parked) = (code, true);
    }

    /// <summary>It cannot be sent yet: its recipient has not met the bot, or its thread has not begun. That is no failure, and whatever ends it makes the row due at once.</summary>
    public void NotYet(DateTimeOffset now) => DueAt = now + Pause;

    /// <summary>Its place has changed: it is tried at the next chance.</summary>
    public void Again(DateTimeOffset now) => DueAt = now;

    /// <summary>It is tried at the next chance as if it had never failed.</summary>
    public void Afresh(DateTimeOffset now)
    {
        (Parked, Alerted, Tries, FailingSince) = (false, false, 0, null);
        Again(now);
    }
}
