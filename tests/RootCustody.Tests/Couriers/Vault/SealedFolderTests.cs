using RootCustody.Couriers.Vault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Vault;

public sealed class SealedFolderTests : IDisposable
{
    private const string Marked = "Zx9#marked-and-easy-to-find";

    private readonly TempFolder temp = new();
    private readonly SealedFolder folder;

    public SealedFolderTests() => folder = Open("things");

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task What_was_written_is_read_back_by_a_store_opened_anew()
    {
        var version = await WriteAsync("acme", 0, Marked);

        using var read = await Open("things").ReadAsync("acme", version, Cancel);
        Assert.Equal(1, version);
        Assert.Equal(Marked, Text(read));
    }

    [Fact]
    public async Task Each_version_stays_as_it_was_written()
    {
        await WriteAsync("acme", 0, "first");
        await WriteAsync("acme", 1, "second");

        Assert.Equal(2, await folder.LatestAsync("acme", Cancel));
        Assert.Equal(0, await folder.LatestAsync("globex", Cancel));
        Assert.Equal("first", await ReadAsync("acme", 1));
        Assert.Equal("second", await ReadAsync("acme", 2));
    }

    [Fact]
    public async Task Versions_are_counted_and_not_sorted_as_text()
    {
        for (var latest = 0; latest < 10; latest++)
            await WriteAsync("acme", latest, Marked);

        Assert.Equal(10, await folder.LatestAsync("acme", Cancel));
    }

    [Fact]
    [Trait("Law", "8")]
    public async Task No_file_holds_the_secret_in_any_spelling()
    {
        await WriteAsync("acme", 0, Marked);

        var bytes = System.Text.Encoding.UTF8.GetBytes(Marked);
        string[] spellings =
        [
            Marked,
            Convert.ToHexString(bytes),
            Convert.ToHexStringLower(bytes),
            Convert.ToBase64String(bytes).TrimEnd('='),
            Uri.EscapeDataString(Marked),
        ];
        var files = Directory.GetFiles(temp.Path, "*", SearchOption.AllDirectories);
        Assert.Equal(3, files.Length); // and the lock, which is empty
        foreach (var file in files)
        {
            var content = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancel));
            Assert.All(spellings, s => Assert.DoesNotContain(s, content, StringComparison.Ordinal));
            Assert.All(spellings, s => Assert.DoesNotContain(s, file, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_same_secret_twice_gives_two_different_files()
    {
        await WriteAsync("acme", 0, Marked);
        await WriteAsync("globex", 0, Marked);

        var one = await File.ReadAllBytesAsync(FileOf("acme", 1), Cancel);
        var other = await File.ReadAllBytesAsync(FileOf("globex", 1), Cancel);
        Assert.NotEqual(one[32..], other[32..]);
    }

    [Fact]
    [Trait("Law", "8")]
    public async Task A_secret_that_was_read_is_wiped_when_it_is_disposed()
    {
        await WriteAsync("acme", 0, Marked);
        var read = await folder.ReadAsync("acme", 1, Cancel);

        Assert.True(IsWipedBy(read));
        Assert.Throws<ObjectDisposedException>(() => read.Bytes.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    public async Task Short_and_long_secrets_fit(int length)
    {
        var text = new string('x', length);

        await WriteAsync("acme", 0, text);

        Assert.Equal(text, await ReadAsync("acme", 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public async Task An_empty_or_overlong_secret_is_a_mistake_of_the_caller(int length)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync("acme", 0, new string('x', length)));

        Assert.Equal(0, await folder.LatestAsync("acme", Cancel));
    }

    [Fact]
    public async Task What_is_forgotten_is_gone_and_the_newest_stays()
    {
        await WriteAsync("acme", 0, "first");
        await WriteAsync("acme", 1, "second");

        await folder.ForgetAsync("acme", before: 2, Cancel);

        Assert.False(File.Exists(FileOf("acme", 1)));
        Assert.Equal("second", await ReadAsync("acme", 2));
    }

    [Fact]
    public async Task Of_what_was_erased_nothing_is_left_on_the_disk_but_its_number()
    {
        await WriteAsync("acme", 0, Marked);
        await WriteAsync("acme", 1, "second");

        await folder.EraseAsync("acme", 1, Cancel);
        await folder.EraseAsync("acme", 1, Cancel);

        Assert.Equal("RCS\0"u8.ToArray(), await File.ReadAllBytesAsync(FileOf("acme", 1), Cancel));
        Assert.Equal(2, Directory.GetFiles(temp.In("things")).Length);
        var refused = await Assert.ThrowsAsync<VaultException>(() => ReadAsync("acme", 1));
        Assert.Equal(VaultFailure.Destroyed, refused.Failure);
        Assert.Equal("second", await ReadAsync("acme", 2));
    }

    [Fact]
    public async Task To_erase_what_never_was_makes_no_file()
    {
        await folder.EraseAsync("acme", 1, Cancel);

        Assert.False(Directory.Exists(temp.In("things")));
        Assert.Equal(0, await folder.LatestAsync("acme", Cancel));
    }

    [Fact]
    public async Task Files_and_folders_are_for_the_owner_alone()
    {
        var deep = new SealedFolder(temp.In("a", "b"), "things", "things.key", "thing");
        using var secret = Secret.OfText(Marked);

        await deep.WriteAsync("acme", 0, secret, Cancel);

        Assert.True(File.Exists(temp.In("a", "b", "things", "acme.1.sealed")));
        const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(OwnerFile, File.GetUnixFileMode(temp.In("a", "b", "things.key")));
            Assert.Equal(OwnerFile, File.GetUnixFileMode(temp.In("a", "b", "things", "acme.1.sealed")));
            Assert.Equal(OwnerFile | UnixFileMode.UserExecute, File.GetUnixFileMode(temp.In("a", "b", "things")));
        }
    }

    private static bool IsWipedBy(Secret secret)
    {
        var bytes = secret.Bytes;
        var wasThere = bytes.ContainsAnyExcept((byte)0);
        secret.Dispose();
        return wasThere && !bytes.ContainsAnyExcept((byte)0);
    }

    private SealedFolder Open(string name) => new(temp.Path, name, "things.key", "thing");

    private string FileOf(string name, int version) => temp.In("things", $"{name}.{version}.sealed");

    private async Task<int> WriteAsync(string name, int expectedLatest, string text)
    {
        using var secret = Secret.OfText(text);
        return await folder.WriteAsync(name, expectedLatest, secret, Cancel);
    }

    private async Task<string> ReadAsync(string name, int version)
    {
        using var secret = await folder.ReadAsync(name, version, Cancel);
        return Text(secret);
    }
}
