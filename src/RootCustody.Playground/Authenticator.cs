using OtpNet;

namespace RootCustody.Playground;

/// <summary>A person's own authenticator app.</summary>
/// <param name="key">The base32 key that the person saw on their screen.</param>
public sealed class Authenticator(string key)
{
    private readonly Totp totp = new(Base32Encoding.ToBytes(key));

    /// <summary>The code that it shows.</summary>
    /// <param name="behind">How far its clock is behind.</param>
    public string Code(TimeProvider clock, TimeSpan behind = default) =>
        totp.ComputeTotp((clock.GetUtcNow() - behind).UtcDateTime);
}
