namespace RootCustody.Accounts;

/// <summary>That a password was once made, or typed, for an account: no other account ever gets it, and none gets it twice.</summary>
public sealed class KnownPassword
{
    private KnownPassword() { }

    /// <summary>Unique over all accounts, which the database holds.</summary>
    public string Fingerprint { get; private set; } = "";

    public AccountId Account { get; private set; }

    /// <summary>The generation that it was meant for.</summary>
    public int Generation { get; private set; }

    public static KnownPassword Of(Fingerprint fingerprint, AccountId account, int generation) =>
        new()
        {
            Fingerprint = fingerprint.Value,
            Account = account,
            Generation = generation,
        };
}
