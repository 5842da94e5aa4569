using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace RootCustody.Benchmarks;

/// <summary>How many small inserts a database commits in a second with the same provider, settings and file system, and nothing else to do.</summary>
internal static class BareCommits
{
    public static async Task<double> PerSecondAsync(
        string connectionString,
        bool isSqlite,
        int writers,
        TimeSpan length
    )
    {
        await using (var connection = await OpenAsync(connectionString, isSqlite))
        {
            if (isSqlite)
                await DoAsync(connection, "PRAGMA journal_mode = WAL"); // as EF Core sets it for the host's
            await DoAsync(connection, "CREATE TABLE IF NOT EXISTS bare (what text)");
        }
        var (began, done) = (Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(WriteAsync)));
        return done / Stopwatch.GetElapsedTime(began).TotalSeconds;

        async Task WriteAsync()
        {
            await using var connection = await OpenAsync(connectionString, isSqlite);
            while (Stopwatch.GetElapsedTime(began) < length)
            {
                await using var transaction = await connection.BeginTransactionAsync();
                await DoAsync(
                    connection,
                    "INSERT INTO bare VALUES ('two hundred bytes would be much the same')",
                    transaction
                );
                await transaction.CommitAsync();
                Interlocked.Increment(ref done);
            }
        }
    }

    private static async Task<DbConnection> OpenAsync(string connectionString, bool isSqlite)
    {
        DbConnection connection = isSqlite
            ? new SqliteConnection(connectionString)
            : new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task DoAsync(DbConnection connection, string sql, DbTransaction? transaction = null)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the three statements above
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = transaction;
        await command.ExecuteNonQueryAsync();
    }
}
