using System.Net;
using System.Text.Json.Nodes;
using RootCustody.Playground.FakeVault;
using RootCustody.Tests.Playground.FakeVault;

namespace RootCustody.Tests.Manifests;

/// <summary>The policies as an operator loads them, tried call by call.</summary>
public sealed class VaultPolicyTests : IAsyncLifetime
{
    private const string Password = "rc-password-courier";
    private const string Codes = "rc-mfa-courier";
    private const string Intake = "rc-mfa-intake";
    private const string StepUp = "rc-stepup";
    private const string Signer = "rc-audit-signer";
    private const string GlassPassword = "rc-break-glass-password";
    private const string GlassMfa = "rc-break-glass-mfa";

    private static readonly string[] OfThePassword = [Password, GlassPassword];
    private static readonly string[] OfTheMfa = [Codes, Intake, GlassMfa];
    private static readonly string[] All = [.. OfThePassword, .. OfTheMfa, StepUp, Signer];

    private VaultScene scene = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await VaultScene.SetAsync();
        foreach (
            var (mount, type) in ((string, string)[])
                [("rc-password", "kv"), ("rc-mfa", "totp"), ("rc-stepup", "totp"), ("rc-audit", "transit")]
        )
            await scene.MountAsync(mount, type);
        foreach (var policy in All)
            await scene.PolicyAsync(policy, Manifest.Read($"vault/policies/{policy}.hcl"));
        await scene.Operator.WriteAsync("rc-password/data/accounts/a", Data());
        await scene.Operator.WriteAsync("rc-mfa/keys/a-g1", Seed());
        await scene.Operator.WriteAsync("rc-stepup/keys/p-s1", Generated());
        await scene.Operator.WriteAsync("rc-audit/keys/checkpoint", new JsonObject { ["type"] = "ed25519" });
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task The_password_courier_reads_adds_and_destroys_passwords_and_nothing_else()
    {
        var token = await TokenAsync(Password);
        JsonObject Versions() => new() { ["versions"] = new JsonArray(1) };

        await MayAsync(
            token,
            ("GET", "rc-password/data/accounts/a?version=1", null),
            ("POST", "rc-password/data/accounts/a", Data()),
            ("POST", "rc-password/data/accounts/new", Data()),
            ("POST", "rc-password/data/fingerprint-key", Data()),
            ("GET", "rc-password/metadata/accounts/a", null),
            ("GET", "rc-password/metadata/accounts?list=true", null),
            ("PUT", "rc-password/destroy/accounts/a", Versions())
        );
        await MayNotAsync(
            token,
            ("DELETE", "rc-password/metadata/accounts/a", null),
            ("POST", "rc-password/metadata/accounts/a", new JsonObject { ["max_versions"] = 1 }),
            ("DELETE", "rc-password/data/accounts/a", null),
            ("POST", "rc-password/undelete/accounts/a", Versions()),
            ("POST", "rc-password/config", new JsonObject { ["cas_required"] = false })
        );
        await SeesNeitherCodeNorSeedAsync(token);
        await SeesNoStepUpAsync(token);
    }

    [Fact]
    public async Task The_mfa_courier_reads_codes_and_neither_validates_nor_changes_any()
    {
        var token = await TokenAsync(Codes);

        await MayAsync(
            token,
            ("GET", "rc-mfa/code/a-g1", null),
            ("GET", "rc-mfa/keys/a-g1", null),
            ("GET", "rc-mfa/keys?list=true", null)
        );
        await MayNotAsync(
            token,
            ("POST", "rc-mfa/code/a-g1", new JsonObject { ["code"] = "000000" }),
            ("POST", "rc-mfa/keys/a-g2", Seed()),
            ("DELETE", "rc-mfa/keys/a-g1", null)
        );
        await SeesNoPasswordAsync(token);
        await SeesNoStepUpAsync(token);
    }

    [Fact]
    public async Task With_intake_it_puts_seeds_in_but_never_as_a_url_and_lets_none_be_made()
    {
        var token = await TokenAsync(Codes, Intake);

        await MayAsync(token, ("POST", "rc-mfa/keys/a-g2", Seed()), ("GET", "rc-mfa/code/a-g2", null));
        await MayNotAsync(
            token,
            (
                "POST",
                "rc-mfa/keys/a-g3",
                new JsonObject { ["url"] = "otpauth://totp/AWS:root?secret=JBSWY3DPEHPK3PXP" }
            ),
            ("POST", "rc-mfa/keys/a-g3", Generated()),
            ("DELETE", "rc-mfa/keys/a-g1", null)
        );
        await SeesNoPasswordAsync(token);
        await SeesNoStepUpAsync(token);
    }

