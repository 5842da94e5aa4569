using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Data.Backups;
using RootCustody.Requests;

namespace RootCustody.Tests.Data.Backups;

public sealed class RestoreBackupTests
{
    /// <summary>What is made of a good backup, and a word of the sentence that refuses it.</summary>
    public static TheoryData<string, string> Spoilt =>
        new()
        {
            { "missing", "There is no file" },
            { "text", "damaged, or no database" },
            { "empty", "no database of RootCustody" },
            { "truncated", "damaged" },
            { "scratched", "damaged" },
            { "foreign", "no database of RootCustody" },
            { "newer", "another version" },
            { "edited log", "audit log in this backup was changed" },
            { "shortened log", "audit log in this backup was changed" },
        };

    [Theory]
    [MemberData(nameof(Spoilt))]
    public async Task What_is_no_sound_backup_is_refused_and_nothing_is_changed(string how, string word)
    {
        await using var stage = await Stage.SetAsync();
        await stage.OpenAsync();
        var file = await stage.BackUpAsync();
        await SpoilAsync(file, how);
        await stage.RestartAsync();
        stage.Database.Close();
        var before = Files(stage);
        var database = await stage.DatabaseBytesAsync();

        var refused = Assert.IsType<RestoreBackup.Outcome.Refused>(await PrepareAsync(stage, file));

        Assert.Contains(word, refused.Why, StringComparison.Ordinal);
        Assert.Equal(before, Files(stage));
        Assert.Equal(database, await stage.DatabaseBytesAsync());
    }

    [Fact]
    public async Task While_a_host_has_the_database_open_nothing_is_restored()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OpenAsync();
        var file = await stage.BackUpAsync(); // this process has connections in its pool now, as one that serves has

        var refused = Assert.IsType<RestoreBackup.Outcome.Refused>(await PrepareAsync(stage, file));

        Assert.Contains("Stop the host first", refused.Why, StringComparison.Ordinal);
        Assert.Equal(1, await stage.InDbAsync(db => db.Requests.CountAsync()));
    }

    [Fact]
    public async Task A_restore_says_before_what_is_lost_keeps_the_present_and_puts_back_the_older()
    {
        await using var stage = await Stage.SetAsync();
        var file = await stage.BackUpAsync();
        var id = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
        await stage.RestartAsync();
        var entries = await stage.InDbAsync(db => db.Audit.CountAsync());
        stage.Database.Close();

        var outcome = await PrepareAsync(stage, file);
        string kept;
        await using (var ready = Assert.IsType<RestoreBackup.Outcome.Ready>(outcome).Restore)
        {
            Assert.Equal((1, 1), (ready.Loss!.Requests, ready.Loss.Exposures));
            Assert.True(ready.Loss.Entries > 3);
            kept = (await ready.SwapAsync(CancellationToken.None))!;
            Assert.Equal(entries, ready.Loss.Entries + await stage.InDbAsync(db => db.Audit.CountAsync()));
        }

        Assert.Equal(0, await stage.InDbAsync(db => db.Requests.CountAsync()));
        Assert.DoesNotContain(Files(stage), f => f.Contains("restoring", StringComparison.Ordinal));
        stage.Database.Close();
        File.Copy(kept, stage.DatabaseFile, overwrite: true);
        Assert.Equal(RequestState.Open, (await stage.RequestAsync(id)).State);
    }

    [Fact]
    public async Task A_database_that_cannot_be_read_any_more_is_put_back_too_and_what_lay_beside_it_is_not_played_in()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OpenAsync();
        var file = await stage.BackUpAsync();
        await stage.RestartAsync();
        stage.Database.Close();
        await File.WriteAllTextAsync(stage.DatabaseFile, new string('x', 8192));
        await File.WriteAllTextAsync(stage.DatabaseFile + "-wal", "what was not folded in yet");

        await using (var ready = Assert.IsType<RestoreBackup.Outcome.Ready>(await PrepareAsync(stage, file)).Restore)
        {
            Assert.Null(ready.Loss);
            await ready.SwapAsync(CancellationToken.None);
            Assert.False(File.Exists(stage.DatabaseFile + "-wal"));
        }

        Assert.Equal(1, await stage.InDbAsync(db => db.Requests.CountAsync()));
    }

    [Fact]
    public async Task A_refused_question_leaves_everything_as_it_was()
    {
        await using var stage = await Stage.SetAsync();
        var file = await stage.BackUpAsync();
        await stage.OpenAsync();
        await stage.RestartAsync();
        stage.Database.Close();
        var before = Files(stage);

        await using (Assert.IsType<RestoreBackup.Outcome.Ready>(await PrepareAsync(stage, file)).Restore) { }

        Assert.Equal(before, Files(stage));
        Assert.Equal(1, await stage.InDbAsync(db => db.Requests.CountAsync()));
    }

    private static async Task<RestoreBackup.Outcome> PrepareAsync(Stage stage, string file)
    {
        await using var scope = stage.Scope();
        return await scope
            .ServiceProvider.GetRequiredService<RestoreBackup>()
            .PrepareAsync(file, CancellationToken.None);
    }

    private static List<string> Files(Stage stage) =>
        [
            .. Directory
                .EnumerateFiles(Path.GetDirectoryName(stage.DatabaseFile)!, Path.GetFileName(stage.DatabaseFile) + "*")
                .Order(StringComparer.Ordinal),
        ];

    private static async Task SpoilAsync(string file, string how)
    {
        switch (how)
        {
            case "missing":
                File.Delete(file);
                break;
            case "text":
                await File.WriteAllTextAsync(file, new string('x', 9000));
                break;
            case "empty":
                await File.WriteAllBytesAsync(file, []);
                break;
            case "truncated":
                await using (var cut = File.OpenWrite(file))
                    cut.SetLength(cut.Length / 2 / 4096 * 4096);
                break;
            case "scratched":
                await using (var scratched = File.OpenWrite(file))
                {
                    scratched.Position = scratched.Length / 2 / 4096 * 4096;
                    scratched.Write(new byte[4096 * 3]);
                }
                break;
            case "foreign":
                File.Delete(file);
                Change(file, "CREATE TABLE Notes (Text TEXT)");
                break;
            case "newer":
                Change(file, "INSERT INTO __EFMigrationsHistory VALUES ('29991231235959_Later', '99.0')");
                break;
            case "edited log":
                Change(
                    file,
                    "DROP TRIGGER TR_Audit_NumberedOnce; UPDATE Audit SET Entry = replace(Entry, 'request.asked', 'request.asket')"
                );
                break;
            case "shortened log":
                Change(file, "DROP TRIGGER TR_Audit_NoDelete; DELETE FROM Audit WHERE Sequence = 2");
                break;
        }
    }

    private static void Change(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
