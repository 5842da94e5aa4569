using System.Security.Cryptography;
using System.Text;

namespace RootCustody.Couriers.Passwords;

/// <summary>Makes root passwords by AWS's rules: each password that keeps the rules is equally likely.</summary>
public sealed class PasswordMaker
{
    private const string Lookalikes = "0O1lI|";

    // a sound source needs one or two of these; one that is stuck must not hang the host
    private const int MostTries = 1000;

    private readonly RandomNumberGenerator random;
    private readonly int length;
    private readonly byte[][] kinds;
    private readonly byte[] alphabet;

    /// <exception cref="ArgumentOutOfRangeException">The length is outside its range.</exception>
    public PasswordMaker(RandomNumberGenerator random, PasswordRules rules)
    {
        if (rules.Length is < PasswordRules.Shortest or > PasswordRules.Longest)
            throw new ArgumentOutOfRangeException(nameof(rules), "The length of a password is out of range.");
        this.random = random;
        length = rules.Length;
        kinds =
        [
            Kind("ABCDEFGHIJKLMNOPQRSTUVWXYZ", rules),
            Kind("abcdefghijklmnopqrstuvwxyz", rules),
            Kind("0123456789", rules),
            Kind("!@#$%^&*()<>[]{}|_+-=", rules), // the symbols that AWS names, and no others
        ];
        alphabet = [.. kinds.SelectMany(k => k)];
    }

    /// <summary>The binary logarithm of how many passwords there are to guess from.</summary>
    public double EntropyBits => length * Math.Log2(alphabet.Length) + Math.Log2(ShareWithAllKinds());

    public Secret Make()
    {
        Span<byte> password = stackalloc byte[length];
        for (var tries = 0; tries < MostTries; tries++)
        {
            Draw(password);
            // drawn anew as a whole: to put in what is missing would make some passwords likelier than others
            if (HasAllKinds(password))
                return Secret.Take(password);
        }
        throw Stuck();
    }

    private void Draw(Span<byte> password)
    {
        // bytes at and above the largest multiple of the alphabet's size would favour its first characters
        var limit = byte.MaxValue + 1 - (byte.MaxValue + 1) % alphabet.Length;
        Span<byte> drawn = stackalloc byte[256];
        var filled = 0;
        for (var tries = 0; filled < password.Length; tries++)
        {
            if (tries == MostTries)
                throw Stuck();
            random.GetBytes(drawn);
            foreach (var number in drawn)
                if (number < limit && filled < password.Length)
                    password[filled++] = alphabet[number % alphabet.Length];
        }
        CryptographicOperations.ZeroMemory(drawn);
    }

    private bool HasAllKinds(ReadOnlySpan<byte> password)
    {
        foreach (var kind in kinds)
            if (!password.ContainsAny(kind))
                return false;
        return true;
    }

    /// <summary>Of all strings of this length, the share that has every kind: by inclusion and exclusion over the kinds left out.</summary>
    private double ShareWithAllKinds()
    {
        var share = 0.0;
        for (var leftOut = 0; leftOut < 1 << kinds.Length; leftOut++)
        {
            var rest = alphabet.Length - kinds.Where((_, i) => (leftOut >> i & 1) == 1).Sum(k => k.Length);
            var sign = int.IsEvenInteger(int.PopCount(leftOut)) ? 1 : -1;
            share += sign * Math.Pow((double)rest / alphabet.Length, length);
        }
        return share;
    }

    private static byte[] Kind(string characters, PasswordRules rules) =>
        Encoding.ASCII.GetBytes([.. characters.Where(c => !rules.NoLookalikes || !Lookalikes.Contains(c))]);

    private static CryptographicException Stuck() => new("The random source is broken; no password was made.");
}
