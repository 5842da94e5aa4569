using System.Net;
using System.Text.Json.Nodes;
using OtpNet;
using RootCustody.Playground.FakeVault;

namespace RootCustody.Tests.Playground.FakeVault;

/// <summary>The TOTP engine of the fake, against what was measured on a real server.</summary>
public sealed class TotpTests : IAsyncLifetime
{
    private const string Seed = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private VaultScene scene = null!;

    public async ValueTask InitializeAsync() => await SetAsync(VaultKind.Vault);

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task A_key_that_was_put_in_gives_codes_and_never_its_seed()
    {
        VaultScene.Is(HttpStatusCode.NoContent, await PutAsync("a"));

        var code = await scene.Operator.ReadAsync("rc-mfa/code/a");
        var key = await scene.Operator.ReadAsync("rc-mfa/keys/a");
        var list = await scene.Operator.ListAsync("rc-mfa/keys");

        Assert.Equal($$"""{"code":"{{CodeAt(Stage.Noon)}}"}""", code.Data.ToJsonString());
        Assert.Equal(
            """{"account_name":"root","algorithm":"SHA1","digits":6,"issuer":"AWS","period":30}""",
            key.Data.ToJsonString()
        );
        Assert.Equal("""["a"]""", list.Data["keys"]!.ToJsonString());
    }

    [Fact]
    public async Task A_code_is_the_same_within_its_period_however_often_it_is_read()
    {
        await PutAsync("a");
        var first = await CodeAsync("a");
        scene.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(first, await CodeAsync("a"));

        scene.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(CodeAt(Stage.Noon.AddSeconds(30)), await CodeAsync("a"));
    }

    [Fact]
    public async Task A_key_of_the_same_name_overwrites_the_seed_without_a_word()
    {
        await PutAsync("a");

        VaultScene.Is(HttpStatusCode.NoContent, await PutAsync("a", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));

        Assert.NotEqual(CodeAt(Stage.Noon), await CodeAsync("a"));
    }

    [Fact]
    public async Task A_policy_with_create_alone_may_not_put_in_even_a_new_name()
    {
        await scene.PolicyAsync("creator", """path "rc-mfa/keys/*" { capabilities = ["create"] }""");
        await scene.PolicyAsync("updater", """path "rc-mfa/keys/*" { capabilities = ["update"] }""");

        var created = await PutAsync("a", token: await scene.TokenAsync("creator"));
        var updated = await PutAsync("a", token: await scene.TokenAsync("updater"));

        VaultScene.Is(HttpStatusCode.Forbidden, created);
        VaultScene.Is(HttpStatusCode.NoContent, updated);
    }

    [Fact]
    public async Task An_unknown_key_is_400_at_its_code_and_404_at_its_settings()
    {
        VaultScene.Refused(
            HttpStatusCode.BadRequest,
            "unknown key: zz",
            await scene.Operator.ReadAsync("rc-mfa/code/zz")
        );
        VaultScene.Is(HttpStatusCode.NotFound, await scene.Operator.ReadAsync("rc-mfa/keys/zz"));
        VaultScene.Is(HttpStatusCode.NoContent, await scene.Operator.DeleteAsync("rc-mfa/keys/zz"));
        VaultScene.Refused(
            HttpStatusCode.NotFound,
            "unsupported path",
            await scene.Operator.ReadAsync("rc-mfa/keys/a/b")
        );
    }

    [Fact]
    public async Task A_made_key_shows_its_seed_once_or_never()
    {
        var shown = await MakeAsync("a", exported: true);
        var hidden = await MakeAsync("b", exported: false);
        var bare = await scene.Operator.WriteAsync(
            "rc-mfa/keys/c",
            new JsonObject
            {
                ["generate"] = true,
                ["issuer"] = "i",
                ["account_name"] = "n",
                ["qr_size"] = 0,
            }
        );

        var url = shown.Data["url"]!.GetValue<string>();
        Assert.StartsWith("otpauth://totp/RootCustody:mona?", url, StringComparison.Ordinal);
        Assert.Contains("secret=", url, StringComparison.Ordinal);
        Assert.StartsWith("iVBOR", shown.Data["barcode"]!.GetValue<string>(), StringComparison.Ordinal); // a PNG
        VaultScene.Is(HttpStatusCode.NoContent, hidden);
        Assert.Null(bare.Data["barcode"]);
        Assert.Null((await scene.Operator.ReadAsync("rc-mfa/keys/a")).Data["url"]);
    }

