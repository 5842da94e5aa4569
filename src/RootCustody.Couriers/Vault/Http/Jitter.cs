using System.Security.Cryptography;

namespace RootCustody.Couriers.Vault.Http;

/// <summary>Keeps many nodes from doing the same thing at the same moment.</summary>
internal static class Jitter
{
    /// <returns>From 0 up to, but never, 1.</returns>
    public static double Of(RandomNumberGenerator random)
    {
        Span<byte> bytes = stackalloc byte[2];
        random.GetBytes(bytes);
        return (bytes[0] << 8 | bytes[1]) / 65_536d;
    }
}
