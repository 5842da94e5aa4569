using Npgsql;

namespace RootCustody.Data.Databases;

/// <summary>How PostgreSQL's sessions are begun.</summary>
internal static class PostgreSqlSessions
{
    /// <summary>
    /// After this long in a transaction without a word the server ends the session, and the transaction with it
    /// (<see href="https://www.postgresql.org/docs/current/runtime-config-client.html">idle_in_transaction_session_timeout</see>).
    /// A process that stands still in the middle of one, such as in a paused machine, would otherwise hold up all others: after some
    /// ten thousand serializable transactions beside it, whoever reads what those changed is refused.
    /// </summary>
    private const string EndIfStuck = "-c idle_in_transaction_session_timeout=60s";

    /// <summary>The connection string as all sessions are to use it. What the operator sets themselves, there or in PGOPTIONS, comes after ours, and so counts.</summary>
    public static string Limited(string connectionString)
    {
        var limited = new NpgsqlConnectionStringBuilder(connectionString);
        limited.Options =
            $"{EndIfStuck} {limited.Options ?? Environment.GetEnvironmentVariable("PGOPTIONS")}".TrimEnd();
        return limited.ConnectionString;
    }
}
