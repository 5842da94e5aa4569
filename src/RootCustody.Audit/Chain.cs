using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RootCustody.Audit;

/// <summary>The rule that ties each entry to all entries before it (law 13).</summary>
public static class Chain
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Hashes one entry in its place.</summary>
    /// <param name="previous">The hash of the entry before it, 32 bytes; zeros for the first.</param>
    /// <param name="sequence">From 1.</param>
    /// <param name="entry">The entry as canonical JSON in UTF-8, 1 to <see cref="AuditText.MaxBytes"/> bytes, no newline.</param>
    /// <returns>32 bytes: SHA-256 of a zero byte, the previous hash, the sequence in 8 bytes (big endian), and the entry.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or the entry has a newline.</exception>
    public static byte[] Hash(ReadOnlySpan<byte> previous, long sequence, ReadOnlySpan<byte> entry)
    {
        if (previous.Length != SHA256.HashSizeInBytes)
            throw new ArgumentException("A hash has 32 bytes.", nameof(previous));
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        if (entry.Length is 0 or > AuditText.MaxBytes || entry.Contains((byte)'\n'))
            throw new ArgumentException("An entry has 1 to 65,536 bytes and no newline.", nameof(entry));

        Span<byte> place = stackalloc byte[1 + SHA256.HashSizeInBytes + sizeof(long)];
        previous.CopyTo(place[1..]);
        BinaryPrimitives.WriteInt64BigEndian(place[^sizeof(long)..], sequence);

        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(place);
        sha.AppendData(entry);
        return sha.GetHashAndReset();
    }

    /// <summary>Numbers entries in the order given, on top of <paramref name="head"/>.</summary>
    /// <exception cref="ArgumentException">An entry is none that <see cref="AuditText"/> could have written.</exception>
    public static IReadOnlyList<SequencedEntry> Number(ChainHead head, IReadOnlyList<string> entries)
    {
        var numbered = new List<SequencedEntry>(entries.Count);
        foreach (var entry in entries)
        {
            var next = head.Sequence + 1;
            var hash = Hash(Convert.FromHexString(head.Hash), next, Utf8.GetBytes(entry));
            numbered.Add(new SequencedEntry(next, head.Hash, Convert.ToHexStringLower(hash), entry));
            head = numbered[^1].Head;
        }
        return numbered;
    }
}
