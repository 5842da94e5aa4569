using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace RootCustody.Teams.Inbound;

/// <summary>What a valid token says.</summary>
internal abstract record TokenVerdict
{
    private TokenVerdict() { } // closed: these three and no other

    /// <param name="ServiceUrl">The claim <c>serviceurl</c>; the body has to agree.</param>
    /// <param name="Endorsements">The channels that the signing key speaks for.</param>
    public sealed record Valid(string? ServiceUrl, IReadOnlyCollection<string> Endorsements) : TokenVerdict;

    public sealed record Invalid : TokenVerdict;

    /// <summary>The keys cannot be had: nothing can be said (law 11).</summary>
    public sealed record Unknown : TokenVerdict;
}

/// <summary>Checks that a request comes from the Bot Connector (Bot Framework REST authentication): issuer, audience, RS256, life, key.</summary>
internal sealed class TokenCheck(IConfigurationManager<OpenIdConnectConfiguration> keys, TimeProvider clock)
{
    private const string Issuer = "https://api.botframework.com";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenRefreshes = TimeSpan.FromMinutes(1);
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private DateTimeOffset refreshed = DateTimeOffset.MinValue;

    /// <param name="header">The header <c>Authorization</c>.</param>
    /// <param name="audience">The app id of the bot that is spoken to.</param>
    public async Task<TokenVerdict> JudgeAsync(string? header, string audience, CancellationToken cancellationToken)
    {
        const string scheme = "Bearer ";
        if (header is null || !header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return new TokenVerdict.Invalid();
        try
        {
            return await JudgeTokenAsync(header[scheme.Length..].Trim(), audience, cancellationToken);
        }
        // ConfigurationManager answers so when the metadata cannot be fetched or read
        catch (InvalidOperationException)
        {
            return new TokenVerdict.Unknown();
        }
    }

    private async Task<TokenVerdict> JudgeTokenAsync(string token, string audience, CancellationToken cancellationToken)
    {
        var configuration = await keys.GetConfigurationAsync(cancellationToken);
        var result = await ValidateAsync(token, audience, configuration);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && MayRefresh())
        {
            keys.RequestRefresh(); // the key may be new
            configuration = await keys.GetConfigurationAsync(cancellationToken);
            result = await ValidateAsync(token, audience, configuration);
        }
        if (!result.IsValid || result.SecurityToken is not JsonWebToken valid)
            return new TokenVerdict.Invalid();

        var key = configuration.JsonWebKeySet.Keys.First(k => k.Kid == valid.Kid);
        var serviceUrl = valid.TryGetPayloadValue<string>("serviceurl", out var claim) ? claim : null;
        return new TokenVerdict.Valid(serviceUrl, EndorsementsOf(key));
    }

    private Task<TokenValidationResult> ValidateAsync(
        string token,
        string audience,
        OpenIdConnectConfiguration configuration
    ) =>
        handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = Issuer,
                ValidAudience = audience,
                ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
                IssuerSigningKeys = configuration.SigningKeys,
                TryAllIssuerSigningKeys = false,
                RequireExpirationTime = true,
                RequireSignedTokens = true,
                LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires),
            }
        );

    private bool IsAlive(DateTime? notBefore, DateTime? expires)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + Skew && (notBefore is not { } begin || begin <= now + Skew);
    }

    /// <summary>An unknown key is fetched at once, but not for each token that an attacker makes up.</summary>
    private bool MayRefresh()
    {
        var now = clock.GetUtcNow();
        if (now - refreshed < BetweenRefreshes)
            return false;
        refreshed = now;
        return true;
    }

    private static string[] EndorsementsOf(JsonWebKey key) =>
        key.AdditionalData.TryGetValue("endorsements", out var value)
            ? value switch
            {
                JsonElement { ValueKind: JsonValueKind.Array } list =>
                [
                    .. list.EnumerateArray()
                        .Where(e => e.ValueKind == JsonValueKind.String)
                        .Select(e => e.GetString()!),
                ],
                IEnumerable<object> list => [.. list.OfType<string>()],
                _ => [],
            }
            : [];
}
