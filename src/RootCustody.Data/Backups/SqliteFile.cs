using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RootCustody.Data.Backups;

/// <summary>A SQLite file that is looked at as a file, beside the database that the host serves from.</summary>
internal static class SqliteFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The result codes of SQLite that are told apart.</summary>
    public const int Busy = 5;
    public const int Locked = 6;

    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public static async Task<SqliteConnection> OpenAsync(string file, CancellationToken cancellationToken)
    {
        var form = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite, // a write-ahead log beside it has to be read too
            Pooling = false, // closed means closed
            DefaultTimeout = 2,
        };
        var connection = new SqliteConnection(form.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public static async Task<string?> AskAsync(
        this SqliteConnection connection,
        string sql,
        CancellationToken cancellationToken,
        params (string Name, string Value)[] values
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return Convert.ToString(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    public static async Task<long> CountAsync(
        this SqliteConnection connection,
        string sql,
        CancellationToken cancellationToken
    ) => Convert.ToInt64(await connection.AskAsync(sql, cancellationToken), CultureInfo.InvariantCulture);

    /// <summary>Makes a file that only its owner may read or write.</summary>
    public static FileStream Make(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(file, options);
    }

    public static void Flush(string file)
    {
        using var written = File.OpenHandle(file, FileMode.Open, FileAccess.Write);
        RandomAccess.FlushToDisk(written);
    }

    /// <summary>Removes an unfinished file, and what SQLite may have left beside it.</summary>
    public static void Remove(string file)
    {
        foreach (var left in (string[])[file, $"{file}-wal", $"{file}-shm", $"{file}-journal"])
            File.Delete(left);
    }
}
