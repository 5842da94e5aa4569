using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.StepUp;
using RootCustody.Playground.FakeVault;
using RootCustody.Tests.Couriers.Vault.Http;

namespace RootCustody.Tests.Couriers.Contracts;

public abstract class KvPasswordVaultContract(VaultKind kind) : PasswordVaultContract, IAsyncLifetime
{
    private HttpVaults vaults = null!;

    public async ValueTask InitializeAsync() => vaults = await HttpVaults.OpenAsync(kind);

    public async ValueTask DisposeAsync()
    {
        await vaults.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<PasswordVault> OpenAsync() => Task.FromResult<PasswordVault>(vaults.Passwords());
}

public sealed class VaultPasswordVaultContract() : KvPasswordVaultContract(VaultKind.Vault);

public sealed class OpenBaoPasswordVaultContract() : KvPasswordVaultContract(VaultKind.OpenBao);

public abstract class TotpMfaVaultContract(VaultKind kind) : MfaVaultContract, IAsyncLifetime
{
    private HttpVaults vaults = null!;

    public async ValueTask InitializeAsync() => vaults = await HttpVaults.OpenAsync(kind);

    public async ValueTask DisposeAsync()
    {
        await vaults.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override bool LeavesToOperators => true;

    protected override Task<MfaVault> OpenAsync() => Task.FromResult<MfaVault>(vaults.MfaCodes());

    protected override void ItIs(DateTimeOffset now) => vaults.Clock.Now = now;
}

public sealed class VaultMfaVaultContract() : TotpMfaVaultContract(VaultKind.Vault);

public sealed class OpenBaoMfaVaultContract() : TotpMfaVaultContract(VaultKind.OpenBao);

public abstract class TotpStepUpSeedsContract(VaultKind kind) : StepUpSeedsContract, IAsyncLifetime
{
    private HttpVaults vaults = null!;

    public async ValueTask InitializeAsync() => vaults = await HttpVaults.OpenAsync(kind);

    public async ValueTask DisposeAsync()
    {
        await vaults.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<StepUpSeeds> OpenAsync() => Task.FromResult<StepUpSeeds>(vaults.StepUp());

    protected override void ItIs(DateTimeOffset now) => vaults.Clock.Now = now;

    /// <summary>The vault says only that a code is valid.</summary>
    protected override DateTimeOffset Told(DateTimeOffset made, DateTimeOffset now) => now;
}

public sealed class VaultStepUpSeedsContract() : TotpStepUpSeedsContract(VaultKind.Vault);

public sealed class OpenBaoStepUpSeedsContract() : TotpStepUpSeedsContract(VaultKind.OpenBao);
