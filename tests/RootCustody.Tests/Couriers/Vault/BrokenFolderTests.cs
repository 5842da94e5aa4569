using System.Runtime.InteropServices;
using CsCheck;
using RootCustody.Couriers.Vault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Vault;

/// <summary>Law 11 for the embedded store: whatever is wrong on the disk, no byte is given and the sentence says what to do.</summary>
[Trait("Law", "11")]
public sealed class BrokenFolderTests : IDisposable
{
    private const string Marked = "Zx9#marked-and-easy-to-find";

    private readonly TempFolder temp = new();
    private readonly SealedFolder folder;

    public BrokenFolderTests() => folder = new SealedFolder(temp.Path, "things", "things.key", "thing");

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task What_was_never_written_is_missing()
    {
        var refused = await RefusedReadAsync("acme", 1);

        Assert.Equal(VaultFailure.Missing, refused.Failure);
        Assert.False(File.Exists(temp.In("things.key")));
    }

    [Fact]
    public async Task A_file_that_is_gone_is_missing()
    {
        await WriteAsync("acme", 0);
        File.Delete(FileOf("acme", 1));

        var refused = await RefusedReadAsync("acme", 1);

        Assert.Equal(VaultFailure.Missing, refused.Failure);
    }

    [Theory] // header, version of the format, nonce, tag, ciphertext
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(58)]
    public async Task A_file_with_one_bit_changed_is_damaged(int at)
    {
        await WriteAsync("acme", 0);
        var bytes = await File.ReadAllBytesAsync(FileOf("acme", 1), Cancel);
        bytes[at] ^= 1;
        await File.WriteAllBytesAsync(FileOf("acme", 1), bytes, Cancel);

        var refused = await RefusedReadAsync("acme", 1);

        Assert.Equal(VaultFailure.Damaged, refused.Failure);
    }

    [Fact]
    public async Task A_file_of_any_other_content_is_damaged()
    {
        await WriteAsync("acme", 0);
        var file = await File.ReadAllBytesAsync(FileOf("acme", 1), Cancel);

        await Gen.OneOf(Gen.Byte.Array[0, 2000], Gen.Int[0, file.Length - 1].Select(length => file[..length]))
            .SampleAsync(
                async content =>
                {
                    await File.WriteAllBytesAsync(FileOf("acme", 1), content);
                    var refused = await RefusedReadAsync("acme", 1);
                    Assert.Equal(VaultFailure.Damaged, refused.Failure);
                },
                iter: 200,
                threads: 1
            );
    }

    [Fact]
    public async Task A_file_that_was_put_in_the_place_of_another_account_does_not_open()
    {
        await WriteAsync("acme", 0);
        await WriteAsync("globex", 0);
        File.Copy(FileOf("acme", 1), FileOf("globex", 1), overwrite: true);

        var refused = await RefusedReadAsync("globex", 1);

        Assert.Equal(VaultFailure.Damaged, refused.Failure);
    }

    [Fact]
    public async Task A_file_that_was_put_in_the_place_of_another_version_does_not_open()
    {
        await WriteAsync("acme", 0);
        await WriteAsync("acme", 1);
        File.Copy(FileOf("acme", 1), FileOf("acme", 2), overwrite: true);
        File.Copy(FileOf("acme", 1), FileOf("acme", 3));

        Assert.Equal(VaultFailure.Damaged, (await RefusedReadAsync("acme", 2)).Failure);
        Assert.Equal(VaultFailure.Damaged, (await RefusedReadAsync("acme", 3)).Failure);
    }

    [Fact]
    [Trait("Law", "7")]
    public async Task A_file_does_not_open_in_another_store_even_under_the_same_key()
    {
        await WriteAsync("acme", 0);
        Directory.CreateDirectory(temp.In("others"));
        File.Copy(FileOf("acme", 1), temp.In("others", "acme.1.sealed"));
        var others = new SealedFolder(temp.Path, "others", "things.key", "other");

        var refused = await Assert.ThrowsAsync<VaultException>(() => others.ReadAsync("acme", 1, Cancel));

        Assert.Equal(VaultFailure.Damaged, refused.Failure);
        Assert.True(refused.GaveNoHalf);
    }

    [Fact]
    public async Task A_lost_key_is_said_and_never_replaced()
    {
        await WriteAsync("acme", 0);
        File.Delete(temp.In("things.key"));

        var read = await RefusedReadAsync("acme", 1);
        var write = await RefusedWriteAsync("globex", 0);

        Assert.Equal(VaultFailure.KeyMissing, read.Failure);
        Assert.Equal(VaultFailure.KeyMissing, write.Failure);
        Assert.False(File.Exists(temp.In("things.key")));
        Assert.Equal(0, await folder.LatestAsync("globex", Cancel));
    }

    [Fact]
    public async Task A_key_that_is_a_link_to_a_disk_that_is_not_there_is_not_replaced()
    {
        File.CreateSymbolicLink(temp.In("things.key"), temp.In("unmounted", "things.key"));

        var refused = await RefusedWriteAsync("acme", 0);

        Assert.Equal(VaultFailure.KeyMissing, refused.Failure);
        Assert.NotNull(new FileInfo(temp.In("things.key")).LinkTarget);
        Assert.Single(Directory.GetFiles(temp.Path, "*.key*"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public async Task A_key_of_another_length_is_damaged(int length)
    {
        await WriteAsync("acme", 0);
        await File.WriteAllBytesAsync(temp.In("things.key"), new byte[length], Cancel);

        Assert.Equal(VaultFailure.Damaged, (await RefusedReadAsync("acme", 1)).Failure);
        Assert.Equal(VaultFailure.Damaged, (await RefusedWriteAsync("globex", 0)).Failure);
    }

    [Fact]
    public async Task Another_key_opens_nothing()
    {
        await WriteAsync("acme", 0);
        await File.WriteAllBytesAsync(temp.In("things.key"), new byte[32], Cancel);

        Assert.Equal(VaultFailure.Damaged, (await RefusedReadAsync("acme", 1)).Failure);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupRead | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task A_key_that_others_may_touch_is_refused_until_that_is_mended(UnixFileMode others)
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await WriteAsync("acme", 0);
        File.SetUnixFileMode(temp.In("things.key"), Owner | others);

        var read = await RefusedReadAsync("acme", 1);
        var write = await RefusedWriteAsync("acme", 1);

        Assert.Equal(VaultFailure.Unreachable, read.Failure);
        Assert.Contains("chmod 600", read.Message, StringComparison.Ordinal);
        Assert.Equal(VaultFailure.Unreachable, write.Failure);
        File.SetUnixFileMode(temp.In("things.key"), Owner);
        using var mended = await folder.ReadAsync("acme", 1, Cancel);
        Assert.Equal(Marked, Text(mended));
    }

    [Fact]
    public async Task A_key_that_is_a_link_is_refused_even_if_what_it_leads_to_is_the_key()
    {
        await WriteAsync("acme", 0);
        File.Move(temp.In("things.key"), temp.In("elsewhere.key"));
        File.CreateSymbolicLink(temp.In("things.key"), temp.In("elsewhere.key"));

        var refused = await RefusedReadAsync("acme", 1);

        Assert.Equal(VaultFailure.Unreachable, refused.Failure);
        Assert.Contains("is a link", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("things.key")]
    [InlineData("things")]
    [InlineData(".")]
    public async Task What_belongs_to_another_user_is_refused(string what)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess,
            "Only root can give files away."
        );
        const int Nobody = 65534;
        await WriteAsync("acme", 0);
        Assert.Equal(0, ChangeOwner(temp.In(what), Nobody, -1));

        var read = await RefusedReadAsync("acme", 1);
        var write = await RefusedWriteAsync("acme", 1);

        Assert.Equal((VaultFailure.Unreachable, VaultFailure.Unreachable), (read.Failure, write.Failure));
        Assert.Contains("belongs to another user", read.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("things", UnixFileMode.GroupWrite)]
    [InlineData("things", UnixFileMode.OtherWrite)]
    [InlineData(".", UnixFileMode.OtherWrite)]
    public async Task A_folder_that_others_may_write_is_refused_until_that_is_mended(string what, UnixFileMode others)
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        await WriteAsync("acme", 0);
        File.SetUnixFileMode(temp.In(what), Owner | others);

        var read = await RefusedReadAsync("acme", 1);
        var write = await RefusedWriteAsync("acme", 1);

        Assert.Equal((VaultFailure.Unreachable, VaultFailure.Unreachable), (read.Failure, write.Failure));
        Assert.Contains("chmod go-w", read.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<VaultException>(() => folder.LookAsync(Cancel));
        File.SetUnixFileMode(temp.In(what), Owner);
        using var mended = await folder.ReadAsync("acme", 1, Cancel);
        Assert.Equal(Marked, Text(mended));
    }

    [Fact]
    public async Task A_disk_that_refuses_is_unreachable()
    {
        await File.WriteAllTextAsync(temp.In("things"), "a file where the folder should be", Cancel);

        var refused = await RefusedWriteAsync("acme", 0);

        Assert.Equal(VaultFailure.Unreachable, refused.Failure);
    }

    private string FileOf(string name, int version) => temp.In("things", $"{name}.{version}.sealed");

    private async Task WriteAsync(string name, int expectedLatest)
    {
        using var secret = Secret.OfText(Marked);
        await folder.WriteAsync(name, expectedLatest, secret, Cancel);
    }

    private async Task<VaultException> RefusedReadAsync(string name, int version) =>
        Checked(await Assert.ThrowsAsync<VaultException>(() => folder.ReadAsync(name, version, Cancel)));

    private async Task<VaultException> RefusedWriteAsync(string name, int expectedLatest) =>
        Checked(await Assert.ThrowsAsync<VaultException>(() => WriteAsync(name, expectedLatest)));

    private static VaultException Checked(VaultException refused)
    {
        Assert.True(refused.GaveNoHalf);
        Assert.DoesNotContain(Marked, refused.ToString(), StringComparison.Ordinal);
        return refused;
    }

    [DllImport("libc", EntryPoint = "chown", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int ChangeOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int user, int group);
}
