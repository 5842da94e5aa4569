using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Data;

namespace RootCustody.EndToEnd;

/// <summary>One host for many scenes, because a host takes longer than any of them: each scene begins with the database of the first. Without the worker, so that no sweep tidies away what a scene has set.</summary>
public sealed class RepeatedPlay : IAsyncLifetime
{
    private static readonly string[] Roles = ["desk", "password-courier", "mfa-courier"];

    private readonly SqliteConnection first = new("Data Source=:memory:");

    public Play Play { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Play = await Play.OpenAsync(
            Roles.Select((role, at) => KeyValuePair.Create($"RootCustody:Roles:{at}", (string?)role))
        );
        await first.OpenAsync();
        await CopyAsync(live => live.BackupDatabase(first));
    }

    /// <summary>Everything is as it was in the beginning, but for the clock, which never goes back.</summary>
    public Task BeginAsync()
    {
        Play.Clock.AutoAdvanceAmount = TimeSpan.Zero;
        return CopyAsync(live =>
        {
            // the couriers' journals would tell a database that forgot what was shown: it knows of it, as if it had come to nothing
            Run(live, "CREATE TEMP TABLE Shown AS SELECT * FROM Exposures; UPDATE Shown SET Outcome = 3, Removal = 1");
            first.BackupDatabase(live);
            Run(live, "INSERT OR IGNORE INTO Exposures SELECT * FROM Shown; DROP TABLE Shown");
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Play.DisposeAsync();
        await first.DisposeAsync();
    }

    private async Task CopyAsync(Action<SqliteConnection> copy)
    {
        using var turn = await Play
            .Theatre.Host.Services.GetRequiredService<WriterTurn>()
            .TakeAsync(CancellationToken.None);
        await using var live = new SqliteConnection(
            $"Data Source={Path.Combine(Play.Theatre.Directory, "rootcustody.db")}"
        );
        await live.OpenAsync();
        copy(live);
    }

    private static void Run(SqliteConnection live, string sql)
    {
        using var command = live.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
