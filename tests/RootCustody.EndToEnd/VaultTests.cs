using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using RootCustody.Chat;
using RootCustody.Host;
using RootCustody.Playground;
using RootCustody.Playground.FakeVault;
using RootCustody.Reveals;

namespace RootCustody.EndToEnd;

/// <summary>The host with its halves in a vault over HTTP.</summary>
public sealed class VaultTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(Play.Noon);
    private readonly DirectoryInfo delivered = Directory.CreateTempSubdirectory("rootcustody-");
    private FakeVaultServer server = null!;
    private PreparedVault vault = null!;

    public async ValueTask InitializeAsync()
    {
        server = await FakeVaultServer.StartAsync(clock);
        vault = await PreparedVault.OnAsync(server, delivered.FullName);
    }

    public async ValueTask DisposeAsync()
    {
        vault.Dispose();
        await server.DisposeAsync();
        delivered.Delete(recursive: true);
    }

    [Fact]
    [Trait("Law", "7")]
    public async Task Password_and_code_come_from_the_vault_each_by_its_own_identity()
    {
        string password;
        string code;
        await using (var play = await Play.OpenAsync(vault.Settings(), clock: clock))
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            var request = await play.OpenWindowAsync();

            password = Play.HalfIn(await play.RevealPasswordAsync(request), "Password");
            code = Play.HalfIn(await play.RevealAsync(Cast.Mona, Bot.Mfa, request, "mona"), "Code");

            Assert.Equal(new Authenticator(play.Theatre.Seed).Code(clock), code);
            Assert.False(
                Directory.EnumerateFiles(play.Theatre.Directory, "*.sealed", SearchOption.AllDirectories).Any()
            );
        }
        var kept = await vault.Operator.ListAsync("rc-password/metadata/accounts");
        var account = Assert.Single(kept.Data["keys"]!.AsArray())!.GetValue<string>();
        var inVault = await vault.Operator.ReadAsync($"rc-password/data/accounts/{account}");
        Assert.Equal(inVault.Data["data"]!["password"]!.GetValue<string>(), password);
        Assert.Single(TokensOn("/v1/rc-password/data/accounts").Distinct());
        Assert.Empty(TokensOn("/v1/rc-password/").Intersect(TokensOn("/v1/rc-mfa/")));
        Assert.DoesNotContain(server.AuditLog, line => line.Contains(password, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(PreparedVault.PasswordRole, "grant read on rc-password/data/any")]
    [InlineData(PreparedVault.StepUpRole, "grant update on rc-stepup/code/any")]
    [Trait("Law", "11")]
    public async Task A_vault_that_refuses_says_why_costs_nobody_anything_and_the_click_works_again(
        string role,
        string why
    )
    {
        await using var play = await Play.OpenAsync(vault.Settings(), clock: clock);
        clock.Advance(TimeSpan.FromMinutes(2));
        var request = await play.OpenWindowAsync();
        await vault.RuleAsync(role, "");

        var refused = await play.RevealPasswordAsync(request);
        var shown = await play.InDbAsync(db => db.Exposures.CountAsync(e => e.Outcome != RevealOutcome.NotShown));
        await vault.RuleAsync(role, PreparedVault.PolicyOf(role));
        clock.Advance(TimeSpan.FromMinutes(2));
        var again = await play.RevealPasswordAsync(request);

        Assert.StartsWith("Not now, and nothing was shown: ", refused.Text, StringComparison.Ordinal);
        Assert.Contains(why, refused.Text, StringComparison.Ordinal);
        Assert.Equal(1, shown); // to whom brought the seed in; the vault gave nothing since
        Assert.Contains("Password\n", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Law", "11")]
    public async Task A_sealed_vault_is_said_and_the_repeated_click_works_once_it_is_unsealed()
    {
        await using var play = await Play.OpenAsync(vault.Settings(), clock: clock);
        clock.Advance(TimeSpan.FromMinutes(2));
        var request = await play.OpenWindowAsync();
        var before = await play.ExposuresAsync(request);
        server.State = VaultState.Sealed;

        var refused = await play.WhileTimePassesAsync(play.RevealPasswordAsync(request));
        var booked = await play.ExposuresAsync(request);
        server.State = VaultState.Active;
        clock.Advance(TimeSpan.FromMinutes(2));
        var again = await play.RevealPasswordAsync(request);

        Assert.Contains("The vault is sealed.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("The same click works again afterwards.", refused.Text, StringComparison.Ordinal);
        Assert.Equal(before, booked);
        Assert.Contains("Password\n", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Law", "11")]
    public async Task The_desk_too_says_that_a_code_cannot_be_checked_and_the_repeated_click_works()
    {
        await using var play = await Play.OpenAsync(vault.Settings(), clock: clock);
        clock.Advance(TimeSpan.FromMinutes(2));
        var form = (await play.Teams.FetchAsync(Cast.Paul, Bot.Desk, Play.Data(Actions.Confirm, ""))).Dialog!;
        var typed = ("Code of your authenticator", "123456");
        server.State = VaultState.Sealed;

        var refused = await play.WhileTimePassesAsync(play.Teams.SubmitAsync(Cast.Paul, form, typed));
        server.State = VaultState.Active;
        clock.Advance(TimeSpan.FromMinutes(2));
        var again = await play.Teams.SubmitAsync(Cast.Paul, form, typed);

        Assert.Contains(
            "the authenticators cannot be reached. The vault is sealed.",
            refused.Text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("cannot be reached", again.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password-courier", "PasswordVault")]
    [InlineData("mfa-courier", "MfaVault")]
    [InlineData("desk", "StepUpVault")]
    public void In_production_a_process_names_the_vaults_that_it_uses(string role, string section)
    {
        var faults = Settings(role).Faults(isDevelopment: false).ToList();
        var set = Settings(role, vault.Settings()).Faults(isDevelopment: false);

        Assert.Contains(faults, f => f.StartsWith($"RootCustody:{section}: ", StringComparison.Ordinal));
        Assert.DoesNotContain(set, f => f.Contains("Vault", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("RootCustody:PasswordVault:Address", "http://vault.example:8200", "RootCustody:PasswordVault:Address")]
    [InlineData("RootCustody:PasswordVault:Address", "https://vault.example/v1", "RootCustody:PasswordVault:Address")]
    [InlineData("RootCustody:PasswordVault:Mount", "../sys", "RootCustody:PasswordVault:Mount")]
    [InlineData("RootCustody:PasswordVault:Mount", "rc-mfa", "need a Mount each")]
    [InlineData("RootCustody:PasswordVault:RoleId", "", "RootCustody:PasswordVault:RoleId")]
    [InlineData("RootCustody:PasswordVault:WrappedSecretIdFile", "also", "either SecretIdFile or WrappedSecretIdFile")]
    [InlineData("RootCustody:PasswordVault:CaFile", "/nowhere.pem", "RootCustody:PasswordVault:CaFile")]
    [InlineData("RootCustody:PasswordVault:Timeout", "00:02:00", "RootCustody:PasswordVault:Timeout")]
    [InlineData("RootCustody:PasswordVault:Namespace", "a b", "RootCustody:PasswordVault:Namespace")]
    public void What_is_wrong_with_a_vault_is_named(string setting, string value, string sentence)
    {
        var settings = Settings(
            "password-courier",
            vault.Settings(),
            new KeyValuePair<string, string?>(setting, value)
        );

        Assert.Contains(settings.Faults(isDevelopment: true), f => f.Contains(sentence, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Law", "7")]
    public async Task A_host_whose_identity_may_open_the_other_half_does_not_start()
    {
        await vault.RuleAsync(
            PreparedVault.MfaRole,
            "path \"rc-*\" { capabilities = [\"read\", \"list\", \"update\"] }"
        );

        var refused = await Assert.ThrowsAsync<CustodyHost.NotStartedException>(() =>
            Theatre.OpenAsync(clock, vault.Settings())
        );

        Assert.Contains("law 7", Assert.Single(refused.Faults), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, r => r.Path.Contains("rc-mfa/code", StringComparison.Ordinal));
    }

    private IEnumerable<string> TokensOn(string path) =>
        server
            .Requests.Where(r => r.Path.StartsWith(path, StringComparison.Ordinal))
            .Select(r => r.Headers.GetValueOrDefault("X-Vault-Token", ""))
            .Where(t => t != server.RootToken);

    private static CustodySettings Settings(
        string role,
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        params KeyValuePair<string, string?>[] changed
    )
    {
        var bound = new CustodySettings();
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings ?? [])
            .AddInMemoryCollection([.. changed])
            .AddInMemoryCollection([new("RootCustody:Roles:0", role)])
            .Build()
            .GetSection(CustodySettings.Section)
            .Bind(bound);
        return bound;
    }
}
