namespace RootCustody.Transfers;

/// <summary>What somebody says of a step of a transfer. Nothing is ever taken back: the newest of a step counts, once another has said so too.</summary>
public sealed class TransferWord
{
    public const int LongestText = 500;

    /// <summary>So that it says something.</summary>
    public const int ShortestText = 10;

    private TransferWord() { }

    public TransferWordId Id { get; private set; }

    /// <summary>From 1, in the order in which they were said.</summary>
    public int Number { get; private set; }

    public TransferStep Step { get; private set; }

    /// <summary>False if it says why the step is not done yet, such as an invoice that is open.</summary>
    public bool Holds { get; private set; }

    /// <summary>What was seen, with its reference. No secret.</summary>
    public string Text { get; private set; } = "";

    public PersonId By { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>Who else says so, never who said it first.</summary>
    public PersonId? ConfirmedBy { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>Whether the step is done by it.</summary>
    public bool Settles => Holds && (Step.NeedsOneWord() || ConfirmedBy is not null);

    internal static TransferWord Of(
        int number,
        TransferStep step,
        bool holds,
        string text,
        PersonId by,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = TransferWordId.New(now),
            Number = number,
            Step = step,
            Holds = holds,
            Text = text,
            By = by,
            At = now,
        };

    internal void Confirm(PersonId by, DateTimeOffset now) => (ConfirmedBy, ConfirmedAt) = (by, now);
}
