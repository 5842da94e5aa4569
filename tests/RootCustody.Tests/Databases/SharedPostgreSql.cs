using RootCustody.Playground;

namespace RootCustody.Tests.Databases;

/// <summary>The PostgreSQL server that all tests of this process share. It does not sync to disk.</summary>
internal static class SharedPostgreSql
{
    /// <summary>The variable with the connection string of a server to use instead; its role has to be allowed to create databases.</summary>
    private const string Variable = "ROOTCUSTODY_TEST_POSTGRESQL";

    private const string Missing =
        $"PostgreSQL is not installed (Debian: apt-get install postgresql), and {Variable} does not name a server.";

    private static readonly Lazy<Task<PostgreSqlServer?>> TheOne = new(() =>
        PostgreSqlServer.StartAsync(isSafe: false)
    );

    /// <summary>Skips the test where there is none.</summary>
    public static async Task<PostgreSqlServer> ServerAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return new PostgreSqlServer(named);
        var server = await TheOne.Value;
        Assert.SkipWhen(server is null, Missing);
        return server!;
    }
}
