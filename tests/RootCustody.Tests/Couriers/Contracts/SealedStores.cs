using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.StepUp;

namespace RootCustody.Tests.Couriers.Contracts;

public sealed class SealedPasswordVaultContract : PasswordVaultContract, IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    protected override Task<PasswordVault> OpenAsync() =>
        Task.FromResult<PasswordVault>(new SealedPasswordVault(temp.Path));
}

public sealed class SealedMfaVaultContract : MfaVaultContract, IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    protected override Task<MfaVault> OpenAsync() => Task.FromResult<MfaVault>(new SealedMfaVault(temp.Path));

    protected override void ItIs(DateTimeOffset now) { } // it is told the time with each question
}

public sealed class SealedStepUpSeedsContract : StepUpSeedsContract, IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    protected override Task<StepUpSeeds> OpenAsync() => Task.FromResult<StepUpSeeds>(new SealedStepUpSeeds(temp.Path));

    protected override void ItIs(DateTimeOffset now) { } // it is told the time with each question
}
