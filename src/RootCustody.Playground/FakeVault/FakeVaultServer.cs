using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeVault;

/// <summary>One call as it came over the wire.</summary>
/// <param name="Path">With its query.</param>
/// <param name="Body">Empty for none.</param>
public sealed record VaultRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>All of it, to search for what must not be there.</summary>
    public override string ToString() =>
        $"{Method} {Path}\n{string.Join('\n', Headers.Select(h => $"{h.Key}: {h.Value}"))}\n\n{Body}";
}

/// <summary>A Vault server on loopback that behaves as the real one was measured to, and misbehaves when told.</summary>
public sealed class FakeVaultServer : IAsyncDisposable
{
    private const string MergePatch = "application/merge-patch+json";

    private readonly TimeProvider clock;
    private readonly VaultCore core;
    private readonly ConcurrentQueue<VaultRequest> requests = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> identityPolicies = new(StringComparer.Ordinal);
    private WebApplication app = null!;

    private FakeVaultServer(TimeProvider clock, VaultKind kind)
    {
        this.clock = clock;
        IsOpenBao = kind == VaultKind.OpenBao;
        core = new VaultCore(this, clock.GetUtcNow());
    }

    public Uri Address { get; private set; } = null!;

    public bool IsOpenBao { get; }

    public string Version => IsOpenBao ? "2.6.2" : "1.8.0";

    /// <summary>May do everything.</summary>
    public string RootToken => core.Root.Id;

    public VaultFaults Faults { get; } = new();

    public VaultState State { get; set; }

    /// <summary>Where a standby sends its callers. Default an address where nobody listens.</summary>
    public Uri StandbyLocation { get; set; } = new("http://127.0.0.1:1/");

    /// <summary>No audit device can write answers down any more: every call is done, and answered 500.</summary>
    public bool AuditBroken { get; set; }

    /// <summary>Every call so far, whole.</summary>
    public IReadOnlyList<VaultRequest> Requests => [.. requests];

    /// <summary>The server's own audit log, a line of JSON each.</summary>
    public IReadOnlyList<string> AuditLog => core.AuditLog;

    public static async Task<FakeVaultServer> StartAsync(TimeProvider clock, VaultKind kind = VaultKind.Vault)
    {
        var server = new FakeVaultServer(clock, kind);
        (server.app, server.Address) = await Loopback.StartAsync(app => app.Run(server.HandleAsync));
        return server;
    }

    /// <summary>The identity system adds policies to each login of a role, whatever the role says.</summary>
    /// <param name="mount">For example <c>auth/approle-rc-password/</c>.</param>
    public void AddIdentityPolicies(string mount, string role, params IReadOnlyList<string> policies) =>
        identityPolicies[mount + role] = policies;

