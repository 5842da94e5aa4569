using CsCheck;
using RootCustody.Audit;

namespace RootCustody.Tests.Audit;

[Trait("Law", "13")]
public class TamperingTests
{
    private static readonly Gen<(IReadOnlyList<SequencedEntry> Log, int Somewhere, int Elsewhere)> LogAndPlaces =
        Gen.Select(Logs.Sound, Gen.Int[0, 1_000_000], Gen.Int[0, 1_000_000]);

    [Fact]
    public Task A_log_that_nobody_touched_is_sound() =>
        Logs.Sound.SampleAsync(async log =>
            await Logs.VerifyAsync(await Logs.ExportAsync(log), log[^1].Head) is Verification.Sound sound
            && sound.Head == log[^1].Head
        );

    [Fact]
    public Task A_changed_byte_is_found() =>
        Gen.Select(LogAndPlaces, Gen.Int[1, 255])
            .SampleAsync(
                async (places, change) =>
                {
                    var export = await Logs.ExportAsync(places.Log);
                    // the time of the export is the one thing in it that nothing proves
                    var proven = export.AsSpan().LastIndexOf(",\"at\""u8);
                    export[places.Somewhere % proven] ^= (byte)change;

                    return await IsFoundAsync(export);
                }
            );

    [Fact]
    public Task A_removed_line_is_found() =>
        LogAndPlaces.SampleAsync(
            async (log, somewhere, _) =>
            {
                var lines = Logs.Split(await Logs.ExportAsync(log));
                lines.RemoveAt(somewhere % lines.Count);

                return await IsFoundAsync(lines);
            }
        );

    [Fact]
    public Task Two_swapped_lines_are_found() =>
        LogAndPlaces.SampleAsync(
            async (log, somewhere, elsewhere) =>
            {
                var lines = Logs.Split(await Logs.ExportAsync(log));
                var a = somewhere % lines.Count;
                var b = (a + 1 + (elsewhere % (lines.Count - 1))) % lines.Count;
                (lines[a], lines[b]) = (lines[b], lines[a]);

                return await IsFoundAsync(lines);
            }
        );

    [Fact]
    public Task A_repeated_line_is_found() =>
        LogAndPlaces.SampleAsync(
            async (log, somewhere, elsewhere) =>
            {
                var lines = Logs.Split(await Logs.ExportAsync(log));
                lines.Insert(elsewhere % (lines.Count + 1), lines[somewhere % lines.Count]);

                return await IsFoundAsync(lines);
            }
        );

    [Fact]
    public Task An_inserted_line_is_found() =>
        Gen.Select(LogAndPlaces, Logs.Text)
            .SampleAsync(
                async (places, text) =>
                {
                    var (log, somewhere, elsewhere) = places;
                    var lines = Logs.Split(await Logs.ExportAsync(log));
                    // a line that would fit if the entries after it had been chained to it
                    var place = somewhere % log.Count;
                    var before = place == 0 ? ChainHead.Genesis : log[place - 1].Head;
                    var forged = Chain.Number(before, [Logs.Entry(text, elsewhere % 1000 + 10)]);
                    lines.Insert(place, Logs.Split(await Logs.ExportAsync(forged))[0]);

                    return await IsFoundAsync(lines);
                }
            );

    [Fact]
    public Task A_beginning_from_another_log_is_found() =>
        LogAndPlaces.SampleAsync(
            async (log, somewhere, _) =>
            {
                var lines = Logs.Split(await Logs.ExportAsync(log));
                var replaced = 1 + (somewhere % log.Count);
                var other = Chain.Number(
                    ChainHead.Genesis,
                    [.. log.Take(replaced).Select((_, i) => Logs.Entry("x", 99 + i))]
                );
                var otherLines = Logs.Split(await Logs.ExportAsync(other)).Take(replaced);

                return await IsFoundAsync([.. otherLines, .. lines.Skip(replaced)]);
            }
        );

    [Fact]
    public Task A_file_that_was_cut_anywhere_is_found() =>
        LogAndPlaces.SampleAsync(
            async (log, somewhere, _) =>
            {
                var export = await Logs.ExportAsync(log);
                var withoutItsLastNewline = export.Length - 1;

                return await IsFoundAsync(export[..(somewhere % withoutItsLastNewline)]);
            }
        );

    [Fact]
    public Task A_shorter_log_with_a_head_of_its_own_is_found_by_whoever_knows_the_head() =>
        LogAndPlaces.SampleAsync(
            async (log, somewhere, _) =>
            {
                var shorter = log.Take(somewhere % log.Count).ToList();

                return await Logs.VerifyAsync(await Logs.ExportAsync(shorter), log[^1].Head)
                    is Verification.Broken { Flaw: Flaw.NotTheKnownLog };
            }
        );

    [Fact]
    public Task A_log_that_was_written_anew_from_some_entry_is_found_by_whoever_knows_the_head() =>
        LogAndPlaces.SampleAsync(
            async (log, somewhere, _) =>
            {
                var entries = log.Select(e => e.Entry).ToList();
                entries[somewhere % log.Count] = Logs.Entry("nothing happened here", 999);
                var anew = Chain.Number(ChainHead.Genesis, entries);

                return await Logs.VerifyAsync(await Logs.ExportAsync(anew), log[^1].Head)
                    is Verification.Broken { Flaw: Flaw.NotTheKnownLog };
            }
        );

    [Fact]
    public Task Rows_that_are_gone_from_the_end_of_the_store_are_found_without_knowing_a_head() =>
        LogAndPlaces.SampleAsync(
            async (log, somewhere, _) =>
            {
                var left = log.Take(somewhere % log.Count).ToList();

                return await Logs.VerifyAsync(await Logs.ExportAsync(left, log[^1].Head))
                    is Verification.Broken { Flaw: Flaw.WrongHead };
            }
        );

    private static Task<bool> IsFoundAsync(List<byte[]> lines) => IsFoundAsync([.. lines.SelectMany(l => l)]);

    private static async Task<bool> IsFoundAsync(byte[] export) =>
        await Logs.VerifyAsync(export) is Verification.Broken;
}
