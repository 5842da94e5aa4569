using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace RootCustody.Data.Databases;

/// <summary>PostgreSQL from 14 on. Decisions are serializable: of two that cannot both be true, it ends one, which is then made again.</summary>
public sealed class PostgreSqlCustodyDb(
    DbContextOptions<PostgreSqlCustodyDb> options,
    WriterTurn writer,
    CommitBell bell,
    PolicyBook configured,
    TimeProvider clock
) : CustodyDb(options, writer, bell, configured, clock)
{
    private const long SchemaLock = 0x726f6f7463757374; // any number that nobody else takes

    protected override bool HasOneWriter => false;

    public override async Task<DateTimeOffset?> ServerTimeAsync(CancellationToken cancellationToken) =>
        await Database
            .SqlQuery<DateTimeOffset>($"SELECT clock_timestamp() AS \"Value\"")
            .SingleAsync(cancellationToken);

    /// <summary>Waits for those that write, and lets no other begin to: nothing that this decision reads from now on changes until its commit. Locking takes no snapshot yet.</summary>
    protected override Task StandAloneAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync(
            $"LOCK TABLE \"People\", \"Requests\", \"Outbox\", \"SeenClicks\" IN SHARE ROW EXCLUSIVE MODE",
            cancellationToken
        );

    /// <summary>The library's own lock ends with each migration, and what is pending is not looked up again.</summary>
    public override async Task<IAsyncDisposable?> LockSchemaAsync(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken); // the lock belongs to this session
        await Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({SchemaLock})", cancellationToken);
        return new SchemaTurn(Database);
    }

    protected override bool IsLostRace(Exception exception) =>
        exception
            is PostgresException
            {
                SqlState: PostgresErrorCodes.SerializationFailure
                    or PostgresErrorCodes.DeadlockDetected
                    or PostgresErrorCodes.UniqueViolation
            };

    /// <summary>Names and keys compare and sort byte by byte, as on the other databases, whatever the server's locale.</summary>
    protected override void Fit(IMutableModel model)
    {
        foreach (var property in model.Texts())
            property.SetCollation("C");
    }

    private sealed class SchemaTurn(DatabaseFacade database) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({SchemaLock})");
            await database.CloseConnectionAsync();
        }
    }
}
