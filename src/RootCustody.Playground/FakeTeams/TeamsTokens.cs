using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace RootCustody.Playground.FakeTeams;

/// <summary>What is wrong with a token, or nothing.</summary>
public enum TokenFlaw
{
    None,
    Missing,
    WrongIssuer,
    WrongAudience,
    Expired,
    NotYetValid,
    UnknownKey,
    UnendorsedKey,
    OtherServiceUrl,
    NoServiceUrl,
    Unsigned,
    SharedSecret,
    Rubbish,
}

/// <summary>Signs what the Bot Connector sends, with one key endorsed for Teams and one for web chat only.</summary>
internal sealed class TeamsTokens(TimeProvider clock) : IDisposable
{
    private const string Issuer = "https://api.botframework.com";
    private readonly RSA endorsed = RSA.Create(2048);
    private readonly RSA webChat = RSA.Create(2048);
    private readonly RSA unknown = RSA.Create(2048);

    /// <summary>The document behind <c>jwks_uri</c>.</summary>
    public JsonObject Keys() =>
        new()
        {
            ["keys"] = new JsonArray(Key(endorsed, "key-teams", "msteams"), Key(webChat, "key-webchat", "webchat")),
        };

    public static JsonObject Metadata(Uri address) =>
        new()
        {
            ["issuer"] = Issuer,
            ["jwks_uri"] = new Uri(address, "/openid/keys").ToString(),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        };

    /// <returns>The header <c>Authorization</c>; null for none.</returns>
    public string? HeaderFor(string audience, string serviceUrl, TokenFlaw flaw)
    {
        if (flaw == TokenFlaw.Missing)
            return null;
        if (flaw == TokenFlaw.Rubbish)
            return "Bearer not.a.token";

        var now = clock.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object>(StringComparer.Ordinal);
        if (flaw != TokenFlaw.NoServiceUrl)
            claims["serviceurl"] = flaw == TokenFlaw.OtherServiceUrl ? "https://evil.example/" : serviceUrl;
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = flaw == TokenFlaw.WrongIssuer ? "https://sts.windows.net/evil/" : Issuer,
            Audience = flaw == TokenFlaw.WrongAudience ? "00000000-0000-0000-0000-00000000dead" : audience,
            Claims = claims,
            IssuedAt = now,
            NotBefore = flaw == TokenFlaw.NotYetValid ? now.AddMinutes(10) : now.AddMinutes(-1),
            Expires = flaw switch
            {
                TokenFlaw.Expired => now.AddMinutes(-10),
                TokenFlaw.NotYetValid => now.AddHours(2),
                _ => now.AddHours(1),
            },
            SigningCredentials = CredentialsFor(flaw),
        };
        if (flaw == TokenFlaw.Expired)
            descriptor.NotBefore = now.AddHours(-1);
        return "Bearer " + new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    public void Dispose()
    {
        endorsed.Dispose();
        webChat.Dispose();
        unknown.Dispose();
    }

    private SigningCredentials? CredentialsFor(TokenFlaw flaw) =>
        flaw switch
        {
            TokenFlaw.Unsigned => null,
            TokenFlaw.SharedSecret => new SigningCredentials(
                new SymmetricSecurityKey(Encoding.UTF8.GetBytes(new string('k', 64))) { KeyId = "key-teams" },
                SecurityAlgorithms.HmacSha256
            ),
            TokenFlaw.UnknownKey => Rs256(unknown, "key-unknown"),
            TokenFlaw.UnendorsedKey => Rs256(webChat, "key-webchat"),
            _ => Rs256(endorsed, "key-teams"),
        };

    private static SigningCredentials Rs256(RSA key, string id) =>
        new(
            new RsaSecurityKey(key)
            {
                KeyId = id,
                CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
            },
            SecurityAlgorithms.RsaSha256
        );

    private static JsonObject Key(RSA key, string id, string endorsement)
    {
        var open = key.ExportParameters(false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = id,
            ["n"] = Base64UrlEncoder.Encode(open.Modulus),
            ["e"] = Base64UrlEncoder.Encode(open.Exponent),
            ["endorsements"] = new JsonArray(endorsement),
        };
    }
}
