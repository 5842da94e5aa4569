using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Couriers.Journals;
using RootCustody.Reveals;

namespace RootCustody.Tests.Couriers.Journals;

public sealed class RevealJournalTests
{
    private static readonly DateTimeOffset Noon = Stage.Noon;

    [Fact]
    public async Task What_was_appended_is_read_again_by_the_next_process()
    {
        using var folder = new TempFolder();
        var lines = Lines(3);
        using (var journal = new RevealJournal(folder.Path, Half.Mfa))
        {
            await journal.AppendAsync(lines[..1]);
            await journal.AppendAsync(lines[1..]);
        }

        using var next = new RevealJournal(folder.Path, Half.Mfa);

        Assert.Equal(lines, (await next.ReadAsync(default)).Lines);
        Assert.Equal(lines, await next.DoubtfulAsync(default));
        Assert.Equal(lines[0].Exposure, next.First);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(next.File));
    }

    [Fact]
    public void Every_line_reads_as_it_was_written() =>
        Gen.Select(Gen.String, Gen.String, Gen.Int[0, 99], Gen.Bool)
            .Sample(
                (number, key, generation, birth) =>
                {
                    var line = Line(1) with
                    {
                        Number = Whole(number),
                        Key = Whole(key),
                        Generation = generation,
                        Request = birth ? null : RequestId.New(Noon),
                        Closes = birth ? null : Noon.AddHours(1),
                    };
                    var written = line.Write();
                    Assert.Equal((byte)'\n', written[^1]);
                    Assert.Equal(1, written.Count(letter => letter == '\n'));
                    Assert.Equal(line, JournalLine.Read(written));
                }
            );

    [Fact]
    public async Task Wherever_a_crash_cuts_the_last_line_off_what_was_before_and_what_comes_after_is_read()
    {
        var lines = Lines(3);
        var whole = lines[0].Write().Concat(lines[1].Write()).ToArray();
        for (var length = lines[0].Write().Length; length <= whole.Length; length += 7)
        {
            using var folder = new TempFolder();
            using var journal = new RevealJournal(folder.Path, Half.Password);
            await File.WriteAllBytesAsync(journal.File, whole[..length]);

            Assert.Equal(lines[0], (await journal.ReadAsync(default)).Lines[0]);
            await journal.AppendAsync([lines[2]]);

            var content = await journal.ReadAsync(default);
            Assert.Equal(lines[2], content.Lines[^1]);
            Assert.Equal(3, content.Lines.Count + content.CutOff + (length == lines[0].Write().Length ? 1 : 0));
            Assert.Equal(whole[..length], (await File.ReadAllBytesAsync(journal.File))[..length]); // never rewritten
        }
    }

    [Fact]
    public async Task Two_processes_that_append_at_once_lose_nothing()
    {
        using var folder = new TempFolder();
        using var one = new RevealJournal(folder.Path, Half.Password);
        using var other = new RevealJournal(folder.Path, Half.Password);
        var lines = Lines(40);

        await Task.WhenAll(lines.Select((line, at) => Task.Run(() => (at % 2 == 0 ? one : other).AppendAsync([line]))));

        Assert.Equal(lines.ToHashSet(), (await one.ReadAsync(default)).Lines.ToHashSet());
    }

    [Fact]
    [Trait("Law", "4")]
    public async Task The_exposure_is_in_the_journal_before_the_half_is_on_its_way()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        IReadOnlyList<JournalLine> remembered = [];
        var screen = new Screen { Meanwhile = async () => remembered = await RememberedAsync(stage, Half.Password) };

        await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        var line = Assert.Single(remembered);
        var exposure = await stage.InDbAsync(db => db.Exposures.SingleAsync(e => e.Request == id));
        Assert.Equal(
            (exposure.Id, "111122223333", 1, Stage.Paul, (RequestId?)id),
            (line.Exposure, line.Number, line.Generation, line.Key, line.Request)
        );
        Assert.Equal((await stage.RequestAsync(id)).Closes, line.Closes);
        Assert.DoesNotContain(await RememberedAsync(stage, Half.Mfa), l => l.Request == id); // law 7: each half its own
    }

    [Fact]
    [Trait("Law", "8")]
    public async Task No_half_is_in_a_journal()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var screen = new Screen();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);
        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, screen);

        var journals = string.Concat(Directory.GetFiles(stage.VaultDirectory, "*.jsonl").Select(File.ReadAllText));

        Assert.Equal(2, screen.Lines.Count);
        Assert.Contains(id.ToString(), journals, StringComparison.Ordinal);
        Assert.DoesNotContain(screen.Lines[0], journals, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"{screen.Lines[1]}\"", journals, StringComparison.Ordinal);
        foreach (var key in stage.People.Keys)
            Assert.DoesNotContain(stage.SeedOf(key), journals, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Law", "11")]
    public async Task A_courier_that_cannot_write_its_journal_shows_nothing_and_the_same_click_works_later()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var file = Path.Combine(stage.VaultDirectory, "password.journal.jsonl");
        Directory.CreateDirectory(file); // a folder in its place: neither read nor written, not even by root
        var screen = new Screen();

        var reply = await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        Assert.Contains("journal", Assert.IsType<Reply.Said>(reply).Text, StringComparison.Ordinal);
        Assert.Empty(screen.Lines);
        Assert.Equal(0, await stage.InDbAsync(db => db.Exposures.CountAsync(e => e.Request == id)));
        Directory.Delete(file);
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, id, Half.Password, screen));
    }

    [Fact]
    [Trait("Law", "4")]
    public async Task A_journal_that_breaks_after_the_exposure_was_recorded_makes_it_not_shown()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen()); // the journal is read and open
        var file = Path.Combine(stage.VaultDirectory, "password.journal.jsonl");
        File.Move(file, file + ".away");
        Directory.CreateDirectory(file);
        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        var screen = new Screen();

        var reply = await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        Assert.Contains("nothing was shown", Assert.IsType<Reply.Said>(reply).Text, StringComparison.Ordinal);
        Assert.Empty(screen.Lines);
        Assert.Equal(
            [RevealOutcome.Shown, RevealOutcome.NotShown],
            await stage.InDbAsync(db =>
                db.Exposures.Where(e => e.Request == id).OrderBy(e => e.At).Select(e => e.Outcome).ToListAsync()
            )
        );
    }

    [Fact]
    [Trait("Law", "1")]
    public async Task Who_brought_a_half_in_is_in_its_journal_too()
    {
        await using var stage = await Stage.SetAsync();

        var line = Assert.Single(await RememberedAsync(stage, Half.Mfa)); // Dora brought the seed in

        Assert.Equal((Stage.Dora, 1, (RequestId?)null), (line.Key, line.Generation, line.Request));
    }

    private static async Task<IReadOnlyList<JournalLine>> RememberedAsync(Stage stage, Half half)
    {
        using var journal = new RevealJournal(stage.VaultDirectory, half);
        return (await journal.ReadAsync(default)).Lines;
    }

    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static JournalLine[] Lines(int count) => [.. Enumerable.Range(1, count).Select(Line)];

    private static JournalLine Line(int generation) =>
        new(
            ExposureId.New(Noon),
            AccountId.New(Noon),
            "111122223333",
            Half.Password,
            generation,
            PersonId.New(Noon),
            "paul",
            RequestId.New(Noon),
            Noon.AddHours(1),
            Noon,
            Noon.AddMinutes(1)
        );
}
