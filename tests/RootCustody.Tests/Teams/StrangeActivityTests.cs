using System.Text.Json;
using CsCheck;
using RootCustody.Teams.Inbound;

namespace RootCustody.Tests.Teams;

/// <summary>Whatever JSON arrives, it is read or it is not; nothing is thrown that the edge does not expect.</summary>
public class StrangeActivityTests
{
    private static readonly string[] Names =
    [
        "type",
        "id",
        "name",
        "action",
        "text",
        "serviceUrl",
        "channelId",
        "localTimezone",
        "from",
        "recipient",
        "conversation",
        "channelData",
        "membersAdded",
        "membersRemoved",
        "entities",
        "value",
        "tenant",
        "tenantId",
        "aadObjectId",
        "data",
        "verb",
        "subject",
        "asks",
        "trigger",
        "in.a",
        "in.a.date",
        "in.a.time",
        "in.",
    ];

    private static readonly string[] Texts =
    [
        "message",
        "invoke",
        "installationUpdate",
        "conversationUpdate",
        "adaptiveCard/action",
        "task/fetch",
        "task/submit",
        "add",
        "remove",
        "approve",
        "personal",
        "mention",
        "Europe/Paris",
        "../../etc/passwd",
        "0001-01-01",
        "9999-12-31",
        "00:00",
        "23:59",
        "",
        " ",
        "/",
        "\u0000",
        "\ud83d\ude00",
    ];

    private static readonly Gen<string> Name = OneOf(Names);

    private static readonly Gen<string> Leaf = Gen.OneOf(
        OneOf(Texts).Select(t => JsonSerializer.Serialize(t)),
        Gen.String.Select(t => JsonSerializer.Serialize(t)),
        Gen.Int.Select(n => JsonSerializer.Serialize(n)),
        OneOf("true", "false", "null", "1e400", "\"\\ud800\"", "\"\\udc00x\"")
    );

    [Fact]
    public void Any_value_in_a_fitting_activity_is_read_or_refused() =>
        Gen.Select(OneOf("message", "invoke"), OneOf(Texts), Json(4))
            .Sample((type, name, value) => ReadsOrRefuses(With(type, name, value)), iter: 3000);

    [Fact]
    public void Any_json_at_all_is_read_or_refused() => Json(5).Sample(ReadsOrRefuses, iter: 3000);

    [Theory]
    [InlineData("""{"action":"\ud800"}""")]
    [InlineData("""{"action":"approve","in.reason":"\udc00"}""")]
    [InlineData("""{"action":"approve","\ud800":1}""")]
    [InlineData("""{"action":"approve","deep":[{"x":["\ud800"]}]}""")]
    public void Half_a_letter_is_refused_where_the_body_is_read(string data) =>
        Assert.Throws<JsonException>(() =>
            Parse(With("invoke", "task/submit", $$"""{"trigger":"manual","data":{{data}}}"""))
        );

    private static void ReadsOrRefuses(string json)
    {
        Activity? activity;
        try
        {
            activity = Parse(json);
        }
        catch (JsonException)
        {
            return; // answered with 400
        }
        if (activity is not null)
            ActivityReader.Read(activity, RootCustody.Chat.Bot.Desk, null);
    }

    private static Activity? Parse(string json) =>
        JsonSerializer.Deserialize<Activity>(json, JsonSerializerOptions.Web);

    private static string With(string type, string name, string value)
    {
        var activity = Activities.Personal(type);
        activity["name"] = name;
        return activity.ToJsonString()[..^1] + $",\"value\":{value}}}";
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static Gen<string> Json(int depth) =>
        depth == 0
            ? Leaf
            : Gen.Frequency(
                (1, Leaf),
                (1, Json(depth - 1).Array[0, 3].Select(items => $"[{string.Join(',', items)}]")),
                (
                    3,
                    Gen.Select(Name, Json(depth - 1))
                        .Array[0, 6]
                        .Select(properties =>
                            $"{{{string.Join(',', properties.Select(p => $"{JsonSerializer.Serialize(p.Item1)}:{p.Item2}"))}}}"
                        )
                )
            );
}
