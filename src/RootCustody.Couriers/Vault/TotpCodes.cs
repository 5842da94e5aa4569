using System.Buffers.Binary;
using System.Security.Cryptography;
using OtpNet;

namespace RootCustody.Couriers.Vault;

public enum TotpAlgorithm
{
    Sha1 = 1,
    Sha256 = 2,
    Sha512 = 3,
}

/// <summary>How codes are made from a seed (RFC 6238).</summary>
/// <param name="Digits">6 to 8.</param>
/// <param name="Period">How long one code lives, in whole seconds.</param>
public sealed record TotpShape(int Digits, TimeSpan Period, TotpAlgorithm Algorithm)
{
    /// <summary>What AWS uses, and every authenticator app by default.</summary>
    public static readonly TotpShape Usual = new(6, TimeSpan.FromSeconds(30), TotpAlgorithm.Sha1);

    /// <summary>The number of the time step in which this moment lies.</summary>
    public long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / (long)Period.TotalSeconds;

    /// <summary>The first moment that is no longer in the step.</summary>
    public DateTimeOffset EndOf(long step) => DateTimeOffset.UnixEpoch + Period * (step + 1);
}

/// <summary>Makes and checks one-time codes. Neither seed nor code is ever a string here (law 8).</summary>
public static class TotpCodes
{
    /// <summary>The code of one time step, as ASCII digits.</summary>
    public static Secret Of(Secret seed, TotpShape shape, long step)
    {
        Span<byte> code = stackalloc byte[shape.Digits];
        var rest = new Engine(seed, shape.Algorithm).NumberOf(step);
        for (var at = code.Length - 1; at >= 0; at--, rest /= 10)
            code[at] = (byte)('0' + rest % 10);
        return Secret.Take(code);
    }

    /// <summary>Finds the time step that a typed code belongs to, looking <paramref name="around"/> steps back and ahead.</summary>
    public static long? StepOf(Secret seed, TotpShape shape, string typed, DateTimeOffset now, int around)
    {
        long? found = null;
        // no early end: the time taken tells nothing about which step it was; of equal codes the oldest counts
        for (var step = shape.StepAt(now) + around; step >= shape.StepAt(now) - around; step--)
        {
            using var code = Of(seed, shape, step);
            found = IsTyped(code, typed) ? step : found;
        }
        return found;
    }

    /// <summary>Whether a person typed this code; spaces are ignored, for apps show codes with them.</summary>
    public static bool IsTyped(Secret code, string typed)
    {
        Span<byte> digits = stackalloc byte[code.Length];
        var count = 0;
        foreach (var letter in typed)
        {
            if (letter == ' ')
                continue;
            if (!char.IsAsciiDigit(letter) || count == digits.Length)
                return false;
            digits[count++] = (byte)letter;
        }
        return count == digits.Length && code.Matches(digits);
    }

    private static OtpHashMode Mode(TotpAlgorithm algorithm) =>
        algorithm switch
        {
            TotpAlgorithm.Sha1 => OtpHashMode.Sha1,
            TotpAlgorithm.Sha256 => OtpHashMode.Sha256,
            TotpAlgorithm.Sha512 => OtpHashMode.Sha512,
        };

    /// <summary>Otp.NET's computation on a pinned seed; its public face takes the seed as an array that it copies, and gives strings.</summary>
    private sealed class Engine(Secret seed, TotpAlgorithm algorithm) : Otp(new PinnedKey(seed), Mode(algorithm))
    {
        public long NumberOf(long step)
        {
            var counter = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(counter, step);
            return CalculateOtp(counter, Mode(algorithm));
        }

        protected override string Compute(long counter, OtpHashMode mode) =>
            throw new NotSupportedException("A code is never a string (law 8).");
    }

#pragma warning disable CA5350 // HMAC-SHA-1 is what RFC 6238 and AWS use; it does not rest on collision resistance
    private sealed class PinnedKey(Secret seed) : IKeyProvider
    {
        public byte[] ComputeHmac(OtpHashMode mode, byte[] data) =>
            mode switch
            {
                OtpHashMode.Sha1 => HMACSHA1.HashData(seed.Bytes, data),
                OtpHashMode.Sha256 => HMACSHA256.HashData(seed.Bytes, data),
                OtpHashMode.Sha512 => HMACSHA512.HashData(seed.Bytes, data),
            };
    }
#pragma warning restore CA5350
}
