using System.Net;
using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeVault;

/// <summary>With what a token is made.</summary>
internal sealed record TokenTerms(Realm Realm, IReadOnlyList<string> Policies)
{
    public IReadOnlyList<string> IdentityPolicies { get; init; } = [];

    /// <summary>Zero for ever: the root token only.</summary>
    public TimeSpan Ttl { get; init; } = LongestLife;

    public TimeSpan MaxTtl { get; init; } = LongestLife;

    /// <summary>Zero for none; else it renews for ever by this length.</summary>
    public TimeSpan Period { get; init; }

    /// <summary>Zero for any number.</summary>
    public int Uses { get; init; }

    public bool IsBatch { get; init; }
    public bool Renewable { get; init; } = true;
    public string Path { get; init; } = "auth/token/create";
    public string DisplayName { get; init; } = "token";
    public string EntityId { get; init; } = "";
    public JsonObject Meta { get; init; } = [];
    public IReadOnlyList<IPNetwork> From { get; init; } = [];
    public Token? Parent { get; init; }

    /// <summary>Says why it cannot be renewed any more, if so.</summary>
    public Func<string?> WhyNotRenewed { get; init; } = () => null;

    /// <summary>The life of a token if nobody says anything: 768 hours.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(768);
}

/// <summary>A token that was given out.</summary>
internal sealed class Token(TokenTerms terms, DateTimeOffset issued)
{
    public string Id { get; } = VaultIds.Token(terms.IsBatch ? "hvb." : "hvs.");
    public string Accessor { get; } = terms.IsBatch ? "" : VaultIds.Accessor();
    public TokenTerms Terms => terms;
    public DateTimeOffset Issued => issued;
    public TimeSpan CreationTtl => terms.Ttl;
    public DateTimeOffset? Expires { get; private set; } =
        terms.Ttl == TimeSpan.Zero ? null : issued + Shorter(terms.Ttl, terms.MaxTtl);

    /// <summary>What is left of its uses; null for any number.</summary>
    public int? UsesLeft { get; private set; } = terms.Uses == 0 ? null : terms.Uses;

    /// <summary>For a wrapping token: the answer inside, and where it came from.</summary>
    public Wrapped? Inside { get; init; }

    public IEnumerable<string> AllPolicies =>
        terms.Policies.Concat(terms.IdentityPolicies).Distinct(StringComparer.Ordinal);

    public bool IsRoot => terms.Policies.Contains("root", StringComparer.Ordinal);

    public TimeSpan LeftAt(DateTimeOffset now) => Expires is { } end ? end - now : TimeSpan.Zero;

    public void Use()
    {
        if (UsesLeft is { } left)
            UsesLeft = left - 1;
    }

    /// <returns>A warning if it got less than was asked for.</returns>
    public string? Renew(TimeSpan? increment, DateTimeOffset now)
    {
        if (terms.Period > TimeSpan.Zero)
        {
            Expires = now + terms.Period;
            return null;
        }
        var wanted = increment is { } asked && asked > TimeSpan.Zero ? asked : terms.Ttl;
        var most = issued + terms.MaxTtl - now;
        Expires = now + Shorter(wanted, most);
        return wanted > most
            ? $"TTL of \"{VaultIds.Length(wanted)}\" exceeded the effective max_ttl of \"{VaultIds.Length(most)}\"; TTL value is capped accordingly"
            : null;
    }

    /// <summary>The part <c>auth</c> of a login or renewal.</summary>
    public JsonObject Auth(DateTimeOffset now) =>
        new()
        {
            ["client_token"] = Id,
            ["accessor"] = Accessor,
            ["policies"] = AllPolicies.Order(StringComparer.Ordinal).ToJson(),
            ["token_policies"] = terms.Policies.Order(StringComparer.Ordinal).ToJson(),
            ["identity_policies"] = terms.IdentityPolicies.Count == 0 ? null : terms.IdentityPolicies.ToJson(),
            ["metadata"] = terms.Meta.DeepClone(),
            ["lease_duration"] = (int)LeftAt(now).TotalSeconds,
            ["renewable"] = IsRenewable,
            ["entity_id"] = terms.EntityId,
            ["token_type"] = terms.IsBatch ? "batch" : "service",
            ["orphan"] = terms.Parent is null,
        };

    /// <summary>What <c>lookup-self</c> says, the token itself among it.</summary>
    public JsonObject Told(DateTimeOffset now)
    {
        var told = new JsonObject
        {
            ["accessor"] = Accessor,
            ["creation_time"] = issued.ToUnixTimeSeconds(),
            ["creation_ttl"] = (int)CreationTtl.TotalSeconds,
            ["display_name"] = terms.DisplayName,
            ["entity_id"] = terms.EntityId,
            ["expire_time"] = Expires is { } end ? VaultIds.Moment(end) : null,
            ["explicit_max_ttl"] = 0,
            ["id"] = Id,
            ["meta"] = terms.Meta.Count == 0 ? null : terms.Meta.DeepClone(),
            ["num_uses"] = UsesLeft ?? 0,
            ["orphan"] = terms.Parent is null,
            ["path"] = terms.Path,
            ["policies"] = terms.Policies.Order(StringComparer.Ordinal).ToJson(),
            ["renewable"] = IsRenewable,
            ["ttl"] = (int)LeftAt(now).TotalSeconds,
            ["type"] = terms.IsBatch ? "batch" : "service",
        };
        if (terms.Period > TimeSpan.Zero)
            told["period"] = (int)terms.Period.TotalSeconds;
        if (terms.IdentityPolicies.Count > 0)
            told["identity_policies"] = terms.IdentityPolicies.ToJson();
        return told;
    }

    public bool IsRenewable => terms.Renewable && !terms.IsBatch && Expires is not null;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

/// <summary>An answer inside a wrapping token.</summary>
internal sealed record Wrapped(VaultAnswer Answer, string CreationPath, TimeSpan Ttl, DateTimeOffset Created);

/// <summary>The tokens that live.</summary>
internal sealed class TokenStore
{
    private readonly Dictionary<string, Token> tokens = new(StringComparer.Ordinal);

    public Token Issue(TokenTerms terms, DateTimeOffset now, Wrapped? inside = null)
    {
        var token = new Token(terms, now) { Inside = inside };
        tokens[token.Id] = token;
        return token;
    }

    /// <returns>Null for an unknown, expired, revoked or used up one alike.</returns>
    public Token? Find(string? id, DateTimeOffset now)
    {
        if (id is null || !tokens.TryGetValue(id, out var token))
            return null;
        if ((token.Expires is null || now < token.Expires) && token.UsesLeft is null or > 0)
            return token;
        Revoke(token);
        return null;
    }

    public Token? FindByAccessor(string accessor, DateTimeOffset now) =>
        tokens.Values.FirstOrDefault(t => t.Accessor == accessor && accessor.Length > 0) is { } token
            ? Find(token.Id, now)
            : null;

    /// <summary>Ends a token and all that were made with it.</summary>
    public void Revoke(Token token)
    {
        tokens.Remove(token.Id);
        foreach (var child in tokens.Values.Where(t => t.Terms.Parent == token).ToList())
            Revoke(child);
    }

    /// <summary>Ends the tokens of a mount that is taken away.</summary>
    public void RevokeFrom(Realm realm, string path)
    {
        foreach (
            var token in tokens
                .Values.Where(t => t.Terms.Realm == realm && t.Terms.Path.StartsWith(path, StringComparison.Ordinal))
                .ToList()
        )
            Revoke(token);
    }
}
