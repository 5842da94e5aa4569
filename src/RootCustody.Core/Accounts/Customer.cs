namespace RootCustody.Accounts;

public sealed class Customer
{
    private Customer() { }

    public CustomerId Id { get; private set; }

    /// <summary>The name by which import files speak of it; unique.</summary>
    public string Key { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>Since when its people may ask for nothing; null if they may.</summary>
    public DateTimeOffset? SuspendedAt { get; private set; }

    public static Customer Of(string key, string name, DateTimeOffset now) =>
        new()
        {
            Id = CustomerId.New(now),
            Key = key,
            Name = name,
        };

    public void Rename(string name) => Name = name;

    public void Suspend(DateTimeOffset now) => SuspendedAt = now;

    public void Reinstate() => SuspendedAt = null;
}
