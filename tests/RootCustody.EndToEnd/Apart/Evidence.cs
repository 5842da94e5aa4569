using System.Text;
using System.Text.Json.Nodes;
using OtpNet;
using RootCustody.Chat;
using RootCustody.Playground;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;
using RootCustody.Playground.Nodes;

namespace RootCustody.EndToEnd.Apart;

/// <summary>Something that nobody but its owner may have.</summary>
/// <param name="Owner">Whose process may have it; null if none may.</param>
public sealed record Mark(string Name, string Text, Bot? Owner)
{
    /// <summary>Whether it stands in a text, in any form.</summary>
    public bool IsIn(string content) =>
        Text.All(char.IsAsciiDigit) ? Canary.FindsCode(content, Text) : Canary.Finds(content, Text);
}

/// <summary>What was found out about one process.</summary>
/// <param name="Environment">As the operating system knew it.</param>
/// <param name="Clicks">What the platforms sent to it, with its answers.</param>
/// <param name="Calls">What it asked of platforms, vault and collector, with their answers.</param>
/// <param name="Queries">What it asked of the database, with the answers.</param>
/// <param name="Files">What it left in its folder.</param>
/// <param name="Health">What it said of its health.</param>
/// <param name="Sockets">Through which it could have been debugged.</param>
public sealed record Witness(
    Bot Bot,
    IReadOnlyDictionary<string, string> Environment,
    string Clicks,
    string Calls,
    string Queries,
    string Log,
    string Files,
    string Health,
    IReadOnlyList<string> Sockets
);

/// <summary>An emergency, played once before three processes and then gone through by tests: their memory while each half was revealed and when all was over, and all that they said.</summary>
public sealed class Evidence : IAsyncLifetime
{
    public const string PasswordShown = "while the password was revealed";
    public const string CodeShown = "while the code was revealed";
    public const string Over = "when all was over";

    private const int MostTries = 20;

    private readonly List<(Bot Of, string When, MemoryDump Dump)> dumps = [];
    private readonly List<Mark> marks = [];
    private string? missing;

    /// <summary>The texts that were found in memory, by process and moment.</summary>
    public IReadOnlyDictionary<(Bot Of, string When), IReadOnlySet<string>> Memory { get; private set; } = null!;

    public IReadOnlyList<Witness> Witnesses { get; private set; } = [];

    /// <summary>The halves and the secrets of the bots.</summary>
    public IReadOnlyList<Mark> Marks => marks;

    public Mark Password => marks.Single(m => m.Name == "the password");

    /// <summary>The codes that the vault gave; more than one if the first came too late to be shown.</summary>
    public IEnumerable<Mark> Codes => marks.Where(m => m.Name == "a code");

    /// <summary>What lasts outside of the processes, by name.</summary>
    public IReadOnlyDictionary<string, string> Kept { get; private set; } = null!;

    /// <summary>How many calls the vault got from the three, and how many were written down on the way.</summary>
    public (int Got, int Recorded) VaultCalls { get; private set; }

    public Witness this[Bot bot] => Witnesses.Single(w => w.Bot == bot);

    /// <summary>Skips the test where there is nothing to look at.</summary>
    public void Need() => Assert.SkipWhen(missing is not null, missing ?? "");

    public async ValueTask InitializeAsync()
    {
        var server = await PostgreSqlServer.StartAsync(isSafe: false);
        missing = server is null
            ? "PostgreSQL is not installed (Debian: apt-get install postgresql)."
            : MemoryDump.WhyNot();
        if (missing is not null)
            return;
        await using var trio = await Trio.StartAsync(server!);
        MarkSecrets(trio);
        await MarkVaultAsync(trio);
        await PlayAsync(trio);
        Search();
        Witnesses = await Task.WhenAll(trio.Members.Select(m => QuestionAsync(trio, m)));
        VaultCalls = (trio.AskedOfVault, trio.ToldToVault);
        Kept = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["the database"] = Encoding.Latin1.GetString(await trio.DumpDatabaseAsync()),
            ["the exported traces"] = trio.Collector.Traces,
            ["the exported metrics"] = trio.Collector.Metrics,
            ["the messages in Slack"] = string.Join('\n', trio.Slack.Api.Stored),
            ["the messages in Teams"] = string.Join('\n', trio.Teams.Connector.Stored),
            ["the vault's audit log"] = string.Join('\n', trio.Vault.Server.AuditLog),
        };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void MarkSecrets(Trio trio)
    {
        foreach (var bot in Enum.GetValues<Bot>())
        {
            marks.Add(new Mark("a signing secret", FakeSlackPlatform.SigningSecretOf(bot), bot));
            marks.Add(new Mark("a bot token", FakeSlackPlatform.TokenOf(bot, FakeSlackPlatform.Provider), bot));
            marks.Add(new Mark("a client secret", FakeTeamsTenant.SecretOf(bot), bot));
        }
        marks.Add(new Mark("a secret id", File.ReadAllText(trio.Vault.Passwords.SecretIdFile).Trim(), Bot.Password));
        marks.Add(new Mark("a secret id", File.ReadAllText(trio.Vault.MfaCodes.SecretIdFile).Trim(), Bot.Mfa));
    }

