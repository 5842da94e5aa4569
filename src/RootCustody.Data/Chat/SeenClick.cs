namespace RootCustody.Data.Chat;

/// <summary>The key of a click that has been taken, so that a redelivery or a replay has no second effect (law 9).</summary>
public sealed class SeenClick
{
    private SeenClick() { }

    public string Key { get; private set; } = "";
    public DateTimeOffset At { get; private set; }

    public static SeenClick Of(string key, DateTimeOffset now) => new() { Key = key, At = now };
}
