using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using RootCustody.Accounts;
using RootCustody.Data.Audit;
using RootCustody.Proofs;
using RootCustody.Reveals;

namespace RootCustody.Data.Databases;

/// <summary>SQL Server from 2019 on, and Azure SQL. Decisions are serializable: of two that block each other, it ends one, which is then made again.</summary>
public sealed class SqlServerCustodyDb(
    DbContextOptions<SqlServerCustodyDb> options,
    WriterTurn writer,
    CommitBell bell,
    PolicyBook configured,
    TimeProvider clock
) : CustodyDb(options, writer, bell, configured, clock)
{
    private const int Deadlock = 1205;
    private const int UniqueConstraint = 2627;
    private const int UniqueIndex = 2601;

    protected override bool HasOneWriter => false;

    public override async Task<DateTimeOffset?> ServerTimeAsync(CancellationToken cancellationToken) =>
        await Database
            .SqlQuery<DateTimeOffset>($"SELECT SYSDATETIMEOFFSET() AS [Value]")
            .SingleAsync(cancellationToken);

    protected override bool IsLostRace(Exception exception) =>
        exception is SqlException { Number: Deadlock or UniqueConstraint or UniqueIndex };

    /// <summary>Names and keys compare byte by byte, as on the other databases: by default SQL Server takes upper and lower case for the same.</summary>
    protected override void Fit(IMutableModel model)
    {
        foreach (var property in model.Texts())
            property.SetCollation("Latin1_General_100_BIN2");
        // an insert cannot give back its key by OUTPUT where there is a trigger
        foreach (var guarded in (Type[])[typeof(AuditRow), typeof(Exposure), typeof(Retirement), typeof(Proof)])
        {
            var table = model.FindEntityType(guarded)!;
            table.AddTrigger($"TR_{table.GetTableName()}_Guard");
        }
    }
}
