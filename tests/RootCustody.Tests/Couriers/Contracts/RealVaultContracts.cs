using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.StepUp;
using RootCustody.Tests.Couriers.Vault.Http;

namespace RootCustody.Tests.Couriers.Contracts;

/// <summary>The server that <c>ROOTCUSTODY_TEST_VAULT</c> names. Its clock runs, and cannot be set.</summary>
[Trait("Suite", OnRealServers.Suite)]
public sealed class RealPasswordVaultContract : PasswordVaultContract, IAsyncLifetime
{
    private HttpVaults vaults = null!;

    public async ValueTask InitializeAsync() => vaults = await HttpVaults.OpenRealAsync();

    public ValueTask DisposeAsync() => vaults.DisposeAsync();

    protected override Task<PasswordVault> OpenAsync() => Task.FromResult<PasswordVault>(vaults.Passwords());
}

/// <inheritdoc cref="RealPasswordVaultContract"/>
[Trait("Suite", OnRealServers.Suite)]
public sealed class RealMfaVaultContract : MfaVaultContract, IAsyncLifetime
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(12);

    private HttpVaults vaults = null!;
    private DateTimeOffset now;

    public async ValueTask InitializeAsync()
    {
        vaults = await HttpVaults.OpenRealAsync();
        now = await vaults.TimeInAStepAsync(Enough);
    }

    public ValueTask DisposeAsync() => vaults.DisposeAsync();

    protected override DateTimeOffset Now => now;

    protected override bool LeavesToOperators => true;

    protected override Task<MfaVault> OpenAsync() => Task.FromResult<MfaVault>(vaults.MfaCodes());

    protected override void ItIs(DateTimeOffset now) { } // it is
}

/// <inheritdoc cref="RealPasswordVaultContract"/>
[Trait("Suite", OnRealServers.Suite)]
public sealed class RealStepUpSeedsContract : StepUpSeedsContract, IAsyncLifetime
{
    private HttpVaults vaults = null!;

    public async ValueTask InitializeAsync() => vaults = await HttpVaults.OpenRealAsync();

    public ValueTask DisposeAsync() => vaults.DisposeAsync();

    protected override Task<StepUpSeeds> OpenAsync() => Task.FromResult<StepUpSeeds>(vaults.StepUp());

    protected override void ItIs(DateTimeOffset now) { } // nothing here is a code of any time
}
