using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Playground;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;
using RootCustody.Requests;

namespace RootCustody.EndToEnd;

/// <summary>The real host between the fakes, with a clock that stands until a test moves it or waits for long, and the usual acts of the cast.</summary>
public sealed class Play : IAsyncDisposable
{
    public const string CodeLabel = "Code of your own authenticator";
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private Play(Theatre theatre, FakeTimeProvider clock)
    {
        Theatre = theatre;
        Clock = clock;
    }

    public Theatre Theatre { get; }
    public FakeTimeProvider Clock { get; }
    public FakeSlackPlatform Slack => Theatre.Slack;
    public FakeTeamsTenant Teams => Theatre.Teams;

    public static async Task<Play> OpenAsync(
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        Action<WebApplicationBuilder>? configure = null,
        FakeTimeProvider? clock = null
    )
    {
        clock ??= new FakeTimeProvider(Noon);
        var all = new Dictionary<string, string?>(settings ?? [], StringComparer.Ordinal);
        all.TryAdd("Logging:LogLevel:Default", "Critical");
        var theatre = await Theatre.OpenAsync(clock, all, configure);
        theatre.Slack.Api.SecondWaited = theatre.Teams.Connector.SecondWaited = () => clock.Advance(Second);
        await theatre.EnrolAsync("paul", Cast.Paul);
        await theatre.EnrolAsync("mona", Cast.Mona);
        return new Play(theatre, clock);
    }

    public async Task<T> InDbAsync<T>(Func<CustodyDb, Task<T>> look)
    {
        await using var scope = Theatre.Host.Services.CreateAsyncScope();
        return await look(scope.ServiceProvider.GetRequiredService<CustodyDb>());
    }

    public async Task RunAsync<TJob>(Func<TJob, Task> run)
        where TJob : notnull
    {
        await using var scope = Theatre.Host.Services.CreateAsyncScope();
        await run(scope.ServiceProvider.GetRequiredService<TJob>());
    }

    /// <summary>Rita's empty form.</summary>
    public async Task<SlackModal> FormAsync()
    {
        await Slack.CommandAsync(Cast.Rita, "request");
        return await Slack.Api.WaitForModalAsync(Cast.Rita, "Two custodians");
    }

    /// <summary>Rita asks; the id of the request.</summary>
    public async Task<string> AskAsync(DateTimeOffset? plannedAt = null)
    {
        var modal = await FormAsync();
        (string, string)[] planned = plannedAt is { } start
            ?
            [
                ("How urgent", "Planned: at the start below"),
                ("Why it takes root", "No other administrator is left."),
                ("Start", start.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ]
            : [];
        var answer = await Slack.SubmitAsync(
            Cast.Rita,
            modal,
            [
                ("What only root can do", "Restore permissions of a locked-out administrator"),
                ("Why", "All administrators are locked out."),
                .. planned,
            ]
        );
        Assert.Empty(answer.Errors);
        return (
            await InDbAsync(db =>
                db.Requests.Where(r => r.Requester != null).OrderByDescending(r => r.AskedAt).FirstAsync()
            )
        ).Id.ToString();
    }

    public async Task<TeamsMessage> ApprovalCardAsync(TeamsPerson person) =>
        await Teams.Connector.WaitForAsync(person, Bot.Desk, "Emergency", "Approve");

    public Task<TeamsSeen> ApproveAsync(TeamsPerson person, string request) =>
        Teams.ExecuteAsync(person, Bot.Desk, Actions.Approve, Data(Actions.Approve, request));

    /// <summary>Rita asks, Paul and Mona approve; the window is open.</summary>
    public async Task<string> OpenWindowAsync()
    {
        var request = await AskAsync();
        await ApproveAsync(Cast.Paul, request);
        Assert.Contains("window open", (await ApproveAsync(Cast.Mona, request)).Text, StringComparison.Ordinal);
        return request;
    }

    /// <summary>Presses Reveal and sends the step-up code; without a code the one that the person's authenticator shows.</summary>
    public async Task<TeamsSeen> RevealAsync(
        TeamsPerson person,
        Bot bot,
        string request,
        string key,
        string? code = null
    )
    {
        var asked = await Teams.FetchAsync(person, bot, Data(Actions.Reveal, request));
        return asked.Dialog is { } dialog
            ? await Teams.SubmitAsync(person, dialog, (CodeLabel, code ?? Theatre.CodeOf(key)))
            : asked;
    }

    public Task<TeamsSeen> RevealPasswordAsync(string request, string? code = null) =>
        RevealAsync(Cast.Paul, Bot.Password, request, "paul", code);

    /// <summary>The half in a dialog: the line after its label.</summary>
    public static string HalfIn(TeamsSeen seen, string label)
    {
        var lines = seen.Text.Split('\n');
        return lines[
            Array.FindIndex(lines, l => l == label || l.StartsWith($"{label} of ", StringComparison.Ordinal)) + 1
        ];
    }

    public static JsonObject Data(string action, string subject) =>
        new() { ["action"] = action, ["subject"] = subject };

    public Task<RequestState> StateAsync(string request)
    {
        var id = Id.Read<RequestId>(request)!.Value;
        return InDbAsync(async db => (await db.Requests.SingleAsync(r => r.Id == id)).State);
    }

    public Task<int> ExposuresAsync(string request)
    {
        var id = Id.Read<RequestId>(request)!.Value;
        return InDbAsync(db => db.Exposures.CountAsync(e => e.Request == id));
    }

    /// <summary>Lets the clock run until it is so: what other tasks do next may wait for it.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await isSo())
        {
            Assert.False(patience.IsCancellationRequested, "It did not come about.");
            Clock.Advance(Second);
            await Task.Yield();
        }
    }

    /// <summary>Lets the host's clock run, much faster than ours, while something is awaited that ends with time only.</summary>
    public async Task<T> WhileTimePassesAsync<T>(Task<T> awaited)
    {
        while (!awaited.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.WhenAny(awaited, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System)); // a window must not end meanwhile
        }
        return await awaited;
    }

    public ValueTask DisposeAsync() => Theatre.DisposeAsync();
}
