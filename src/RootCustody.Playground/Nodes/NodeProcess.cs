using System.Diagnostics;
using System.Globalization;

namespace RootCustody.Playground.Nodes;

/// <summary>
/// An operating-system process that houses nodes. Where several live in it, each on a database of its own, they die
/// together: the process is killed when the last of them that is alive has come to its deadly point, while the others stand
/// still at theirs. So one slow start serves many deaths.
/// </summary>
public sealed class NodeProcess : IAsyncDisposable
{
    /// <summary>Where a RootCustody.Playground.dll lies that was compiled ahead of time and so starts in half the time; without it the one that runs here serves.</summary>
    private const string Compiled = "ROOTCUSTODY_NODE";

    private const int MostErrors = 40;

    private readonly Lock gate = new();
    private readonly Lock writing = new();
    private readonly Process process;
    private readonly List<RemoteNode> nodes = [];
    private readonly Queue<string> errors = new();
    private readonly CancellationTokenSource gone = new();
    private readonly Task listening;
    private int disposed;

    private NodeProcess(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginErrorReadLine();
        listening = ListenAsync();
    }

    public int Id => process.Id;

    public bool IsDead => ExitCode is not null;

    /// <summary>With what it ended; null while it lives.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Whether it was killed because its nodes were to die, or because nobody needed it any more.</summary>
    public bool IsKilled { get; private set; }

    /// <summary>What it has computed so far.</summary>
    public TimeSpan CpuOfNow
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>What it had computed when it was killed because its nodes were to die.</summary>
    public TimeSpan CpuTime { get; private set; }

    /// <summary>Cancelled once the process is gone.</summary>
    public CancellationToken Gone => gone.Token;

    /// <summary>The last lines that it wrote to its standard error.</summary>
    public string Errors
    {
        get
        {
            lock (gate)
                return string.Join(Environment.NewLine, errors);
        }
    }

    /// <param name="diesSoon">Then none of its code is compiled a second time, faster: it would not live to gain by it.</param>
    public static NodeProcess Start(bool diesSoon)
    {
        var program = Environment.GetEnvironmentVariable(Compiled) ?? typeof(NodeProcess).Assembly.Location;
        var start = new ProcessStartInfo(DotNet(), ["exec", program, "node"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["DOTNET_hostBuilder__reloadConfigOnChange"] = "false"; // a machine has few watchers of files
        if (diesSoon)
            start.Environment["DOTNET_TC_CallCountThreshold"] = "FFFF";
        return new NodeProcess(Process.Start(start)!);
    }

    /// <summary>One more node, which hosts nothing yet.</summary>
    public RemoteNode House()
    {
        lock (gate)
        {
            var node = new RemoteNode(this, nodes.Count);
            nodes.Add(node);
            return node;
        }
    }

    /// <summary>As <c>kill -9</c> does: no finally, no flush, no goodbye.</summary>
    public void Kill()
    {
        try
        {
            IsKilled |= !process.HasExited;
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // it was dead already
        }
    }

    /// <summary>Waits until it is dead and all that it wrote is read.</summary>
    public Task BuryAsync() => listening;

    /// <summary>Kills it, if it lives. May be called again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        Kill();
        await BuryAsync();
        process.Dispose();
        gone.Dispose();
    }

    /// <summary>A node stands still, or nobody needs it any more.</summary>
    internal void OneLess()
    {
        lock (gate)
        {
            if (nodes.Any(n => n.IsAlive) || !nodes.Any(n => n.DiedAt is not null))
                return;
            if (!process.HasExited)
                CpuTime = CpuOfNow;
            Kill();
        }
    }

    /// <exception cref="IOException">Nobody reads it any more.</exception>
    internal void Write(string line)
    {
        lock (writing)
        {
            process.StandardInput.WriteLine(line);
            process.StandardInput.Flush();
        }
    }

    private async Task ListenAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            RemoteNode node;
            lock (gate)
                node = nodes[int.Parse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture)];
            node.Hear(line[(space + 1)..]);
        }
        // not by the event of its exit, in which whoever waits for it would go on
        await Task.Run(process.WaitForExit);
        ExitCode = process.ExitCode;
        lock (gate)
            nodes.ForEach(n => n.HearNothing());
        await gone.CancelAsync();
    }

    private void Note(string? line)
    {
        if (line is null)
            return;
        lock (gate)
        {
            errors.Enqueue(line);
            if (errors.Count > MostErrors)
                errors.Dequeue();
        }
    }

    private static string DotNet() =>
        Environment.ProcessPath is { } me && Path.GetFileNameWithoutExtension(me) == "dotnet"
            ? me
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
