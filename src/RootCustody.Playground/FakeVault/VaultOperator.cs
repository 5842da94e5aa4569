using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeVault;

/// <summary>What an operator sees of an answer.</summary>
public sealed record VaultSeen(HttpStatusCode Status, JsonObject? Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The part <c>data</c> of the answer.</summary>
    public JsonObject Data => Body!["data"]!.AsObject();

    /// <summary>The token of a login or of <c>auth/token/create</c>.</summary>
    public string Token => Body!["auth"]!["client_token"]!.GetValue<string>();

    /// <summary>The wrapping token.</summary>
    public string Wrapping => Body!["wrap_info"]!["token"]!.GetValue<string>();

    /// <summary>All of <c>errors</c>.</summary>
    public string Errors => string.Join("; ", Body?["errors"]?.AsArray().Select(e => e!.ToString()) ?? []);
}

/// <summary>Somebody with curl: sends one call at a time, follows nothing, repeats nothing.</summary>
/// <param name="own">The operator's token.</param>
public sealed class VaultOperator(Uri address, string own) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        BaseAddress = address,
    };

    /// <param name="path">Without <c>/v1/</c>.</param>
    /// <param name="token">Null for the own one; empty for none.</param>
    public async Task<VaultSeen> SendAsync(
        HttpMethod method,
        string path,
        JsonObject? body = null,
        string? token = null,
        IEnumerable<KeyValuePair<string, string>>? headers = null
    )
    {
        using var request = new HttpRequestMessage(method, $"/v1/{path}");
        if (body is not null)
            request.Content = new StringContent(
                body.ToJsonString(),
                Encoding.UTF8,
                method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json"
            );
        if (token != "")
            request.Headers.TryAddWithoutValidation("X-Vault-Token", token ?? own);
        foreach (var (name, value) in headers ?? [])
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new VaultSeen(
            answer.StatusCode,
            text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : null,
            answer.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase)
        );
    }

    public Task<VaultSeen> ReadAsync(string path, string? token = null) =>
        SendAsync(HttpMethod.Get, path, token: token);

    public Task<VaultSeen> ListAsync(string path, string? token = null) =>
        SendAsync(HttpMethod.Get, $"{path}?list=true", token: token);

    public Task<VaultSeen> WriteAsync(string path, JsonObject? body = null, string? token = null) =>
        SendAsync(HttpMethod.Post, path, body ?? [], token);

    public Task<VaultSeen> DeleteAsync(string path, string? token = null) =>
        SendAsync(HttpMethod.Delete, path, token: token);

    /// <summary>Asks for the answer in a wrapping token.</summary>
    public Task<VaultSeen> WrappedAsync(
        HttpMethod method,
        string path,
        string ttl,
        JsonObject? body = null,
        string? token = null
    ) => SendAsync(method, path, body, token, [new("X-Vault-Wrap-TTL", ttl)]);

    public void Dispose() => http.Dispose();
}
