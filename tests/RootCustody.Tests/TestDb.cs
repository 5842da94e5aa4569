using Microsoft.Extensions.Time.Testing;
using RootCustody.Data;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests;

/// <summary>A real database with the schema in it, gone after the test. It is noon until the test moves the clock.</summary>
public sealed class TestDb : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly WriterTurn writer = new();
    private readonly List<WriterTurn> others = [];

    private TestDb(TestDatabase database) => this.database = database;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    public CommitBell Bell { get; } = new();

    public static async Task<TestDb> NewAsync() => new(await TestDatabase.NewAsync());

    /// <summary>A context as each scope gets one.</summary>
    public CustodyDb Open() => database.Open(writer, Bell, Clock);

    /// <summary>A context of another process, which does not wait for the writers of this one.</summary>
    public CustodyDb OpenElsewhere()
    {
        var other = new WriterTurn();
        lock (others)
            others.Add(other);
        return database.Open(other, new CommitBell(), Clock);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        writer.Dispose();
        others.ForEach(other => other.Dispose());
    }
}
