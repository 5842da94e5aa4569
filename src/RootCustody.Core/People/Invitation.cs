using System.Security.Cryptography;
using System.Text;

namespace RootCustody.People;

/// <summary>A one-time code with which a person links a chat identity of theirs (law 2). Only its hash is kept; a person has one at a time.</summary>
public sealed class Invitation
{
    private Invitation() { }

    public PersonId Person { get; private set; }
    public byte[] Hash { get; private set; } = [];
    public DateTimeOffset Expires { get; private set; }

    /// <param name="code">Made by a cryptographic generator, with at least 80 bits; a plain hash of it is then safe to keep.</param>
    public static Invitation Of(PersonId person, string code, DateTimeOffset expires) =>
        new()
        {
            Person = person,
            Hash = HashOf(code),
            Expires = expires,
        };

    public bool Opens(string code, DateTimeOffset now) =>
        now < Expires && CryptographicOperations.FixedTimeEquals(Hash, HashOf(code));

    // people copy with spaces, dashes and in lower case
    private static byte[] HashOf(string code) =>
        SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant())
        );
}
