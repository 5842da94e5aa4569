using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RootCustody.Chat;

namespace RootCustody.Slack.Inbound;

/// <summary>Does the work of what was acknowledged already. In memory; what is lost with the process is clicked again.</summary>
internal sealed partial class SlackWork(IServiceScopeFactory scopes, SlackReplies replies, ILogger<SlackWork> logger)
    : BackgroundService
{
    internal const string NotNow =
        "Not now: something on our side is broken. Nothing was lost; click again in a moment.";
    private const int Most = 1000;
    private const int AtOnce = 8;

    private readonly Channel<Interaction> waiting = Channel.CreateBounded<Interaction>(Most);

    /// <returns>False if too much waits.</returns>
    public bool Take(Interaction interaction) => waiting.Writer.TryWrite(interaction);

    /// <summary>Asks the inbox in a scope of its own, which lives on if the caller can wait no longer.</summary>
    public async Task<Reply> AskAsync(Click click) => await TryAsync(click) ?? new Reply.Said(NotNow);

    /// <inheritdoc cref="AskAsync"/>
    /// <returns>Null if something on our side is broken.</returns>
    public async Task<Reply?> TryAsync(Click click)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var inbox = scope.ServiceProvider.GetRequiredKeyedService<IInbox>(click.Bot);
            return await inbox.HandleAsync(click, CancellationToken.None);
        }
#pragma warning disable CA1031 // the edge: the person is told, and nothing of the exception leaves the log
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Log.Broken(logger, broken, click.Bot);
            return null;
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete(); // what waits is still done
        return base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => WorkAsync()));

    private async Task WorkAsync()
    {
        await foreach (var interaction in waiting.Reader.ReadAllAsync())
            await DoAsync(interaction);
    }

    private async Task DoAsync(Interaction interaction)
    {
        var view = interaction.View;
        try
        {
            // the trigger dies after 3 s, so the modal comes before any work
            view ??= await replies.OpenAsync(interaction);
            await replies.SendAsync(interaction, view, await AskAsync(interaction.Click));
        }
#pragma warning disable CA1031 // the edge of a loop: the person is told, the others do not wait for this one
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Log.Broken(logger, broken, interaction.Click.Bot);
            await ApologiseAsync(interaction, view);
        }
    }

    private async Task ApologiseAsync(Interaction interaction, string? view)
    {
        try
        {
            await replies.SendAsync(interaction, view, new Reply.Said(NotNow));
        }
        catch (ChatException unreachable)
        {
            Log.Broken(logger, unreachable, interaction.Click.Bot);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A click at the Slack app {Bot} could not be answered.")]
        public static partial void Broken(ILogger logger, Exception exception, Bot bot);
    }
}
