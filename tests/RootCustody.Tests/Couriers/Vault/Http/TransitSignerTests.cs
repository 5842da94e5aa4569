using System.Text;
using System.Text.Json.Nodes;
using NSec.Cryptography;
using RootCustody.Couriers.Vault;
using RootCustody.Couriers.Vault.Http;
using RootCustody.Playground.FakeVault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Vault.Http;

/// <summary>Checkpoints signed by a key that never leaves the vault, and checked without it.</summary>
public sealed class TransitSignerTests : IAsyncLifetime
{
    private static readonly byte[] Note = Encoding.UTF8.GetBytes("rootcustody.example/log\n42\nhash\n");

    private HttpVaults vaults = null!;

    public async ValueTask InitializeAsync() => vaults = await HttpVaults.OpenAsync();

    public ValueTask DisposeAsync() => vaults.DisposeAsync();

    [Fact]
    [Trait("Law", "13")]
    public async Task What_is_signed_is_checked_with_the_public_key_of_its_version_also_after_a_rotation()
    {
        var signer = Signer();

        var first = await signer.SignAsync(Note, Cancel);
        await vaults.Prepared.Operator.WriteAsync("rc-audit/keys/checkpoint/rotate");
        var second = await signer.SignAsync(Note, Cancel);

        Assert.Equal((1, 2), (first.KeyVersion, second.KeyVersion));
        Assert.True(await IsGoodAsync(signer, first));
        Assert.True(await IsGoodAsync(signer, second));
        Assert.False(await IsGoodAsync(signer, first with { KeyVersion = 2 }));
        Assert.Null(await signer.PublicKeyAsync(3, Cancel));
    }

    [Fact]
    public async Task A_signature_comes_though_one_answer_fails()
    {
        var signer = Signer();
        vaults.Server.Faults.Next("rc-audit/sign", VaultFault.DropsAfter);

        Assert.True(await IsGoodAsync(signer, await signer.SignAsync(Note, Cancel)));
    }

    [Fact]
    public async Task A_key_of_another_kind_is_refused()
    {
        await vaults.Prepared.Operator.WriteAsync("rc-audit/keys/other", new JsonObject { ["type"] = "ecdsa-p256" });
        await vaults.Prepared.RuleAsync(
            PreparedVault.AuditRole,
            "path \"rc-audit/sign/other\" { capabilities = [\"update\"] }\npath \"rc-audit/keys/other\" { capabilities = [\"read\"] }"
        );
        var signer = Signer("other");

        var refused = await HttpVaults.RefusedAsync(() => signer.PublicKeyAsync(1, Cancel));

        Assert.Equal(VaultFailure.Misconfigured, refused.Failure);
    }

    private TransitSigner Signer(string key = "checkpoint")
    {
        var settings = vaults.Prepared.Checkpoints;
        var identity = VaultIdentity.OfCheckpoints("AuditVault", settings, key, "rc-password", "rc-mfa", "rc-stepup");
        return new TransitSigner(vaults.ClientOf(identity), settings.Mount, key);
    }

    private static async Task<bool> IsGoodAsync(TransitSigner signer, TransitSignature signature)
    {
        var bytes = await signer.PublicKeyAsync(signature.KeyVersion, Cancel);
        var key = PublicKey.Import(SignatureAlgorithm.Ed25519, bytes!.Value.Span, KeyBlobFormat.RawPublicKey);
        return SignatureAlgorithm.Ed25519.Verify(key, Note, signature.Signature.Span);
    }
}
