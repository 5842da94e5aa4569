using System.Data.Common;
using System.Text.Json;
using Hangfire;
using Hangfire.States;
using Hangfire.Storage;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Data.Databases;
using RootCustody.Host;

namespace RootCustody.Playground.Nodes;

/// <summary>What a node is to host.</summary>
/// <param name="At">Where its clock stands; null for the system's clock.</param>
/// <param name="Deadly">The points at which it kills itself.</param>
public sealed record HostOrder(
    IReadOnlyDictionary<string, string?> Settings,
    DateTimeOffset? At = null,
    IReadOnlyCollection<string>? Deadly = null,
    NodeFlaw Flaw = NodeFlaw.None
);

/// <summary>The real host, ordered about from another process: see <see cref="NodeProcess"/>.</summary>
/// <param name="say">Says a line to whoever orders.</param>
internal sealed class Node(Action<string> say) : IAsyncDisposable
{
    private const int StoppedByItself = 3;
    internal const string EverySoOften = "*/15 * * * * *";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90); // on a slow machine much is under way at once
    private static readonly string[] ToCome = [EnqueuedState.StateName, ProcessingState.StateName];
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(15);

    private readonly Traffic traffic = new();
    private readonly List<string> sweeps = [];
    private DeathPoints points = new([], _ => { });
    private StandingClock? clock;
    private WebApplication? host;

    /// <summary>Orders come on standard input, a line each, after the number of the node that is meant; each is answered by one line after the same number. It ends when nobody orders any more.</summary>
    public static async Task<int> RunAsync()
    {
        await using var wire = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var answers = TextWriter.Synchronized(wire);
        Console.SetOut(Console.Error); // whatever the host prints is no answer
        var nodes = new Dictionary<string, Node>(StringComparer.Ordinal);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var (number, order) = Split(line);
            if (!nodes.TryGetValue(number, out var node))
                nodes[number] = node = new Node(said => answers.WriteLine($"{number} {said}"));
            _ = node.ObeyAsync(order); // nodes do not wait for each other
        }
        foreach (var node in nodes.Values)
            await node.DisposeAsync();
        return 0;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task ObeyAsync(string order)
    {
        await Task.Yield();
        string answer;
        try
        {
            answer = await AnswerAsync(order);
        }
#pragma warning disable CA1031 // whoever ordered it is told; the other nodes of this process go on
        catch (Exception broken)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync(broken.ToString());
            answer = RemoteNode.Failing + broken.ToString().ReplaceLineEndings(" ");
        }
        say(answer);
    }

    private async Task<string> AnswerAsync(string order)
    {
        var (verb, rest) = Split(order);
        return verb switch
        {
            "host" => await HostAsync(JsonSerializer.Deserialize<HostOrder>(rest)!),
            "act" => Begin(rest),
            "advance" => await AdvanceAsync(TimeSpan.Parse(rest, System.Globalization.CultureInfo.InvariantCulture)),
            "sweep" => Sweep(),
            "settle" => await SettleAsync(),
            "points" => JsonSerializer.Serialize(points.Passed),
            "stop" => await StopAsync(),
            _ => $"What is '{verb}'?",
        };
    }

    private static (string First, string Other) Split(string line) =>
        line.Split(' ', 2) is [var first, var rest] ? (first, rest) : (line, "");

    private async Task<string> HostAsync(HostOrder order)
    {
        points = new DeathPoints(order.Deadly ?? [], point => say($"{RemoteNode.Dying}{point}"));
        clock = order.At is { } at ? new StandingClock(at) : null;
        host = CustodyHost.Build(
            ["--environment", "Development"],
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(order.Settings);
                builder.Configuration.AddInMemoryCollection([new("Urls", "http://127.0.0.1:0")]);
                if (clock is not null)
                    builder.Services.AddSingleton<TimeProvider>(clock);
                builder.AddNodeParts(points, traffic, clock, order.Flaw);
            }
        );
        await host.PrepareAsync(CancellationToken.None);
        await host.StartAsync();
        var mine = host;
        host.Lifetime.ApplicationStopped.Register(() =>
        {
            if (host == mine)
                Environment.Exit(StoppedByItself); // nobody ordered it: something in it broke
        });
        return Loopback.AddressOf(host).ToString();
    }

    private string Begin(string act)
    {
        points.Begin(act);
        return "begun";
    }

    /// <summary>As long as that takes, the host looks at the clock of the database now and then: so it does at the end.</summary>
    private async Task<string> AdvanceAsync(TimeSpan by)
    {
        clock!.Advance(by);
        await using var scope = host!.Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<DatabaseTime>()
            .LookAsync(scope.ServiceProvider.GetRequiredService<CustodyDb>(), CancellationToken.None);
        return "advanced";
    }

    /// <summary>The recurring sweeps come now, not in 15 seconds.</summary>
    private string Sweep()
    {
        var storage = host!.Services.GetRequiredService<JobStorage>();
        using var connection = storage.GetConnection();
        var manager = new RecurringJobManager(storage);
        foreach (
            var job in connection
                .GetRecurringJobs()
                .Where(j => j.Cron == EverySoOften || j.Cron == OrderedSweeps.OnOrder)
        )
            sweeps.Add(manager.TriggerJob(job.Id));
        return "swept";
    }

    /// <summary>Whether an ordered sweep has not ended: between the queue and the work it is in no list.</summary>
    private bool Sweeps(JobStorage storage)
    {
        using var connection = storage.GetConnection();
        sweeps.RemoveAll(id => !ToCome.Contains(connection.GetStateData(id)?.Name, StringComparer.Ordinal));
        return sweeps.Count > 0;
    }

    /// <summary>Waits until nothing is under way: no click, no call, no job, no card that is due, no audit entry without a number.</summary>
    private async Task<string> SettleAsync()
    {
        using var tired = new CancellationTokenSource(Patience);
        for (var quiet = 0; quiet < 2; )
        {
            var pending = await LookAsync();
            if (pending is not null && tired.IsCancellationRequested)
                return $"unsettled: {pending}";
            quiet = pending is null ? quiet + 1 : 0;
            await Task.Delay(Look, TimeProvider.System);
        }
        return RemoteNode.Settled;
    }

    /// <summary>What cannot be looked at now, as the database is too busy to answer, is looked at again.</summary>
    private async Task<string?> LookAsync()
    {
        try
        {
            return await PendingAsync();
        }
        catch (Exception busy) when (busy is DbException or TimeoutException or InvalidOperationException)
        {
            return busy.Message;
        }
    }

    private async Task<string?> PendingAsync()
    {
        if (!traffic.IsQuiet)
            return "traffic";
        var storage = host!.Services.GetRequiredService<JobStorage>();
        if (Sweeps(storage))
            return "a sweep";
        var jobs = storage.GetMonitoringApi();
        var soon = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1);
        var mine = $":{Environment.ProcessId}:"; // what a dead process had begun comes again after minutes
        if (jobs.ProcessingJobs(0, 100).Any(j => j.Value?.ServerId?.Contains(mine, StringComparison.Ordinal) == true))
            return "a job";
        if (jobs.Queues().Any(q => q.Length > 0))
            return "a job that waits";
        if (jobs.ScheduledJobs(0, 100).Any(j => j.Value?.EnqueueAt < soon))
            return "a job that is due";

        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CustodyDb>();
        var now = db.Now;
        if (await db.Outbox.AnyAsync(r => r.SentAt == null && !r.Parked && r.DueAt <= now))
            return "a card";
        return await db.Audit.AnyAsync(r => r.Sequence == null) ? "an audit entry" : null;
    }

    private async Task<string> StopAsync()
    {
        if (host is { } running)
        {
            host = null;
            await running.StopAsync();
            await running.DisposeAsync();
        }
        return "stopped";
    }
}