    [Fact]
    public async Task Step_up_validates_and_lets_seeds_be_made_but_reads_no_code_and_takes_no_seed_that_somebody_knows()
    {
        var token = await TokenAsync(StepUp);

        await MayAsync(
            token,
            ("POST", "rc-stepup/code/p-s1", new JsonObject { ["code"] = "000000" }),
            ("POST", "rc-stepup/keys/p-s2", Generated()),
            ("GET", "rc-stepup/keys?list=true", null),
            ("DELETE", "rc-stepup/keys/p-s2", null)
        );
        await MayNotAsync(
            token,
            ("GET", "rc-stepup/code/p-s1", null),
            ("POST", "rc-stepup/keys/p-s1", Seed()),
            ("POST", "rc-stepup/keys/p-s1", new JsonObject { ["url"] = "otpauth://totp/a:b?secret=JBSWY3DPEHPK3PXP" })
        );
        await SeesNoPasswordAsync(token);
        await SeesNeitherCodeNorSeedAsync(token);
    }

    [Fact]
    public async Task The_signer_signs_and_does_nothing_else_with_its_key()
    {
        var token = await TokenAsync(Signer);

        await MayAsync(
            token,
            ("POST", "rc-audit/sign/checkpoint", new JsonObject { ["input"] = "aGVsbG8=" }),
            ("GET", "rc-audit/keys/checkpoint", null)
        );
        await MayNotAsync(
            token,
            ("POST", "rc-audit/keys/checkpoint/rotate", []),
            ("POST", "rc-audit/keys/checkpoint/config", new JsonObject { ["exportable"] = true }),
            ("GET", "rc-audit/export/signing-key/checkpoint", null),
            ("POST", "rc-audit/sign/other", new JsonObject { ["input"] = "aGVsbG8=" })
        );
        await SeesNoPasswordAsync(token);
        await SeesNeitherCodeNorSeedAsync(token);
        await SeesNoStepUpAsync(token);
    }

    [Fact]
    [Trait("Law", "1")]
    public async Task In_an_emergency_each_custodian_reads_their_own_half_and_changes_nothing()
    {
        var paul = await TokenAsync("default", GlassPassword);
        var mona = await TokenAsync("default", GlassMfa);

        await MayAsync(
            paul,
            ("GET", "rc-password/metadata/accounts/a", null),
            ("GET", "rc-password/data/accounts/a", null)
        );
        await MayAsync(mona, ("GET", "rc-mfa/keys?list=true", null), ("GET", "rc-mfa/code/a-g1", null));
        await MayNotAsync(paul, ("POST", "rc-password/data/accounts/a", Data()));
        await MayNotAsync(mona, ("POST", "rc-mfa/keys/a-g2", Seed()));
        await SeesNeitherCodeNorSeedAsync(paul);
        await SeesNoPasswordAsync(mona);
        await SeesNoStepUpAsync(paul);
        await SeesNoStepUpAsync(mona);
    }

    public static TheoryData<string, string> OneOfEach() =>
        new(OfThePassword.SelectMany(p => OfTheMfa.Select(m => (p, m))));

    [Theory]
    [MemberData(nameof(OneOfEach))]
    [Trait("Law", "7")]
    public async Task Whoever_holds_a_policy_of_each_half_gets_neither(string ofThePassword, string ofTheMfa)
    {
        var token = await TokenAsync(ofThePassword, ofTheMfa);

        await SeesNoPasswordAsync(token);
        await SeesNeitherCodeNorSeedAsync(token);
    }

