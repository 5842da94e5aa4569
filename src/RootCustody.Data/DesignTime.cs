using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace RootCustody.Data;

/// <summary>For <c>dotnet ef migrations add</c> only.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<CustodyDb>
{
    public CustodyDb CreateDbContext(string[] args) =>
        new(
            new DbContextOptionsBuilder<CustodyDb>().UseSqlite("Data Source=design.db").Options,
            new WriterTurn(),
            new CommitBell(),
            new PolicyBook([]),
            TimeProvider.System
        );
}
