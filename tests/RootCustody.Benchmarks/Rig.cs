using RootCustody.Chat;
using RootCustody.Data.Databases;
using RootCustody.Playground;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;
using RootCustody.Playground.Nodes;

namespace RootCustody.Benchmarks;

/// <summary>The real host in a process of its own on a database with a company in it, between the two fake platforms.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rootcustody-bench-").FullName;

    private RemoteNode? node;

    private readonly DateTimeOffset? at;

    private Rig(Company company, DateTimeOffset? at)
    {
        Company = company;
        this.at = at;
        Clock = at is { } then ? new StandingClock(then) : TimeProvider.System;
    }

    public TimeProvider Clock { get; }

    public Company Company { get; }
    public FakeSlackPlatform Slack { get; private set; } = null!;
    public FakeTeamsTenant Teams { get; private set; } = null!;
    public RemoteNode Node => node ?? throw new InvalidOperationException("No host runs.");
    public IReadOnlyDictionary<string, string?> Settings { get; private set; } = null!;
    public IReadOnlyDictionary<string, Authenticator> Authenticators { get; private set; } = null!;

    /// <summary>What the bare commits are measured with: the same server, or a file beside that of the host.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <param name="server">Null for SQLite.</param>
    /// <param name="at">Where all clocks stand still; null for the system's clock.</param>
    public static async Task<Rig> FoundAsync(int teams, PostgreSqlServer? server, DateTimeOffset? at = null)
    {
        var rig = new Rig(new Company(teams), at);
        rig.Slack = await FakeSlackPlatform.StartAsync(rig.Clock);
        rig.Teams = await FakeTeamsTenant.StartAsync(rig.Clock);
        var settings = new Dictionary<string, string?>(
            rig.Slack.Settings().Concat(rig.Teams.Settings()),
            StringComparer.Ordinal
        )
        {
            ["RootCustody:DataDirectory"] = rig.folder,
            ["Logging:LogLevel:Default"] = "Critical",
        };
        rig.ConnectionString = $"Data Source={Path.Combine(rig.folder, "bare.db")}";
        if (server is not null)
        {
            var name = $"bench_{Path.GetFileName(rig.folder)[^6..].ToLowerInvariant()}";
            await server.ExecuteAsync($"CREATE DATABASE \"{name}\"");
            rig.ConnectionString = server.ConnectionStringOf(name);
            settings["RootCustody:Database:Provider"] = nameof(DatabaseProvider.PostgreSql);
            settings["RootCustody:Database:ConnectionString"] = rig.ConnectionString;
        }
        rig.Settings = settings;
        rig.Authenticators = await Founding.OfAsync(rig.Company, rig.Teams.TenantId, settings, rig.Clock);
        return rig;
    }

    /// <summary>Starts the host, and the chats of all people with its bots.</summary>
    public async Task ServeAsync()
    {
        await StartNodeAsync();
        foreach (var custodian in Company.Teams.SelectMany(t => t.Custodians))
            await Teams.InstallAsync(custodian.InTeams, Enum.GetValues<Bot>());
        await Teams.InstallAsync(Company.Dora, Bot.Desk);
        await Node.AskAsync("settle");
    }

    public async Task<Uri> StartNodeAsync()
    {
        node = RemoteNode.Start(diesSoon: false);
        var address = await node.HostAsync(new HostOrder(Settings, at));
        Slack.ConnectTo(address);
        Teams.ConnectTo(address);
        return address;
    }

    /// <summary>The signed click that is measured: <c>/root status</c> typed by a customer who is linked.</summary>
    public HttpRequestMessage StatusClick(Uri to)
    {
        var rita = Company.Teams[0].Rita;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["team_id"] = rita.Workspace,
            ["channel_id"] = FakeSlackPlatform.Channel,
            ["user_id"] = rita.User,
            ["command"] = "/root",
            ["text"] = "status",
            ["api_app_id"] = FakeSlackPlatform.AppIdOf(Bot.Desk),
            ["trigger_id"] = Slack.Api.NewTrigger(Bot.Desk, rita),
            ["response_url"] = Slack
                .Api.NewResponseUrl("commands", Bot.Desk, rita, FakeSlackPlatform.Channel, null)
                .ToString(),
        };
        var body = string.Join('&', fields.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"));
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(to, "/slack/desk/commands"))
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        SlackSigning.Sign(
            request,
            FakeSlackPlatform.SigningSecretOf(Bot.Desk),
            body,
            Clock.GetUtcNow(),
            SignatureFlaw.None
        );
        return request;
    }

    public async Task StopNodeAsync()
    {
        if (node is not null)
            await node.DisposeAsync();
        node = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopNodeAsync();
        await Slack.DisposeAsync();
        await Teams.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
