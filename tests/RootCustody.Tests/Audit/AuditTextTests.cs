using System.Text;
using System.Text.Json;
using CsCheck;
using RootCustody.Audit;

namespace RootCustody.Tests.Audit;

public class AuditTextTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 5, 4, 5, 6, TimeSpan.FromHours(2));

    [Fact]
    public void Keys_are_sorted_time_is_UTC_and_nothing_stands_between()
    {
        var text = AuditText.Of(
            At,
            "request.asked",
            "system",
            [new("request", "BG-17"), new("account", "111122223333")]
        );

        Assert.Equal(
            """{"account":"111122223333","actor":"system","at":"2026-01-02T03:04:05.006Z","request":"BG-17","what":"request.asked"}""",
            text
        );
    }

    [Fact]
    public void Only_what_JSON_demands_is_escaped()
    {
        var text = AuditText.Of(At, "x", "system", [new("reason", "\"\\/\b\t\n\f\r\u0001\u001f\u007f<é\u2028😀")]);

        Assert.Contains(
            "\"reason\":\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\\u001f\u007f<é\u2028😀\"",
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_detail_without_a_value_is_left_out()
    {
        var text = AuditText.Of(At, "x", "system", [new("half", null), new("reason", "")]);

        Assert.Equal("""{"actor":"system","at":"2026-01-02T03:04:05.006Z","reason":"","what":"x"}""", text);
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_a_replacement_character()
    {
        var text = AuditText.Of(At, "x", "system", [new("reason", "a\ud83d")]);

        Assert.Contains("\"reason\":\"a\ufffd\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("what")]
    [InlineData("at")]
    [InlineData("actor")]
    [InlineData("twice")]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("quote\"")]
    public void A_malformed_reserved_or_repeated_name_is_refused(string name)
    {
        KeyValuePair<string, string?>[] details = [new("twice", "1"), new(name, "2")];

        Assert.Throws<ArgumentException>(() => AuditText.Of(At, "x", "system", details));
    }

    [Fact]
    public void An_entry_has_at_most_65536_bytes()
    {
        var around = AuditText.Of(At, "x", "system", [new("reason", "")]).Length;
        var longest = new string('a', AuditText.MaxBytes - around);

        var text = AuditText.Of(At, "x", "system", [new("reason", longest)]);

        Assert.Equal(AuditText.MaxBytes, Encoding.UTF8.GetByteCount(text));
        Assert.Throws<ArgumentException>(() => AuditText.Of(At, "x", "system", [new("reason", longest + "a")]));
    }

    [Fact]
    public void The_order_of_the_details_does_not_matter() =>
        Gen.Select(Logs.Text.Array[1, 8], Gen.Int)
            .Sample(
                (values, turn) =>
                {
                    var details = Details(values);
                    var turned = details.OrderBy(d => HashCode.Combine(d.Key, turn));

                    Assert.Equal(AuditText.Of(At, "x", "system", details), AuditText.Of(At, "x", "system", turned));
                }
            );

    [Fact]
    public void What_a_JSON_reader_reads_is_what_was_written() =>
        Logs.Text.Sample(value =>
        {
            var wellFormed = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value));

            using var read = JsonDocument.Parse(AuditText.Of(At, "x", "system", [new("reason", value)]));

            Assert.Equal(wellFormed, read.RootElement.GetProperty("reason").GetString());
        });

    private static KeyValuePair<string, string?>[] Details(string[] values) =>
        [.. values.Select((value, i) => KeyValuePair.Create<string, string?>($"d{i}", value))];
}
