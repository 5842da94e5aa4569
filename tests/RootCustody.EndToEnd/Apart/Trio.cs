using System.Net.Sockets;
using Npgsql;
using RootCustody.Chat;
using RootCustody.Data.Databases;
using RootCustody.Playground;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;
using RootCustody.Playground.FakeVault;
using RootCustody.Playground.Nodes;

namespace RootCustody.EndToEnd.Apart;

/// <summary>One of the three processes, named by its bot; the worker's jobs are the desk's. All that goes in or comes out is written down.</summary>
/// <param name="Folder">Its working directory, with all files that are its own.</param>
/// <param name="Calls">What it asks of Slack, Teams, its vault and the collector.</param>
/// <param name="Queries">What it asks of the database.</param>
internal sealed record Member(Bot Bot, string Folder, Uri Address, HttpTap Calls, TcpTap Queries) : IAsyncDisposable
{
    public HostProcess Process { get; set; } = null!;

    /// <summary>Its environment as the operating system knows it.</summary>
    public IReadOnlyDictionary<string, string> Environment() =>
        File.ReadAllText($"/proc/{Process.Id}/environ")
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        Process?.Dispose();
        await Calls.DisposeAsync();
        Queries.Dispose();
    }
}

/// <summary>Desk and worker, password courier and MFA courier as three processes on one PostgreSQL, each with the settings that it needs and no others, before a company whose halves are in a vault.</summary>
internal sealed class Trio : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rootcustody-apart-");
    private readonly PostgreSqlServer server;
    private readonly List<Member> members = [];
    private IReadOnlyDictionary<string, Authenticator> authenticators = null!;
    private int founded;

    private Trio(PostgreSqlServer server)
    {
        this.server = server;
    }

    public static Team Team { get; } = new(1);

    public FakeSlackPlatform Slack { get; private set; } = null!;
    public FakeTeamsTenant Teams { get; private set; } = null!;
    public PreparedVault Vault { get; private set; } = null!;
    public Collector Collector { get; private set; } = null!;

    /// <summary>What the platforms send to the bots.</summary>
    public HttpTap Clicks { get; private set; } = null!;

    public IReadOnlyList<Member> Members => members;

    public string Folder => folder.FullName;

    private string ConnectionString => server.ConnectionStringOf(folder.Name);

    public Member this[Bot bot] => members.Single(m => m.Bot == bot);

    public static async Task<Trio> StartAsync(PostgreSqlServer server)
    {
        var trio = new Trio(server);
        await trio.SetUpAsync();
        foreach (var bot in Enum.GetValues<Bot>())
            trio.members.Add(await trio.StartAsync(bot));
        await Task.WhenAll(trio.members.Select(trio.UntilItListensAsync));
        foreach (var person in (TeamsPerson[])[.. Team.Custodians.Select(c => c.InTeams), Company.Dora])
            await trio.Teams.InstallAsync(person, Enum.GetValues<Bot>());
        return trio;
    }

    /// <summary>Whose path of a webhook this is.</summary>
    public Member ReceiverOf(string path) =>
        members.Single(m => path.Split('/')[2].Equals($"{m.Bot}", StringComparison.OrdinalIgnoreCase));

    /// <summary>How many calls of the three the vault has got.</summary>
    public int AskedOfVault =>
        Vault
            .Server.Requests.Skip(founded)
            .Count(r => r.Headers.GetValueOrDefault("X-Vault-Token") != Vault.Server.RootToken);

    /// <summary>How many were written down on their way there.</summary>
    public int ToldToVault =>
        members
            .SelectMany(m => m.Calls.Heard)
            .Count(call => call.Split(' ')[1].StartsWith($"{Vault.Server.Address}", StringComparison.Ordinal));

    public string CodeOf(string person) => authenticators[person].Code(TimeProvider.System);

    /// <summary>All that stands in the database.</summary>
    public Task<byte[]> DumpDatabaseAsync() => server.DumpAsync(ConnectionString);

    public async ValueTask DisposeAsync()
    {
        foreach (var member in members)
            await member.DisposeAsync();
        await Clicks.DisposeAsync();
        await Collector.DisposeAsync();
        await Slack.DisposeAsync();
        await Teams.DisposeAsync();
        Vault.Dispose();
        await Vault.Server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task SetUpAsync()
    {
        var clock = TimeProvider.System;
        await server.ExecuteAsync($"CREATE DATABASE \"{folder.Name}\"");
        Slack = await FakeSlackPlatform.StartAsync(clock);
        Teams = await FakeTeamsTenant.StartAsync(clock);
        Vault = await PreparedVault.OnAsync(await FakeVaultServer.StartAsync(clock), Folder);
        Collector = await Collector.StartAsync();
        var founder = new Dictionary<string, string?>(Vault.Settings(), StringComparer.Ordinal)
        {
            ["RootCustody:DataDirectory"] = Path.Combine(Folder, "founder"),
            ["RootCustody:Database:Provider"] = nameof(DatabaseProvider.PostgreSql),
            ["RootCustody:Database:ConnectionString"] = ConnectionString,
            ["Logging:LogLevel:Default"] = "Critical",
        };
        authenticators = await Founding.OfAsync(new Company(1), Teams.TenantId, founder, clock);
        founded = Vault.Server.Requests.Count;
        Clicks = await HttpTap.StartAsync(path => new Uri(ReceiverOf(path).Address, path));
        Slack.ConnectTo(Clicks.Address);
        Teams.ConnectTo(Clicks.Address);
    }

    private async Task<Member> StartAsync(Bot bot)
    {
        var socket = Path.Combine(new NpgsqlConnectionStringBuilder(ConnectionString).Host!, ".s.PGSQL.5432");
        var member = new Member(
            bot,
            folder.CreateSubdirectory($"{bot}").FullName,
            HostProcess.FreeAddress(),
            await HttpTap.StartAsync(address => new Uri(address)),
            new TcpTap(new UnixDomainSocketEndPoint(socket))
        );
        member.Process = HostProcess.Start(
            member.Folder,
            SettingsOf(member)
                .Select(s => KeyValuePair.Create(s.Key.Replace(":", "__", StringComparison.Ordinal), s.Value ?? ""))
        );
        return member;
    }

    private IEnumerable<KeyValuePair<string, string?>> SettingsOf(Member member) =>
        [
            .. Slack.Settings().Concat(Teams.Settings()).Concat(Vault.Settings()).Where(s => IsFor(member.Bot, s.Key)),
            .. Collector.Settings(),
            .. member.Bot switch
            {
                // open to diagnostics, so that it shows what the couriers must not
                Bot.Desk =>
                [
                    .. UnitFile.EnvironmentOf("desk"),
                    new("RootCustody:Roles:1", "worker"),
                    new("DOTNET_EnableDiagnostics", "1"),
                ],
                Bot.Password => UnitFile.EnvironmentOf("password-courier"),
                Bot.Mfa => UnitFile.EnvironmentOf("mfa-courier"),
            },
            new("Urls", member.Address.ToString()),
            new("RootCustody:Database:Provider", nameof(DatabaseProvider.PostgreSql)),
            new(
                "RootCustody:Database:ConnectionString",
                $"Host=127.0.0.1;Port={member.Queries.Port};Username=postgres;Database={folder.Name};SSL Mode=Disable"
            ),
            new("http_proxy", member.Calls.Address.ToString()),
            new("no_proxy", ""),
            new("NO_PROXY", ""),
            new("MALLOC_ARENA_MAX", "1"), // dumps would be a gigabyte of reserved nothing
            .. CanaryTests.Trace,
        ];

    /// <summary>Whether a setting is of everybody, or of this bot and its vault.</summary>
    private static bool IsFor(Bot bot, string setting) =>
        Enum.GetValues<Bot>()
            .Where(other => other != bot)
            .SelectMany(other => (string[])[$"Slack:{other}", $"Teams:{other}", $"{other}Vault"])
            .All(section => !setting.StartsWith($"RootCustody:{section}:", StringComparison.Ordinal));

    private async Task UntilItListensAsync(Member member)
    {
        using var http = new HttpClient();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                await http.GetAsync(new Uri(member.Address, "/healthz/live"), patience.Token);
                Assert.False(
                    member.Process.HasEnded,
                    $"{member.Bot} has ended, and somebody else answers in its place."
                );
                return;
            }
            catch (HttpRequestException)
            {
                Assert.False(member.Process.HasEnded, $"{member.Bot} has ended.");
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
            }
        }
    }
}
