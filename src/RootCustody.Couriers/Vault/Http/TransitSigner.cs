using System.Buffers.Text;
using System.Globalization;

namespace RootCustody.Couriers.Vault.Http;

/// <summary>A signature by one version of the key. Anybody checks it with that version's public key; the vault is not needed for it.</summary>
/// <param name="Signature">The 64 bytes of Ed25519 (RFC 8032) over the text itself.</param>
public sealed record TransitSignature(int KeyVersion, ReadOnlyMemory<byte> Signature);

/// <summary>Signs the checkpoints of the audit log with an Ed25519 key that never leaves the transit engine.</summary>
/// <param name="mount">Where the engine is mounted.</param>
/// <param name="key">The name of the key there.</param>
public sealed class TransitSigner(VaultClient vault, string mount, string key)
{
    private const int SignatureLength = 64;
    private const int PublicKeyLength = 32;

    private VaultCall KeyCall => VaultCall.Read($"{mount}/keys/{key}");

    /// <exception cref="VaultException">It could not be signed.</exception>
    public async Task<TransitSignature> SignAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        // the same text under the same key has the same signature, so it may be asked for twice
        var call = VaultCall.Write($"{mount}/sign/{key}", json => json.WriteBase64String("input", text.Span)) with
        {
            MayRepeat = true,
        };
        using var answer = await vault.AskAsync(call, cancellationToken);
        // vault:v3:BASE64
        if (
            answer.Text("data", "signature")?.Split(':') is not ["vault", ['v', .. var version], var signature]
            || !int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || FromBase64(signature, SignatureLength) is not { } bytes
        )
            throw VaultRefusals.Unreadable(call);
        return new TransitSignature(number, bytes);
    }

    /// <returns>The 32 bytes of the public key of this version; null if there is no such version.</returns>
    /// <exception cref="VaultException">It cannot be read, or is no Ed25519 key.</exception>
    public async Task<ReadOnlyMemory<byte>?> PublicKeyAsync(int version, CancellationToken cancellationToken)
    {
        using var answer = await ReadKeyAsync(cancellationToken);
        return PublicKeyIn(answer, version);
    }

    /// <returns>The public key of each version that the vault keeps, in their order.</returns>
    /// <exception cref="VaultException">They cannot be read, or are no Ed25519 keys.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> PublicKeysAsync(CancellationToken cancellationToken)
    {
        using var answer = await ReadKeyAsync(cancellationToken);
        return
        [
            .. answer
                .Names("data", "keys")
                .Select(name => int.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture))
                .Order()
                .Select(version => PublicKeyIn(answer, version)!.Value),
        ];
    }

    private async Task<VaultAnswer> ReadKeyAsync(CancellationToken cancellationToken)
    {
        var answer = await vault.AskAsync(KeyCall, cancellationToken);
        // to make a key under a name that is taken is answered as if it had been made, whatever its kind
        if (answer.Text("data", "type") == "ed25519")
            return answer;
        answer.Dispose();
        throw new VaultException(
            VaultFailure.Misconfigured,
            gaveNoHalf: true,
            $"The key {key} at {mount} has to be of the type ed25519. Make one under another name."
        );
    }

    private ReadOnlyMemory<byte>? PublicKeyIn(VaultAnswer answer, int version)
    {
        var name = version.ToString(CultureInfo.InvariantCulture);
        if (answer.Text("data", "keys", name, "public_key") is not { } text)
            return null;
        return FromBase64(text, PublicKeyLength) ?? throw VaultRefusals.Unreadable(KeyCall);
    }

    private static ReadOnlyMemory<byte>? FromBase64(string text, int length)
    {
        var bytes = new byte[length];
        return Base64.IsValid(text, out var found) && found == length && Convert.TryFromBase64String(text, bytes, out _)
            ? bytes
            : null;
    }
}
