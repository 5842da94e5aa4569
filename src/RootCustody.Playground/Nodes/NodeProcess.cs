using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace RootCustody.Playground.Nodes;

/// <summary>The node died before it answered.</summary>
public sealed class NodeDiedException(string order, string said = "")
    : Exception($"The node died before it answered '{order}'. {said}");

/// <summary>A node as seen from outside: an operating-system process that is ordered about, and that may die at any moment.</summary>
public sealed class NodeProcess : IAsyncDisposable
{
    /// <summary>Where a RootCustody.Playground.dll lies that was compiled ahead of time and so starts in half the time; without it the one that runs here serves.</summary>
    private const string Compiled = "ROOTCUSTODY_NODE";

    internal const string Dying = "dies ";
    internal const string Settled = "settled";
    private const int MostErrors = 40;

    private readonly Process process;
    private int disposed;
    private readonly SemaphoreSlim one = new(1);
    private readonly Queue<string> errors = new();
    private readonly CancellationTokenSource gone = new();

    private NodeProcess(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginErrorReadLine();
        process.Exited += (_, _) => gone.Cancel();
        process.EnableRaisingEvents = true;
    }

    /// <summary>The point at which it said it would kill itself.</summary>
    public string? DiedAt { get; private set; }

    public Uri? Address { get; private set; }

    public int Id => process.Id;

    public bool IsDead => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>What it computed until it killed itself.</summary>
    public TimeSpan CpuTime { get; private set; }

    /// <summary>What it has computed so far.</summary>
    public TimeSpan CpuOfNow
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Cancelled once the process is gone.</summary>
    public CancellationToken Gone => gone.Token;

    /// <summary>The last lines that it wrote to its standard error.</summary>
    public string Errors
    {
        get
        {
            lock (errors)
                return string.Join(Environment.NewLine, errors);
        }
    }

    public static NodeProcess Start()
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
        return new NodeProcess(Process.Start(start)!);
    }

    /// <exception cref="NodeDiedException">It died.</exception>
    public async Task<Uri> HostAsync(HostOrder order)
    {
        try
        {
            return Address = new Uri(await AskAsync($"host {JsonSerializer.Serialize(order)}"));
        }
        catch (NodeDiedException)
        {
            await process.WaitForExitAsync(); // and so until all that it wrote is read
            throw new NodeDiedException("host", $"It ended with {process.ExitCode}. {Errors}");
        }
    }

    /// <inheritdoc cref="HostAsync"/>
    public async Task<string> AskAsync(string order)
    {
        await one.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(order);
            await process.StandardInput.FlushAsync();
            var answer = await process.StandardOutput.ReadLineAsync();
            return answer is null || AreLastWords(answer) ? throw new NodeDiedException(order.Split(' ')[0]) : answer;
        }
        catch (IOException)
        {
            throw new NodeDiedException(order.Split(' ')[0]); // nobody reads its orders any more
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Reads its last words, if it had any, once it is dead.</summary>
    public async Task BuryAsync()
    {
        await process.WaitForExitAsync();
        await one.WaitAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } words && !AreLastWords(words)) { }
        one.Release();
    }

    /// <summary>As <c>kill -9</c> does.</summary>
    public void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // it was dead already
        }
    }

    /// <summary>Kills it, if it lives. May be called again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        one.Dispose();
        gone.Dispose();
    }

    private bool AreLastWords(string line)
    {
        if (!line.StartsWith(Dying, StringComparison.Ordinal))
            return false;
        var words = line[Dying.Length..].Split(' ', 2);
        CpuTime = TimeSpan.FromTicks(long.Parse(words[0], CultureInfo.InvariantCulture));
        DiedAt = words[1];
        return true;
    }

    private void Note(string? line)
    {
        if (line is null)
            return;
        lock (errors)
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
