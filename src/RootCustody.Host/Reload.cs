using System.Text.Json;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Primitives;
using RootCustody.Chat;
using RootCustody.Desk.OnCall;

namespace RootCustody.Host;

/// <summary>
/// Takes changes of the configuration while the host runs: policy, on-call, Slack's secrets and tokens, Teams' secrets and
/// tenants. What is wrong is refused as a whole and the old one stays; what needs a restart is named. No socket is closed.
/// </summary>
internal sealed partial class Reload(
    IConfigurationRoot configuration,
    IHostEnvironment environment,
    CustodySettings settings,
    OnCallBook onCall,
    ILogger<Reload> logger
) : IHostedService, IDisposable
{
    private readonly Lock gate = new();
    private IDisposable? changes;
    private volatile PolicyBook book = settings.PolicyBook();
    private Dictionary<string, string?> known = Values(configuration);

    /// <summary>The policy of the configuration as it counts now.</summary>
    public PolicyBook Book => book;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // .NET tells nobody of a file that it cannot read
        foreach (var source in Files())
            source.OnLoadException = _ => Log.Refused(logger, NoJson(source));
        changes = ChangeToken.OnChange(configuration.GetReloadToken, Take);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        changes?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => changes?.Dispose();

    private void Take()
    {
        lock (gate)
        {
            var now = Values(configuration);
            var changed = now
                .Keys.Union(known.Keys, StringComparer.OrdinalIgnoreCase)
                .Where(name => now.GetValueOrDefault(name) != known.GetValueOrDefault(name))
                .Order(StringComparer.Ordinal)
                .ToList();
            if (changed.Count == 0)
                return; // an editor saves more than once
            if (Read() is not { } next)
                return;
            known = now;
            settings.Slack.Become(next.Slack);
            settings.Teams.Become(next.Teams);
            onCall.Become(next.OnCall);
            book = next.PolicyBook();
            Tell(changed);
        }
    }

    /// <returns>Null if it was refused.</returns>
    private CustodySettings? Read()
    {
        var faults = BrokenFiles().ToList();
        var next = new CustodySettings();
        if (faults.Count == 0)
        {
            try
            {
                configuration.GetSection(CustodySettings.Section).Bind(next);
                faults.AddRange(next.Faults(environment.IsDevelopment()).Concat(Lost(next)));
            }
            catch (InvalidOperationException)
            {
                faults.Add("A value has not the form that its setting wants."); // the exception repeats the value
            }
        }
        foreach (var fault in faults)
            Log.Refused(logger, fault);
        return faults.Count == 0 ? next : null;
    }

    /// <summary>A file that is being written, or is wrong, counts as empty for .NET; for us it counts as wrong.</summary>
    private IEnumerable<string> BrokenFiles()
    {
        foreach (var source in Files())
        {
            if (source.FileProvider?.GetFileInfo(source.Path!) is { Exists: true } file && !IsJson(file))
                yield return NoJson(source);
        }
    }

    private IEnumerable<FileConfigurationSource> Files() =>
        configuration.Providers.OfType<JsonConfigurationProvider>().Select(p => p.Source);

    private static string NoJson(FileConfigurationSource source) => $"{source.Path} is not JSON.";

    private static bool IsJson(Microsoft.Extensions.FileProviders.IFileInfo file)
    {
        try
        {
            using var stream = file.CreateReadStream();
            using var _ = JsonDocument.Parse(
                stream,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
            return true;
        }
        catch (Exception broken) when (broken is JsonException or IOException)
        {
            return false;
        }
    }

    /// <summary>A file that was moved away must not silence a bot.</summary>
    private IEnumerable<string> Lost(CustodySettings next) =>
        from bot in settings.Bots()
        from fault in (string?[])
            [
                settings.Slack.Serves(bot) && !next.Slack.Serves(bot) ? $"Slack:{bot}:SigningSecret" : null,
                settings.Teams.Serves(bot) && !next.Teams.Serves(bot) ? $"Teams:{bot}:AppId" : null,
            ]
        where fault is not null
        select $"{CustodySettings.Section}:{fault} is gone, and that bot is being served.";

    private void Tell(List<string> changed)
    {
        var later = changed.Where(name => !CountsAtOnce(name)).ToList();
        var atOnce = changed.Except(later, StringComparer.Ordinal).ToList();
        if (atOnce.Count > 0)
            Log.Taken(logger, string.Join(", ", atOnce));
        if (later.Count > 0)
            Log.AfterRestart(logger, string.Join(", ", later));
    }

    private bool CountsAtOnce(string name) =>
        name.Split(':') switch
        {
            ["Logging", ..] => true, // .NET takes it
            [CustodySettings.Section, "Policy" or "Customers" or "Accounts" or "OnCall", ..] => true,
            [CustodySettings.Section, "Slack", "Surface"] => true,
            [
                CustodySettings.Section,
                "Slack",
                var bot,
                "SigningSecret"
                or "PreviousSigningSecret"
                or "Workspaces",
                ..,
            ] => Enum.TryParse<Bot>(bot, out var ours) && settings.Slack.Serves(ours),
            [CustodySettings.Section, "Teams", "Tenants", ..] => true,
            [CustodySettings.Section, "Teams", _, "ClientSecret"] => true,
            _ => false,
        };

    /// <summary>All that is ours or decides where we listen, to see what has changed.</summary>
    private static Dictionary<string, string?> Values(IConfiguration configuration) =>
        configuration
            .AsEnumerable()
            .Where(v => v.Key.Split(':')[0] is CustodySettings.Section or "Logging" or "Urls" or "Kestrel")
            .ToDictionary(v => v.Key, v => v.Value, StringComparer.OrdinalIgnoreCase);

    // names only: among the values are secrets
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The configuration has changed and counts now: {Settings}.")]
        public static partial void Taken(ILogger logger, string settings);

        [LoggerMessage(
            2,
            LogLevel.Warning,
            "The configuration has changed, and this counts after a restart only: {Settings}."
        )]
        public static partial void AfterRestart(ILogger logger, string settings);

        [LoggerMessage(3, LogLevel.Error, "The new configuration is refused, and the old one stays: {Fault}")]
        public static partial void Refused(ILogger logger, string fault);
    }
}