    /// <summary>An operator with curl.</summary>
    public VaultOperator Operator() => new(Address, RootToken);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    internal IReadOnlyList<string> IdentityPoliciesOf(string mount, string role) =>
        identityPolicies.GetValueOrDefault(mount + role, []);

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var request = context.Request;
        requests.Enqueue(
            new VaultRequest(
                request.Method,
                request.Path + request.QueryString,
                request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body
            )
        );
        var path = request.Path.Value!.StartsWith("/v1/", StringComparison.Ordinal)
            ? request.Path.Value["/v1/".Length..]
            : "";
        var fault = Faults.Take(path, request.Method);
        if (await BeforeAsync(context, fault))
            return;
        var answer = Answer(context, path, body, out var id);
        switch (fault)
        {
            case VaultFault.DropsAfter:
                context.Abort();
                return;
            case VaultFault.AuditFails:
                answer = VaultAnswer.Refused(500, "internal error");
                break;
            case VaultFault.HangsAfter:
                await Faults.HangAsync(context.RequestAborted);
                break;
        }
        await WriteAsync(context, answer, id);
    }

    /// <returns>Whether that was it.</returns>
    private async Task<bool> BeforeAsync(HttpContext context, VaultFault? fault)
    {
        VaultAnswer answer;
        switch (fault)
        {
            case VaultFault.DropsBefore:
                context.Abort();
                return true;
            case VaultFault.HangsBefore:
                await Faults.HangAsync(context.RequestAborted);
                return false;
            case VaultFault.ProxyFails:
                context.Response.StatusCode = 503;
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html><body>No server is available.</body></html>");
                return true;
            case VaultFault.NoLeader:
                answer = VaultAnswer.Refused(500, "local node not active but active cluster node not found");
                break;
            case VaultFault.NotYet:
                answer = VaultAnswer.Refused(412, "required index state not present");
                break;
            case VaultFault.BadGateway:
                answer = VaultAnswer.Refused(502, "bad gateway");
                break;
            case VaultFault.Throttled:
                context.Response.Headers.RetryAfter = "1";
                answer = VaultAnswer.Refused(429, "request path \"x\": rate limit quota exceeded");
                break;
            case VaultFault.ThrottledSilently:
                answer = VaultAnswer.Refused(429, "request path \"x\": rate limit quota exceeded");
                break;
            default:
                return false;
        }
        await WriteAsync(context, answer, "");
        return true;
    }

    private VaultAnswer Answer(HttpContext context, string path, string text, out string id)
    {
        id = "";
        var request = context.Request;
        var query = request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);
        if (Shut(context, path, query) is { } shut)
            return shut;
        if (OperationOf(request, query) is not { } operation)
            return VaultAnswer.NotOffered();
        if (
            operation == Operation.Patch
            && request.ContentType?.StartsWith(MergePatch, StringComparison.Ordinal) != true
        )
            return VaultAnswer.Refused(415, $"PATCH requires Content-Type of {MergePatch}");
        if (path.EndsWith('.'))
            return VaultAnswer.Missing();
        if (Parse(text) is not { } body)
            return VaultAnswer.Bad("error parsing JSON");
        if (WrapOf(request, out var wrap) is { } wrong)
            return wrong;
        if (operation == Operation.List)
            path = path.TrimEnd('/') + "/";
        var (realm, below) = core.Resolve(request.Headers["X-Vault-Namespace"], path);
        var source = context.Connection.RemoteIpAddress ?? IPAddress.Loopback;
        var call = new VaultCall(operation, realm, below, body, query, TokenOf(request), source, clock.GetUtcNow())
        {
            WrapFor = wrap,
        };
        id = call.Id;
        var answer = core.OverQuota(call) ?? core.Handle(call);
        return AuditBroken ? VaultAnswer.Refused(500, "internal error") : answer;
    }

    /// <summary>What needs no open, active server, and what it says where it is neither.</summary>
    private VaultAnswer? Shut(HttpContext context, string path, Dictionary<string, string> query)
    {
        var request = context.Request;
        if (VaultHealth.Of(this, path, query, clock.GetUtcNow()) is { } health)
        {
            return IsOpenBao && request.Headers["X-Vault-Namespace"].ToString().Trim('/') is not ("" or "root")
                ? VaultAnswer.Bad("operation unavailable in namespaces")
                : health;
        }
        if (State is VaultState.Sealed or VaultState.NotInitialised)
            return VaultAnswer.Refused(503, "Vault is sealed");
        if (State != VaultState.Standby)
            return null;
        context.Response.Headers.Location = new Uri(StandbyLocation, request.Path + request.QueryString).ToString();
        return new VaultAnswer(307);
    }

    private static Operation? OperationOf(HttpRequest request, Dictionary<string, string> query) =>
        request.Method switch
        {
            "GET" when query.GetValueOrDefault("list") == "true" => Operation.List,
            "GET" or "HEAD" => Operation.Read,
            "LIST" => Operation.List,
            "POST" or "PUT" => Operation.Update,
            "PATCH" => Operation.Patch,
            "DELETE" => Operation.Delete,
            _ => null,
        };

    private static string? TokenOf(HttpRequest request)
    {
        if (request.Headers["X-Vault-Token"].ToString() is { Length: > 0 } token)
            return token;
        var bearer = request.Headers.Authorization.ToString();
        return bearer.StartsWith("Bearer ", StringComparison.Ordinal) ? bearer["Bearer ".Length..] : null;
    }

    private static VaultAnswer? WrapOf(HttpRequest request, out TimeSpan? wrap)
    {
        wrap = null;
        var header = request.Headers["X-Vault-Wrap-TTL"].ToString();
        if (header.Length == 0)
            return null;
        wrap = Fields.LengthOf(header);
        return wrap is null ? VaultAnswer.Bad("error parsing X-Vault-Wrap-TTL header: invalid duration") : null;
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task WriteAsync(HttpContext context, VaultAnswer answer, string id)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers.CacheControl = "no-store";
        response.Headers.Date = clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;
        if (answer.Body(id) is not { } body || HttpMethods.IsHead(context.Request.Method))
            return;
        response.ContentType = "application/json";
        await response.WriteAsync(body.ToJsonString());
    }
}
