using Microsoft.EntityFrameworkCore.Design;
using RootCustody.Data.Databases;

namespace RootCustody.Data;

// for `dotnet ef migrations add` only, once for each database

internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteCustodyDb>
{
    public SqliteCustodyDb CreateDbContext(string[] args) =>
        (SqliteCustodyDb)DatabaseProvider.Sqlite.OpenNowhere(new WriterTurn());
}

internal sealed class PostgreSqlDesign : IDesignTimeDbContextFactory<PostgreSqlCustodyDb>
{
    public PostgreSqlCustodyDb CreateDbContext(string[] args) =>
        (PostgreSqlCustodyDb)DatabaseProvider.PostgreSql.OpenNowhere(new WriterTurn());
}

internal sealed class SqlServerDesign : IDesignTimeDbContextFactory<SqlServerCustodyDb>
{
    public SqlServerCustodyDb CreateDbContext(string[] args) =>
        (SqlServerCustodyDb)DatabaseProvider.SqlServer.OpenNowhere(new WriterTurn());
}
