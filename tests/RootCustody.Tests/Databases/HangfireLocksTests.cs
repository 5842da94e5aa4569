using Hangfire;
using Npgsql;
using RootCustody.Data.Databases;
using RootCustody.Host.Jobs;

namespace RootCustody.Tests.Databases;

/// <summary>What a process that was killed leaves behind in the storage of Hangfire.</summary>
public sealed class HangfireLocksTests
{
    // as long as AddOrUpdate waits; a start that gives up ends the process
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task The_lock_of_a_killed_process_is_gone_before_the_next_one_gives_up_its_start()
    {
        await using var database = await TestDatabase.BareAsync(DatabaseProvider.PostgreSql);
        var storage = Storages.Open(database.Settings);
        await LeaveLockAsync(database, "hangfire:lock:recurring-job:sweep", Patience - TimeSpan.FromSeconds(1));

        new RecurringJobManager(storage).AddOrUpdate("sweep", () => Console.WriteLine(), Cron.Daily);

        using var connection = storage.GetConnection();
        Assert.Contains("sweep", connection.GetAllItemsFromSet("recurring-jobs"));
    }

    /// <param name="age">How long ago the process took it and died.</param>
    private static async Task LeaveLockAsync(TestDatabase database, string resource, TimeSpan age)
    {
        await using var connection = new NpgsqlConnection(database.Settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "INSERT INTO hangfire.lock (resource, acquired) VALUES (@resource, now() AT TIME ZONE 'utc' - @age)",
            connection
        );
        command.Parameters.AddWithValue("resource", resource);
        command.Parameters.AddWithValue("age", age);
        await command.ExecuteNonQueryAsync();
    }
}
