using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeVault;

/// <summary>What a path answers, before it is wrapped, audited and written.</summary>
internal sealed record VaultAnswer(int Status)
{
    public const string Denied = "permission denied";
    public const string DeniedAsList = "1 error occurred:\n\t* permission denied\n\n";
    public const string NoSuchWrap = "wrapping token is not valid or does not exist";

    public JsonObject? Data { get; init; }
    public JsonObject? Auth { get; init; }
    public JsonObject? Wrap { get; init; }
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>For <c>{"errors":[...]}</c>, which may be empty.</summary>
    public IReadOnlyList<string>? Errors { get; init; }

    /// <summary>A document without the envelope, as <c>sys/health</c> has.</summary>
    public JsonObject? Plain { get; init; }

    /// <summary>The content of data is repeated beside it, as some paths of <c>sys/</c> do.</summary>
    public bool Repeats { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What the audit log says instead of the error that the client got.</summary>
    public string? AuditError { get; init; }

    public bool IsGood => Status < 300;

    public static VaultAnswer Of(JsonObject data) => new(200) { Data = data };

    /// <summary>204.</summary>
    public static VaultAnswer Done() => new(204);

    /// <summary>404 <c>{"errors":[]}</c>.</summary>
    public static VaultAnswer Missing() => new(404) { Errors = [] };

    public static VaultAnswer NotOffered() => new(405) { Errors = [] };

    public static VaultAnswer Refused(int status, params IReadOnlyList<string> errors) =>
        new(status) { Errors = errors };

    public static VaultAnswer Bad(string error) => Refused(400, error);

    public static VaultAnswer Listed(IEnumerable<string> names)
    {
        var keys = new JsonArray([.. names.Select(n => JsonValue.Create(n))]);
        return keys.Count == 0 ? Missing() : Of(new JsonObject { ["keys"] = keys });
    }

    /// <summary>The body; null for none.</summary>
    public JsonObject? Body(string requestId)
    {
        if (Plain is not null)
            return Plain;
        if (Errors is not null)
            return new JsonObject { ["errors"] = new JsonArray([.. Errors.Select(e => JsonValue.Create(e))]) };
        if (Data is null && Auth is null && Wrap is null && Warnings is null)
            return null;
        var body = new JsonObject
        {
            ["request_id"] = Wrap is null ? requestId : "",
            ["lease_id"] = "",
            ["renewable"] = false,
            ["lease_duration"] = 0,
            ["data"] = Data?.DeepClone(),
            ["wrap_info"] = Wrap?.DeepClone(),
            ["warnings"] = Warnings is null ? null : new JsonArray([.. Warnings.Select(w => JsonValue.Create(w))]),
            ["auth"] = Auth?.DeepClone(),
        };
        if (Repeats)
        {
            foreach (var (name, value) in Data!)
                body.TryAdd(name, value?.DeepClone());
        }
        return body;
    }
}
