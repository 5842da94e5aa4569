using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RootCustody.EndToEnd;

/// <summary>The host as an operator starts it: a process of its own, set by its environment.</summary>
public sealed class HostProcess : IDisposable
{
    private const int FirstPort = 20_000;
    private const int Ports = 10_000;

    private static int ports = Environment.ProcessId;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private HostProcess(Process process, Task<string> output, Task<string> errors) =>
        (this.process, Output, Errors) = (process, output, errors);

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    /// <summary>All of standard output, when it has ended.</summary>
    public Task<string> Output { get; }

    /// <inheritdoc cref="Output"/>
    public Task<string> Errors { get; }

    /// <param name="directory">The working directory, where <c>appsettings.json</c> and the folder <c>data</c> are.</param>
    public static HostProcess Start(
        string directory,
        IEnumerable<KeyValuePair<string, string>> settings,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "RootCustody.Host.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var started = Process.Start(start)!;
        return new HostProcess(
            started,
            started.StandardOutput.ReadToEndAsync(),
            started.StandardError.ReadToEndAsync()
        );
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(
        string directory,
        params string[] arguments
    )
    {
        using var run = Start(directory, [], arguments);
        var code = await run.EndAsync();
        return (code, await run.Output, await run.Errors);
    }

    /// <summary>An address on loopback that nobody uses now, and that nobody is given by chance until it is used: it is none of those from which the system gives ports.</summary>
    public static Uri FreeAddress()
    {
        while (true)
        {
            var next = FirstPort + Interlocked.Increment(ref ports) % Ports;
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, next);
                listener.Start();
                return new Uri($"http://127.0.0.1:{next}/");
            }
            catch (SocketException)
            {
                // somebody else has it: the next one
            }
        }
    }

    /// <summary>Asks to stop, as an operating system does (SIGTERM).</summary>
    public void Terminate()
    {
        using var kill = Process.Start(
            "kill",
            ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]
        );
        kill.WaitForExit();
    }

    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
