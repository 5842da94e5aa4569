using RootCustody.Couriers.Vault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Vault;

/// <summary>Law 9 for the embedded store: a version is written once, by one, and whole.</summary>
[Trait("Law", "9")]
public sealed class ConcurrentWriteTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_write_that_expects_another_version_writes_nothing(int expectedLatest)
    {
        Assert.True(await WinsAsync(0, "first"));

        Assert.False(await WinsAsync(expectedLatest, "second"));

        Assert.Equal(1, await Open().LatestAsync("acme", Cancel));
        Assert.Equal("first", await ReadAsync(1));
    }

    [Fact]
    public async Task Of_many_writers_at_once_exactly_one_wins_each_version_and_what_it_wrote_stands()
    {
        const int Writers = 4;
        const int Rounds = 100;
        var won = new bool[Rounds][];
        using var together = new Barrier(Writers);

        for (var round = 0; round < Rounds; round++)
            won[round] = await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => StartAsync(w, round)));

        Assert.All(won, winners => Assert.Single(winners, w => w));
        for (var round = 0; round < Rounds; round++)
            Assert.Equal($"writer {Array.IndexOf(won[round], true)}", await ReadAsync(round + 1));
        Assert.Equal(Rounds, Directory.GetFiles(temp.In("things")).Length);
        Assert.Equal(temp.In("things.key"), Assert.Single(Directory.GetFiles(temp.Path, "things.key*")));

        Task<bool> StartAsync(int writer, int latest) =>
            Task
                .Factory.StartNew(
                    () =>
                    {
                        together.SignalAndWait(Cancel);
                        return WinsAsync(latest, $"writer {writer}");
                    },
                    Cancel,
                    TaskCreationOptions.LongRunning, // a thread each: all must be at the barrier at once
                    TaskScheduler.Default
                )
                .Unwrap();
    }

    [Fact]
    public async Task First_writes_to_many_names_at_once_agree_on_one_key()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(async n =>
                {
                    using var secret = Secret.OfText($"secret {n}");
                    await Open().WriteAsync($"name{n}", 0, secret, Cancel);
                })
        );

        for (var n = 0; n < 16; n++)
        {
            using var read = await Open().ReadAsync($"name{n}", 1, Cancel);
            Assert.Equal($"secret {n}", Text(read));
        }
    }

    [Fact]
    public async Task What_a_killed_writer_left_is_not_read_and_is_cleaned_away()
    {
        await WinsAsync(0, "first");
        await File.WriteAllBytesAsync(temp.In("things", "acme.2.sealed.ab12cd34.e5f.tmp"), new byte[10], Cancel);
        Assert.Equal(1, await Open().LatestAsync("acme", Cancel));

        Assert.True(await WinsAsync(1, "second"));

        Assert.Equal("second", await ReadAsync(2));
        Assert.Equal(2, Directory.GetFiles(temp.In("things"), "*.sealed").Length);
        Assert.Empty(Directory.GetFiles(temp.In("things"), "*.tmp"));
    }

    [Fact]
    public async Task What_a_writer_killed_after_its_write_left_is_cleaned_with_the_next_write()
    {
        await WinsAsync(0, "first");
        File.Copy(temp.In("things", "acme.1.sealed"), temp.In("things", "acme.1.sealed.ab12cd34.e5f.tmp"));

        await WinsAsync(1, "second");

        Assert.Equal(2, Directory.GetFiles(temp.In("things")).Length);
    }

    [Fact]
    public async Task A_writer_killed_while_it_made_the_key_is_no_hindrance()
    {
        await File.WriteAllBytesAsync(temp.In("things.key.ab12cd34.e5f.tmp"), new byte[10], Cancel);

        Assert.True(await WinsAsync(0, "first"));

        Assert.Equal("first", await ReadAsync(1));
        Assert.Equal(temp.In("things.key"), Assert.Single(Directory.GetFiles(temp.Path, "things.key*")));
    }

    [Fact]
    public async Task A_cancelled_write_writes_nothing()
    {
        using var secret = Secret.OfText("first");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Open().WriteAsync("acme", 0, secret, new CancellationToken(canceled: true))
        );

        Assert.Equal(0, await Open().LatestAsync("acme", Cancel));
    }

    // opened anew each time, as by another process: nothing in memory may decide who wins
    private SealedFolder Open() => new(temp.Path, "things", "things.key", "thing");

    private async Task<bool> WinsAsync(int expectedLatest, string text)
    {
        using var secret = Secret.OfText(text);
        try
        {
            return await Open().WriteAsync("acme", expectedLatest, secret, Cancel) == expectedLatest + 1;
        }
        catch (VaultException lost) when (lost.Failure == VaultFailure.LostRace && lost.GaveNoHalf)
        {
            return false;
        }
    }

    private async Task<string> ReadAsync(int version)
    {
        using var read = await Open().ReadAsync("acme", version, Cancel);
        return Text(read);
    }
}