    [Fact]
    [Trait("Law", "7")]
    public void Each_policy_denies_every_pattern_that_those_of_the_other_halves_use_and_the_broad_one()
    {
        var rules = All.ToDictionary(p => p, p => PolicyText.Read(Manifest.Read($"vault/policies/{p}.hcl")));
        foreach (
            var (mine, others) in ((string[], string[])[])
                [
                    (OfThePassword, [.. OfTheMfa, StepUp]),
                    (OfTheMfa, [.. OfThePassword, StepUp]),
                    ([StepUp, Signer], [.. OfThePassword, .. OfTheMfa]),
                ]
        )
        {
            var used = others
                .SelectMany(o => rules[o])
                .Where(r => r.Pattern.StartsWith("rc-", StringComparison.Ordinal) && !r.Capabilities.Contains("deny"))
                .Select(r => r.Pattern)
                .ToHashSet();
            used.UnionWith(used.Select(p => $"{p.Split('/')[0]}/*").ToList());
            Assert.All(
                mine,
                policy =>
                    Assert.Empty(
                        used.Except(rules[policy].Where(r => r.Capabilities.Contains("deny")).Select(r => r.Pattern))
                    )
            );
        }
    }

    [Theory]
    [InlineData(Password)]
    [InlineData(Codes)]
    [InlineData(StepUp)]
    [InlineData(Signer)]
    public async Task Each_process_renews_looks_at_and_ends_its_own_token_without_the_default_policy(string policy)
    {
        var token = await TokenAsync(policy);

        await MayAsync(
            token,
            ("GET", "auth/token/lookup-self", null),
            ("POST", "auth/token/renew-self", []),
            ("POST", "sys/capabilities-self", new JsonObject { ["paths"] = new JsonArray("rc-mfa/code/x") }),
            ("POST", "auth/token/revoke-self", [])
        );
    }

    private static JsonObject Data() => new() { ["data"] = new JsonObject { ["password"] = "p" } };

    private static JsonObject Seed() =>
        new()
        {
            ["key"] = "JBSWY3DPEHPK3PXP",
            ["issuer"] = "AWS",
            ["account_name"] = "root",
        };

    private static JsonObject Generated() =>
        new()
        {
            ["generate"] = true,
            ["issuer"] = "RootCustody",
            ["account_name"] = "mona",
        };

    private async Task<string> TokenAsync(params string[] policies)
    {
        var made = await scene.Operator.WriteAsync(
            "auth/token/create",
            new JsonObject
            {
                ["policies"] = new JsonArray([.. policies.Select(p => JsonValue.Create(p))]),
                ["no_default_policy"] = true,
            }
        );
        return made.Token;
    }

    private Task SeesNoPasswordAsync(string token) =>
        MayNotAsync(
            token,
            ("GET", "rc-password/data/accounts/a", null),
            ("GET", "rc-password/subkeys/accounts/a", null),
            ("GET", "rc-password/metadata/accounts/a", null),
            ("GET", "rc-password/metadata/accounts?list=true", null),
            ("GET", "rc-password/config", null),
            ("POST", "rc-password/data/accounts/a", Data())
        );

    private Task SeesNeitherCodeNorSeedAsync(string token) =>
        MayNotAsync(
            token,
            ("GET", "rc-mfa/code/a-g1", null),
            ("POST", "rc-mfa/code/a-g1", new JsonObject { ["code"] = "000000" }),
            ("GET", "rc-mfa/keys/a-g1", null),
            ("GET", "rc-mfa/keys?list=true", null),
            ("POST", "rc-mfa/keys/a-g1", Seed())
        );

    private Task SeesNoStepUpAsync(string token) =>
        MayNotAsync(
            token,
            ("GET", "rc-stepup/code/p-s1", null),
            ("POST", "rc-stepup/code/p-s1", new JsonObject { ["code"] = "000000" }),
            ("POST", "rc-stepup/keys/p-s1", Generated()),
            ("GET", "rc-stepup/keys?list=true", null)
        );

    private async Task MayAsync(string token, params (string Method, string Path, JsonObject? Body)[] calls)
    {
        foreach (var (method, path, body) in calls)
        {
            var seen = await scene.Operator.SendAsync(new HttpMethod(method), path, body, token);
            Assert.True((int)seen.Status < 300, $"{method} {path}: {(int)seen.Status} {seen.Errors}");
        }
    }

    private async Task MayNotAsync(string token, params (string Method, string Path, JsonObject? Body)[] calls)
    {
        foreach (var (method, path, body) in calls)
        {
            var seen = await scene.Operator.SendAsync(new HttpMethod(method), path, body, token);
            Assert.True(seen.Status == HttpStatusCode.Forbidden, $"{method} {path}: {(int)seen.Status} {seen.Errors}");
        }
    }
}
