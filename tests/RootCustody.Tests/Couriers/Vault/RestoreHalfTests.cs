using Microsoft.EntityFrameworkCore;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.Vault;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Couriers.Vault;

/// <summary>An operator backs one half up and puts it back; the database knows what people have seen.</summary>
public sealed class RestoreHalfTests
{
    private const string Passphrase = "correct horse battery staple";

    [DatabaseFact]
    public async Task A_backup_brings_back_what_was_lost_and_both_are_on_record()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TempFolder();
        await BackUpAsync(stage, file.In("passwords.backup"));
        Lose(stage);

        var restored = await RestoreAsync(stage, file.In("passwords.backup"), evenBehind: false);

        Assert.Empty(restored.Lost);
        Assert.Equal(2, restored.Versions); // the password, and the key of the fingerprints
        (await Vault(stage).ReadAsync(stage.Account, 1, default)).Dispose();
        Assert.Equal(["vault.backedup", "vault.restored"], await RecordedAsync(stage));
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task A_backup_older_than_what_the_database_knows_is_refused_and_changes_nothing()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TempFolder();
        await BackUpAsync(stage, file.In("passwords.backup"));
        await RotatedAsync(stage);
        Lose(stage);

        var refused = await Assert.ThrowsAsync<VaultException>(() =>
            RestoreAsync(stage, file.In("passwords.backup"), evenBehind: false)
        );

        Assert.Equal(VaultFailure.Behind, refused.Failure);
        Assert.Contains("111122223333", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Vault(stage).LatestAsync(stage.Account, default));
        Assert.DoesNotContain("vault.restored", await RecordedAsync(stage));
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Said_that_it_may_be_older_the_lost_number_is_never_given_again()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TempFolder();
        await BackUpAsync(stage, file.In("passwords.backup"));
        await RotatedAsync(stage);
        Lose(stage);

        var restored = await RestoreAsync(stage, file.In("passwords.backup"), evenBehind: true);

        Assert.Equal(["111122223333"], restored.Lost);
        var gone = await Assert.ThrowsAsync<VaultException>(() => Vault(stage).ReadAsync(stage.Account, 2, default));
        Assert.Equal(VaultFailure.Destroyed, gone.Failure);
        using var next = Secret.OfText("the one after the lost one");
        Assert.Equal(3, await Vault(stage).WriteAsync(stage.Account, 2, next, default));
        Assert.Equal(["vault.backedup", "vault.restored", "vault.lost"], await RecordedAsync(stage));
    }

    [DatabaseFact]
    public async Task A_short_passphrase_and_a_file_that_is_there_are_refused()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TempFolder();
        await File.WriteAllTextAsync(file.In("taken"), "a backup of before", TestContext.Current.CancellationToken);

        var replaced = await BackUpAsync(stage, file.In("taken"));
        var guessed = await BackUpAsync(stage, file.In("other"), "too short");

        Assert.Contains(
            "replaces none",
            Assert.IsType<BackUpHalf.Outcome.Refused>(replaced).Why,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "at least 16",
            Assert.IsType<BackUpHalf.Outcome.Refused>(guessed).Why,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(file.In("other")));
        Assert.Empty(await RecordedAsync(stage));
    }

    private static SealedPasswordVault Vault(Stage stage) => new(stage.VaultDirectory);

    private static void Lose(Stage stage)
    {
        Directory.Delete(Path.Combine(stage.VaultDirectory, "passwords"), recursive: true);
        File.Delete(Path.Combine(stage.VaultDirectory, "password.key"));
    }

    /// <summary>A second generation lives, in the vault and in the database.</summary>
    private static async Task RotatedAsync(Stage stage)
    {
        using var second = Secret.OfText("the second password");
        await Vault(stage).WriteAsync(stage.Account, 1, second, default);
        await stage.InDbAsync(db =>
            db.DecideAsync(
                async () =>
                {
                    (await db.Accounts.SingleAsync()).TakePassword(2, stage.Policy, db.Now);
                    return true;
                },
                default
            )
        );
    }

    private static async Task<BackUpHalf.Outcome> BackUpAsync(Stage stage, string path, string passphrase = Passphrase)
    {
        BackUpHalf.Outcome outcome = null!;
        using var secret = Secret.OfText(passphrase);
        await stage.RunAsync<BackUpHalf>(async backUp =>
            outcome = await backUp.HandleAsync(Half.Password, Vault(stage).Upkeep, path, secret, default)
        );
        return outcome;
    }

    private static async Task<RestoreHalf.Restored> RestoreAsync(Stage stage, string path, bool evenBehind)
    {
        RestoreHalf.Restored restored = null!;
        using var secret = Secret.OfText(Passphrase);
        using var backup = await Vault(stage)
            .Upkeep.OpenBackupAsync(secret, await File.ReadAllBytesAsync(path), default);
        await stage.RunAsync<RestoreHalf>(async restore =>
            restored = await restore.HandleAsync(Half.Password, backup, evenBehind, default)
        );
        return restored;
    }

    private static async Task<List<string>> RecordedAsync(Stage stage) =>
        [
            .. (await stage.InDbAsync(db => db.Audit.OrderBy(a => a.Id).Select(a => a.Entry).ToListAsync()))
                .Select(entry =>
                    System.Text.Json.JsonDocument.Parse(entry).RootElement.GetProperty("what").GetString()!
                )
                .Where(what => what.StartsWith("vault.", StringComparison.Ordinal)),
        ];
}
