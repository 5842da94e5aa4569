using System.Diagnostics;
using Npgsql;

namespace RootCustody.Playground;

/// <summary>A PostgreSQL server of our own, from the binaries of the machine, in a temporary folder and on a socket there; gone with the process.</summary>
public sealed class PostgreSqlServer
{
    /// <summary>A node that stands still in a transaction until it is killed must not hold up the others: after some ten thousand serializable ones beside it, all that read what they changed are refused, again and again.</summary>
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(20);

    private readonly string binaries;
    private readonly string folder;
    private readonly bool isSafe;

    private PostgreSqlServer(string binaries, string folder, bool isSafe)
    {
        this.binaries = binaries;
        this.folder = folder;
        this.isSafe = isSafe;
        ConnectionString = $"Host={folder};Username=postgres;Database=postgres;Maximum Pool Size=20";
    }

    /// <summary>A server that somebody else runs.</summary>
    public PostgreSqlServer(string connectionString)
    {
        (binaries, folder) = ("", "");
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="isSafe">Whether a commit is on the disk when it returns, as in production.</param>
    /// <returns>Null if the machine has no PostgreSQL.</returns>
    public static async Task<PostgreSqlServer?> StartAsync(bool isSafe)
    {
        if (Binaries() is not { } binaries)
            return null;
        var place = Directory.CreateTempSubdirectory("rootcustody-pg-").FullName;
        var server = new PostgreSqlServer(binaries, place, isSafe);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Remove();
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "postgres", place);
        await server.RunAsOwnerAsync(
            "initdb",
            ["-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
        );
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>.</summary>
    public Task StartAsync()
    {
        var fast = isSafe ? "" : " -c fsync=off -c full_page_writes=off";
        return ControlAsync(
            "start",
            [
                "-l",
                Path.Combine(folder, "log"),
                "-o",
                $"-k {folder} -c listen_addresses= -c max_connections=1000 -c idle_in_transaction_session_timeout={Stuck.TotalMilliseconds:0}{fast}",
            ]
        );
    }

    /// <summary>Stops it at once, as a crash would: sessions are cut, and the next start recovers from the log.</summary>
    public async Task StopAsync()
    {
        await ControlAsync("stop", ["-m", "immediate"]);
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>One of the tools that come with the server, such as <c>pg_dump</c>.</summary>
    public Task RunToolAsync(string tool, params string[] arguments) => RunAsOwnerAsync(tool, arguments);

    /// <summary>All that stands in a database, as <c>pg_dump</c> writes it.</summary>
    public async Task<byte[]> DumpAsync(string connectionString)
    {
        var of = new NpgsqlConnectionStringBuilder(connectionString);
        using var dump = Process.Start(
            Start(Path.Combine(binaries, "pg_dump"), ["-h", of.Host!, "-U", of.Username!, of.Database!])
        )!;
        using var all = new MemoryStream();
        await dump.StandardOutput.BaseStream.CopyToAsync(all);
        await dump.WaitForExitAsync();
        return all.ToArray();
    }

    public async Task ExecuteAsync(string sql, string? connectionString = null)
    {
        await using var connection = new NpgsqlConnection(connectionString ?? ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The same server, another database.</summary>
    public string ConnectionStringOf(string database) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database }.ConnectionString;

    private string Data => Path.Combine(folder, "data");

    private static string? Binaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .EnumerateFiles("/usr/lib/postgresql", "initdb", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(Path.GetDirectoryName)
                .LastOrDefault()
            : null;

    private void Remove()
    {
        using (var stop = Process.Start(AsOwner("pg_ctl", ["-D", Data, "-m", "immediate", "stop"])))
            stop!.WaitForExit(TimeSpan.FromSeconds(10));
        Directory.Delete(folder, recursive: true);
    }

    private Task ControlAsync(string what, string[] arguments) =>
        RunAsOwnerAsync("pg_ctl", ["-D", Data, "-w", .. arguments, what]);

    private Task RunAsOwnerAsync(string tool, string[] arguments) => RunAsync(AsOwner(tool, arguments));

    /// <summary>The server refuses to run as root; Debian's package brings a user for it.</summary>
    private ProcessStartInfo AsOwner(string tool, string[] arguments)
    {
        var path = Path.Combine(binaries, tool);
        return Environment.IsPrivilegedProcess
            ? Start("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments])
            : Start(path, arguments);
    }

    private static Task RunAsync(string tool, params string[] arguments) => RunAsync(Start(tool, arguments));

    private static async Task RunAsync(ProcessStartInfo start)
    {
        using var run = Process.Start(start)!;
        var said = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} ended with {run.ExitCode}: {said}");
    }

    private static ProcessStartInfo Start(string tool, IEnumerable<string> arguments) =>
        new(tool, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
}
