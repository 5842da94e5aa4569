using System.Globalization;
using System.Net;
using System.Text.Json;

namespace RootCustody.Couriers.Vault.Http;

/// <summary>Whether a question got there, and an answer back.</summary>
public enum VaultArrival
{
    Answered,

    /// <summary>No connection: the vault was certainly not asked.</summary>
    NotSent,

    /// <summary>The other side is not who it should be by its certificate; it was not asked.</summary>
    NotTrusted,

    /// <summary>It may have been asked, and done what was asked; no whole answer came.</summary>
    Lost,
}

/// <summary>What came back from the vault. The body may hold secrets: it is read by path from a pinned buffer, and wiped on <see cref="Dispose"/> (law 8). Texts of errors are not read at all: they may quote secrets, and are no API.</summary>
public sealed class VaultAnswer : IDisposable
{
    private readonly PinnedBuffer? body;

    internal VaultAnswer(VaultArrival arrival) => Arrival = arrival;

    internal VaultAnswer(HttpResponseMessage response, PinnedBuffer body)
    {
        this.body = body;
        Status = response.StatusCode;
        ServerTime = response.Headers.Date;
        RetryAfter = response.Headers.RetryAfter?.Delta;
        Location = response.Headers.Location;
    }

    public VaultArrival Arrival { get; }

    /// <summary>0 if no answer came.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The clock of the server, in whole seconds.</summary>
    public DateTimeOffset? ServerTime { get; }

    public TimeSpan? RetryAfter { get; }

    /// <summary>Where the answering node sends us.</summary>
    public Uri? Location { get; }

    /// <summary>Whether the vault may have given a secret in this or an earlier attempt, though none has arrived whole.</summary>
    public bool MayHaveGiven { get; internal set; }

    public bool Is(HttpStatusCode status) => Arrival == VaultArrival.Answered && Status == status;

    public bool IsDone => Is(HttpStatusCode.OK) || Is(HttpStatusCode.NoContent);

    /// <summary>A text that is no secret; null if it is not there.</summary>
    public string? Text(params ReadOnlySpan<string> path) =>
        Find(path, out var json) && json.TokenType == JsonTokenType.String ? json.GetString() : null;

    /// <summary>A whole number, also if it is written as text; null if it is not there.</summary>
    public long? Number(params ReadOnlySpan<string> path)
    {
        if (!Find(path, out var json))
            return null;
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var number))
            return number;
        return
            json.TokenType == JsonTokenType.String
            && long.TryParse(json.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var text)
            ? text
            : null;
    }

    public bool? Flag(params ReadOnlySpan<string> path) =>
        Find(path, out var json) && json.TokenType is JsonTokenType.True or JsonTokenType.False
            ? json.GetBoolean()
            : null;

    /// <summary>A secret text; null if it is not there. The caller wipes it.</summary>
    public Secret? SecretAt(params ReadOnlySpan<string> path) =>
        Find(path, out var json) && json.TokenType == JsonTokenType.String ? SecretJson.TakeText(ref json) : null;

    /// <summary>Whether there is anything but null.</summary>
    public bool Has(params ReadOnlySpan<string> path) =>
        Find(path, out var json) && json.TokenType != JsonTokenType.Null;

    /// <summary>The texts of a list; null if there is none.</summary>
    public IReadOnlyList<string>? Texts(params ReadOnlySpan<string> path)
    {
        if (!Find(path, out var json) || json.TokenType != JsonTokenType.StartArray)
            return null;
        var texts = new List<string>();
        while (json.Read() && json.TokenType == JsonTokenType.String)
            texts.Add(json.GetString()!);
        return texts;
    }

    /// <summary>The names of what an object holds; none if there is no such object.</summary>
    public IReadOnlyList<string> Names(params ReadOnlySpan<string> path)
    {
        if (!Find(path, out var json) || json.TokenType != JsonTokenType.StartObject)
            return [];
        var names = new List<string>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            names.Add(json.GetString()!);
            json.Read();
            json.Skip();
        }
        return names;
    }

    public void Dispose() => body?.Dispose();

    /// <summary>Stands at the value under these names, one inside the other; false if it is not there or this is no JSON.</summary>
    private bool Find(ReadOnlySpan<string> path, out Utf8JsonReader json)
    {
        json = new Utf8JsonReader(body is null ? default : body.Written.Span);
        try
        {
            return IsWhole() && json.Read() && MoveTo(ref json, path);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool MoveTo(ref Utf8JsonReader json, ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (json.TokenType != JsonTokenType.StartObject || !MoveInto(ref json, name))
                return false;
        }
        return true;
    }

    private static bool MoveInto(ref Utf8JsonReader json, string name)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var found = json.ValueTextEquals(name);
            json.Read();
            if (found)
                return true;
            json.Skip();
        }
        return false;
    }

    /// <summary>Whether the body is one whole value, so that no reading of a part of it can break.</summary>
    private bool IsWhole()
    {
        var json = new Utf8JsonReader(body is null ? default : body.Written.Span);
        while (json.Read()) { }
        return true;
    }
}
