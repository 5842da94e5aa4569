namespace RootCustody.Desk.People;

/// <summary>Field names that say: here is a secret.</summary>
internal static class SecretWords
{
    private static readonly string[] Words =
    [
        "password",
        "passwort",
        "kennwort",
        "passwd",
        "passphrase",
        "passcode",
        "pwd",
        "seed",
        "secret",
        "geheim",
        "totp",
        "otp",
        "token",
        "recovery",
        "backupcode",
        "credential",
        "privatekey",
        "accesskey",
        "apikey",
    ];

    public static bool AreIn(string name)
    {
        if (name == "passwordGroup")
            return false;
        var letters = string.Concat(name.Where(char.IsLetterOrDigit));
        return Words.Any(word => letters.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}

internal static class FieldNames
{
    private const int Longest = 30;

    /// <summary>The name of a field for a sentence, unless it is such that it could be a value in the wrong place.</summary>
    public static string Shown(string name) =>
        name.Length is > 0 and <= Longest && name.All(char.IsAsciiLetter) ? $"the field \"{name}\"" : "this field";
}