    [Theory]
    [InlineData("""{"issuer":"i","account_name":"n"}""", "the key value is required")]
    [InlineData("""{"key":"JBSW 3DP"}""", "invalid key value: illegal base32 data at input byte 4")]
    [InlineData("""{"key":"JBSWY3DPEHPK3PXP","digits":7}""", "the digits value can only be 6 or 8")]
    [InlineData("""{"key":"JBSWY3DPEHPK3PXP","algorithm":"sha1"}""", "the algorithm value is not valid")]
    [InlineData("""{"generate":true,"account_name":"n"}""", "the issuer value is required for generated keys")]
    [InlineData("""{"generate":true,"issuer":"i"}""", "the account_name value is required for generated keys")]
    [InlineData("""{"generate":true,"url":"otpauth://totp/a"}""", "a url should not be passed if generate is true")]
    public async Task A_wrong_key_is_refused_in_the_servers_words(string body, string error) =>
        VaultScene.Refused(
            HttpStatusCode.BadRequest,
            error,
            await scene.Operator.WriteAsync("rc-mfa/keys/a", JsonNode.Parse(body)!.AsObject())
        );

    [Fact]
    public async Task The_older_line_wants_base32_in_groups_of_eight_and_lower_case_is_fine()
    {
        VaultScene.Is(HttpStatusCode.BadRequest, await PutAsync("a", "JBSWY3DPEH"));
        VaultScene.Is(HttpStatusCode.NoContent, await PutAsync("a", "jbswy3dpehpk3pxp"));

        await SetAsync(VaultKind.OpenBao);

        VaultScene.Is(HttpStatusCode.NoContent, await PutAsync("a", "JBSWY3DPEH"));
    }

