using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace RootCustody.Data.Databases;

/// <summary>The three databases behind <see cref="CustodyDb"/>.</summary>
public static class Providers
{
    // what a person or a request owns is a handful of rows
    private const QuerySplittingBehavior Whole = QuerySplittingBehavior.SingleQuery;

    public static IServiceCollection AddCustodyDb(this IServiceCollection services, DatabaseSettings database) =>
        database.Provider switch
        {
            DatabaseProvider.Sqlite => services.AddDbContext<CustodyDb, SqliteCustodyDb>(o => o.Reach(database)),
            DatabaseProvider.PostgreSql => services.AddDbContext<CustodyDb, PostgreSqlCustodyDb>(o =>
                o.Reach(database)
            ),
            DatabaseProvider.SqlServer => services.AddDbContext<CustodyDb, SqlServerCustodyDb>(o => o.Reach(database)),
        };

    /// <summary>A context outside of any host.</summary>
    internal static CustodyDb Open(
        this DatabaseSettings database,
        WriterTurn writer,
        CommitBell bell,
        PolicyBook configured,
        TimeProvider clock,
        Action<DbContextOptionsBuilder>? more = null
    )
    {
        return database.Provider switch
        {
            DatabaseProvider.Sqlite => new SqliteCustodyDb(Options<SqliteCustodyDb>(), writer, bell, configured, clock),
            DatabaseProvider.PostgreSql => new PostgreSqlCustodyDb(
                Options<PostgreSqlCustodyDb>(),
                writer,
                bell,
                configured,
                clock
            ),
            DatabaseProvider.SqlServer => new SqlServerCustodyDb(
                Options<SqlServerCustodyDb>(),
                writer,
                bell,
                configured,
                clock
            ),
        };

        DbContextOptions<TContext> Options<TContext>()
            where TContext : DbContext
        {
            var options = new DbContextOptionsBuilder<TContext>();
            options.Reach(database);
            more?.Invoke(options);
            return options.Options;
        }
    }

    /// <summary>A context that knows the model and the migrations, and has no database.</summary>
    internal static CustodyDb OpenNowhere(this DatabaseProvider provider, WriterTurn writer) =>
        new DatabaseSettings { Provider = provider }.Open(
            writer,
            new CommitBell(),
            new PolicyBook([]),
            TimeProvider.System
        );

    private static void Reach(this DbContextOptionsBuilder options, DatabaseSettings database)
    {
        var reached = database.Reached is { Length: > 0 } named ? named : null;
        _ = database.Provider switch
        {
            DatabaseProvider.Sqlite => options.ReachSqlite(reached),
            DatabaseProvider.PostgreSql => options.ReachPostgreSql(reached),
            DatabaseProvider.SqlServer => options.ReachSqlServer(reached),
        };
    }

    // one each: a method that names all three would have the libraries of all three loaded

    private static DbContextOptionsBuilder ReachSqlite(this DbContextOptionsBuilder options, string? reached) =>
        options.UseSqlite(reached, o => o.UseQuerySplittingBehavior(Whole));

    private static DbContextOptionsBuilder ReachPostgreSql(this DbContextOptionsBuilder options, string? reached) =>
        options.UseNpgsql(reached, o => o.UseQuerySplittingBehavior(Whole));

    private static DbContextOptionsBuilder ReachSqlServer(this DbContextOptionsBuilder options, string? reached) =>
        options.UseSqlServer(reached, o => o.UseQuerySplittingBehavior(Whole));
}
