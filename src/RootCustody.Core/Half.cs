namespace RootCustody;

/// <summary>One of the two parts of a root credential; no person may ever have both (law 1).</summary>
public enum Half
{
    Password = 1,
    Mfa = 2,
}

public static class Halves
{
    public static Half Other(this Half half) =>
        half switch
        {
            Half.Password => Half.Mfa,
            Half.Mfa => Half.Password,
        };

    /// <summary>How people are told of it: "password" or "MFA".</summary>
    public static string Word(this Half half) =>
        half switch
        {
            Half.Password => "password",
            Half.Mfa => "MFA",
        };
}
