using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeVault;

/// <summary>The server's own audit log: two lines for each call; texts of bodies, tokens and accessors only as salted hashes.</summary>
internal sealed class AuditDevice
{
    private readonly byte[] salt = RandomNumberGenerator.GetBytes(32);
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines => [.. lines];

    public string Hash(string text) =>
        "hmac-sha256:" + Convert.ToHexStringLower(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(text)));

    /// <param name="error">In clear, as in the real one.</param>
    public void Requested(VaultCall call, string? error = null)
    {
        var line = LineOf("request", call);
        if (error is not null)
            line["error"] = error;
        lines.Add(line.ToJsonString());
    }

    public void Answered(VaultCall call, VaultAnswer answer, string mountType)
    {
        var line = LineOf("response", call);
        var response = new JsonObject { ["mount_type"] = mountType };
        if (answer.Wrap is { } wrap)
        {
            response["wrap_info"] = Hashed(wrap, "token", "accessor", "wrapped_accessor");
        }
        if (answer.Data is { } data)
            response["data"] = Hashed(data);
        if (answer.Auth is { } auth)
            response["auth"] = Hashed(auth, "client_token", "accessor");
        line["response"] = response;
        if (
            answer.AuditError is { } said
            || (said = answer.Errors is { Count: > 0 } errors ? string.Join("; ", errors) : null) is not null
        )
            line["error"] = said;
        lines.Add(line.ToJsonString());
    }

    private JsonObject LineOf(string type, VaultCall call)
    {
        var request = new JsonObject
        {
            ["id"] = call.Id,
            ["operation"] = call.Operation.ToString().ToLowerInvariant(),
            ["path"] = call.FullPath,
            ["remote_address"] = call.Source.ToString(),
        };
        if (call.Given is { } given)
            request["client_token"] = Hash(given);
        if (call.Body.Count > 0)
            request["data"] = Hashed(call.Body);
        if (call.WrapFor is { } wrap)
            request["wrap_ttl"] = (int)wrap.TotalSeconds;
        var line = new JsonObject
        {
            ["time"] = VaultIds.Moment(call.Now),
            ["type"] = type,
            ["request"] = request,
        };
        if (call.Token is { } token)
        {
            line["auth"] = new JsonObject
            {
                ["client_token"] = Hash(token.Id),
                ["accessor"] = Hash(token.Accessor),
                ["display_name"] = token.Terms.DisplayName,
                ["policies"] = token.AllPolicies.ToJson(),
                ["metadata"] = token.Terms.Meta.DeepClone(),
                ["entity_id"] = token.Terms.EntityId,
            };
        }
        return line;
    }

    /// <param name="only">The fields to hash; none for all texts. Numbers and flags stay in clear.</param>
    private JsonObject Hashed(JsonObject node, params string[] only) =>
        new(
            node.Select(n =>
                KeyValuePair.Create(
                    n.Key,
                    only.Length == 0 || only.Contains(n.Key, StringComparer.Ordinal)
                        ? Hashed(n.Value)
                        : n.Value?.DeepClone()
                )
            )
        );

    private JsonNode? Hashed(JsonNode? node) =>
        node switch
        {
            JsonObject inner => Hashed(inner),
            JsonArray several => new JsonArray([.. several.Select(Hashed)]),
            JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String => Hash(
                value.GetValue<string>()
            ),
            _ => node?.DeepClone(),
        };
}
