using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RootCustody.Chat;
using RootCustody.Teams.Drawing;
using RootCustody.Teams.Outbound;

namespace RootCustody.Teams.Inbound;

/// <summary>Does the work of what was acknowledged already: typed words and installations. In memory; what is lost with the process is typed again.</summary>
internal sealed partial class TeamsWork(
    IServiceScopeFactory scopes,
    TeamsMessenger messenger,
    ILogger<TeamsWork> logger
) : BackgroundService
{
    private const int Most = 1000;
    private const int AtOnce = 4;

    private readonly Channel<(Click Click, bool Answers)> waiting = Channel.CreateBounded<(Click, bool)>(Most);

    /// <returns>False if too much waits: the sender tries again.</returns>
    public bool Take(Click click, bool answers) => waiting.Writer.TryWrite((click, answers));

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete(); // what waits is still done
        return base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => WorkAsync()));

    private async Task WorkAsync()
    {
        await foreach (var (click, answers) in waiting.Reader.ReadAllAsync())
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var inbox = scope.ServiceProvider.GetRequiredKeyedService<IInbox>(click.Bot);
                var reply = await inbox.HandleAsync(click, CancellationToken.None);
                if (answers)
                    await AnswerAsync(click, reply);
            }
#pragma warning disable CA1031 // the edge of a loop: the others must not wait for this one
            catch (Exception broken)
#pragma warning restore CA1031
            {
                Log.Broken(logger, broken, click.Bot);
                if (answers)
                    await ApologiseAsync(click);
            }
        }
    }

    private async Task AnswerAsync(Click click, Reply reply)
    {
        var (title, card) = reply switch
        {
            Reply.Said said => Say(said.Text),
            Reply.Drawn drawn => (drawn.Card.Title, AdaptiveCards.Draw(drawn.Card)),
            Reply.Asked asked => (asked.Form.Title, AdaptiveCards.Opener(asked.Form)),
            Reply.Corrected corrected => Say(string.Join(' ', corrected.Errors.Values)),
            _ => ("", null),
        };
        if (card is not null)
            await messenger.PostCardAsync(click.Bot, click.Where, title, card, null, CancellationToken.None);
    }

    private static (string Title, JsonObject? Card) Say(string sentence) => (sentence, AdaptiveCards.Say(sentence));

    private async Task ApologiseAsync(Click click)
    {
        try
        {
            await AnswerAsync(click, new Reply.Said(TeamsEndpoint.NotNow));
        }
        catch (ChatException unreachable)
        {
            Log.Broken(logger, unreachable, click.Bot);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Something typed to the Teams bot {Bot} could not be answered.")]
        public static partial void Broken(ILogger logger, Exception exception, Bot bot);
    }
}
