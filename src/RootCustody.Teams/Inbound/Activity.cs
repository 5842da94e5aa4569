using System.Text.Json;
using System.Text.Json.Serialization;

namespace RootCustody.Teams.Inbound;

/// <summary>What the Bot Connector posts; fields that we do not use are left unread.</summary>
internal sealed record Activity(
    string? Type,
    string? Id,
    string? Name,
    string? Action,
    string? Text,
    string? ServiceUrl,
    string? ChannelId,
    string? LocalTimezone,
    ChannelAccount? From,
    ChannelAccount? Recipient,
    ConversationAccount? Conversation,
    ChannelData? ChannelData,
    IReadOnlyList<ChannelAccount?>? MembersAdded,
    IReadOnlyList<ChannelAccount?>? MembersRemoved,
    IReadOnlyList<Entity?>? Entities,
    [property: JsonConverter(typeof(WholeText))] JsonElement Value
)
{
    public const string Personal = "personal";

    public bool IsPersonal => Conversation?.ConversationType == Personal;

    /// <summary>The tenant that the channel names; null if it names none, or two.</summary>
    public string? Tenant =>
        ChannelData?.Tenant?.Id is { } tenant && (Conversation?.TenantId is not { } other || other == tenant)
            ? tenant
            : null;
}

internal sealed record ChannelAccount(string? Id, string? AadObjectId);

internal sealed record ConversationAccount(string? Id, string? ConversationType, string? TenantId);

internal sealed record ChannelData(TenantInfo? Tenant);

internal sealed record TenantInfo(string? Id);

internal sealed record Entity(string? Type, string? Text);
