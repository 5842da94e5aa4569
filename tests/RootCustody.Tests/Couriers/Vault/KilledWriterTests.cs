using System.Diagnostics;
using System.Globalization;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.Vault;
using RootCustody.Playground.Nodes;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Vault;

/// <summary>A process that writes into the embedded store is killed again and again (SIGKILL): nothing that it acknowledged is lost, and nothing is torn.</summary>
public sealed class KilledWriterTests : IDisposable
{
    private const int Rounds = 10;
    private const int Seed = 20261125;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TempFolder temp = new();
    private readonly AccountId[] accounts = [AccountId.New(Noon), AccountId.New(Noon)];
    private readonly Dictionary<AccountId, int> written = [];
    private readonly HashSet<(AccountId Account, int Generation)> destroyed = [];
    private int rekeys;

    public void Dispose() => temp.Dispose();

    [Fact]
    [Trait("Law", "11")]
    public async Task What_was_acknowledged_is_there_and_what_is_there_opens()
    {
        var chance = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            await WriteAndKillAsync(chance.Next(1, 60), TimeSpan.FromMicroseconds(chance.Next(3000)));
            await CheckAsync();
        }

        Assert.True(rekeys > 0, "No key was changed, so the test has not tried that.");
        Assert.NotEmpty(destroyed);
        Assert.InRange(await new SealedPasswordVault(temp.Path).Upkeep.RekeyAsync(null, Cancel), 2, int.MaxValue);
        await CheckAsync();
        Assert.DoesNotContain(
            Directory.GetFiles(temp.In("passwords")),
            file => !file.EndsWith(".sealed", StringComparison.Ordinal)
        );
    }

    /// <param name="lines">How many acknowledgements to wait for.</param>
    /// <param name="more">For how long it goes on after them.</param>
    private async Task WriteAndKillAsync(int lines, TimeSpan more)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", typeof(NodeProcess).Assembly.Location, "store", temp.Path, .. accounts.Select(a => $"{a.Value}")]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_TieredPGO"] = "0"; // it does not live long enough to gain from it
        using var writer = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        for (var line = 0; line < lines; line++)
            Note(
                await writer.StandardOutput.ReadLineAsync(limit.Token)
                    ?? throw new InvalidOperationException("It ended.")
            );
        var until = Stopwatch.StartNew();
        SpinWait.SpinUntil(() => until.Elapsed >= more);
        writer.Kill();
        await writer.WaitForExitAsync(limit.Token);
        // what it said in its last moment counts too, but for half a line
        var rest = await writer.StandardOutput.ReadToEndAsync(limit.Token);
        foreach (var line in rest.Split('\n')[..^1])
            Note(line);
    }

    private void Note(string line)
    {
        if (line == "rekeyed")
        {
            rekeys++;
            return;
        }
        var words = line.Split(' ');
        var account = Id.Read<AccountId>(words[1])!.Value;
        var generation = int.Parse(words[2], CultureInfo.InvariantCulture);
        if (words[0] == "written")
            written[account] = generation;
        else
            destroyed.Add((account, generation));
    }

    private async Task CheckAsync()
    {
        var vault = new SealedPasswordVault(temp.Path);
        var unacknowledged = 0;
        foreach (var account in accounts.Where(written.ContainsKey))
        {
            var latest = await vault.LatestAsync(account, Cancel);
            // one more may have been written, or destroyed, and not acknowledged
            Assert.InRange(latest, written[account], written[account] + 1);
            for (var generation = 1; generation <= latest; generation++)
            {
                try
                {
                    using var password = await vault.ReadAsync(account, generation, Cancel);
                    Assert.Equal($"{account}/{generation}", Text(password));
                    Assert.False(destroyed.Contains((account, generation)), $"Generation {generation} is back.");
                }
                catch (VaultException refused) when (refused.Failure == VaultFailure.Destroyed)
                {
                    unacknowledged += destroyed.Add((account, generation)) ? 1 : 0;
                }
            }
            written[account] = latest;
        }
        Assert.InRange(unacknowledged, 0, 1);
    }
}
