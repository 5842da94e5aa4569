using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RootCustody.Chat;
using RootCustody.Teams.Drawing;

namespace RootCustody.Teams.Inbound;

/// <summary>Reads an authenticated activity into a click. All of its <c>data</c> is the client's word.</summary>
internal static class ActivityReader
{
    /// <returns>Null if it is nothing that a person did, or its person cannot be told.</returns>
    public static Click? Read(Activity activity, Bot bot, RevealSurface? surface) =>
        activity.Type switch
        {
            "message" => ReadMessage(activity, bot),
            "installationUpdate" => ReadInstallation(activity, bot),
            "conversationUpdate" => ReadConversation(activity, bot),
            "invoke" => ReadInvoke(activity, bot, surface),
            _ => null,
        };

    private static Click? ReadMessage(Activity activity, Bot bot)
    {
        if (string.IsNullOrWhiteSpace(activity.Text))
            return activity.Value.ValueKind == JsonValueKind.Object
                ? ReadData(activity, bot, activity.Value, false, null)
                : null;

        var text = activity.Text;
        foreach (var entity in activity.Entities ?? [])
            if (entity is { Type: "mention", Text: { Length: > 0 } mention })
                text = text.Replace(mention, " ", StringComparison.Ordinal);
        // Teams calls it plain, but entities are left in it, &nbsp; behind a mention above all
        var words = WebUtility
            .HtmlDecode(text)
            .Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var word = words.Length == 0 ? Actions.Help : Actions.OfPerson(words[0].TrimStart('/').ToLowerInvariant());
        return Of(activity, bot, word, "", false, Inputs([("text", words.Length == 2 ? words[1] : "")]), null);
    }

    private static Click? ReadInstallation(Activity activity, Bot bot) =>
        activity.Action switch
        {
            "add" or "add-upgrade" => Of(activity, bot, Actions.Installed, "", false, Inputs([]), null),
            "remove" => Of(activity, bot, Actions.Uninstalled, "", false, Inputs([]), null),
            _ => null,
        };

    private static Click? ReadConversation(Activity activity, Bot bot)
    {
        bool Names(IReadOnlyList<ChannelAccount?>? members) =>
            activity.Recipient?.Id is { } self && members?.Any(m => m?.Id == self) == true;

        return Names(activity.MembersAdded) ? Of(activity, bot, Actions.Installed, "", false, Inputs([]), null)
            : Names(activity.MembersRemoved) ? Of(activity, bot, Actions.Uninstalled, "", false, Inputs([]), null)
            : null;
    }

    private static Click? ReadInvoke(Activity activity, Bot bot, RevealSurface? surface)
    {
        if (activity.Value.ValueKind != JsonValueKind.Object)
            return null;
        switch (activity.Name)
        {
            case InvokeNames.CardAction:
                return
                    activity.Value.TryGetProperty("action", out var action)
                    && action.ValueKind == JsonValueKind.Object
                    && action.TryGetProperty("data", out var data)
                    && data.ValueKind == JsonValueKind.Object
                    ? ReadData(activity, bot, data, false, null, Text(action, "verb"))
                    : null;
            case InvokeNames.Fetch or InvokeNames.Submit:
                if (!activity.Value.TryGetProperty("data", out var sent) || sent.ValueKind != JsonValueKind.Object)
                    return null;
                var submits = activity.Name == InvokeNames.Submit && Text(sent, CardData.Asks) is null;
                return ReadData(activity, bot, sent, submits, submits && activity.IsPersonal ? surface : null);
            default:
                return null;
        }
    }

    private static Click? ReadData(
        Activity activity,
        Bot bot,
        JsonElement data,
        bool submits,
        RevealSurface? surface,
        string? verb = null
    )
    {
        if ((verb ?? Text(data, CardData.Action)) is not { } named)
            return null;
        var zone = activity.LocalTimezone;
        return Of(
            activity,
            bot,
            Actions.OfPerson(named),
            Text(data, CardData.Subject) ?? "",
            submits,
            CardData.InputsOf(data, zone),
            surface
        );
    }

    private static Click? Of(
        Activity activity,
        Bot bot,
        string action,
        string subject,
        bool submits,
        IReadOnlyDictionary<string, string> inputs,
        RevealSurface? surface
    )
    {
        if (
            activity
            is not { Tenant: { } tenant, From.AadObjectId: { } user, Conversation.Id: { } conversation, Id: { } id }
        )
            return null;
        return new Click
        {
            Key = KeyOf(bot, conversation, id),
            Bot = bot,
            By = new ChatUser(ChatPlatform.Teams, tenant.ToLowerInvariant(), user.ToLowerInvariant()), // as the directory keeps them
            Where = new ChatPlace(ChatPlatform.Teams, tenant.ToLowerInvariant(), conversation, activity.ServiceUrl),
            InPrivate = activity.IsPersonal,
            Action = action,
            Subject = subject,
            Submits = submits,
            Inputs = inputs,
            Surface = surface,
        };
    }

    /// <summary>A hash, so that its length is known whatever the client sends.</summary>
    private static string KeyOf(Bot bot, string conversation, string id) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"teams:{bot}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{conversation}\n{id}")).AsSpan(0, 16))}"
        );

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static Dictionary<string, string> Inputs((string Name, string Value)[] inputs) =>
        inputs.ToDictionary(i => i.Name, i => i.Value, StringComparer.Ordinal);
}

internal static class InvokeNames
{
    public const string CardAction = "adaptiveCard/action";
    public const string Fetch = "task/fetch";
    public const string Submit = "task/submit";
}
