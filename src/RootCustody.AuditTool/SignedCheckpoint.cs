using System.Text;
using NSec.Cryptography;
using RootCustody.Audit;

namespace RootCustody.AuditTool;

/// <summary>A checkpoint that the auditor was given at an earlier time, with the public key of whoever signed it.</summary>
internal static class SignedCheckpoint
{
    /// <returns>The head that was signed; null if it is no checkpoint, or not signed by this key.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<ChainHead?> ReadAsync(string path, CheckpointKey key, CancellationToken cancellationToken)
    {
        if (new FileInfo(path).Length > Checkpoint.Longest)
            return null;
        var note = await File.ReadAllTextAsync(path, cancellationToken);
        var checkpoint = Checkpoint.Read(note, key, out var signatures);
        return checkpoint is not null && signatures.Any(signature => IsGood(checkpoint, key, signature))
            ? checkpoint.Head
            : null;
    }

    private static bool IsGood(Checkpoint checkpoint, CheckpointKey key, byte[] signature) =>
        checkpoint.Name == key.Name && IsSigned(checkpoint.Text, key, signature);

    /// <summary>Whether this is the signature of that key over the text in UTF-8.</summary>
    public static bool IsSigned(string text, CheckpointKey key, byte[] signature) =>
        PublicKey.TryImport(SignatureAlgorithm.Ed25519, key.Bytes.Span, KeyBlobFormat.RawPublicKey, out var known)
        && SignatureAlgorithm.Ed25519.Verify(known!, Encoding.UTF8.GetBytes(text), signature);
}
