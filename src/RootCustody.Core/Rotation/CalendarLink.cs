using System.Security.Cryptography;
using System.Text;

namespace RootCustody.Rotation;

/// <summary>The address under which the calendar program of one person reads what falls due. Of its secret part only the hash is kept.</summary>
public sealed class CalendarLink
{
    /// <summary>Bytes of the secret part.</summary>
    public const int Length = 32;

    private static readonly TimeSpan Life = TimeSpan.FromDays(366);

    private CalendarLink() { }

    public PersonId Person { get; private set; }

    /// <summary>SHA-256, as hexadecimal digits.</summary>
    public string Hash { get; private set; } = "";

    public DateTimeOffset Expires { get; private set; }

    /// <param name="token">At random; the person is shown it once.</param>
    public static CalendarLink Of(PersonId person, string token, DateTimeOffset now) =>
        new()
        {
            Person = person,
            Hash = HashOf(token),
            Expires = now + Life,
        };

    /// <summary>A new address; the one before is worth nothing from now on.</summary>
    public void Renew(string token, DateTimeOffset now) => (Hash, Expires) = (HashOf(token), now + Life);

    public static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
