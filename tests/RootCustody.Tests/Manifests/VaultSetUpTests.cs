using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using RootCustody.Playground.FakeVault;
using RootCustody.Tests.Playground.FakeVault;

namespace RootCustody.Tests.Manifests;

/// <summary>The script with which an operator sets a vault up, run as an operator would.</summary>
public sealed class VaultSetUpTests
{
    private static readonly string[] Roles =
    [
        "approle-rc-password/role/rc-password-courier",
        "approle-rc-mfa/role/rc-mfa-courier",
        "approle-rc-stepup/role/rc-stepup",
        "approle-rc-audit/role/rc-audit-signer",
    ];

    [Fact]
    public async Task It_sets_an_empty_vault_up_and_changes_nothing_the_second_time()
    {
        NeedTools();
        await using var scene = await VaultScene.SetAsync();

        var first = await RunAsync(scene);
        var second = await RunAsync(scene);

        Assert.True(first.Code == 0, first.Error);
        Assert.Contains("changed       sys/mounts/rc-password", first.Output, StringComparison.Ordinal);
        Assert.True(second.Code == 0, second.Error);
        Assert.DoesNotContain("changed ", second.Output, StringComparison.Ordinal);
        Assert.Contains(
            "is right      role rc-stepup at auth/approle-rc-stepup",
            second.Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(scene.Server.RootToken, first.Output + first.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_role_logs_in_with_its_own_policies_and_a_secret_id_that_came_wrapped()
    {
        NeedTools();
        await using var scene = await VaultScene.SetAsync();
        await RunAsync(scene);

        var policies = new List<string>();
        foreach (var role in Roles)
        {
            var mount = role.Split('/')[0];
            var wrapped = await scene.Operator.WrappedAsync(HttpMethod.Post, $"auth/{role}/secret-id", "300s", []);
            var secret = await scene.Operator.SendAsync(
                HttpMethod.Post,
                "sys/wrapping/unwrap",
                token: wrapped.Wrapping
            );
            var login = await scene.Operator.WriteAsync(
                $"auth/{mount}/login",
                new JsonObject
                {
                    ["role_id"] = (await scene.Operator.ReadAsync($"auth/{role}/role-id")).Data["role_id"]!.DeepClone(),
                    ["secret_id"] = secret.Data["secret_id"]!.DeepClone(),
                },
                ""
            );
            policies.Add(login.Body!["auth"]!["policies"]!.ToJsonString());
        }

        Assert.Equal(
            [
                """["rc-password-courier"]""",
                """["rc-mfa-courier","rc-mfa-intake"]""",
                """["rc-stepup"]""",
                """["rc-audit-signer"]""",
            ],
            policies
        );
    }

    [Fact]
    public async Task A_dry_run_says_what_it_would_do_and_does_nothing()
    {
        NeedTools();
        await using var scene = await VaultScene.SetAsync();

        var run = await RunAsync(scene, "--dry-run");

        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("would change  sys/mounts/rc-password", run.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", run.Output, StringComparison.Ordinal);
        Assert.All(scene.Server.Requests, r => Assert.Equal("GET", r.Method));
    }

    [Fact]
    public async Task What_somebody_changed_is_put_right()
    {
        NeedTools();
        await using var scene = await VaultScene.SetAsync();
        await RunAsync(scene);
        await scene.PolicyAsync("rc-mfa-courier", """path "rc-password/data/*" { capabilities = ["read"] }""");
        await scene.Operator.WriteAsync(
            "auth/approle-rc-mfa/role/rc-mfa-courier",
            new JsonObject { ["token_policies"] = "rc-mfa-courier,rc-password-courier" }
        );
        await scene.Operator.WriteAsync("rc-password/config", new JsonObject { ["cas_required"] = false });

        var run = await RunAsync(scene);

        Assert.Equal(
            ["rc-password/config", "policy rc-mfa-courier", "role rc-mfa-courier at auth/approle-rc-mfa"],
            run.Output.Split('\n').Where(l => l.StartsWith("changed ", StringComparison.Ordinal)).Select(l => l[14..])
        );
    }

    [Fact]
    public async Task Networks_and_intake_are_as_the_operator_says()
    {
        NeedTools();
        await using var scene = await VaultScene.SetAsync();
        string[] arguments = ["--without-intake", "--cidrs", "rc-mfa-courier=10.0.4.0/28,10.0.5.7/32"];

        await RunAsync(scene, arguments);
        var again = await RunAsync(scene, arguments);

        var role = (await scene.Operator.ReadAsync($"auth/{Roles[1]}")).Data;
        Assert.Equal("""["rc-mfa-courier"]""", role["token_policies"]!.ToJsonString());
        Assert.Equal("""["10.0.4.0/28","10.0.5.7/32"]""", role["token_bound_cidrs"]!.ToJsonString());
        Assert.Equal("""["10.0.4.0/28","10.0.5.7/32"]""", role["secret_id_bound_cidrs"]!.ToJsonString());
        Assert.DoesNotContain("changed ", again.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sealed", "the vault is sealed")]
    [InlineData("token", "may not GET auth/token/lookup-self")]
    [InlineData("occupied", "at rc-mfa there is a mount of the type kv (version 2) already")]
    [InlineData("address", "has to be https://")]
    [InlineData("nobody", "no answer from http://127.0.0.1:1")]
    [InlineData("argument", "what is '--wet-run'?")]
    public async Task What_goes_wrong_is_said_in_a_sentence(string what, string sentence)
    {
        NeedTools();
        await using var scene = await VaultScene.SetAsync();
        if (what == "sealed")
            scene.Server.State = VaultState.Sealed;
        if (what == "occupied")
            await scene.MountAsync("rc-mfa", "kv");

        var run = await RunAsync(
            scene,
            what == "argument" ? ["--wet-run"] : [],
            token: what == "token" ? "hvs.wrong" : null,
            address: what switch
            {
                "address" => "http://vault.example:8200",
                "nobody" => "http://127.0.0.1:1",
                _ => null,
            }
        );

        Assert.Equal(1, run.Code);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_namespace_everything_is_below_it()
    {
        NeedTools();
        await using var scene = await VaultScene.SetAsync(VaultKind.OpenBao);
        await scene.Operator.WriteAsync("sys/namespaces/custody");

        var run = await RunAsync(scene, [], space: "custody");

        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(HttpStatusCode.OK, (await scene.Operator.ReadAsync("custody/rc-password/config")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await scene.Operator.ReadAsync("rc-password/config")).Status);
    }

    private static void NeedTools()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        foreach (var tool in (string[])["sh", "curl", "jq"])
        {
            if (!folders.Any(folder => File.Exists(Path.Combine(folder, tool))))
                Assert.Skip($"The script needs sh, curl and jq, and there is no {tool} here.");
        }
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(
        VaultScene scene,
        params string[] arguments
    ) => RunAsync(scene, arguments, token: null);

    private static async Task<(int Code, string Output, string Error)> RunAsync(
        VaultScene scene,
        string[] arguments,
        string? token = null,
        string? address = null,
        string? space = null
    )
    {
        var start = new ProcessStartInfo("sh", [Manifest.PathOf("vault/set-up.sh"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["VAULT_ADDR"] = address ?? scene.Server.Address.ToString();
        start.Environment["VAULT_TOKEN"] = token ?? scene.Server.RootToken;
        start.Environment["VAULT_NAMESPACE"] = space ?? "";
        start.Environment["NO_PROXY"] = "*";
        start.Environment.Remove("VAULT_CACERT");
        using var script = Process.Start(start)!;
        var output = script.StandardOutput.ReadToEndAsync();
        var error = script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();
        return (script.ExitCode, await output, await error);
    }
}
