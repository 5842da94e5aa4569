using RootCustody.Couriers.Vault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Vault;

/// <summary>A backup of a sealed folder, and putting it back.</summary>
public sealed class SealedBackupTests : IDisposable
{
    private const string Marked = "Zx9#marked-and-easy-to-find";
    private const string Passphrase = "correct horse battery staple";

    private static readonly Dictionary<string, int> NothingLost = [];

    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task What_was_lost_with_its_key_comes_back_and_can_be_written_on()
    {
        await WriteAsync("acme", 0, "first");
        await WriteAsync("acme", 1, Marked);
        await WriteAsync("globex", 0, "other");
        await Open().EraseAsync("acme", 1, Cancel);
        var backup = await BackUpAsync();
        LoseAll();

        Assert.Equal(3, await RestoreAsync(backup));

        Assert.Equal(Marked, await ReadAsync("acme", 2));
        Assert.Equal("other", await ReadAsync("globex", 1));
        Assert.Equal(VaultFailure.Destroyed, (await RefusedAsync(() => ReadAsync("acme", 1))).Failure);
        Assert.Equal(3, await WriteAsync("acme", 2, "third"));
    }

    [Fact]
    public async Task A_key_that_was_lost_alone_comes_back()
    {
        await WriteAsync("acme", 0, "first");
        var backup = await BackUpAsync();
        await WriteAsync("acme", 1, "after the backup");
        File.Delete(temp.In("things.key"));

        Assert.Equal(0, await RestoreAsync(backup));

        Assert.Equal("first", await ReadAsync("acme", 1));
        Assert.Equal("after the backup", await ReadAsync("acme", 2));
    }

    [Fact]
    public async Task A_file_that_is_missing_or_damaged_comes_back_under_the_key_of_today()
    {
        await WriteAsync("acme", 0, "first");
        await WriteAsync("acme", 1, "second");
        await WriteAsync("acme", 2, "third");
        var backup = await BackUpAsync();
        await Open().RekeyAsync(null, Cancel);
        File.Delete(FileOf("acme", 1));
        await File.WriteAllTextAsync(FileOf("acme", 2), "rubbish", Cancel);

        Assert.Equal(2, await RestoreAsync(backup));
        Assert.Equal(0, await RestoreAsync(backup));

        Assert.Equal("first", await ReadAsync("acme", 1));
        Assert.Equal("second", await ReadAsync("acme", 2));
        Assert.Equal("third", await ReadAsync("acme", 3));
    }

    [Fact]
    public async Task What_was_destroyed_since_stays_destroyed()
    {
        await WriteAsync("acme", 0, Marked);
        await WriteAsync("acme", 1, "second");
        var backup = await BackUpAsync();
        await Open().EraseAsync("acme", 1, Cancel);

        Assert.Equal(0, await RestoreAsync(backup));

        Assert.Equal(VaultFailure.Destroyed, (await RefusedAsync(() => ReadAsync("acme", 1))).Failure);
    }

    [Fact]
    public async Task Numbers_that_are_known_to_be_given_and_nowhere_are_marked_as_gone()
    {
        await WriteAsync("acme", 0, "first");
        var backup = await BackUpAsync();

        await RestoreAsync(backup, new() { ["acme"] = 3, ["globex"] = 1 });

        Assert.Equal(VaultFailure.Destroyed, (await RefusedAsync(() => ReadAsync("acme", 2))).Failure);
        Assert.Equal(4, await WriteAsync("acme", 3, "fourth"));
        Assert.Equal(2, await WriteAsync("globex", 1, "other"));
        Assert.Equal("first", await ReadAsync("acme", 1));
    }

