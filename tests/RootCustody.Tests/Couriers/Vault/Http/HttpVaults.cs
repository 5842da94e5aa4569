using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.StepUp;
using RootCustody.Couriers.Vault;
using RootCustody.Couriers.Vault.Http;
using RootCustody.Playground.FakeVault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Vault.Http;

/// <summary>A vault that is set up, and our three identities at it.</summary>
internal sealed class HttpVaults : IAsyncDisposable
{
    private readonly TempFolder temp = new();
    private readonly ConcurrentBag<VaultClient> clients = [];
    private PreparedVault prepared = null!;

    private HttpVaults() { }

    public HastyClock Clock { get; } = new(Noon);
    public FakeVaultServer Server => prepared.Server;
    public PreparedVault Prepared => prepared;
    public Heard Logs { get; } = new();

    public static async Task<HttpVaults> OpenAsync(VaultKind kind = VaultKind.Vault)
    {
        var vaults = new HttpVaults();
        vaults.prepared = await PreparedVault.OnAsync(
            await FakeVaultServer.StartAsync(vaults.Clock, kind),
            vaults.temp.Path
        );
        return vaults;
    }

    /// <summary>The password courier's, as another process would open it.</summary>
    public KvPasswordVault Passwords() => new(PasswordClient(), prepared.Passwords.Mount);

    public TotpMfaVault MfaCodes() => new(ClientOf(MfaIdentity()), prepared.MfaCodes.Mount);

    public TotpStepUpSeeds StepUp() => new(ClientOf(StepUpIdentity()), prepared.StepUp.Mount);

    public VaultClient PasswordClient() => ClientOf(PasswordIdentity());

    public VaultIdentity PasswordIdentity() =>
        VaultIdentity.OfPasswords("PasswordVault", prepared.Passwords, "rc-mfa", "rc-stepup");

    public VaultIdentity MfaIdentity() =>
        VaultIdentity.OfMfaCodes("MfaVault", prepared.MfaCodes, "rc-password", "rc-stepup");

    public VaultIdentity StepUpIdentity() =>
        VaultIdentity.OfStepUp("StepUpVault", prepared.StepUp, "rc-password", "rc-mfa");

    public VaultClient ClientOf(VaultIdentity identity)
    {
        var client = new VaultClient(identity, Clock, RandomNumberGenerator.Create(), Logs);
        clients.Add(client);
        return client;
    }

    /// <summary>How often something below this path was asked.</summary>
    public int Asked(string path) =>
        Server.Requests.Count(r => r.Path.StartsWith($"/v1/{path}", StringComparison.Ordinal));

    public static async Task<VaultException> RefusedAsync(Func<Task> ask) =>
        await Assert.ThrowsAsync<VaultException>(ask);

    public async ValueTask DisposeAsync()
    {
        Server.Faults.Release();
        foreach (var client in clients)
            await client.DisposeAsync();
        prepared.Dispose();
        await Server.DisposeAsync();
        temp.Dispose();
    }

    /// <summary>What was logged.</summary>
    public sealed class Heard : ILogger<VaultClient>
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
    }
}
