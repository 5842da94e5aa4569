using RootCustody.Data;

namespace RootCustody.Couriers.Vault;

/// <summary>What is asked of a vault, as it is measured.</summary>
internal enum VaultOperation
{
    Latest,
    Read,
    Code,
    Write,
    Destroy,
    Fingerprint,
}

/// <summary>Measures and traces what is asked of a vault, and what came of it: done, or why not.</summary>
internal static class VaultWatch
{
    private const string Done = "Done";

    /// <exception cref="VaultException">As the work throws it.</exception>
    public static async Task<T> AroundAsync<T>(Half half, VaultOperation operation, Func<Task<T>> work)
    {
        using var measured = Telemetry.Vault(half, operation.ToString());
        try
        {
            var done = await work();
            measured.Outcome = Done;
            return done;
        }
        catch (VaultException refused)
        {
            measured.Outcome = refused.Failure.ToString();
            throw;
        }
    }

    /// <inheritdoc cref="AroundAsync"/>
    public static T Around<T>(Half half, VaultOperation operation, Func<T> work)
    {
        using var measured = Telemetry.Vault(half, operation.ToString());
        try
        {
            var done = work();
            measured.Outcome = Done;
            return done;
        }
        catch (VaultException refused)
        {
            measured.Outcome = refused.Failure.ToString();
            throw;
        }
    }
}
