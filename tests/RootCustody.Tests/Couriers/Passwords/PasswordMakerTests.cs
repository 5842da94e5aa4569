using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using CsCheck;
using RootCustody.Couriers.Passwords;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Passwords;

public sealed class PasswordMakerTests
{
    private const string Symbols = "!@#$%^&*()<>[]{}|_+-=";

    [Fact]
    public void Every_password_keeps_the_rules() =>
        Gen.Select(Gen.Int[16, 128], Gen.Bool, Gen.Int)
            .Sample(
                (length, noLookalikes, seed) =>
                {
                    using var random = new KnownRandom(seed);
                    var rules = new PasswordRules { Length = length, NoLookalikes = noLookalikes };
                    using var made = new PasswordMaker(random, rules).Make();
                    var password = Text(made);

                    Assert.Equal(length, password.Length);
                    Assert.Contains(password, char.IsAsciiLetterUpper);
                    Assert.Contains(password, char.IsAsciiLetterLower);
                    Assert.Contains(password, char.IsAsciiDigit);
                    Assert.Contains(password, Symbols.Contains);
                    Assert.All(password, c => Assert.True(char.IsAsciiLetterOrDigit(c) || Symbols.Contains(c)));
                    if (noLookalikes)
                        Assert.DoesNotContain(password, "0O1lI|".Contains);
                },
                iter: 2000 // the short ones, in which a kind is easily missed, are a few of them
            );

    [Fact]
    public void By_default_it_has_32_characters_and_about_200_bits()
    {
        using var random = RandomNumberGenerator.Create();
        var maker = new PasswordMaker(random, new PasswordRules());

        using var password = maker.Make();

        Assert.Equal(32, password.Length);
        Assert.InRange(maker.EntropyBits, 200, 201);
    }

    [Fact]
    public void Two_passwords_are_never_the_same()
    {
        using var random = RandomNumberGenerator.Create();
        var maker = new PasswordMaker(random, new PasswordRules());

        using var one = maker.Make();
        using var other = maker.Make();

        Assert.False(one.Matches(other.Bytes));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(129)]
    public void A_length_outside_the_range_is_refused(int length)
    {
        using var random = new KnownRandom(0);

        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new PasswordMaker(random, new PasswordRules { Length = length })
        );
    }

    [Theory] // 77 characters do not divide 256: taking bytes modulo 77 would make 25 of them a third likelier than the rest
    [InlineData(true, 77)]
    [InlineData(false, 83)]
    public void Every_character_comes_equally_often(bool noLookalikes, int characters)
    {
        const int Passwords = 5000;
        using var random = new KnownRandom(1);
        // so long that a missing kind, which would make the rarer kinds likelier, practically never happens
        var maker = new PasswordMaker(random, new PasswordRules { Length = 128, NoLookalikes = noLookalikes });
        var counts = new int[128];

        for (var n = 0; n < Passwords; n++)
        {
            using var password = maker.Make();
            foreach (var character in password.Bytes)
                counts[character]++;
        }

        var seen = counts.Where(c => c > 0).ToList();
        var expected = Passwords * 128.0 / characters;
        var margin = 6 * Math.Sqrt(expected);
        Assert.Equal(characters, seen.Count);
        Assert.All(seen, count => Assert.InRange(count, expected - margin, expected + margin));
    }

    [Fact]
    public void The_kinds_have_no_fixed_places()
    {
        const int Passwords = 4000;
        using var random = new KnownRandom(2);
        var maker = new PasswordMaker(random, new PasswordRules { Length = 16 });
        var digits = new int[16];

        for (var n = 0; n < Passwords; n++)
        {
            using var password = maker.Make();
            for (var at = 0; at < digits.Length; at++)
                digits[at] += char.IsAsciiDigit((char)password.Bytes[at]) ? 1 : 0;
        }

        var average = digits.Average();
        var margin = 6 * Math.Sqrt(average);
        Assert.All(digits, count => Assert.InRange(count, average - margin, average + margin));
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(32, true)]
    [InlineData(32, false)]
    [InlineData(128, false)]
    public void The_entropy_is_that_of_all_passwords_counted_one_by_one(int length, bool noLookalikes)
    {
        using var random = new KnownRandom(3);
        var maker = new PasswordMaker(random, new PasswordRules { Length = length, NoLookalikes = noLookalikes });
        int[] kinds = noLookalikes ? [24, 25, 8, 20] : [26, 26, 10, 21];

        var count = CountWithAllKinds(length, kinds);

        Assert.Equal(BigInteger.Log(count) / Math.Log(2), maker.EntropyBits, precision: 6);
    }

    [Theory]
    [InlineData(0)] // always the first character
    [InlineData(255)] // never a usable number
    public void A_random_source_that_is_stuck_makes_no_password(byte stuckAt)
    {
        using var random = new StuckRandom(stuckAt);
        var maker = new PasswordMaker(random, new PasswordRules());

        Assert.Throws<CryptographicException>(maker.Make);
    }

    /// <summary>Character by character: how many strings have seen which kinds so far.</summary>
    private static BigInteger CountWithAllKinds(int length, int[] kinds)
    {
        var counts = new BigInteger[1 << kinds.Length];
        counts[0] = 1;
        for (var at = 0; at < length; at++)
        {
            var next = new BigInteger[counts.Length];
            for (var seen = 0; seen < counts.Length; seen++)
            for (var kind = 0; kind < kinds.Length; kind++)
                next[seen | 1 << kind] += counts[seen] * kinds[kind];
            counts = next;
        }
        return counts[^1];
    }

    /// <summary>SHA-256 of a counter: even, and the same in every run.</summary>
    private sealed class KnownRandom(int seed) : RandomNumberGenerator
    {
        private long count;

        public override void GetBytes(byte[] data) => GetBytes(data.AsSpan());

        public override void GetBytes(Span<byte> data)
        {
            Span<byte> input = stackalloc byte[12];
            BinaryPrimitives.WriteInt32LittleEndian(input, seed);
            for (; !data.IsEmpty; data = data[Math.Min(32, data.Length)..])
            {
                BinaryPrimitives.WriteInt64LittleEndian(input[4..], count++);
                SHA256.HashData(input).AsSpan(0, Math.Min(32, data.Length)).CopyTo(data);
            }
        }
    }

    private sealed class StuckRandom(byte at) : RandomNumberGenerator
    {
        public override void GetBytes(byte[] data) => data.AsSpan().Fill(at);
    }
}
