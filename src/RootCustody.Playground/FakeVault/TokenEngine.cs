using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeVault;

/// <summary><c>auth/token</c>.</summary>
internal sealed class TokenEngine(TokenStore tokens) : Engine
{
    public override VaultAnswer Handle(VaultCall call, string path) =>
        (path, call.Operation) switch
        {
            ("lookup-self", Operation.Read or Operation.Update) => VaultAnswer.Of(call.Token!.Told(call.Now)),
            ("renew-self", Operation.Update) => Renew(call.Token!, call),
            ("revoke-self", Operation.Update) => Revoke(call.Token!),
            ("create" or "create-orphan", Operation.Update) => Create(call, path),
            ("lookup", Operation.Update) => With(call, "token", t => VaultAnswer.Of(t.Told(call.Now))),
            ("renew", Operation.Update) => With(call, "token", t => Renew(t, call)),
            ("revoke", Operation.Update) => With(call, "token", Revoke),
            ("lookup-accessor", Operation.Update) => With(
                call,
                "accessor",
                t => VaultAnswer.Of(WithoutId(t.Told(call.Now)))
            ),
            ("revoke-accessor", Operation.Update) => With(call, "accessor", Revoke),
            _ => VaultAnswer.Refused(404, "unsupported path"),
        };

    private VaultAnswer With(VaultCall call, string field, Func<Token, VaultAnswer> then)
    {
        var given = call.Body.Text(field) ?? "";
        var token = field == "token" ? tokens.Find(given, call.Now) : tokens.FindByAccessor(given, call.Now);
        return token is null
            ? VaultAnswer.Refused(403, field == "token" ? "bad token" : "invalid accessor")
            : then(token);
    }

    private static VaultAnswer Renew(Token token, VaultCall call)
    {
        if (token.Terms.IsBatch)
            return VaultAnswer.Bad("batch tokens cannot be renewed");
        if (!token.IsRenewable)
            return VaultAnswer.Bad("lease is not renewable");
        if (token.Terms.WhyNotRenewed() is { } why)
            return VaultAnswer.Refused(500, $"failed to renew entry: {why}");
        var warning = token.Renew(call.Body.Length("increment"), call.Now);
        return new VaultAnswer(200) { Auth = token.Auth(call.Now), Warnings = warning is null ? null : [warning] };
    }

    private VaultAnswer Revoke(Token token)
    {
        tokens.Revoke(token);
        return VaultAnswer.Done();
    }

    private VaultAnswer Create(VaultCall call, string path)
    {
        var body = call.Body;
        var parent = call.Token!;
        var wanted = body.Texts("policies") ?? [.. parent.Terms.Policies];
        if (!parent.IsRoot && wanted.Except(parent.AllPolicies, StringComparer.Ordinal).Any())
            return VaultAnswer.Bad("child policies must be subset of parent");
        var bare = body.Flag("no_default_policy") == true || wanted.Contains("root", StringComparer.Ordinal);
        var isBatch = body.Text("type") == "batch";
        var most =
            body.Length("explicit_max_ttl") is { } limit && limit > TimeSpan.Zero ? limit : TokenTerms.LongestLife;
        var period = body.Length("period") ?? TimeSpan.Zero;
        var token = tokens.Issue(
            new TokenTerms(call.Realm, [.. wanted.Concat(bare ? [] : ["default"]).Distinct(StringComparer.Ordinal)])
            {
                Ttl = period > TimeSpan.Zero ? period : body.Length("ttl") ?? TokenTerms.LongestLife,
                MaxTtl = most,
                Period = period,
                Uses = body.Whole("num_uses") ?? 0,
                IsBatch = isBatch,
                Renewable = body.Flag("renewable") ?? true,
                DisplayName = body.Text("display_name") is { } name ? $"token-{name}" : "token",
                Meta = body["meta"]?.DeepClone() as JsonObject ?? [],
                Path = $"auth/token/{path}",
                Parent = path == "create-orphan" || body.Flag("no_parent") == true ? null : parent,
            },
            call.Now
        );
        return new VaultAnswer(200) { Auth = token.Auth(call.Now) };
    }

    private static JsonObject WithoutId(JsonObject told)
    {
        told["id"] = "";
        return told;
    }
}
