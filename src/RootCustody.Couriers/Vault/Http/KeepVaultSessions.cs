using Microsoft.Extensions.Hosting;

namespace RootCustody.Couriers.Vault.Http;

/// <summary>Renews the tokens of this process' identities in time, so that nobody waits for a login, and an identity whose secret id is used up goes on.</summary>
public sealed class KeepVaultSessions(IEnumerable<VaultClient> vaults, TimeProvider clock) : BackgroundService
{
    /// <summary>Timers reach no further than some weeks.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(vaults.Select(vault => KeepAsync(vault, stoppingToken)));

    private async Task KeepAsync(VaultClient vault, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var idle = await vault.KeepAsync(stoppingToken);
                await Task.Delay(idle < Longest ? idle : Longest, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
