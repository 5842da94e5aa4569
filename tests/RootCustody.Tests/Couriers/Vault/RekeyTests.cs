using RootCustody.Couriers.Vault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Vault;

/// <summary>A new key for a sealed folder: wherever it stops, everything opens.</summary>
public sealed class RekeyTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task Everything_opens_under_the_new_key_and_nothing_under_the_old_one()
    {
        await WriteAsync("acme", 0, "first");
        await WriteAsync("acme", 1, "second");
        await WriteAsync("globex", 0, "other");
        await Open().EraseAsync("acme", 1, Cancel);
        var old = await File.ReadAllBytesAsync(temp.In("things.key"), Cancel);

        Assert.Equal(2, await Open().RekeyAsync(null, Cancel));

        Assert.Equal("second", await ReadAsync("acme", 2));
        Assert.Equal("other", await ReadAsync("globex", 1));
        Assert.Equal(VaultFailure.Destroyed, (await RefusedReadAsync("acme", 1)).Failure);
        Assert.Equal(3, await WriteAsync("acme", 2, "third"));
        Assert.NotEqual(old, await File.ReadAllBytesAsync(temp.In("things.key"), Cancel));
        Assert.False(File.Exists(temp.In("next-things.key")));
        await File.WriteAllBytesAsync(temp.In("things.key"), old, Cancel);
        Assert.Equal(VaultFailure.Damaged, (await RefusedReadAsync("globex", 1)).Failure);
    }

    [Fact]
    public async Task Where_nothing_was_put_in_no_key_is_made()
    {
        Assert.Equal(0, await Open().RekeyAsync(null, Cancel));

        Assert.Empty(Directory.GetFileSystemEntries(temp.Path));
    }

    [Fact]
    [Trait("Law", "11")]
    public async Task One_that_stopped_halfway_is_read_and_written_on_and_ended_by_the_next()
    {
        for (var n = 0; n < 5; n++)
            await WriteAsync($"name{n}", 0, $"secret {n}");
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Open().RekeyAsync(new Told(told => stop.CancelIf(told.Done == 2)), stop.Token)
        );

        Assert.True(File.Exists(temp.In("next-things.key")));
        for (var n = 0; n < 5; n++)
            Assert.Equal($"secret {n}", await ReadAsync($"name{n}", 1));
        await WriteAsync("late", 0, "written between");
        var told = new List<(int, int)>();
        Assert.Equal(6, await Open().RekeyAsync(new Told(told.Add), Cancel));

        Assert.Equal([(2, 6), (3, 6), (4, 6), (5, 6), (6, 6)], told);
        Assert.Equal("secret 4", await ReadAsync("name4", 1));
        Assert.Equal("written between", await ReadAsync("late", 1));
    }

    [Fact]
    public async Task One_that_stopped_before_its_first_or_after_its_last_file_is_ended_by_the_next()
    {
        await WriteAsync("acme", 0, "first");
        await File.WriteAllBytesAsync(temp.In("next-things.key"), new byte[32], Cancel);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(temp.In("next-things.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal("first", await ReadAsync("acme", 1));
        using var stop = new CancellationTokenSource();
        await Open().RekeyAsync(new Told(told => stop.CancelIf(told.Done == told.Of)), stop.Token);

        Assert.Equal("first", await ReadAsync("acme", 1));
        Assert.Equal(new byte[32], await File.ReadAllBytesAsync(temp.In("things.key"), Cancel));
    }

    [Fact]
    public async Task While_it_goes_on_others_read_and_none_writes()
    {
        await WriteAsync("acme", 0, "first");
        await WriteAsync("acme", 1, "second");
        List<VaultFailure> refusals = [];
        List<string> read = [];

        await Open()
            .RekeyAsync(
                new Told(_ =>
                {
                    read.Add(ReadAsync("acme", 1).GetAwaiter().GetResult());
                    read.Add(ReadAsync("acme", 2).GetAwaiter().GetResult());
                    refusals.Add(RefusedAsync(() => WriteAsync("acme", 2, "x")).GetAwaiter().GetResult().Failure);
                    refusals.Add(
                        RefusedAsync(() => Open().EraseAsync("acme", 1, Cancel)).GetAwaiter().GetResult().Failure
                    );
                    refusals.Add(RefusedAsync(() => Open().RekeyAsync(null, Cancel)).GetAwaiter().GetResult().Failure);
                }),
                Cancel
            );

        Assert.Equal(["first", "second", "first", "second", "first", "second"], read);
        Assert.All(refusals, failure => Assert.Equal(VaultFailure.Unreachable, failure));
        Assert.Equal(3, await WriteAsync("acme", 2, "third"));
    }

    [Fact]
    public async Task A_file_that_does_not_open_stops_it_before_anything_is_changed()
    {
        await WriteAsync("acme", 0, "first");
        await WriteAsync("globex", 0, "other");
        var key = await File.ReadAllBytesAsync(temp.In("things.key"), Cancel);
        await File.WriteAllTextAsync(temp.In("things", "globex.1.sealed"), "rubbish", Cancel);

        var refused = await RefusedAsync(() => Open().RekeyAsync(null, Cancel));

        Assert.Equal(VaultFailure.Damaged, refused.Failure);
        Assert.Contains("globex.1.sealed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(key, await File.ReadAllBytesAsync(temp.In("things.key"), Cancel));
        Assert.False(File.Exists(temp.In("next-things.key")));
        Assert.Equal("first", await ReadAsync("acme", 1));
    }

    [Fact]
    public async Task A_lost_key_is_said()
    {
        await WriteAsync("acme", 0, "first");
        File.Delete(temp.In("things.key"));

        Assert.Equal(VaultFailure.KeyMissing, (await RefusedAsync(() => Open().RekeyAsync(null, Cancel))).Failure);
    }

    [Fact]
    public async Task What_killed_writers_left_is_cleaned_away()
    {
        await WriteAsync("acme", 0, "first");
        await File.WriteAllBytesAsync(temp.In("things", "acme.1.sealed.ab12cd34.e5f.new"), new byte[10], Cancel);

        await Open().RekeyAsync(null, Cancel);

        Assert.Equal(temp.In("things", "acme.1.sealed"), Assert.Single(Directory.GetFiles(temp.In("things"))));
    }

    private SealedFolder Open() => new(temp.Path, "things", "things.key", "thing");

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

    private Task<VaultException> RefusedReadAsync(string name, int version) =>
        RefusedAsync(() => ReadAsync(name, version));

    private static Task<VaultException> RefusedAsync(Func<Task> ask) => Assert.ThrowsAsync<VaultException>(ask);

    private sealed class Told(Action<(int Done, int Of)> hear) : IProgress<(int Done, int Of)>
    {
        public void Report((int Done, int Of) value) => hear(value);
    }
}

file static class Stopping
{
    public static void CancelIf(this CancellationTokenSource stop, bool now)
    {
        if (now)
            stop.Cancel();
    }
}
