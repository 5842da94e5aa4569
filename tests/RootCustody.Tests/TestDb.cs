using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using RootCustody.Data;

namespace RootCustody.Tests;

/// <summary>A real SQLite file with the schema in it, gone after the test. It is noon until the test moves the clock.</summary>
public sealed class TestDb : IAsyncDisposable
{
    // the schema is made once and copied: that takes a tenth of the time
    private static readonly Lazy<Task<byte[]>> Empty = new(MakeAsync);

    private readonly string file = Path.Combine(Path.GetTempPath(), $"rootcustody-{Guid.NewGuid():N}.db");
    private readonly WriterTurn writer = new();
    private readonly List<WriterTurn> others = [];

    private TestDb() { }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    public CommitBell Bell { get; } = new();

    public static async Task<TestDb> NewAsync()
    {
        var made = new TestDb();
        await File.WriteAllBytesAsync(made.file, await Empty.Value);
        return made;
    }

    /// <summary>A context as each scope gets one.</summary>
    public CustodyDb Open() => new(Options, writer, Bell, new PolicyBook([]), Clock);

    /// <summary>A context of another process, which does not wait for the writers of this one.</summary>
    public CustodyDb OpenElsewhere()
    {
        var other = new WriterTurn();
        lock (others)
            others.Add(other);
        return new CustodyDb(Options, other, new CommitBell(), new PolicyBook([]), Clock);
    }

    public ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(connection);
        File.Delete(file);
        writer.Dispose();
        others.ForEach(other => other.Dispose());
        return ValueTask.CompletedTask;
    }

    private static async Task<byte[]> MakeAsync()
    {
        await using var first = new TestDb();
        await using (var db = first.Open())
        {
            await db.Database.EnsureCreatedAsync();
            await db.Database.ExecuteSqlAsync($"PRAGMA wal_checkpoint(TRUNCATE)");
        }
        return await File.ReadAllBytesAsync(first.file);
    }

    private string ConnectionString => $"Data Source={file}";

    private DbContextOptions<CustodyDb> Options =>
        new DbContextOptionsBuilder<CustodyDb>().UseSqlite(ConnectionString).Options;
}
