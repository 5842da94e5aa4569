using System.CommandLine;
using System.Globalization;
using RootCustody.Chat;
using RootCustody.Playground;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;
using RootCustody.Playground.Nodes;

// what is written reads the same on every machine
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var stay = new Option<bool>("--stay")
{
    Description = "Keep host and fakes running afterwards, and say how to send requests of your own.",
};
var root = new RootCommand(
    "Plays one emergency on the real host, between a fake Slack workspace and a fake Teams tenant."
)
{
    stay,
};

// what the tests and the verb nodes start and kill; nobody types it
var node = new Command("node", "The host in a process of its own, ordered about by lines.") { Hidden = true };
node.SetAction((_, _) => Node.RunAsync());
root.Subcommands.Add(node);
root.Subcommands.Add(NodesVerb.Make());
var storeAccounts = new Argument<string[]>("ACCOUNT") { Arity = ArgumentArity.OneOrMore };
var storeDirectory = new Argument<string>("DIRECTORY");
var store = new Command("store", "Writes into an embedded store until it is killed.") { Hidden = true };
store.Arguments.Add(storeDirectory);
store.Arguments.Add(storeAccounts);
store.SetAction(
    (parsed, _) => StoreWriter.RunAsync(parsed.GetRequiredValue(storeDirectory), parsed.GetRequiredValue(storeAccounts))
);
root.Subcommands.Add(store);
root.SetAction(async (parsed, cancellationToken) => await PlayAsync(parsed.GetValue(stay), cancellationToken));
return await root.Parse(args).InvokeAsync();

static async Task<int> PlayAsync(bool stay, CancellationToken cancellationToken)
{
    var teller = new Teller();
    try
    {
        await using var theatre = await Theatre.OpenAsync(
            settings:
            [
                new("RootCustody:Policy:Window", "00:00:10"),
                new("RootCustody:Policy:PasswordOnScreen", "00:00:03"),
                new("Logging:LogLevel:Default", "Warning"),
                new("Logging:LogLevel:RootCustody", "Error"),
            ]
        );
        await new Story(theatre, teller).PlayAsync();
        if (stay)
            await StayAsync(theatre, teller, cancellationToken);
        return 0;
    }
#pragma warning disable CA1031 // the edge of the program: whatever went otherwise is the reason for exit code 1
    catch (Exception otherwise)
#pragma warning restore CA1031
    {
        teller.Failed(otherwise.Message);
        return 1;
    }
}

static async Task StayAsync(Theatre theatre, Teller teller, CancellationToken cancellationToken)
{
    teller.Chapter("Host and fakes stay up; Ctrl+C ends them");
    teller.Says($"Host            {theatre.Address}");
    teller.Says(
        $"Slack           {theatre.Slack.Address}  app {FakeSlackPlatform.AppIdOf(Bot.Desk)}, signing secret {FakeSlackPlatform.SigningSecretOf(Bot.Desk)}"
    );
    teller.Says(
        $"Teams           {theatre.Teams.Address}  app {FakeTeamsTenant.AppIdOf(Bot.Desk)}, tenant {theatre.Teams.TenantId}"
    );
    teller.Says($"Data            {theatre.Directory}");
    teller.Says("A signed request of your own (bash), as often as you like within five minutes a signature:");
    var responseUrl = theatre.Slack.Api.NewResponseUrl(
        "commands",
        Bot.Desk,
        Cast.Rita,
        FakeSlackPlatform.Channel,
        null
    );
    teller.Says("  T=$(date +%s)");
    teller.Says(
        $"  B='team_id={Cast.Rita.Workspace}&channel_id={FakeSlackPlatform.Channel}&user_id={Cast.Rita.User}&command=%2Froot&text=status&trigger_id='$RANDOM'&response_url={Uri.EscapeDataString(responseUrl.ToString())}'"
    );
    teller.Says(
        $"  S=v0=$(printf 'v0:%s:%s' \"$T\" \"$B\" | openssl dgst -sha256 -hmac {FakeSlackPlatform.SigningSecretOf(Bot.Desk)} -hex | sed 's/.* //')"
    );
    teller.Says(
        $"  curl -i -d \"$B\" -H \"X-Slack-Request-Timestamp: $T\" -H \"X-Slack-Signature: $S\" {new Uri(theatre.Address, "/slack/desk/commands")}"
    );
    teller.Says("What Rita is answered is told here:");
    await TellAnswersAsync(theatre, teller, cancellationToken);
}

static async Task TellAnswersAsync(Theatre theatre, Teller teller, CancellationToken cancellationToken)
{
    var told = theatre.Slack.Api.Ephemerals.Count;
    while (!cancellationToken.IsCancellationRequested)
    {
        foreach (var answer in theatre.Slack.Api.Ephemerals.Skip(told))
        {
            teller.Sees("Rita", "Slack", answer.Text);
            told++;
        }
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
