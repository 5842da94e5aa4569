using System.Diagnostics;

namespace RootCustody.EndToEnd;

/// <summary>Somebody at the command line of the host, in a folder of their own.</summary>
internal sealed class ConsoleRuns : IDisposable
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("rootcustody-").FullName;

    /// <param name="typed">A line on standard input.</param>
    public async Task<(int Code, string Output, string Errors)> RunAsync(
        string typed,
        IEnumerable<KeyValuePair<string, string?>> settings,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "RootCustody.Host.dll"), .. arguments]
        )
        {
            WorkingDirectory = Directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        using var run = Process.Start(start)!;
        var (output, errors) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        await run.StandardInput.WriteLineAsync(typed);
        run.StandardInput.Close();
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (run.ExitCode, await output, await errors);
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
