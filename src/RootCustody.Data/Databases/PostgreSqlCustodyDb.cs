using Microsoft.EntityFrameworkCore;
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
    protected override bool HasOneWriter => false;

    public override async Task<DateTimeOffset?> ServerTimeAsync(CancellationToken cancellationToken) =>
        await Database
            .SqlQuery<DateTimeOffset>($"SELECT clock_timestamp() AS \"Value\"")
            .SingleAsync(cancellationToken);

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
}
