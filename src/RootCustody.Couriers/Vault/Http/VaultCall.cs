using System.Text.Json;

namespace RootCustody.Couriers.Vault.Http;

/// <summary>One question to the vault. Nothing of a secret is in its path.</summary>
/// <param name="Path">After <c>/v1/</c>; made of checked mounts and ids only.</param>
public sealed record VaultCall(HttpMethod Method, string Path)
{
    /// <summary>Writes the members of the body's object, anew for each attempt; no body if null.</summary>
    public Action<Utf8JsonWriter>? Body { get; init; }

    /// <summary>Whether doing it twice is the same as doing it once. Otherwise it is only sent again where it is certain that nothing was done.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>Whether its answer holds a half, a seed or the like: if the answer is lost, nobody can say that it was not given (law 4).</summary>
    public bool GivesSecret { get; init; }

    /// <summary>Asked of the whole server, whatever the namespace.</summary>
    public bool OutsideNamespaces { get; init; }

    /// <summary>Whether every status is an answer, and none a reason to ask again.</summary>
    public bool TakesAnyStatus { get; init; }

    /// <summary>Sent over a connection of its own. .NET sends a request without a body again by itself when a connection that it kept turns out dead, and a wrapping token may be used once only.</summary>
    public bool OnFreshConnection { get; init; }

    /// <summary>Reads what holds no secret.</summary>
    public static VaultCall Read(string path) => new(HttpMethod.Get, path) { MayRepeat = true };

    /// <summary>Reads a half.</summary>
    public static VaultCall ReadSecret(string path) => Read(path) with { GivesSecret = true };

    /// <summary>The names under a path.</summary>
    public static VaultCall List(string path) => Read($"{path}?list=true");

    /// <summary>Changes something, once.</summary>
    public static VaultCall Write(string path, Action<Utf8JsonWriter> body) =>
        new(HttpMethod.Post, path) { Body = body };
}
