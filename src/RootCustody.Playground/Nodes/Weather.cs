using System.Collections.Concurrent;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;

namespace RootCustody.Playground.Nodes;

/// <summary>What goes wrong around the flows, by chance that comes again with its seed.</summary>
internal sealed class Weather(
    Dice dice,
    Farm farm,
    PostgreSqlServer database,
    FakeSlackPlatform slack,
    FakeTeamsTenant teams
)
{
    private const int Misbehaving = 8; // of 100 calls

    /// <summary>Of so many strikes one is at the database, the others kill a node.</summary>
    private const int Strikes = 5;

    private static readonly Fault[] Kinds = Enum.GetValues<Fault>();

    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    private readonly HashSet<int> down = [];
    private int strikes;
    private readonly List<Task> repairs = [];

    /// <summary>How often each fault has happened.</summary>
    public IReadOnlyDictionary<string, int> Counts => counts;

    /// <summary>Counts one more of a kind.</summary>
    public void Count(string kind) => counts.AddOrUpdate(kind, 1, (_, n) => n + 1);

    /// <summary>Goes on until it is cancelled; then everything is repaired.</summary>
    public async Task BlowAsync(CancellationToken over)
    {
        slack.Faults.Longest = teams.Faults.Longest = TimeSpan.FromSeconds(12); // the host waits 10
        slack.Faults.OnFault = fault => Count($"Slack: {Say(fault)}");
        slack.Faults.ByChance = teams.Faults.ByChance = () => dice.Chance(Misbehaving) ? dice.Pick(Kinds) : null;
        teams.Faults.OnFault = fault => Count($"Teams: {Say(fault)}");
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(dice.Between(3_000, 12_000), TimeProvider.System, over)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!over.IsCancellationRequested)
                await StrikeAsync();
        }
        await Task.WhenAll(repairs);
    }

    private async Task StrikeAsync()
    {
        if (++strikes % Strikes == 2)
        {
            Count("PostgreSQL stopped and started");
            await database.StopAsync();
            await Task.Delay(dice.Between(200, 2000), TimeProvider.System);
            await database.StartAsync();
            return;
        }
        var place = dice.Roll(farm.Size);
        if (down.Add(place))
            repairs.Add(KillAsync(place, dice.Between(100, 2000)));
    }

    private async Task KillAsync(int place, TimeSpan pause)
    {
        Count("nodes killed (-9) and started");
        await farm.KillAsync(place);
        await Task.Delay(pause, TimeProvider.System);
        await farm.StartAsync(place);
        down.Remove(place);
    }

    private static string Say(Fault fault) =>
        fault switch
        {
            Fault.Throttled => "429 with Retry-After",
            Fault.FailsBefore => "500 before it was done",
            Fault.FailsAfter => "500 after it was done",
            Fault.DropsBefore => "connection cut before it was done",
            Fault.DropsAfter => "connection cut after it was done",
            Fault.Hangs => "hangs for 12 s",
        };
}