    [Fact]
    public async Task A_malformed_url_puts_the_seed_in_clear_into_the_servers_audit_log()
    {
        var refused = await scene.Operator.WriteAsync(
            "rc-mfa/keys/a",
            new JsonObject { ["url"] = $"otpauth://totp/Amazon%zzWeb:root?secret={Seed}" }
        );

        VaultScene.Refused(HttpStatusCode.BadRequest, "an error occurred while parsing url string", refused);
        Assert.Contains(scene.Server.AuditLog, l => l.Contains(Seed, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_seed_that_is_sent_as_a_key_is_only_a_hash_in_the_servers_audit_log()
    {
        await PutAsync("a");
        await PutAsync("b", "JBSW 3DP");

        Assert.DoesNotContain(scene.Server.AuditLog, l => l.Contains("JBSW", StringComparison.Ordinal));
        Assert.Contains(scene.Server.AuditLog, l => l.Contains("hmac-sha256:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_url_form_takes_what_is_no_totp_at_all()
    {
        foreach (
            var url in (string[])
                [$"otpauth://hotp/AWS:root?secret={Seed}", $"https://evil.example/AWS:root?secret={Seed}"]
        )
        {
            var put = await scene.Operator.WriteAsync("rc-mfa/keys/a", new JsonObject { ["url"] = url });
            VaultScene.Is(HttpStatusCode.NoContent, put);
        }
        Assert.Equal("root", (await scene.Operator.ReadAsync("rc-mfa/keys/a")).Data["account_name"]!.ToString());
    }

    [Fact]
    public async Task A_code_is_validated_once_right_or_wrong()
    {
        await PutAsync("a");
        var right = CodeAt(Stage.Noon);
        var wrong = right == "000000" ? "000001" : "000000";

        Assert.Equal("""{"valid":true}""", (await ValidateAsync(right)).Data.ToJsonString());
        Assert.Equal("""{"valid":false}""", (await ValidateAsync(wrong)).Data.ToJsonString());
        foreach (var again in (string[])[right, wrong])
            VaultScene.Refused(
                HttpStatusCode.BadRequest,
                "code already used; wait until the next time period",
                await ValidateAsync(again)
            );

        scene.Clock.Advance(TimeSpan.FromSeconds(91)); // period * (2 + skew)
        Assert.Equal("""{"valid":false}""", (await ValidateAsync(wrong)).Data.ToJsonString());
    }

    [Fact]
    public async Task A_code_of_a_neighbouring_period_is_valid()
    {
        await PutAsync("a");

        Assert.Equal(
            """{"valid":true}""",
            (await ValidateAsync(CodeAt(Stage.Noon.AddSeconds(-30)))).Data.ToJsonString()
        );
        Assert.Equal(
            """{"valid":false}""",
            (await ValidateAsync(CodeAt(Stage.Noon.AddSeconds(-90)))).Data.ToJsonString()
        );
    }

    [Fact]
    public async Task A_code_of_the_wrong_length_is_not_valid_on_vault_and_refused_by_openbao()
    {
        await PutAsync("a");
        Assert.Equal("""{"valid":false}""", (await ValidateAsync("12345")).Data.ToJsonString());

        await SetAsync(VaultKind.OpenBao);
        await PutAsync("a");

        VaultScene.Refused(
            HttpStatusCode.BadRequest,
            "invalid number of digits for the code",
            await ValidateAsync("123 456")
        );
    }

    [Fact]
    public async Task Openbao_tells_until_when_a_code_counts()
    {
        await SetAsync(VaultKind.OpenBao);
        await PutAsync("a");
        scene.Clock.Advance(TimeSpan.FromSeconds(7));

        var code = (await scene.Operator.ReadAsync("rc-mfa/code/a")).Data;

        Assert.Equal(Stage.Noon.ToUnixTimeSeconds(), code["generated"]!.GetValue<long>());
        Assert.Equal(Stage.Noon.ToUnixTimeSeconds() + 30, code["expire_time"]!.GetValue<long>());
        Assert.Equal("30s", code["period"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_parameter_in_the_query_is_ignored()
    {
        var put = await scene.Operator.WriteAsync($"rc-mfa/keys/a?key={Seed}");

        VaultScene.Refused(HttpStatusCode.BadRequest, "the key value is required", put);
    }

    private async Task SetAsync(VaultKind kind)
    {
        if (scene is not null)
            await scene.DisposeAsync();
        scene = await VaultScene.SetAsync(kind);
        await scene.MountAsync("rc-mfa", "totp");
    }

    private Task<VaultSeen> PutAsync(string name, string key = Seed, string? token = null) =>
        scene.Operator.WriteAsync(
            $"rc-mfa/keys/{name}",
            new JsonObject
            {
                ["key"] = key,
                ["issuer"] = "AWS",
                ["account_name"] = "root",
            },
            token
        );

    private Task<VaultSeen> MakeAsync(string name, bool exported) =>
        scene.Operator.WriteAsync(
            $"rc-mfa/keys/{name}",
            new JsonObject
            {
                ["generate"] = true,
                ["exported"] = exported,
                ["issuer"] = "RootCustody",
                ["account_name"] = "mona",
            }
        );

    private async Task<string> CodeAsync(string name) =>
        (await scene.Operator.ReadAsync($"rc-mfa/code/{name}")).Data["code"]!.GetValue<string>();

    private Task<VaultSeen> ValidateAsync(string code) =>
        scene.Operator.WriteAsync("rc-mfa/code/a", new JsonObject { ["code"] = code });

    private static string CodeAt(DateTimeOffset at) =>
        new Totp(Base32Encoding.ToBytes(Seed)).ComputeTotp(at.UtcDateTime);
}
