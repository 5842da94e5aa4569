using System.Text;
using System.Text.Json;
using CsCheck;
using RootCustody.Chat;
using RootCustody.Teams.Drawing;

namespace RootCustody.Tests.Teams;

/// <summary>What people type cannot break a card or a form.</summary>
public class AnyCardTests
{
    private const int MostBytes = 80 * 1024;

    /// <summary>The letters that cost most or mean most, among any others.</summary>
    private static readonly Gen<char> Letter = Gen.Frequency(
        (1, Gen.Char),
        (2, Gen.Char["<>&{}\"'\\*_[]()\u200b😀€\n"])
    );

    private static readonly Gen<Card> AnyCard = Gen.Select(
        Text(150),
        Text(500).Array[0, 5],
        Gen.Select(Text(40), Text(200)).Array[0, 12],
        Text(75).Array[0, 5],
        (title, lines, facts, labels) =>
            new Card(
                title,
                lines,
                [.. facts.Select(f => new Fact(f.Item1, f.Item2))],
                [.. labels.Select(l => new Choice(l, l, l, Confirm: l.Length % 2 == 0 ? l : null))]
            )
    );

    [Fact]
    public void Any_text_keeps_a_card_whole_and_small() =>
        AnyCard.Sample(
            card =>
            {
                var json = AdaptiveCards.Draw(card).ToJsonString();

                Assert.InRange(Encoding.UTF8.GetByteCount(json), 1, MostBytes);
                using var drawn = JsonDocument.Parse(json);
                Assert.Equal("AdaptiveCard", drawn.RootElement.GetProperty("type").GetString());
                foreach (var block in drawn.RootElement.GetProperty("body").EnumerateArray())
                    if (block.TryGetProperty("text", out var text))
                        Assert.DoesNotContain("{{", text.GetString(), StringComparison.Ordinal);
            },
            iter: 300
        );

    [Fact]
    public void The_longest_texts_of_a_card_stay_small()
    {
        var worst = new string('<', 3000);

        var card = AdaptiveCards.Draw(
            new Card(worst[..150], [worst, worst], [.. Enumerable.Repeat(new Fact("<", worst[..200]), 12)], [])
        );

        Assert.InRange(card.ToJsonString().Length, 1, MostBytes);
    }

    [Fact]
    public void An_input_never_takes_the_place_of_the_action_or_subject() =>
        Gen.Select(FieldId, Text(20))
            .Sample(
                (id, typed) =>
                {
                    var card = AdaptiveCards.Draw(
                        new Form(
                            "request",
                            "a-1",
                            "Ask",
                            "Send",
                            [],
                            [new Field.Text(id, "Label", null, false, false, 30)]
                        )
                    );
                    var data = card["actions"]![0]!["data"]!.AsObject();
                    var input = (string)card["body"]![0]!["id"]!;

                    Assert.False(data.ContainsKey(input));
                    Assert.False(input is CardData.Action or CardData.Subject or CardData.Asks or "msteams");
                    data[input] = typed; // as the client merges it
                    Assert.Equal("request", (string?)data["action"]);
                    Assert.Equal("a-1", (string?)data["subject"]);
                },
                iter: 1000
            );

    [Fact]
    public void What_is_typed_comes_back_under_the_id_of_its_field() =>
        Gen.Select(FieldId, Gen.String[Gen.Char.AlphaNumeric, 0, 20])
            .Sample(
                (id, typed) =>
                {
                    var form = new Form(
                        "request",
                        "a-1",
                        "Ask",
                        "Send",
                        [],
                        [new Field.Text(id, "Label", null, false, false, 30)]
                    );
                    var card = AdaptiveCards.Draw(form);
                    var data = card["actions"]![0]!["data"]!;
                    data[(string)card["body"]![0]!["id"]!] = typed;

                    var inputs = CardData.InputsOf(data.Deserialize<JsonElement>(), null);

                    Assert.Equal([new(id, typed)], inputs.ToArray());
                },
                iter: 1000
            );

    private static readonly Gen<string> FieldId = Gen.OneOf(
        Gen.String[Gen.Char.AlphaNumeric, 1, 12],
        Gen.Int[0, 3].Select(i => new[] { "action", "subject", "asks", "msteams" }[i])
    );

    private static Gen<string> Text(int longest) => Gen.String[Letter, 0, longest];
}
