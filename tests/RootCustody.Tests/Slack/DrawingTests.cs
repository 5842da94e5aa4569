using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using RootCustody.Chat;
using RootCustody.Slack.Drawing;
using RootCustody.Slack.Outbound;

namespace RootCustody.Tests.Slack;

public sealed class DrawingTests
{
    [Fact]
    public void What_people_typed_calls_nobody_and_links_nowhere()
    {
        var card = new Card("T", [], [new Fact("Why", "<!channel> <https://evil.example|click> & *bold*")], []);

        var text = Blocks.Draw(card)[1]!["text"]!["text"]!.GetValue<string>();

        Assert.Equal("*Why:* &lt;!channel&gt; &lt;https://evil.example|click&gt; &amp; *bold*", text);
    }

    [Fact]
    public void A_moment_is_shown_in_the_readers_own_time_zone()
    {
        var card = new Card(
            "T",
            [],
            [Fact.At("Open until", new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero))],
            []
        );

        var text = Blocks.Draw(card)[1]!["text"]!["text"]!.GetValue<string>();

        Assert.Equal("*Open until:* <!date^1795435200^{date_short_pretty} {time}|2026-11-23 12:00 UTC>", text);
    }

    [Fact]
    public void Two_buttons_of_one_action_have_ids_of_their_own()
    {
        var card = new Card("T", [], [], [new Choice("approve", "A", "1"), new Choice("approve", "B", "2")]);

        var ids = Blocks.Draw(card)[^1]!["elements"]!.AsArray().Select(b => b!["action_id"]!.GetValue<string>());

        Assert.Equal(["approve:0", "approve:1"], ids);
    }

    [Fact]
    public void Whatever_is_said_stays_within_slacks_limits() =>
        Gen.Select(Gen.String[0, 4000], Gen.String[0, 4000].List[0, 60])
            .Sample(
                (title, lines) =>
                {
                    var blocks = Blocks.Draw(new Card(title, lines, [.. lines.Select(l => new Fact("F", l))], []));

                    Assert.True(blocks.Count <= 50);
                    Assert.InRange(blocks[0]!["text"]!["text"]!.GetValue<string>().Length, 1, 150);
                    Assert.All(
                        blocks.Skip(1),
                        b => Assert.InRange(b!["text"]!["text"]!.GetValue<string>().Length, 1, 3000)
                    );
                },
                iter: 200
            );

    [Fact]
    public async Task Every_symbol_of_a_half_arrives_byte_for_byte()
    {
        var all = string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c));
        using var half = Secret.OfText(all);
        var showing = new Showing(
            "T",
            "S",
            [new ShownLine("Password", half)],
            DateTimeOffset.UnixEpoch,
            new Choice("hide", "Hide", "1")
        );
        using var content = new SecretContent(json =>
        {
            json.WriteStartObject();
            ShowingWriter.WriteBlocks(json, showing);
            json.WriteEndObject();
        });

        var blocks = JsonNode.Parse(await content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["blocks"]!;

        var shown = blocks[2]!["elements"]![0]!["elements"]![0]!["text"]!.GetValue<string>();
        Assert.Equal(all, shown);
    }

    /// <summary>What is not pinned begins in the youngest generation, and is copied when it gets older.</summary>
    [Fact]
    [Trait("Law", "8")]
    public void The_buffer_of_a_half_is_never_moved()
    {
        using var half = Secret.OfText("Kx7#mark");
        using var content = new SecretContent(json => json.WriteStringValue(half.Bytes));

        Assert.True(MemoryMarshal.TryGetArray(content.Written, out var buffer));

        Assert.Equal(GC.MaxGeneration, GC.GetGeneration(buffer.Array!));
    }

    [Fact]
    public async Task The_buffer_of_a_half_is_wiped()
    {
        using var half = Secret.OfText("Kx7#mark");
        var content = new SecretContent(json =>
        {
            json.WriteStartObject();
            json.WriteString("half", half.Bytes);
            json.WriteEndObject();
        });
        using var sent = new MemoryStream();
        await content.CopyToAsync(sent, TestContext.Current.CancellationToken);
        var buffer = content.Written;

        content.Dispose();

        Assert.Equal("Kx7#mark", JsonDocument.Parse(sent.ToArray()).RootElement.GetProperty("half").GetString());
        Assert.All(buffer.ToArray(), b => Assert.Equal(0, b));
    }
}
