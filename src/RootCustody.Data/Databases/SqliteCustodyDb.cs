using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace RootCustody.Data.Databases;

/// <summary>The embedded default. Its transactions take the write lock at their begin, so that what is read stays true until the commit.</summary>
public sealed class SqliteCustodyDb(
    DbContextOptions<SqliteCustodyDb> options,
    WriterTurn writer,
    CommitBell bell,
    PolicyBook configured,
    TimeProvider clock
) : CustodyDb(options, writer, bell, configured, clock)
{
    private const int PrimaryKey = 1555; // SQLITE_CONSTRAINT_PRIMARYKEY
    private const int Unique = 2067; // SQLITE_CONSTRAINT_UNIQUE

    protected override bool HasOneWriter => true;

    /// <summary>The machine's clock is the database's.</summary>
    public override Task<DateTimeOffset?> ServerTimeAsync(CancellationToken cancellationToken) =>
        Task.FromResult<DateTimeOffset?>(null);

    protected override bool IsLostRace(Exception exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: PrimaryKey or Unique };

    protected override void Fit(IMutableModel model) { }
}
