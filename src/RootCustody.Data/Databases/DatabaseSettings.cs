namespace RootCustody.Data.Databases;

/// <summary>Which kind of database remembers everything.</summary>
public enum DatabaseProvider
{
    /// <summary>One file, one process: the embedded default.</summary>
    Sqlite = 1,

    PostgreSql = 2,
    SqlServer = 3,
}

/// <summary>The section <c>RootCustody:Database</c>.</summary>
public sealed class DatabaseSettings
{
    /// <summary>Default <see cref="DatabaseProvider.Sqlite"/>: a file in the data directory.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>How the server is reached, in the words of its .NET driver; not for SQLite. Holds a password, so it belongs into the environment.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>How far the clocks of this machine and of the database server may lie apart before no half is shown (law 11). Default 5 s.</summary>
    public TimeSpan LargestSkew { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The connection string that sessions are opened with.</summary>
    public string Reached =>
        Provider == DatabaseProvider.PostgreSql && ConnectionString.Length > 0
            ? PostgreSqlSessions.Limited(ConnectionString)
            : ConnectionString;

    /// <summary>Several processes may share it; SQLite is for one.</summary>
    public bool IsServer => Provider != DatabaseProvider.Sqlite;

    public static DatabaseSettings OfFile(string path) =>
        new()
        {
            ConnectionString = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder
            {
                DataSource = path,
            }.ConnectionString,
        };

    /// <summary>What is wrong, each in a sentence that names the setting and what to do.</summary>
    public IEnumerable<string> Faults(string section)
    {
        if (IsServer && string.IsNullOrWhiteSpace(ConnectionString))
            yield return $"{section}:ConnectionString is empty; {Provider} needs one. Set it in the environment, it holds a password.";
        if (!IsServer && ConnectionString.Length > 0)
            yield return $"{section}:ConnectionString is set, but {section}:Provider is Sqlite, which uses a file in the data directory. Set the provider too, or leave both out.";
        if (LargestSkew <= TimeSpan.Zero || LargestSkew > TimeSpan.FromMinutes(1))
            yield return $"{section}:LargestSkew must lie above 0 and at most at one minute.";
    }
}