    [Fact]
    public async Task A_store_that_gave_its_numbers_again_is_not_mixed_with_the_backup()
    {
        await WriteAsync("acme", 0, Marked);
        await WriteAsync("globex", 0, "other");
        var backup = await BackUpAsync();
        LoseAll();
        await WriteAsync("acme", 0, "begun anew");

        var refused = await RefusedAsync(() => RestoreAsync(backup));

        Assert.Equal(VaultFailure.Damaged, refused.Failure);
        Assert.Contains("given twice", refused.Message, StringComparison.Ordinal);
        Assert.Equal("begun anew", await ReadAsync("acme", 1));
        Assert.Equal(0, await Open().LatestAsync("globex", Cancel));
    }

    [Fact]
    public async Task Another_passphrase_another_folder_and_a_changed_bit_open_nothing()
    {
        await WriteAsync("acme", 0, Marked);
        var backup = await BackUpAsync();
        var others = new SealedFolder(temp.Path, "others", "others.key", "other");
        using var right = Secret.OfText(Passphrase);
        using var wrong = Secret.OfText(Passphrase + "x");
        var changed = backup.ToArray();
        changed[^1] ^= 1;

        foreach (
            var open in (Func<Task>[])
                [
                    () => Open().OpenBackupAsync(wrong, backup, Cancel),
                    () => others.OpenBackupAsync(right, backup, Cancel),
                    () => Open().OpenBackupAsync(right, changed, Cancel),
                    () => Open().OpenBackupAsync(right, backup[..40], Cancel),
                    () => Open().OpenBackupAsync(right, [], Cancel),
                ]
        )
            Assert.Equal(VaultFailure.Damaged, (await RefusedAsync(open)).Failure);
    }

    [Fact]
    [Trait("Law", "8")]
    public async Task Neither_a_secret_nor_the_key_nor_a_name_can_be_read_in_it()
    {
        await WriteAsync("acme", 0, Marked);

        var backup = System.Text.Encoding.Latin1.GetString(await BackUpAsync());

        var key = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(temp.In("things.key"), Cancel));
        foreach (var never in (string[])[Marked, key, "acme"])
            Assert.DoesNotContain(never, backup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_empty_store_there_is_no_backup()
    {
        using var passphrase = Secret.OfText(Passphrase);

        Assert.Null(await Open().BackUpAsync(passphrase, Cancel));
    }

    [Fact]
    public async Task A_store_with_a_damaged_file_is_not_backed_up_as_if_it_were_whole()
    {
        await WriteAsync("acme", 0, "first");
        await File.WriteAllTextAsync(FileOf("acme", 1), "rubbish", Cancel);

        Assert.Equal(VaultFailure.Damaged, (await RefusedAsync(BackUpAsync)).Failure);
    }

    private SealedFolder Open() => new(temp.Path, "things", "things.key", "thing");

    private string FileOf(string name, int version) => temp.In("things", $"{name}.{version}.sealed");

    private void LoseAll()
    {
        Directory.Delete(temp.In("things"), recursive: true);
        File.Delete(temp.In("things.key"));
    }

    private async Task<byte[]> BackUpAsync()
    {
        using var passphrase = Secret.OfText(Passphrase);
        return (await Open().BackUpAsync(passphrase, Cancel))!.Value.File;
    }

    private async Task<int> RestoreAsync(byte[] backup, Dictionary<string, int>? lost = null)
    {
        using var passphrase = Secret.OfText(Passphrase);
        using var opened = await Open().OpenBackupAsync(passphrase, backup, Cancel);
        return await opened.PutBackAsync(lost ?? NothingLost, Cancel);
    }

    private async Task<int> WriteAsync(string name, int expectedLatest, string text)
    {
        using var secret = Secret.OfText(text);
        return await Open().WriteAsync(name, expectedLatest, secret, Cancel);
    }

    private async Task<string> ReadAsync(string name, int version)
    {
        using var secret = await Open().ReadAsync(name, version, Cancel);
        return Text(secret);
    }

    private static async Task<VaultException> RefusedAsync(Func<Task> ask)
    {
        var refused = await Assert.ThrowsAsync<VaultException>(ask);
        Assert.DoesNotContain(Marked, refused.ToString(), StringComparison.Ordinal);
        return refused;
    }
}
