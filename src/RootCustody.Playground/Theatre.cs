using System.Text;
using Microsoft.Data.Sqlite;
using RootCustody.Chat;
using RootCustody.Couriers.Passwords;
using RootCustody.Desk.People;
using RootCustody.Desk.People.Orders;
using RootCustody.Desk.People.Proposals;
using RootCustody.Host;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;

namespace RootCustody.Playground;

/// <summary>The real host on loopback with the embedded default, between a fake Slack and a fake Teams, with everybody in place.</summary>
public sealed class Theatre : IAsyncDisposable
{
    /// <summary>How far the clocks of the cast's phones are behind while they enrol, so that the code of the enrolment does not use up the next one.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Authenticator> authenticators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> codes = new(StringComparer.Ordinal);
    private readonly List<string> keys = [];

    private Theatre(
        string directory,
        TimeProvider clock,
        FakeSlackPlatform slack,
        FakeTeamsTenant teams,
        WebApplication host
    )
    {
        Directory = directory;
        Clock = clock;
        Slack = slack;
        Teams = teams;
        Host = host;
    }

    /// <summary>The temporary folder with the database and the vault; removed at the end.</summary>
    public string Directory { get; }

    public TimeProvider Clock { get; }
    public FakeSlackPlatform Slack { get; }
    public FakeTeamsTenant Teams { get; }
    public WebApplication Host { get; }

    /// <summary>The MFA seed of the account, in Base32.</summary>
    public string Seed { get; private set; } = "";

    /// <summary>The keys of the authenticators, in Base32, as they were shown.</summary>
    public IReadOnlyList<string> Keys => keys;

    public Uri Address => Loopback.AddressOf(Host);

    /// <summary>Raises the curtain: host and fakes are up, the directory is imported, who enrols has a one-time code from the operator, the halves are in the vault, nobody has enrolled yet.</summary>
    /// <param name="settings">Settings beside those that the fakes need, such as a short window.</param>
    /// <param name="configure">Changes the host's builder last.</param>
    public static async Task<Theatre> OpenAsync(
        TimeProvider? clock = null,
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        Action<WebApplicationBuilder>? configure = null
    )
    {
        clock ??= TimeProvider.System;
        var directory = System.IO.Directory.CreateTempSubdirectory("rootcustody-").FullName;
        var slack = await FakeSlackPlatform.StartAsync(clock);
        var teams = await FakeTeamsTenant.StartAsync(clock);
        var host = CustodyHost.Build(
            ["--environment", "Development"],
            builder =>
            {
                builder.Configuration.AddInMemoryCollection([
                    new("RootCustody:Policy:OnboardNew", "false"), // its accounts have long been in custody
                    .. slack.Settings(),
                    .. teams.Settings(),
                    .. settings ?? [],
                ]);
                builder.Configuration.AddInMemoryCollection([
                    new("RootCustody:DataDirectory", directory),
                    new("Urls", "http://127.0.0.1:0"),
                ]);
                builder.Services.AddSingleton(clock);
                configure?.Invoke(builder);
            }
        );
        var theatre = new Theatre(directory, clock, slack, teams, host);
        await host.PrepareAsync(CancellationToken.None);
        await host.StartAsync();
        slack.ConnectTo(theatre.Address);
        teams.ConnectTo(theatre.Address);
        await theatre.SetUpAsync();
        return theatre;
    }

    /// <summary>The person enrols an authenticator in their private chat in Teams, with a one-time code from an operator.</summary>
    public async Task EnrolAsync(string key, TeamsPerson person)
    {
        await Teams.TypeAsync(person, Bot.Desk, "enrol");
        var opener = await Teams.Connector.WaitForAsync(person, Bot.Desk, "Enrol", "Open");
        var asked = await Teams.PressAsync(person, opener, "Open");
        var shown = await Teams.SubmitAsync(person, asked.Dialog!, ("One-time code", codes[key]));
        var lines = shown.Text.Split('\n');
        keys.Add(lines[Array.IndexOf(lines, "Key") + 1]);
        var authenticator = new Authenticator(keys[^1]);
        var confirm = await Teams.SubmitAsync(person, shown.Dialog!);
        var done = await Teams.SubmitAsync(
            person,
            confirm.Dialog!,
            ("Code of your authenticator", authenticator.Code(Clock, Behind))
        );
        if (!done.Text.Contains("is enrolled", StringComparison.Ordinal))
            throw new InvalidOperationException($"{person.Name} could not enrol: {done.Text}");
        authenticators[key] = authenticator;
    }

    /// <summary>What the authenticator of this person shows now.</summary>
    public string CodeOf(string key) => authenticators[key].Code(Clock);

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync();
        await Host.DisposeAsync();
        await Slack.DisposeAsync();
        await Teams.DisposeAsync();
        using (var pooled = new SqliteConnection($"Data Source={Path.Combine(Directory, "rootcustody.db")}"))
            SqliteConnection.ClearPool(pooled); // these only: other theatres may be open
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private async Task SetUpAsync()
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var directory = Encoding.UTF8.GetBytes(Cast.Directory(Teams.TenantId));
        var import = await scope
            .ServiceProvider.GetRequiredService<ImportDirectory>()
            .HandleAsync(directory, CancellationToken.None);
        if (import is Import.Refused refused)
            throw new InvalidOperationException(string.Join(Environment.NewLine, refused.Errors));

        foreach (var key in (string[])["paul", "mona", "mike"])
            await IssueCodeAsync(scope.ServiceProvider.GetRequiredService<OrderFromConsole>(), key);

        var made = await scope
            .ServiceProvider.GetRequiredService<TakePassword>()
            .MakeAsync(Cast.Account, CancellationToken.None);
        if (made is not TakePassword.Outcome.Taken)
            throw new InvalidOperationException("The password did not get into the vault.");
        Seed = await SeedIntake.TakeAsync(scope.ServiceProvider, Cast.Account, Clock);

        foreach (var person in Cast.InTeams)
            await Teams.InstallAsync(person, Enum.GetValues<Bot>());
    }

    /// <summary>The operator does this at once, for no half is in a vault yet.</summary>
    private async Task IssueCodeAsync(OrderFromConsole console, string key)
    {
        var ordered = await console.HandleAsync(new Enrol(key), CancellationToken.None);
        codes[key] = ((Ordered.Made)ordered).Code!.Text;
    }
}
