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

    private const string RealServer = "ROOTCUSTODY_TEST_VAULT";
    private const string RealToken = "ROOTCUSTODY_TEST_VAULT_TOKEN";

    private readonly TimeProvider time;

    private HttpVaults(TimeProvider? real = null) => time = real ?? Clock;

    /// <summary>Whether there is a real server to test at, and a token with which it may be set up.</summary>
    public static bool IsRealServerNamed =>
        Environment.GetEnvironmentVariable(RealServer) is not null
        && Environment.GetEnvironmentVariable(RealToken) is not null;

    public HastyClock Clock { get; } = new(Noon);

    /// <summary>The stand-in; a real server is not one.</summary>
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

    /// <summary>At the real server, under names of its own, which are taken away again.</summary>
    public static async Task<HttpVaults> OpenRealAsync()
    {
        var vaults = new HttpVaults(TimeProvider.System);
        vaults.prepared = await PreparedVault.AtAsync(
            new Uri(Environment.GetEnvironmentVariable(RealServer)!),
            Environment.GetEnvironmentVariable(RealToken)!,
            $"rct-{Guid.NewGuid().ToString("N")[..12]}-",
            vaults.temp.Path
        );
        return vaults;
    }

    /// <summary>The server's time, once a step of 30 s will last for so long still.</summary>
    public async Task<DateTimeOffset> TimeInAStepAsync(TimeSpan enough)
    {
        while (true)
        {
            var seen = await prepared.Operator.ReadAsync("sys/health", token: "");
            var now = DateTimeOffset.FromUnixTimeSeconds(seen.Body!["server_time_utc"]!.GetValue<long>());
            if (30 - now.ToUnixTimeSeconds() % 30 > enough.TotalSeconds)
                return now;
            await Task.Delay(TimeSpan.FromSeconds(1), time, Cancel);
        }
    }

    /// <summary>The password courier's, as another process would open it.</summary>
    public KvPasswordVault Passwords() => new(PasswordClient(), prepared.Passwords.Mount);

    public TotpMfaVault MfaCodes() => new(ClientOf(MfaIdentity()), prepared.MfaCodes.Mount);

    public TotpStepUpSeeds StepUp() => new(ClientOf(StepUpIdentity()), prepared.StepUp.Mount);

    public VaultClient PasswordClient() => ClientOf(PasswordIdentity());

    public VaultIdentity PasswordIdentity() =>
        VaultIdentity.OfPasswords("PasswordVault", prepared.Passwords, prepared.MfaCodes.Mount, prepared.StepUp.Mount);

    public VaultIdentity MfaIdentity() =>
        VaultIdentity.OfMfaCodes("MfaVault", prepared.MfaCodes, prepared.Passwords.Mount, prepared.StepUp.Mount);

    public VaultIdentity StepUpIdentity() =>
        VaultIdentity.OfStepUp("StepUpVault", prepared.StepUp, prepared.Passwords.Mount, prepared.MfaCodes.Mount);

    public VaultClient ClientOf(VaultIdentity identity)
    {
        var client = new VaultClient(identity, time, RandomNumberGenerator.Create(), Logs);
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
        if (prepared.IsStandIn)
            Server.Faults.Release();
        foreach (var client in clients)
            await client.DisposeAsync();
        if (prepared.IsStandIn)
            await Server.DisposeAsync();
        else
            await prepared.RemoveAsync();
        prepared.Dispose();
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
