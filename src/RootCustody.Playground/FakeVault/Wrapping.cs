using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeVault;

/// <summary>Answers in one-use tokens. <c>sys/wrapping/wrap</c> is an ordinary path; the three others treat the token as no other does.</summary>
internal sealed class Wrapping(VaultCore core)
{
    /// <summary>Puts a good answer into a wrapping token, if the call asks for it. A failing call is not wrapped.</summary>
    public VaultAnswer Around(VaultCall call, VaultAnswer answer)
    {
        if (call.Path == "sys/wrapping/wrap")
            answer = call.WrapFor is null
                ? VaultAnswer.Bad("endpoint requires response wrapping to be used")
                : VaultAnswer.Of(call.Body.DeepClone().AsObject());
        return call.WrapFor is { } ttl && answer.IsGood ? Wrap(call, answer, ttl, call.Path) : answer;
    }

    public VaultAnswer LookUp(VaultCall call)
    {
        if (Find(call.Body.Text("token") ?? call.Given, call) is not { Inside: { } inside })
            return Refused(call);
        core.Audit.Requested(call);
        return VaultAnswer.Of(
            new JsonObject
            {
                ["creation_path"] = inside.CreationPath,
                ["creation_time"] = VaultIds.Moment(inside.Created),
                ["creation_ttl"] = (int)inside.Ttl.TotalSeconds,
            }
        );
    }

    public VaultAnswer Unwrap(VaultCall call)
    {
        var named = call.Body.Text("token");
        if (call.Given is null)
            return VaultAnswer.Bad("missing client token");
        if (named is not null && named != call.Given)
            return ByOther(call, named);
        if (Find(call.Given, call) is not { Inside: { } inside } token)
            return Refused(call);
        core.Tokens.Revoke(token);
        if (named is not null) // in the header and in the body: used up twice, and lost
            return VaultAnswer.Refused(500, "error decrementing wrapping token's use-count");
        return Opened(call with { Token = token }, inside);
    }

    public VaultAnswer Rewrap(VaultCall call)
    {
        if (Find(call.Body.Text("token") ?? call.Given, call) is not { Inside: { } inside } token)
            return Refused(call);
        core.Tokens.Revoke(token);
        core.Audit.Requested(call);
        return Wrap(call, inside.Answer, inside.Ttl, inside.CreationPath);
    }

    private VaultAnswer ByOther(VaultCall call, string named)
    {
        var caller = core.Tokens.Find(call.Given, call.Now);
        caller?.Use();
        if (caller is null || !VaultCore.Allows(caller, call))
            return VaultAnswer.Refused(403, caller is null ? VaultAnswer.Denied : VaultAnswer.DeniedAsList);
        if (Find(named, call) is not { Inside: { } inside } token)
            return Refused(call);
        core.Tokens.Revoke(token);
        return Opened(call with { Token = caller }, inside);
    }

    private VaultAnswer Opened(VaultCall call, Wrapped inside)
    {
        core.Audit.Requested(call);
        core.Audit.Answered(call, inside.Answer, "system");
        return inside.Answer;
    }

    private VaultAnswer Refused(VaultCall call)
    {
        core.Audit.Requested(call, VaultAnswer.NoSuchWrap);
        return VaultAnswer.Bad(VaultAnswer.NoSuchWrap);
    }

    private Token? Find(string? id, VaultCall call) => core.Tokens.Find(id, call.Now);

    private VaultAnswer Wrap(VaultCall call, VaultAnswer answer, TimeSpan ttl, string path)
    {
        var token = core.Tokens.Issue(
            new TokenTerms(call.Realm, ["response-wrapping"])
            {
                Ttl = ttl,
                Uses = 1,
                Renewable = false,
                Path = path,
            },
            call.Now,
            new Wrapped(answer, path, ttl, call.Now)
        );
        var wrap = new JsonObject
        {
            ["token"] = token.Id,
            ["accessor"] = token.Accessor,
            ["ttl"] = (int)ttl.TotalSeconds,
            ["creation_time"] = VaultIds.Moment(call.Now),
            ["creation_path"] = path,
        };
        if (answer.Auth?["accessor"] is { } accessor)
            wrap["wrapped_accessor"] = accessor.DeepClone();
        return new VaultAnswer(200) { Wrap = wrap };
    }
}
