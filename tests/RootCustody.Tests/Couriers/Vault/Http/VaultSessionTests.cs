using System.Net;
using System.Text.Json.Nodes;
using RootCustody.Couriers.Vault;
using RootCustody.Couriers.Vault.Http;
using RootCustody.Playground.FakeVault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Vault.Http;

/// <summary>How an identity gets in, stays in, and is kept out.</summary>
public sealed class VaultSessionTests : IAsyncLifetime
{
    private const string Login = "auth/approle-rc-password/login";

    private HttpVaults vaults = null!;

    private VaultSettings Settings => vaults.Prepared.Passwords;

    public async ValueTask InitializeAsync() => vaults = await HttpVaults.OpenAsync();

    public ValueTask DisposeAsync() => vaults.DisposeAsync();

    [Fact]
    public async Task Many_who_ask_at_once_log_in_once()
    {
        var passwords = vaults.Passwords();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => passwords.LatestAsync(Acme, Cancel)));

        Assert.Equal(1, vaults.Asked(Login));
    }

    [Fact]
    public async Task A_token_is_renewed_after_two_thirds_of_its_life_and_used_on()
    {
        await using var client = vaults.PasswordClient();
        await client.LookAsync(Cancel);
        var token = LastToken();

        await KeepAsync(client, TimeSpan.FromMinutes(50));
        await client.LookAsync(Cancel);

        Assert.Equal(token, LastToken());
        Assert.Equal(1, vaults.Asked(Login));
        Assert.InRange(vaults.Asked("auth/token/renew-self"), 3, 5);
    }

    [Fact]
    public async Task A_token_that_nobody_renewed_is_followed_by_another()
    {
        var passwords = vaults.Passwords();
        await passwords.LatestAsync(Acme, Cancel);
        vaults.Clock.Now += TimeSpan.FromHours(3);

        await passwords.LatestAsync(Acme, Cancel);

        Assert.Equal(2, vaults.Asked(Login));
    }

    [Fact]
    public async Task Before_its_longest_life_is_over_the_identity_logs_in_again()
    {
        await RoleAsync(new JsonObject { ["token_max_ttl"] = "30m" });
        await using var client = vaults.PasswordClient();
        await client.LookAsync(Cancel);

        await KeepAsync(client, TimeSpan.FromMinutes(28));
        vaults.Clock.Now += TimeSpan.FromMinutes(5);
        var before = vaults.Asked(Login);
        await client.LookAsync(Cancel);

        Assert.Equal((2, 2), (before, vaults.Asked(Login)));
    }

    [Fact]
    public async Task A_renewal_that_fails_leaves_the_token_in_use_and_is_tried_again()
    {
        await using var client = vaults.PasswordClient();
        await client.LookAsync(Cancel);
        var token = LastToken();
        vaults.Clock.Now += TimeSpan.FromMinutes(14);
        vaults.Server.State = VaultState.Sealed;

        var pause = await client.KeepAsync(Cancel);
        vaults.Server.State = VaultState.Active;
        vaults.Clock.Now += pause;
        await client.KeepAsync(Cancel);

        Assert.Equal(TimeSpan.FromSeconds(30), pause);
        Assert.Equal(token, LastToken());
        Assert.Contains(vaults.Logs.Lines, l => l.Contains("could not be renewed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task A_token_that_was_revoked_is_followed_by_another_and_the_question_is_answered(int minutes)
    {
        var passwords = vaults.Passwords();
        await passwords.LatestAsync(Acme, Cancel);
        await vaults.Prepared.Operator.WriteAsync("auth/token/revoke-self", token: LastToken());
        vaults.Clock.Now += TimeSpan.FromMinutes(minutes);

        await passwords.LatestAsync(Acme, Cancel);

        Assert.Equal(2, vaults.Asked(Login));
    }

    [Fact]
    public async Task What_a_policy_denies_is_denied_and_uses_up_no_more_than_one_login()
    {
        var passwords = vaults.Passwords();
        await passwords.LatestAsync(Acme, Cancel);
        var policy = PreparedVault.PolicyOf(PreparedVault.PasswordRole);
        await vaults.Prepared.RuleAsync(
            PreparedVault.PasswordRole,
            $"{policy}\npath \"rc-password/data/accounts/*\" {{ capabilities = [\"deny\"] }}"
        );
        vaults.Clock.Now += TimeSpan.FromMinutes(5);

        for (var ask = 0; ask < 4; ask++)
        {
            var refused = await RefusedAsync(() => passwords.ReadAsync(Acme, 1, Cancel));
            Assert.Equal((VaultFailure.Denied, true), (refused.Failure, refused.GaveNoHalf));
        }

        Assert.Equal(2, vaults.Asked(Login));
    }

    [Fact]
    public async Task A_secret_id_that_is_used_up_is_not_tried_again_and_a_new_one_is_taken_at_once()
    {
        await vaults.Prepared.DeliverAsync(Settings, new JsonObject { ["num_uses"] = 1 });
        var passwords = vaults.Passwords();
        await passwords.LatestAsync(Acme, Cancel);
        vaults.Clock.Now += TimeSpan.FromHours(1);

        Assert.Equal(VaultFailure.Denied, (await RefusedAsync(() => passwords.LatestAsync(Acme, Cancel))).Failure);
        Assert.Equal(VaultFailure.Denied, (await RefusedAsync(() => passwords.LatestAsync(Acme, Cancel))).Failure);
        var asked = vaults.Asked(Login);
        await vaults.Prepared.DeliverAsync(Settings);
        File.SetLastWriteTimeUtc(Settings.SecretIdFile, Noon.UtcDateTime);
        await passwords.LatestAsync(Acme, Cancel);

        Assert.Equal((2, 3), (asked, vaults.Asked(Login)));
    }

    [Fact]
    public async Task A_secret_id_that_was_not_delivered_is_asked_for()
    {
        File.Delete(Settings.SecretIdFile);

        var refused = await RefusedAsync(() => vaults.Passwords().LatestAsync(Acme, Cancel));

        Assert.Equal(VaultFailure.Denied, refused.Failure);
        Assert.Contains("PasswordVault:SecretIdFile", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, vaults.Asked(Login));
    }

    [Fact]
    public async Task At_the_end_the_token_is_given_back()
    {
        var client = vaults.PasswordClient();
        await client.LookAsync(Cancel);
        var token = LastToken();

        await client.DisposeAsync();
        await client.DisposeAsync();

        Assert.Equal(1, vaults.Asked("auth/token/revoke-self"));
        var seen = await vaults.Prepared.Operator.ReadAsync("auth/token/lookup-self", token);
        Assert.Equal(HttpStatusCode.Forbidden, seen.Status);
    }

    [Fact]
    public async Task A_wrapped_secret_id_is_opened_once_and_its_file_taken_away()
    {
        var wrapping = await vaults.Prepared.DeliverWrappedAsync(Settings);
        var passwords = vaults.Passwords();

        await passwords.LatestAsync(Acme, Cancel);

        Assert.False(File.Exists(Settings.WrappedSecretIdFile));
        var carried = Assert.Single(vaults.Server.Requests, r => r.Headers.Values.Contains(wrapping));
        Assert.Equal("/v1/sys/wrapping/unwrap", carried.Path);
        Assert.Empty(carried.Body);
    }

    [Fact]
    public async Task A_wrapped_secret_id_that_someone_opened_before_is_an_alarm()
    {
        var wrapping = await vaults.Prepared.DeliverWrappedAsync(Settings);
        await vaults.Prepared.Operator.WriteAsync("sys/wrapping/unwrap", token: wrapping);

        await AssertTamperedAsync();
    }

    [Fact]
    public async Task A_wrapped_secret_id_that_someone_opened_and_wrapped_again_is_an_alarm()
    {
        var wrapping = await vaults.Prepared.DeliverWrappedAsync(Settings);
        var opened = await vaults.Prepared.Operator.WriteAsync("sys/wrapping/unwrap", token: wrapping);
        var again = await vaults.Prepared.Operator.WrappedAsync(
            HttpMethod.Post,
            "sys/wrapping/wrap",
            "120s",
            opened.Data.DeepClone().AsObject()
        );
        await File.WriteAllTextAsync(Settings.WrappedSecretIdFile, again.Wrapping, Cancel);

        await AssertTamperedAsync();
    }

    [Fact]
    public async Task A_wrapped_secret_id_of_another_role_is_an_alarm()
    {
        await vaults.Prepared.DeliverWrappedAsync(Settings, vaults.Prepared.StepUp);

        await AssertTamperedAsync();
    }

    [Fact]
    public async Task A_fresh_secret_id_that_does_not_open_is_an_alarm()
    {
        await vaults.Prepared.DeliverWrappedAsync(Settings);
        vaults.Server.Faults.Next(Login, VaultFault.DropsAfter); // someone is faster: its one use is gone
        var passwords = vaults.Passwords();
        Assert.Equal(VaultFailure.Unreachable, (await RefusedAsync(() => passwords.LatestAsync(Acme, Cancel))).Failure);

        // what came out of the wrapping before is no longer fresh, so it is only refused
        Assert.Equal(VaultFailure.Denied, (await RefusedAsync(() => passwords.LatestAsync(Acme, Cancel))).Failure);

        await vaults.Prepared.DeliverWrappedAsync(Settings);
        Settings.RoleId = Guid.Empty.ToString();
        Assert.Equal(
            VaultFailure.Tampered,
            (await RefusedAsync(() => vaults.Passwords().LatestAsync(Acme, Cancel))).Failure
        );
    }

    [Theory]
    [InlineData(VaultFault.DropsAfter)]
    [InlineData(VaultFault.AuditFails)]
    [InlineData(VaultFault.HangsAfter)]
    public async Task A_lost_secret_id_is_not_asked_for_again(VaultFault fault)
    {
        await vaults.Prepared.DeliverWrappedAsync(Settings);
        Settings.Timeout = TimeSpan.FromMilliseconds(300);
        vaults.Server.Faults.Next("sys/wrapping/unwrap", fault);

        var refused = await RefusedAsync(() => vaults.Passwords().LatestAsync(Acme, Cancel));

        Assert.Equal(VaultFailure.Unreachable, refused.Failure);
        Assert.Contains("new one delivered", refused.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (vaults.Asked("sys/wrapping/unwrap"), vaults.Asked(Login)));
    }

    [Theory]
    [InlineData("rc-mfa/code/*", "read")]
    [InlineData("rc-mfa/keys/*", "update")]
    [InlineData("rc-mfa/*", "list")]
    [InlineData("rc-stepup/code/*", "read")]
    [InlineData("rc-password/metadata/*", "delete")]
    [Trait("Law", "7")]
    public async Task An_identity_that_may_do_too_much_is_not_used(string path, string capability)
    {
        var policy = PreparedVault
            .PolicyOf(PreparedVault.PasswordRole)
            .Split('\n')
            .Where(line => !line.Contains($"\"{path}\"", StringComparison.Ordinal));
        await vaults.Prepared.RuleAsync(
            PreparedVault.PasswordRole,
            $"{string.Join('\n', policy)}\npath \"{path}\" {{ capabilities = [\"read\", \"list\", \"{capability}\"] }}"
        );

        var refused = await RefusedAsync(() => vaults.Passwords().LatestAsync(Acme, Cancel));

        Assert.Equal(VaultFailure.TooWide, refused.Failure);
        Assert.Equal(0, vaults.Asked("rc-password/metadata"));
        Assert.Equal(1, vaults.Asked("auth/token/revoke-self"));
        Assert.Contains(vaults.Logs.Lines, l => l.StartsWith("Critical", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Law", "7")]
    public async Task An_identity_to_which_the_identity_system_adds_the_other_half_is_not_used()
    {
        await vaults.Prepared.RuleAsync("codes-too", "path \"rc-mfa/code/a*\" { capabilities = [\"read\"] }");
        vaults.Server.AddIdentityPolicies("auth/approle-rc-password/", PreparedVault.PasswordRole, "codes-too");

        var refused = await RefusedAsync(() => vaults.Passwords().LatestAsync(Acme, Cancel));

        Assert.Equal(VaultFailure.TooWide, refused.Failure);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Law", "7")]
    public async Task An_identity_that_is_widened_under_way_is_closed(bool atRenewal)
    {
        await using var client = vaults.PasswordClient();
        var passwords = new RootCustody.Couriers.Passwords.KvPasswordVault(client, "rc-password");
        await passwords.LatestAsync(Acme, Cancel);
        await vaults.Prepared.RuleAsync(
            PreparedVault.PasswordRole,
            "path \"rc-password/*\" { capabilities = [\"read\", \"list\"] }\npath \"rc-mfa/code/*\" { capabilities = [\"read\"] }"
        );
        vaults.Clock.Now += TimeSpan.FromMinutes(14);

        if (atRenewal)
            await client.KeepAsync(Cancel);
        else
            Assert.Equal(VaultFailure.TooWide, (await RefusedAsync(() => client.LookAsync(Cancel))).Failure);
        var before = vaults.Asked("rc-password");
        var refused = await RefusedAsync(() => passwords.ReadAsync(Acme, 1, Cancel));

        Assert.Equal((VaultFailure.TooWide, true), (refused.Failure, refused.GaveNoHalf));
        Assert.Equal(before, vaults.Asked("rc-password"));
    }

    [Fact]
    public async Task A_right_that_is_lacking_is_named()
    {
        await vaults.Prepared.RuleAsync(PreparedVault.MfaRole, "path \"rc-mfa/keys/*\" { capabilities = [\"read\"] }");

        var refused = await RefusedAsync(() => vaults.MfaCodes().LookAsync(Cancel));

        Assert.Equal(VaultFailure.Denied, refused.Failure);
        Assert.Contains("grant read on rc-mfa/code/any", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_request_says_that_it_is_one_and_names_the_namespace_but_health_does_not()
    {
        Settings.Namespace = "team/root";

        await vaults.Passwords().LookAsync(Cancel);

        var ours = vaults.Server.Requests.Where(r => r.Headers.ContainsKey("X-Vault-Request")).ToList();
        Assert.Equal(
            ["/v1/sys/health", $"/v1/{Login}", "/v1/sys/capabilities-self"],
            ours.Select(r => r.Path).Distinct()
        );
        Assert.All(
            ours,
            r =>
                Assert.Equal(
                    r.Path != "/v1/sys/health",
                    r.Headers.GetValueOrDefault("X-Vault-Namespace") == "team/root"
                )
        );
        Assert.DoesNotContain(ours, r => r.Path == "/v1/sys/health" && r.Headers.ContainsKey("X-Vault-Token"));
    }

    private static Task<VaultException> RefusedAsync(Func<Task> ask) => HttpVaults.RefusedAsync(ask);

    /// <summary>Does what the host does in the background, for so long.</summary>
    private async Task KeepAsync(VaultClient client, TimeSpan length)
    {
        for (var until = vaults.Clock.Now + length; vaults.Clock.Now < until; )
        {
            var pause = await client.KeepAsync(Cancel);
            vaults.Clock.Now = pause < until - vaults.Clock.Now ? vaults.Clock.Now + pause : until;
        }
    }

    private async Task AssertTamperedAsync()
    {
        var passwords = vaults.Passwords();
        for (var ask = 0; ask < 2; ask++)
        {
            var refused = await RefusedAsync(() => passwords.LatestAsync(Acme, Cancel));
            Assert.Equal(VaultFailure.Tampered, refused.Failure);
            Assert.Contains("attack", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal(0, vaults.Asked(Login));
        Assert.Contains(vaults.Logs.Lines, l => l.StartsWith("Critical", StringComparison.Ordinal));
    }

    private Task<VaultSeen> RoleAsync(JsonObject fields) =>
        vaults.Prepared.Operator.WriteAsync($"auth/approle-rc-password/role/{PreparedVault.PasswordRole}", fields);

    /// <summary>The token that was used last, by whom the operator's root token is not.</summary>
    private string LastToken() =>
        vaults
            .Server.Requests.Select(r => r.Headers.GetValueOrDefault("X-Vault-Token"))
            .OfType<string>()
            .Last(t => t != vaults.Server.RootToken);
}
