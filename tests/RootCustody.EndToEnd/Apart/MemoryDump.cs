using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RootCustody.EndToEnd.Apart;

/// <summary>All memory of a process at one moment, in a core file that <c>gcore</c> made.</summary>
internal sealed class MemoryDump : IDisposable
{
    private const int Piece = 4 * 1024 * 1024;

    /// <summary>Longer than anything that is looked for.</summary>
    private const int Overlap = 4 * 1024;

    private readonly string file;

    private MemoryDump(string file)
    {
        this.file = file;
    }

    /// <summary>Why no memory can be dumped on this machine; null if it can.</summary>
    public static string? WhyNot()
    {
        const string scope = "/proc/sys/kernel/yama/ptrace_scope";
        if (
            !(Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(':')
                .Any(p => File.Exists(Path.Combine(p, "gcore")))
        )
            return "gcore is not installed (Debian: apt-get install gdb).";
        return !Environment.IsPrivilegedProcess && File.Exists(scope) && File.ReadAllText(scope).Trim() != "0"
            ? "The kernel lets nobody but root look into other processes (sysctl kernel.yama.ptrace_scope=0)."
            : null;
    }

    public static async Task<MemoryDump> TakeAsync(int process, string folder)
    {
        var prefix = Path.Combine(folder, Path.GetRandomFileName());
        var id = process.ToString(CultureInfo.InvariantCulture);
        using var gcore = Process.Start(
            new ProcessStartInfo("gcore", ["-o", prefix, id])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var said = await Task.WhenAll(gcore.StandardOutput.ReadToEndAsync(), gcore.StandardError.ReadToEndAsync());
        await gcore.WaitForExitAsync();
        Assert.True(gcore.ExitCode == 0, $"gcore: {string.Concat(said)}");
        return new MemoryDump($"{prefix}.{id}");
    }

    /// <summary>Which of these texts stand in it; a character is a byte. One of digits alone has to stand by itself.</summary>
    public IReadOnlySet<string> Find(IReadOnlyCollection<string> texts)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var sought = SearchValues.Create([.. texts], StringComparison.Ordinal);
        using var core = File.OpenHandle(file, options: FileOptions.SequentialScan);
        var bytes = new byte[Piece + Overlap];
        var characters = new char[bytes.Length];
        for (long at = 0; RandomAccess.Read(core, bytes, at) is > 0 and var read; at += Piece)
        {
            if (!bytes.AsSpan(0, read).ContainsAnyExcept((byte)0))
                continue; // never used
            Encoding.Latin1.GetChars(bytes.AsSpan(0, read), characters);
            Find(characters.AsSpan(0, read), sought, texts, found);
        }
        return found;
    }

    private static void Find(
        ReadOnlySpan<char> piece,
        SearchValues<string> sought,
        IReadOnlyCollection<string> texts,
        HashSet<string> found
    )
    {
        for (var at = 0; piece[at..].IndexOfAny(sought) is >= 0 and var next; at += next + 1)
        {
            foreach (var text in texts)
            {
                if (
                    piece[(at + next)..].StartsWith(text, StringComparison.Ordinal)
                    && (!text.All(c => c == '\0' || char.IsAsciiDigit(c)) || Canary.StandsApart(piece, at + next, text))
                )
                    found.Add(text);
            }
        }
    }

    public void Dispose() => File.Delete(file);
}
