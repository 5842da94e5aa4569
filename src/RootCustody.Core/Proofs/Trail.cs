using System.Security.Cryptography;
using System.Text.Json;

namespace RootCustody.Proofs;

/// <summary>One file that somebody brought, inflated.</summary>
/// <param name="Signature">What stood in the file NAME.sig beside it, if there is one.</param>
public sealed record TrailFile(string Name, ReadOnlyMemory<byte> Content, string? Signature);

/// <summary>A change of root that AWS's signature vouches for.</summary>
/// <param name="Digest">The name of the digest that vouches for the log file.</param>
/// <param name="Fingerprint">The key that signed the digest.</param>
public sealed record Proven(RootChange Change, string Digest, string Fingerprint);

/// <summary>What files of a trail come to.</summary>
/// <param name="Changes">What is proven, the oldest first, each event once.</param>
/// <param name="Unproven">What is only said by the files: no digest that counts vouches for them.</param>
/// <param name="Faults">In sentences, what was wrong with a file.</param>
public sealed record TrailFindings(
    IReadOnlyList<Proven> Changes,
    IReadOnlyList<RootChange> Unproven,
    IReadOnlyList<string> Faults
)
{
    /// <summary>Judges log files by the digests among them.</summary>
    public static TrailFindings Of(IEnumerable<TrailFile> files, IReadOnlyCollection<TrailKey> trusted)
    {
        List<string> faults = [];
        List<TrailDigest> vouching = [];
        List<(string Hash, RootChange Change)> said = [];
        foreach (var file in files)
        {
            using var document = TrailJson.Parse(file.Content);
            if (document?.RootElement is not { } root)
                faults.Add($"{file.Name}: it is no JSON of CloudTrail, or is broken.");
            else if (root.Member("Records") is { ValueKind: JsonValueKind.Array } records)
                said.AddRange(
                    records
                        .EnumerateArray()
                        .Select(RootChange.Read)
                        .OfType<RootChange>()
                        .Select(change => (HashOf(file), change))
                );
            else if (TrailDigest.Read(root, file.Content.Span) is not { } digest)
                faults.Add($"{file.Name}: it is neither a log file nor a digest of CloudTrail.");
            else if (digest.WhyNot(file.Signature, trusted) is { } why)
                faults.Add($"{file.Name}: the digest does not count: {why}");
            else
                vouching.Add(digest);
        }
        return Of(said, vouching, faults);
    }

    private static TrailFindings Of(
        List<(string Hash, RootChange Change)> said,
        List<TrailDigest> vouching,
        List<string> faults
    )
    {
        List<Proven> proven = [];
        foreach (var (hash, change) in said)
        {
            if (vouching.Find(d => d.Hashes.Contains(hash)) is { } digest)
                proven.Add(new Proven(change, digest.Name, digest.Fingerprint));
        }
        // deliveries repeat
        var changes = proven.DistinctBy(p => (p.Change.Account, p.Change.EventId)).OrderBy(p => p.Change.At).ToList();
        var known = changes.Select(p => (p.Change.Account, p.Change.EventId)).ToHashSet();
        var unproven = said.Select(s => s.Change)
            .DistinctBy(c => (c.Account, c.EventId))
            .Where(c => !known.Contains((c.Account, c.EventId)))
            .OrderBy(c => c.At);
        return new TrailFindings(changes, [.. unproven], faults);
    }

    private static string HashOf(TrailFile file) => Convert.ToHexStringLower(SHA256.HashData(file.Content.Span));
}
