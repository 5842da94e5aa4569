using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NSec.Cryptography;
using RootCustody.Playground.FakeVault;

namespace RootCustody.Tests.Playground.FakeVault;

/// <summary>The transit engine of the fake, against what was measured on a real server.</summary>
public sealed class TransitTests : IAsyncLifetime
{
    private static readonly byte[] Note = Encoding.UTF8.GetBytes("rootcustody audit log\n42\nhash=\n");
    private VaultScene scene = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await VaultScene.SetAsync();
        await scene.MountAsync("rc-audit", "transit");
        await MakeAsync("checkpoint", "ed25519");
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task An_ed25519_signature_is_verified_by_anybody_without_the_server()
    {
        var signed = (await SendAsync("sign/checkpoint", new JsonObject { ["input"] = Input })).Data;
        var key = (await scene.Operator.ReadAsync("rc-audit/keys/checkpoint")).Data;

        Assert.Equal(1, signed["key_version"]!.GetValue<int>());
        Assert.True(key["supports_signing"]!.GetValue<bool>());
        var signature = signed["signature"]!.GetValue<string>();
        Assert.StartsWith("vault:v1:", signature, StringComparison.Ordinal);
        var open = PublicKey.Import(
            SignatureAlgorithm.Ed25519,
            Convert.FromBase64String(key["keys"]!["1"]!["public_key"]!.GetValue<string>()),
            KeyBlobFormat.RawPublicKey
        );
        Assert.True(
            SignatureAlgorithm.Ed25519.Verify(open, Note, Convert.FromBase64String(signature["vault:v1:".Length..]))
        );
    }

    [Fact]
    public async Task Old_versions_verify_after_a_rotation_until_they_are_cut_off()
    {
        var old = (await SendAsync("sign/checkpoint", new JsonObject { ["input"] = Input })).Data["signature"]!;
        await SendAsync("keys/checkpoint/rotate", []);
        JsonObject Signed() => new() { ["input"] = Input, ["signature"] = old.DeepClone() };

        Assert.Equal("""{"valid":true}""", (await SendAsync("verify/checkpoint", Signed())).Data.ToJsonString());
        Assert.Equal(
            2,
            (await SendAsync("sign/checkpoint", new JsonObject { ["input"] = Input })).Data[
                "key_version"
            ]!.GetValue<int>()
        );
        await SendAsync("keys/checkpoint/config", new JsonObject { ["min_decryption_version"] = 2 });
        VaultScene.Is(HttpStatusCode.BadRequest, await SendAsync("verify/checkpoint", Signed()));
    }

    [Fact]
    public async Task A_wrong_signature_is_not_valid_and_one_without_its_prefix_is_refused()
    {
        var wrong = $"vault:v1:{Convert.ToBase64String(new byte[64])}";

        var told = await SendAsync("verify/checkpoint", new JsonObject { ["input"] = Input, ["signature"] = wrong });
        var bare = await SendAsync("verify/checkpoint", new JsonObject { ["input"] = Input, ["signature"] = "abc" });

        Assert.Equal("""{"valid":false}""", told.Data.ToJsonString());
        VaultScene.Refused(HttpStatusCode.BadRequest, "invalid signature: no prefix", bare);
    }

    [Fact]
    public async Task An_hmac_is_made_with_any_type_and_verified()
    {
        await MakeAsync("cipher", "aes256-gcm96");

        var hmac = (await SendAsync("hmac/cipher/sha2-256", new JsonObject { ["input"] = Input })).Data["hmac"]!;
        var told = await SendAsync("verify/cipher", new JsonObject { ["input"] = Input, ["hmac"] = hmac.DeepClone() });

        Assert.Equal("""{"valid":true}""", told.Data.ToJsonString());
        VaultScene.Refused(
            HttpStatusCode.BadRequest,
            "key type aes256-gcm96 does not support signing",
            await SendAsync("sign/cipher", new JsonObject { ["input"] = Input })
        );
    }

    [Fact]
    public async Task A_second_key_of_the_same_name_is_not_made_and_nobody_is_told()
    {
        VaultScene.Is(HttpStatusCode.NoContent, await MakeAsync("checkpoint", "ecdsa-p256"));

        Assert.Equal("ed25519", (await scene.Operator.ReadAsync("rc-audit/keys/checkpoint")).Data["type"]!.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("jws")]
    public async Task An_ecdsa_signature_verifies_in_either_form(string? form)
    {
        await MakeAsync("curve", "ecdsa-p256");
        JsonObject Body() => new() { ["input"] = Input, ["marshaling_algorithm"] = form };
        var verify = Body();
        verify["signature"] = (await SendAsync("sign/curve/sha2-256", Body())).Data["signature"]!.DeepClone();

        Assert.Equal("""{"valid":true}""", (await SendAsync("verify/curve/sha2-256", verify)).Data.ToJsonString());
    }

    [Fact]
    public async Task Each_item_of_a_batch_stands_for_itself()
    {
        var batch = new JsonObject
        {
            ["batch_input"] = new JsonArray(new JsonObject { ["input"] = Input }, new JsonObject()),
        };

        var results = (await SendAsync("sign/checkpoint", batch)).Data["batch_results"]!.AsArray();

        Assert.NotNull(results[0]!["signature"]);
        Assert.Equal("missing input", results[1]!["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_cannot_be_done_is_400()
    {
        VaultScene.Refused(
            HttpStatusCode.BadRequest,
            "encryption key not found",
            await SendAsync("sign/none", new JsonObject { ["input"] = Input })
        );
        var odd = await SendAsync("sign/checkpoint", new JsonObject { ["input"] = "?" });
        Assert.StartsWith("unable to decode input as base64", odd.Errors, StringComparison.Ordinal);
        VaultScene.Refused(
            HttpStatusCode.BadRequest,
            "key is not exportable",
            await scene.Operator.ReadAsync("rc-audit/export/signing-key/checkpoint")
        );
        VaultScene.Refused(
            HttpStatusCode.BadRequest,
            "deletion is not allowed for this key",
            await scene.Operator.DeleteAsync("rc-audit/keys/checkpoint")
        );
    }

    private static string Input => Convert.ToBase64String(Note);

    private Task<VaultSeen> MakeAsync(string name, string type) =>
        SendAsync($"keys/{name}", new JsonObject { ["type"] = type });

    private Task<VaultSeen> SendAsync(string path, JsonObject body) =>
        scene.Operator.WriteAsync($"rc-audit/{path}", body);
}
