using System.Text.Json;
using System.Text.Json.Nodes;
using RootCustody.Chat;
using RootCustody.Teams.Inbound;

namespace RootCustody.Tests.Teams;

/// <summary>Activities as the Bot Connector posts them, and their reading.</summary>
internal static class Activities
{
    public const string Tenant = "00000000-0000-4000-8000-000000000001";
    public const string Person = "00000000-0000-4000-8000-00000000010a";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 32 };

    public static Click? Read(string activity, RevealSurface? surface = null) =>
        Read(JsonNode.Parse(activity)!, surface);

    public static Click? Read(JsonNode activity, RevealSurface? surface = null) =>
        ActivityReader.Read(activity.Deserialize<Activity>(Json)!, Bot.Mfa, surface);

    /// <summary>What every activity of the personal chat has.</summary>
    public static JsonObject Personal(string type) =>
        new()
        {
            ["type"] = type,
            ["id"] = "f:17a",
            ["from"] = new JsonObject
            {
                ["id"] = "29:person-0",
                ["name"] = "Alex Wilber",
                ["aadObjectId"] = Person,
            },
            ["localTimezone"] = "Europe/Paris",
            ["serviceUrl"] = "https://smba.trafficmanager.net/emea/",
            ["channelId"] = "msteams",
            ["conversation"] = new JsonObject
            {
                ["conversationType"] = "personal",
                ["tenantId"] = Tenant,
                ["id"] = "a:personal-0",
            },
            ["recipient"] = new JsonObject { ["id"] = "28:bot", ["name"] = "RootCustody" },
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = Tenant } },
        };

    public static JsonObject In(string conversationType, JsonObject activity)
    {
        activity["conversation"]!["conversationType"] = conversationType;
        return activity;
    }

    public static JsonObject Message(string text)
    {
        var activity = Personal("message");
        activity["text"] = text;
        return activity;
    }

    /// <param name="data">JSON.</param>
    public static JsonObject Dialog(string name, string data)
    {
        var activity = Personal("invoke");
        activity["name"] = name;
        activity["value"] = new JsonObject { ["data"] = JsonNode.Parse(data) };
        return activity;
    }

    /// <param name="data">JSON.</param>
    public static JsonObject Pressed(string? verb, string data)
    {
        var activity = Personal("invoke");
        activity["name"] = "adaptiveCard/action";
        var action = new JsonObject { ["type"] = "Action.Execute", ["data"] = JsonNode.Parse(data) };
        if (verb is not null)
            action["verb"] = verb;
        activity["value"] = new JsonObject { ["action"] = action };
        return activity;
    }
}
