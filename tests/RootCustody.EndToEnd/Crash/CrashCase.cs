using System.Text.Json;
using RootCustody.Chat;
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
/// <param name="Places">Which cards stand where.</param>
internal sealed record CrashResult(
    IReadOnlyList<string> Deadly,
    IReadOnlyList<string> Deaths,
    IReadOnlyList<string> Points,
    IReadOnlyList<string> Found,
    int Strays,
    IReadOnlyList<string> Places
);

/// <summary>One request from the first click to the paid debt, with one death on the way.</summary>
internal sealed class CrashCase : IAsyncDisposable
{
    private const string Ticket = "INC-1";
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 10, TimeSpan.Zero); // 20 s are left of a code

    private readonly StandingClock clock = new(Noon);
    private readonly Template template;
    private readonly Stack<IAsyncDisposable> opened = [];
    private FakeSlackPlatform slack = null!;
    private FakeTeamsTenant teams = null!;
    private Backstage backstage = null!;

    private CrashCase(Template template)
    {
        this.template = template;
    }

    private static Team Team => Template.Company.Teams[0];

    /// <param name="place">A place of the household at which nothing is told now.</param>
    /// <param name="deadly">Where it is to die, at most once in each act.</param>
    public static async Task<CrashResult> PlayAsync(
        Template template,
        Household household,
        int place,
        IReadOnlyList<string> deadly,
        bool withRotation = true,
        NodeFlaw flaw = NodeFlaw.None
    )
    {
        await using var play = new CrashCase(template);
        return await play.PlayAsync(household, place, deadly, withRotation, flaw);
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
        bool withRotation,
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
        slack.Api.OnHalf = (_, _) => pace.SawAsync(Team.Mona.Key, Half.Mfa);
        var found = new List<string>();
        try
        {
            await pace.StartAsync();
            await InstallAsync();
            await pace.RestAsync(() => true);
            await new Flow(slack, teams, Team, Ticket, p => template.CodeOf(p, clock), pace).PlayAsync(
                withRotation ? FlowEnd.Rotated : FlowEnd.RotationAsked
            );
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
        var strays = await InspectAsync(pace, withRotation, found);
        var places = await backstage.InDbAsync(Inspection.PlacesAsync);
        return new CrashResult(deadly, pace.Deaths, points, found, strays, places);
    }

    /// <returns>How many cards nobody knows of: each platform has at most one under way when the process dies.</returns>
    private async Task<int> InspectAsync(CrashPace pace, bool withRotation, List<string> found)
    {
        var after = await backstage.InDbAsync(db =>
            new Inspection(db, slack, teams, [Ticket], pace.Seen, withRotation).LookAsync()
        );
        found.AddRange(after.All);
        foreach (var strays in after.Strays.GroupBy(s => s.Split(':')[0], StringComparer.Ordinal))
        {
            if (strays.Count() > pace.Deaths.Count)
                found.Add($"doubled: {strays.Count()} cards that nobody knows of on {strays.Key}");
        }
        return after.Strays.Count;
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
        };
        foreach (var (name, value) in slack.Settings().Concat(teams.Settings()))
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
        foreach (var custodian in Team.Custodians)
            await teams.InstallAsync(custodian.InTeams, Enum.GetValues<Bot>());
        await teams.InstallAsync(Company.Dora, Bot.Desk);
    }
}
