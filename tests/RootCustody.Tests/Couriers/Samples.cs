using System.Text;

namespace RootCustody.Tests.Couriers;

internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    public static readonly AccountId Acme = AccountId.New(Noon);
    public static readonly AccountId Globex = AccountId.New(Noon);
    public static readonly PersonId Paul = PersonId.New(Noon);
    public static readonly PersonId Mona = PersonId.New(Noon);

    /// <summary>The seed of the SHA-1 vectors of RFC 6238, appendix B.</summary>
    public const string RfcSeed = "12345678901234567890";

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static string Text(Secret secret) => Encoding.UTF8.GetString(secret.Bytes);
}
