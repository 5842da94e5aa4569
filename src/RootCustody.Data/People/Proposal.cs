namespace RootCustody.Data.People;

/// <summary>A change of people, groups or accounts that an import asks for after the bootstrap. It changes nothing by itself.</summary>
public sealed class Proposal
{
    private Proposal() { }

    public long Id { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>The change as a sentence; the same sentence is proposed once.</summary>
    public string Change { get; private set; } = "";

    public static Proposal Of(string change, DateTimeOffset now) => new() { Change = change, At = now };
}
