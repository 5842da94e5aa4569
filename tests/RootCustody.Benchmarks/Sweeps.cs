using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using RootCustody.Data;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
using RootCustody.Host;
using RootCustody.Playground;

namespace RootCustody.Benchmarks;

/// <summary>What it costs to find what is due, among ever more accounts that are not.</summary>
internal static class Sweeps
{
    private const int Times = 7;
    private const int Due = 100;

    public static async Task RunAsync(Report report, Size size)
    {
        report.Title(
            $"Sweeps: {Due} of the accounts are due, ms to find them",
            ["database", "accounts", "rotations", "closing", "escalation", "plan of the search for rotations"]
        );
        foreach (var accounts in size.Accounts)
            await OneAsync(report, "SQLite", null, accounts);
        if (await PostgreSqlServer.StartAsync(isSafe: true) is not { } server)
            return;
        foreach (var accounts in size.Accounts)
            await OneAsync(report, "PostgreSQL", server, accounts);
    }

    private static async Task OneAsync(Report report, string name, PostgreSqlServer? server, int accounts)
    {
        await using var rig = await Rig.FoundAsync(1, server);
        var heard = new Heard();
        await using var host = CustodyHost.Build(
            ["--environment", "Development"],
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(rig.Settings);
                builder.Services.ConfigureDbContext<Data.Databases.SqliteCustodyDb>(o => o.AddInterceptors(heard));
                builder.Services.ConfigureDbContext<Data.Databases.PostgreSqlCustodyDb>(o => o.AddInterceptors(heard));
            }
        );
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CustodyDb>();
        await FillAsync(db, accounts);
        heard.LastNames = "RotateBy"; // before it, those that owe are searched
        var rotations = await TimeAsync(host, heard, (AskForRotationsJob job, CancellationToken t) => job.RunAsync(t));
        var plan = await PlanAsync(db, heard.Last);
        heard.LastNames = "";
        var closing = await TimeAsync(host, heard, (CloseRequestsJob job, CancellationToken t) => job.RunAsync(t));
        var escalation = await TimeAsync(
            host,
            heard,
            (EscalateRequestsJob job, CancellationToken t) => job.RunAsync(t)
        );
        report.Line($"| {name} | {accounts} | {rotations} | {closing} | {escalation} | {plan} |");
    }

    /// <summary>Copies the one account as often as is wanted, behind the back of the code.</summary>
    private static async Task FillAsync(CustodyDb db, int accounts)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        var type = db.Model.FindEntityType(typeof(Accounts.Account))!;
        var columns = type.GetProperties().Select(p => p.GetColumnName()).ToList();
        var isSqlite = db.Database.IsSqlite();
        var id = isSqlite ? "upper(printf('%08x-0000-4000-8000-%012x', n.n, n.n))" : "gen_random_uuid()";
        var number = isSqlite ? "printf('%012d', n.n)" : "lpad(n.n::text, 12, '0')";
        var numbers = isSqlite
            ? $"(WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {accounts}) SELECT n FROM n)"
            : $"(SELECT generate_series(1, {accounts}) AS n)";
        var values = columns.Select(c =>
            c switch
            {
                "Id" => id,
                "Number" => number,
                _ => $"a.\"{c}\"",
            }
        );
        var names = string.Join(", ", columns.Select(c => $"\"{c}\""));
#pragma warning disable EF1002 // all of it is ours
        await db.Database.ExecuteSqlRawAsync(
            $"INSERT INTO \"Accounts\" ({names}) SELECT {string.Join(", ", values)} FROM \"Accounts\" a CROSS JOIN {numbers} n"
        );
#pragma warning restore EF1002
        var yesterday = db.Now.AddDays(-1);
        var last = Due.ToString("D12", System.Globalization.CultureInfo.InvariantCulture);
#pragma warning disable CA1309 // the database compares
        await db
            .Accounts.Where(a => string.Compare(a.Number, last) <= 0)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.RotateBy, yesterday));
#pragma warning restore CA1309
        await db.Database.ExecuteSqlRawAsync("ANALYZE");
    }

    /// <summary>The job itself, stopped before the first id that it found: what is measured is the search.</summary>
    private static async Task<string> TimeAsync<TJob>(
        WebApplication host,
        Heard heard,
        Func<TJob, CancellationToken, Task> run
    )
        where TJob : notnull
    {
        var took = new List<double>();
        for (var time = 0; time <= Times; time++)
        {
            await using var scope = host.Services.CreateAsyncScope();
            var job = ActivatorUtilities.CreateInstance<TJob>(scope.ServiceProvider);
            using var found = new CancellationTokenSource();
            heard.Found = found;
            var began = Stopwatch.GetTimestamp();
            try
            {
                await run(job, found.Token);
            }
            catch (OperationCanceledException)
            {
                // it had found them
            }
            if (time > 0) // the first compiles the query
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return Report.Spread(took);
    }

    private static async Task<string> PlanAsync(CustodyDb db, (string Sql, List<object?> Values) last)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        var isSqlite = db.Database.IsSqlite();
#pragma warning disable CA2100 // a statement of the product
        command.CommandText = (isSqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + last.Sql;
#pragma warning restore CA2100
        foreach (System.Data.Common.DbParameter parameter in last.Values.OfType<System.Data.Common.DbParameter>())
        {
            var copy = command.CreateParameter();
            (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
            command.Parameters.Add(copy);
        }
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync())
            steps.Add(reader.GetString(isSqlite ? 3 : 0).Trim());
        return string.Join(
            "; ",
            steps.Where(s =>
                s.Contains("Accounts", StringComparison.Ordinal)
                || s.StartsWith("SCAN", StringComparison.Ordinal)
                || s.StartsWith("SEARCH", StringComparison.Ordinal)
            )
        );
    }

    /// <summary>Hears each query of a job, and stops the job once its last search was read.</summary>
    private sealed class Heard : DbCommandInterceptor
    {
        public CancellationTokenSource? Found { get; set; }

        /// <summary>What only the last search of the job names.</summary>
        public string LastNames { get; set; } = "";

        public (string Sql, List<object?> Values) Last { get; private set; } = ("", []);

        public override ValueTask<InterceptionResult> DataReaderClosingAsync(
            System.Data.Common.DbCommand command,
            DataReaderClosingEventData eventData,
            InterceptionResult result
        )
        {
            if (command.CommandText.Contains(LastNames, StringComparison.Ordinal))
            {
                Last = (command.CommandText, [.. command.Parameters.Cast<object?>()]);
                Found?.Cancel();
            }
            return base.DataReaderClosingAsync(command, eventData, result);
        }
    }
}
