using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Hangfire.SqlServer;
using RootCustody.Data.Databases;

namespace RootCustody.Host.Jobs;

/// <summary>Where Hangfire keeps its jobs: beside everything else on a database server; in memory with SQLite, where a restart finds what is due in the database.</summary>
internal static class Storages
{
    /// <summary>The schema of Hangfire's tables on a database server.</summary>
    public const string Schema = "hangfire";

    // a click on Approve must not wait for the usual 15 s until a delayed job of another process is seen
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>Opens the storage. On a server its tables are made if they are not there and the role may.</summary>
    public static JobStorage Open(DatabaseSettings database) =>
        database.Provider switch
        {
            DatabaseProvider.Sqlite => new InMemoryStorage(),
            DatabaseProvider.PostgreSql => OnPostgreSql(database),
            DatabaseProvider.SqlServer => OnSqlServer(database),
        };

    // each by itself, and as what it is here: a method that names both classes has the libraries of both loaded

    private static JobStorage OnPostgreSql(DatabaseSettings database) =>
        new PostgreSqlStorage(new NpgsqlConnectionFactory(database.Reached, OfPostgreSql), OfPostgreSql);

    private static JobStorage OnSqlServer(DatabaseSettings database) =>
        new SqlServerStorage(
            database.ConnectionString,
            new SqlServerStorageOptions
            {
                SchemaName = Schema,
                QueuePollInterval = Poll,
                TryAutoDetectSchemaDependentOptions = true,
            }
        );

    private static PostgreSqlStorageOptions OfPostgreSql =>
        new()
        {
            SchemaName = Schema,
            QueuePollInterval = Poll,
            // a job whose process died is picked up by another one soon; all of ours may run twice
            InvisibilityTimeout = TimeSpan.FromMinutes(2),
            UseSlidingInvisibilityTimeout = true,
            // a process that was killed leaves its locks behind, and with the usual 10 minutes no sweep would come so long;
            // less than the 15 s for which the winding of a recurring job waits, or no other process could start before
            DistributedLockTimeout = TimeSpan.FromSeconds(10),
        };
}
