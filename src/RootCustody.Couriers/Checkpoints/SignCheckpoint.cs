using System.Text;
using RootCustody.Audit;
using RootCustody.Couriers.Vault;
using RootCustody.Couriers.Vault.Http;

namespace RootCustody.Couriers.Checkpoints;

/// <summary>Has the head of the audit log signed, so that anybody with the public key can tell later whether the log was changed before it (law 13).</summary>
/// <param name="name">The name of the log, and of its key.</param>
public sealed class SignCheckpoint(TransitSigner signer, string name)
{
    /// <returns>The signed note, to be kept where nobody who can change the database can change it.</returns>
    /// <exception cref="VaultException">It could not be signed.</exception>
    public Task<string> HandleAsync(ChainHead head, CancellationToken cancellationToken) =>
        SignAsync(new Checkpoint(name, head).Text, cancellationToken);

    /// <summary>Has the text of a certificate signed by the same key; its second line tells it from a checkpoint.</summary>
    /// <inheritdoc cref="HandleAsync"/>
    public Task<string> SignAsync(Certificate certificate, CancellationToken cancellationToken) =>
        SignAsync(certificate.TextFor(name), cancellationToken);

    private async Task<string> SignAsync(string text, CancellationToken cancellationToken)
    {
        var signed = await signer.SignAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        var key =
            await signer.PublicKeyAsync(signed.KeyVersion, cancellationToken)
            ?? throw new VaultException(
                VaultFailure.Faulty,
                gaveNoHalf: true,
                "The vault signed with a version of the key that it does not know. Look at the key of checkpoints there."
            );
        return SignedNote.Of(text, new CheckpointKey(name, key), signed.Signature.Span);
    }

    /// <summary>The public keys with which signed checkpoints are checked, oldest first: one for each version of the key at the vault.</summary>
    /// <exception cref="VaultException">They cannot be read.</exception>
    public async Task<IReadOnlyList<CheckpointKey>> KeysAsync(CancellationToken cancellationToken) =>
        [.. (await signer.PublicKeysAsync(cancellationToken)).Select(key => new CheckpointKey(name, key))];
}
