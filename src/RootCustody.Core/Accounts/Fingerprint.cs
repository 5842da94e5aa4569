namespace RootCustody.Accounts;

/// <summary>A keyed hash of a password, 64 hexadecimal digits: equal passwords have equal ones, and nothing else can be learnt from it without the key.</summary>
public readonly record struct Fingerprint
{
    /// <summary>In bytes.</summary>
    public const int Length = 32;

    private Fingerprint(string value) => Value = value;

    public string Value { get; }

    public static Fingerprint Of(ReadOnlySpan<byte> hash) =>
        hash.Length == Length
            ? new(Convert.ToHexStringLower(hash))
            : throw new ArgumentException($"A fingerprint has {Length} bytes.", nameof(hash));

    public override string ToString() => Value;
}
