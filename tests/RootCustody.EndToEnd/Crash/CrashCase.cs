using System.Text.Json;
using RootCustody.Chat;
using RootCustody.Couriers.Inventories;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;
using RootCustody.Playground.Nodes;

namespace RootCustody.EndToEnd.Crash;

/// <summary>What came of one case.</summary>
/// <param name="Deadly">Where the process was to die.</param>
/// <param name="Points">All points that the last process passed.</param>
/// <param name="Found">What is wrong; nothing if all is well.</param>
/// <param name="Deaths">Where it did.</param>
/// <param name="Strays">How many cards nobody knows of.</param>
/// <param name="Left">Which cards stand where, and which steps stand in the audit log.</param>
internal sealed record CrashResult(
    IReadOnlyList<string> Deadly,
    IReadOnlyList<string> Deaths,
    IReadOnlyList<string> Points,
    IReadOnlyList<string> Found,
    int Strays,
    IReadOnlyList<string> Left
);

/// <summary>One story from its first click to its end, with deaths on the way.</summary>
internal sealed class CrashCase : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 10, TimeSpan.Zero); // 20 s are left of a code

    private readonly StandingClock clock = new(Noon);
    private readonly Template template;
    private readonly Plot plot;
    private readonly Stack<IAsyncDisposable> opened = [];
    private FakeSlackPlatform slack = null!;
    private FakeTeamsTenant teams = null!;
    private Backstage backstage = null!;

    private CrashCase(Template template, Plot plot)
    {
        this.template = template;
        this.plot = plot;
    }

    /// <param name="place">A place of the household at which nothing is told now.</param>
    /// <param name="deadly">Where it is to die, at most once in each act.</param>
    public static async Task<CrashResult> PlayAsync(
        Template template,
        Plot plot,
        Household household,
        int place,
        IReadOnlyList<string> deadly,
        NodeFlaw flaw = NodeFlaw.None
    )
    {
        await using var play = new CrashCase(template, plot);
        return await play.PlayAsync(household, place, deadly, flaw);
    }

    public async ValueTask DisposeAsync()
    {
        while (opened.TryPop(out var last))
            await last.DisposeAsync();
    }

    private async Task<CrashResult> PlayAsync(
        Household household,
        int place,
        IReadOnlyList<string> deadly,
        NodeFlaw flaw
    )
    {
        var settings = await OpenAsync();
        var pace = new CrashPace(
            household,
            place,
            new HostOrder(settings, Noon, deadly, flaw),
            clock,
            backstage,
            Connect
        );
        var folk = new Folk(slack, teams, p => template.CodeOf(p, clock), pace, plot.Name);
        slack.Api.OnHalf = (bot, user) =>
            pace.SawAsync(template.Company.KeyOf(user), bot == Bot.Password ? Half.Password : Half.Mfa);
        var found = new List<string>();
        try
        {
            await pace.StartAsync();
            await InstallAsync();
            await pace.RestAsync(() => true);
            await plot.Play(folk, clock);
            await pace.EndAsync();
        }
        catch (GaveUpException gaveUp)
        {
            found.Add($"lost: {gaveUp.Message} {pace.Node.Process.Errors}");
        }
        catch (Exception)
        {
            await pace.LetGoAsync();
            throw;
        }
        var points = JsonSerializer.Deserialize<string[]>(await pace.Node.AskAsync("points"))!;
        await pace.Node.AskAsync("stop");

        found.AddRange(pace.Findings);
        var strays = await InspectAsync(pace, folk, found);
        return new CrashResult(deadly, pace.Deaths, points, found, strays, await LeftAsync());
    }

    private async Task<IReadOnlyList<string>> LeftAsync() =>
        [.. await backstage.InDbAsync(Inspection.PlacesAsync), .. await backstage.InDbAsync(Inspection.StepsAsync)];

    /// <returns>How many cards nobody knows of: each platform has at most one under way when the process dies. What is typed in Teams is answered by one more.</returns>
    private async Task<int> InspectAsync(CrashPace pace, Folk folk, List<string> found)
    {
        var after = await backstage.InDbAsync(db =>
            new Inspection(db, slack, teams, plot.Ending, pace.Seen).LookAsync()
        );
        found.AddRange(after.All);
        foreach (var strays in after.Strays.GroupBy(s => s.Split(':')[0], StringComparer.Ordinal))
        {
            if (strays.Count() > pace.Deaths.Count + (strays.Key == nameof(ChatPlatform.Teams) ? folk.Typed : 0))
                found.Add($"doubled: {strays.Count()} cards that nobody knows of on {strays.Key}");
        }
        foreach (var half in Enum.GetValues<Half>())
        {
            var inventory = await backstage.AskAsync(
                (TakeInventory take) => take.OfAsync(half, CancellationToken.None)
            );
            found.AddRange(inventory.Strays.Select(s => $"broken: the {half} vault: {s}"));
        }
        return Math.Max(0, after.Strays.Count - folk.Typed);
    }

    /// <returns>The settings of the host.</returns>
    private async Task<IReadOnlyDictionary<string, string?>> OpenAsync()
    {
        opened.Push(teams = await FakeTeamsTenant.StartAsync(clock));
        opened.Push(slack = await FakeSlackPlatform.StartAsync(clock));
        var copy = await template.CopyAsync();
        opened.Push(copy);
        var settings = new Dictionary<string, string?>(copy.Settings, StringComparer.Ordinal)
        {
            ["Logging:LogLevel:Default"] = "Error",
            // the minutes that a death takes remind nobody and end nothing
            ["RootCustody:Policy:EmergencyAnswer"] = "04:00:00",
            ["RootCustody:Policy:EmergencyReminder"] = "04:00:00",
            ["RootCustody:Policy:EmergencyDuty"] = "04:00:00",
            ["RootCustody:Policy:Window"] = "04:00:00",
            ["RootCustody:Policy:PlannedReminder"] = "1.00:00:00",
            ["RootCustody:Policy:PlannedWiden"] = "1.00:00:00",
            ["RootCustody:Policy:PlannedDuty"] = "1.00:00:00",
            ["RootCustody:Policy:RotationWindow"] = "04:00:00",
            ["RootCustody:Policy:RootEmails"] = "aws+*@provider.example",
        };
        foreach (var (name, value) in plot.Settings.Concat(slack.Settings()).Concat(teams.Settings()))
            settings[name] = value;
        opened.Push(backstage = Backstage.Open(settings, clock));
        return settings;
    }

    private void Connect(Uri host)
    {
        slack.ConnectTo(host);
        teams.ConnectTo(host);
    }

    private async Task InstallAsync()
    {
        foreach (var person in template.Company.InTeams)
            await teams.InstallAsync(person, Enum.GetValues<Bot>());
        await teams.InstallAsync(Company.Dora, Bot.Desk);
    }
}
