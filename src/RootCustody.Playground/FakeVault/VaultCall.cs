using System.Net;
using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeVault;

/// <summary>What a call wants, which is also the capability that it needs.</summary>
internal enum Operation
{
    Read,
    List,
    Create,
    Update,
    Patch,
    Delete,
}

/// <summary>One call as the paths see it.</summary>
/// <param name="Path">Without <c>/v1/</c> and the namespace; a list ends in a slash.</param>
/// <param name="Given">The token as it came in the header, valid or not.</param>
internal sealed record VaultCall(
    Operation Operation,
    Realm Realm,
    string Path,
    JsonObject Body,
    IReadOnlyDictionary<string, string> Query,
    string? Given,
    IPAddress Source,
    DateTimeOffset Now
)
{
    /// <summary>Also <c>request_id</c> of the answer.</summary>
    public string Id { get; } = VaultIds.Uuid();

    /// <summary>How long the answer is to be wrapped; null for not at all.</summary>
    public TimeSpan? WrapFor { get; init; }

    /// <summary>The living token behind <see cref="Given"/>; null on paths that need none.</summary>
    public Token? Token { get; init; }

    public bool Writes => Operation is Operation.Create or Operation.Update;

    public string FullPath => Realm.Path + Path;
}
