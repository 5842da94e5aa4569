using RootCustody.Couriers.Vault;
using RootCustody.Data.Backups;

namespace RootCustody.Couriers.Journals;

/// <summary>What one courier remembers of its exposures outside the database, so that a database restored to an older state can be told what it forgot (laws 1 and 14). One file for each half (law 7), a line for each exposure, appended and never changed, without secrets. Kept for ever: some 400 bytes a line, so 10,000 reveals a year make 4 MB.</summary>
/// <param name="directory">Where the file <c>password.journal.jsonl</c> or <c>mfa.journal.jsonl</c> lies; each node has its own.</param>
public sealed class RevealJournal(string directory, Half half) : IDisposable
{
    /// <summary>So many of the newest lines are looked up before each reveal. A restored database lacks the newest; reveals at the same time may stand in another order here than there, hence more than one.</summary>
    private const int Newest = 64;

    /// <summary>Another process, such as a verb, may be writing for a moment.</summary>
    private const int Tries = 25;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Queue<JournalLine> newest = new();
    private List<JournalLine>? missing;

    public Half Half => half;
    public string File { get; } =
        Path.GetFullPath(
            Path.Combine(directory, half == Half.Password ? "password.journal.jsonl" : "mfa.journal.jsonl")
        );

    /// <summary>The first exposure in it, by which this journal is told from those of other nodes; null if it is empty or was not read yet.</summary>
    public ExposureId? First { get; private set; }

    /// <summary>Remembers exposures; they are on the disk when this returns. Only then may the half leave the vault.</summary>
    /// <exception cref="VaultException">It is not known whether they were written: nothing may be shown.</exception>
    public async Task AppendAsync(IReadOnlyList<JournalLine> lines)
    {
        await turn.WaitAsync();
        try
        {
            await using var file = await OpenAsync(FileMode.OpenOrCreate, FileAccess.ReadWrite);
            var made = file.Length == 0;
            file.Position = Math.Max(0, file.Length - 1);
            // what a crash cut off never let a half out; it ends here and is skipped
            byte[] end = made || file.ReadByte() == '\n' ? [] : [(byte)'\n'];
            file.Write([.. end, .. lines.SelectMany(line => line.Write())]);
            file.Flush(flushToDisk: true);
            if (made)
                DiskFolder.Flush(Path.GetDirectoryName(File)!);
            foreach (var line in lines)
                Remember(line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refuse(
                VaultFailure.NotJournaled,
                $"The journal '{Path.GetFileName(File)}' of the courier cannot be written. Check the disk and the rights of the host on it.",
                e
            );
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>All of it, oldest first.</summary>
    /// <exception cref="VaultException">It is there and cannot be read.</exception>
    public async Task<JournalContent> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var file = await OpenAsync(FileMode.Open, FileAccess.Read);
            var all = new byte[file.Length];
            await file.ReadExactlyAsync(all, cancellationToken);
            return JournalContent.Of(all);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new JournalContent([], 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refuse(
                VaultFailure.NotJournaled,
                $"The journal '{Path.GetFileName(File)}' of the courier cannot be read. Check the disk and the rights of the host on it.",
                e
            );
        }
    }

    /// <summary>The lines of which it is not certain that the database knows them: all when this process begins, later the newest and those that were missing.</summary>
    public async Task<IReadOnlyCollection<JournalLine>> DoubtfulAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (missing is null)
            {
                missing = [.. (await ReadAsync(cancellationToken)).Lines];
                missing.ForEach(Remember);
            }
            return [.. missing.Union(newest)];
        }
        finally
        {
            turn.Release();
        }
    }

    /// <param name="lost">Those of the doubtful lines that the database does not know.</param>
    public void Settle(IEnumerable<JournalLine> lost) => missing = [.. lost];

    public void Dispose() => turn.Dispose();

    private void Remember(JournalLine line)
    {
        First ??= line.Exposure;
        newest.Enqueue(line);
        if (newest.Count > Newest)
            newest.Dequeue();
    }

    private async Task<FileStream> OpenAsync(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = access == FileAccess.Read ? FileShare.ReadWrite : FileShare.None, // one writer at a time
            BufferSize = 0,
        };
        if (mode != FileMode.Open)
        {
            DurableFile.MakeFolder(Path.GetDirectoryName(File)!);
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = OwnerOnly;
        }
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(File, options);
            }
            catch (IOException busy)
                when (attempt < Tries && busy is not (FileNotFoundException or DirectoryNotFoundException))
            {
                // the system's clock: it is another process that is waited for
                await Task.Delay(Moment, TimeProvider.System);
            }
        }
    }

    private static VaultException Refuse(VaultFailure failure, string sentence, Exception inner) =>
        new(failure, gaveNoHalf: true, sentence, inner);
}

/// <summary>What stands in a journal.</summary>
/// <param name="CutOff">Lines that cannot be read: writing them was cut off, so no half left the vault after them.</param>
public sealed record JournalContent(IReadOnlyList<JournalLine> Lines, int CutOff)
{
    internal static JournalContent Of(ReadOnlySpan<byte> file)
    {
        var lines = new List<JournalLine>();
        var cutOff = 0;
        foreach (var range in file.Split((byte)'\n'))
        {
            if (file[range].IsEmpty)
                continue;
            if (JournalLine.Read(file[range]) is { } line)
                lines.Add(line);
            else
                cutOff++;
        }
        return new JournalContent(lines, cutOff);
    }
}