    private async Task MarkVaultAsync(Trio trio)
    {
        var kept = await trio.Vault.Operator.ListAsync("rc-password/metadata/accounts");
        var account = kept.Data["keys"]!.AsArray().Single()!.GetValue<string>();
        var read = await trio.Vault.Operator.ReadAsync($"rc-password/data/accounts/{account}");
        marks.Add(new Mark("the password", read.Data["data"]!["password"]!.GetValue<string>(), Bot.Password));
        var brought = trio.Vault.Server.Requests.Single(r =>
            r.Path.StartsWith("/v1/rc-mfa/keys/", StringComparison.Ordinal) && r.Method == "POST"
        );
        var seed = JsonNode.Parse(brought.Body)!["key"]!.GetValue<string>();
        marks.Add(new Mark("the seed", seed, null));
        marks.Add(new Mark("the raw seed", Encoding.Latin1.GetString(Base32Encoding.ToBytes(seed)), null));
    }

    private async Task PlayAsync(Trio trio)
    {
        trio[Bot.Mfa].Calls.BeforeItEnds = exchange =>
        {
            if (exchange.Contains("/v1/rc-mfa/code/", StringComparison.Ordinal))
                marks.Add(
                    new Mark(
                        "a code",
                        JsonNode.Parse(exchange.Split('\n')[^1])!["data"]!["code"]!.GetValue<string>(),
                        Bot.Mfa
                    )
                );
            return Task.CompletedTask;
        };
        // each half is on its way to the person: the dialog is not all there, Slack has not answered
        trio.Clicks.BeforeItEnds = exchange =>
            exchange.StartsWith("POST /teams/password/", StringComparison.Ordinal) && Password.IsIn(exchange)
                ? DumpAsync(trio, PasswordShown)
                : Task.CompletedTask;
        trio.Slack.Api.OnHalf = (_, _) => DumpAsync(trio, CodeShown);
        var folk = new Folk(trio.Slack, trio.Teams, trio.CodeOf, new Patient(), "INC-7.", MostTries);
        var flow = new Flow(folk, Trio.Team, "INC-7.");
        await flow.PlayAsync(FlowEnd.RotationAsked);
        await DumpAsync(trio, Over);
    }

    private async Task DumpAsync(Trio trio, string when) =>
        dumps.AddRange(
            await Task.WhenAll(
                trio.Members.Select(async m => (m.Bot, when, await MemoryDump.TakeAsync(m.Process.Id, trio.Folder)))
            )
        );

    private void Search()
    {
        string[] forms = [.. marks.SelectMany(m => Canary.FormsInMemoryOf(m.Text)).Distinct(StringComparer.Ordinal)];
        Memory = dumps
            .AsParallel()
            .Select(d => (d.Of, d.When, Found: d.Dump.Find(forms)))
            .ToLookup(d => (d.Of, d.When), d => d.Found)
            .ToDictionary(
                moment => moment.Key,
                IReadOnlySet<string> (moment) => moment.SelectMany(found => found).ToHashSet(StringComparer.Ordinal)
            );
        foreach (var (_, _, dump) in dumps)
            dump.Dispose();
    }

    /// <summary>When the process started, in clock ticks since the machine did; see proc_pid_stat(5), field 22.</summary>
    private static string StartOf(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19]; // the third field comes after the name
    }

    private static async Task<Witness> QuestionAsync(Trio trio, Member member)
    {
        using var http = new HttpClient();
        var health = await http.GetAsync(new Uri(member.Address, "/healthz/ready"));
        var environment = member.Environment();
        // named by the start of the process too: one that was killed leaves its socket, and its number is given again
        var socket = $"dotnet-diagnostic-{member.Process.Id}-{StartOf(member.Process.Id)}-socket";
        var sockets = Directory.GetFiles(Path.GetTempPath(), socket);
        member.Process.Terminate();
        Assert.Equal(0, await member.Process.EndAsync());
        var files = Directory.EnumerateFiles(member.Folder, "*", SearchOption.AllDirectories);
        return new Witness(
            member.Bot,
            environment,
            string.Join('\n', trio.Clicks.Heard.Where(click => trio.ReceiverOf(click.Split(' ')[1]) == member)),
            string.Join('\n', member.Calls.Heard),
            member.Queries.Heard,
            await member.Process.Output + await member.Process.Errors,
            string.Concat(files.Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file)))),
            await health.Content.ReadAsStringAsync(),
            sockets
        );
    }

    /// <summary>People who wait a moment for what they look for, and begin nothing with a code that is about to end.</summary>
    private sealed class Patient : Pace
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
        private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
        private static readonly TimeSpan Enough = TimeSpan.FromSeconds(12);
        private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

        public override async Task BeginAsync(string act)
        {
            if (act.EndsWith("the code", StringComparison.Ordinal) && Left() < Enough)
                await NewCodeAsync();
        }

        public override async Task RestAsync(Func<bool> seen)
        {
            var began = TimeProvider.System.GetTimestamp();
            while (!seen() && TimeProvider.System.GetElapsedTime(began) < Patience)
                await Task.Delay(Look, TimeProvider.System);
        }

        public override Task NewCodeAsync() => Task.Delay(Left() + Look, TimeProvider.System);

        public override Task SweepAsync() => Task.CompletedTask;

        private static TimeSpan Left() =>
            TimeSpan.FromTicks(Step.Ticks - TimeProvider.System.GetUtcNow().Ticks % Step.Ticks);
    }
}
