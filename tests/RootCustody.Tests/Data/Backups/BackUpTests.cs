using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RootCustody.Audit;
using RootCustody.Data;
using RootCustody.Data.Audit;
using RootCustody.Data.Backups;
using RootCustody.Reveals;
using RootCustody.Tests.Couriers;

namespace RootCustody.Tests.Data.Backups;

public sealed class BackUpTests
{
    [Fact]
    public async Task A_backup_holds_what_was_committed_and_says_how_far_its_log_goes()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OpenAsync();
        using var folder = new TempFolder();

        var outcome = await BackUpAsync(stage, folder.In("backup.db"));

        var facts = Assert.IsType<BackUp.Outcome.Written>(outcome).Facts;
        Assert.Equal(new FileInfo(folder.In("backup.db")).Length, facts.Bytes);
        Assert.Equal(await stage.InDbAsync(db => db.Audit.MaxAsync(r => r.Sequence)), facts.Head.Sequence);
        Assert.Equal(0, await stage.InDbAsync(db => db.Audit.CountAsync(r => r.Sequence == null)));
        Assert.Equal([folder.In("backup.db")], Directory.GetFiles(folder.Path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.In("backup.db")));
    }

    [Fact]
    public async Task A_file_that_is_there_is_replaced_only_on_demand()
    {
        await using var stage = await Stage.SetAsync();
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.In("backup.db"), "older");

        var refused = Assert.IsType<BackUp.Outcome.Refused>(await BackUpAsync(stage, folder.In("backup.db")));
        Assert.Contains("--force", refused.Why, StringComparison.Ordinal);
        Assert.Equal("older", await File.ReadAllTextAsync(folder.In("backup.db")));

        Assert.IsType<BackUp.Outcome.Written>(await BackUpAsync(stage, folder.In("backup.db"), overwrite: true));
        Assert.True(new FileInfo(folder.In("backup.db")).Length > 4096);
    }

    [Fact]
    public async Task Neither_the_database_itself_nor_a_folder_that_is_not_there_is_written_to()
    {
        await using var stage = await Stage.SetAsync();

        Assert.IsType<BackUp.Outcome.Refused>(await BackUpAsync(stage, stage.DatabaseFile, overwrite: true));
        Assert.IsType<BackUp.Outcome.Refused>(
            await BackUpAsync(stage, Path.Combine(stage.VaultDirectory, "nowhere", "backup.db"))
        );
    }

    [Fact]
    [Trait("Law", "10")]
    public async Task A_backup_between_many_writes_has_each_of_them_whole_or_not_at_all()
    {
        await using var stage = await Stage.SetAsync();
        using var done = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => WriteAsync(stage, done.Token))));
        List<string> backups = [];
        while (backups.Count < 4)
            backups.Add(await stage.BackUpAsync());
        await done.CancelAsync();
        await writing;

        Assert.All(
            backups,
            backup =>
                Assert.Equal(
                    Count(backup, "Exposures WHERE Generation = 7"),
                    Count(backup, "Audit WHERE Entry LIKE '%test.written%'")
                )
        );
        Assert.True(Count(backups[^1], "Exposures WHERE Generation = 7") > 0, "Nothing was written meanwhile.");
        await stage.RestoreAsync(backups[1]);
        using var export = new MemoryStream();
        await stage.RunAsync<ExportAudit>(audit => audit.HandleAsync(export, CancellationToken.None));
        export.Position = 0;
        Assert.IsType<Verification.Sound>(await Verifier.VerifyAsync(export, null, CancellationToken.None));
    }

    [Fact]
    public async Task A_killed_backup_leaves_nothing_under_its_name()
    {
        using var folder = new TempFolder();
        var data = Directory.CreateDirectory(folder.In("data")).FullName;
        await using (var stage = await Stage.SetAsync())
        {
            var large = new string('x', 60_000);
            await stage.DecideAsync(db =>
            {
                for (var i = 0; i < 1000; i++)
                    db.Record("test.written", Recording.System, ("text", large));
                return Task.CompletedTask;
            });
            File.Move(await stage.BackUpAsync(), Path.Combine(data, "rootcustody.db"));
        }
        var target = folder.In("backup.db");

        using var host = Start(data, "backup", target);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (
            !host.HasExited
            && !Directory.EnumerateFiles(folder.Path, "backup.db.*.tmp").Any(f => new FileInfo(f).Length > 0)
        )
        {
            Assert.False(limit.IsCancellationRequested, "The backup did not begin.");
            await Task.Yield();
        }
        host.Kill();
        await host.WaitForExitAsync(limit.Token);

        Assert.NotEqual(0, host.ExitCode); // it was killed before its end
        Assert.False(File.Exists(target));
        using var again = Start(data, "backup", target);
        await again.WaitForExitAsync(limit.Token);
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(1000, Count(target, "Audit WHERE Entry LIKE '%test.written%'"));
    }

    private static Process Start(string data, params string[] arguments)
    {
        var host = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_ENVIRONMENT"] = "Development", ["RootCustody__DataDirectory"] = data },
        };
        host.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "RootCustody.Host.dll"));
        foreach (var argument in arguments)
            host.ArgumentList.Add(argument);
        return Process.Start(host)!;
    }

    private static async Task WriteAsync(Stage stage, CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            await stage.DecideAsync(db =>
            {
                db.Exposures.Add(Exposure.FromBirth(stage.Account, Half.Password, 7, stage.People[Stage.Paul], db.Now));
                db.Record("test.written", Recording.System);
                return Task.CompletedTask;
            });
        }
    }

    private static async Task<BackUp.Outcome> BackUpAsync(Stage stage, string file, bool overwrite = false)
    {
        await using var scope = stage.Scope();
        var backUp = (BackUp)scope.ServiceProvider.GetService(typeof(BackUp))!;
        return await backUp.HandleAsync(file, overwrite, CancellationToken.None);
    }

    private static long Count(string file, string what)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {what}";
        return (long)command.ExecuteScalar()!;
    }
}
