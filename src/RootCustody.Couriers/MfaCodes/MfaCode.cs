using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>The MFA half as it is shown: one code, for as long as it counts. Not a record: it must not print.</summary>
/// <param name="goodUntil">The first moment at which it no longer counts.</param>
public sealed class MfaCode(Secret code, DateTimeOffset goodUntil) : IDisposable
{
    public Secret Code => code;
    public DateTimeOffset GoodUntil => goodUntil;

    /// <summary>How long a code of AWS that was made now would count; told without a seed, so that nothing is read or exposed for a code that is about to die.</summary>
    public static TimeSpan LifeLeft(DateTimeOffset now) => TotpShape.Usual.EndOf(TotpShape.Usual.StepAt(now)) - now;

    public void Dispose() => code.Dispose();
}
