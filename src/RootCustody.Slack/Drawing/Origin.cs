using System.Text.Json;

namespace RootCustody.Slack.Drawing;

/// <summary>What a modal carries in its <c>private_metadata</c>: ids only.</summary>
internal static class Origin
{
    public static string Write(string channel, string subject) =>
        JsonSerializer.Serialize(new Carried(channel, subject));

    /// <returns>No channel if it is not ours.</returns>
    public static (string? Channel, string Subject) Read(string? metadata)
    {
        try
        {
            var carried = metadata is { Length: > 0 } ? JsonSerializer.Deserialize<Carried>(metadata) : null;
            return (carried?.C, carried?.S ?? "");
        }
        catch (JsonException)
        {
            return (null, "");
        }
    }

    private sealed record Carried(string? C, string? S);
}
