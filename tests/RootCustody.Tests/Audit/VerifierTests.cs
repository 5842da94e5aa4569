using System.Text;
using RootCustody.Audit;

namespace RootCustody.Tests.Audit;

public class VerifierTests
{
    [Fact]
    public async Task A_sound_log_is_told_with_its_head_and_times()
    {
        var log = Logs.Of("one", "two", "three");

        var verification = await Logs.VerifyAsync(await Logs.ExportAsync(log));

        Assert.Equal(new Verification.Sound(log[2].Head, Logs.Noon, Logs.Noon.AddMinutes(2)), verification);
    }

    [Fact]
    public async Task An_empty_log_is_sound()
    {
        var verification = await Logs.VerifyAsync(await Logs.ExportAsync([]));

        Assert.Equal(new Verification.Sound(ChainHead.Genesis, null, null), verification);
    }

    [Fact]
    public async Task An_entry_of_the_greatest_length_is_sound()
    {
        var around = Logs.Entry("", 0).Length;
        var log = Logs.Of(new string('a', AuditText.MaxBytes - around), "after");

        var verification = await Logs.VerifyAsync(await Logs.ExportAsync(log));

        Assert.IsType<Verification.Sound>(verification);
    }

    [Fact]
    public async Task An_export_is_one_line_of_JSON_for_each_entry_and_one_for_the_head()
    {
        var log = Logs.Of("one");

        var export = Encoding.UTF8.GetString(await Logs.ExportAsync(log));

        Assert.Equal(
            $$$"""
            {"seq":1,"prev":"{{{new string('0', 64)}}}","hash":"{{{log[0].Hash}}}","entry":{{{log[0].Entry}}}}
            {"head":{"seq":1,"hash":"{{{log[0].Hash}}}","at":"2026-03-02T12:00:00.000Z"}}

            """,
            export
        );
    }

    [Fact]
    public async Task A_log_that_has_grown_since_still_holds_the_known_head()
    {
        var log = Logs.Of("one", "two", "three");

        var verification = await Logs.VerifyAsync(await Logs.ExportAsync(log), known: log[1].Head);

        Assert.IsType<Verification.Sound>(verification);
    }

    [Theory]
    [InlineData(Flaw.Edited, 2)]
    [InlineData(Flaw.Removed, 2)]
    [InlineData(Flaw.Repeated, 3)]
    [InlineData(Flaw.NotLinked, 2)]
    [InlineData(Flaw.Rubbish, 3)]
    [InlineData(Flaw.WrongHead, 3)]
    [InlineData(Flaw.AfterHead, 5)]
    [InlineData(Flaw.Truncated, 4)]
    public async Task Each_flaw_is_named_with_its_line(Flaw flaw, int line)
    {
        var lines = Logs.Split(await Logs.ExportAsync(Logs.Of("one", "two", "three")));
        Damage(lines, flaw);

        var verification = await Logs.VerifyAsync([.. lines.SelectMany(l => l)]);

        var broken = Assert.IsType<Verification.Broken>(verification);
        Assert.Equal((line, flaw), (broken.Line, broken.Flaw));
    }

    [Fact]
    public async Task A_line_without_an_end_is_rubbish_and_is_not_read_to_its_end()
    {
        using var endless = new Endless();

        var verification = await Verifier.VerifyAsync(endless, known: null, TestContext.Current.CancellationToken);

        Assert.Equal((1, Flaw.Rubbish), verification is Verification.Broken b ? (b.Line, b.Flaw) : default);
    }

    [Fact]
    public async Task Something_chained_that_is_no_entry_is_found()
    {
        var log = Chain.Number(ChainHead.Genesis, ["""{"at":"2026-03-02T12:00:00.000Z"},{}"""]);

        var verification = await Logs.VerifyAsync(await Logs.ExportAsync(log));

        Assert.Equal(Flaw.Rubbish, Assert.IsType<Verification.Broken>(verification).Flaw);
    }

    private static void Damage(List<byte[]> lines, Flaw flaw)
    {
        switch (flaw)
        {
            case Flaw.Edited:
                lines[1] =
                [
                    .. Encoding.UTF8.GetBytes(
                        Encoding.UTF8.GetString(lines[1]).Replace("two", "owt", StringComparison.Ordinal)
                    ),
                ];
                break;
            case Flaw.Removed:
                lines.RemoveAt(1);
                break;
            case Flaw.Repeated:
                lines.Insert(2, lines[1]);
                break;
            case Flaw.NotLinked:
                lines[0] = [.. Logs.Split(Logs.ExportAsync(Logs.Of("other")).GetAwaiter().GetResult())[0]];
                break;
            case Flaw.Rubbish:
                lines.Insert(2, "\n"u8.ToArray());
                break;
            case Flaw.WrongHead:
                lines.RemoveAt(2);
                break;
            case Flaw.AfterHead:
                lines.Add(lines[3]);
                break;
            case Flaw.Truncated:
                lines.RemoveAt(3);
                break;
        }
    }

    /// <summary>A file of zeros that never ends.</summary>
    private sealed class Endless : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Clear();
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
