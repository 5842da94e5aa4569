using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;
using RootCustody.Slack.Inbound;
using RootCustody.Slack.Outbound;

namespace RootCustody.Slack;

public static class SlackSetup
{
    /// <param name="bots">The bots that this process plays; those without settings are not served.</param>
    public static IServiceCollection AddSlack(
        this IServiceCollection services,
        SlackSettings settings,
        IReadOnlySet<Bot> bots
    )
    {
        // the factory's own loggers and traces hold addresses, and a response_url is a capability (law 8)
        services
            .AddHttpClient(SlackApi.Client, http => http.Timeout = SlackApi.LongestAnswer)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null }
            );
        return services
            .AddSingleton(settings)
            .AddSingleton(new ServedBots([.. bots.Where(settings.Serves)]))
            .AddSingleton<SlackApi>()
            .AddSingleton<SlackSurfaces>()
            .AddSingleton<SlackReplies>()
            .AddSingleton<PayloadReader>()
            .AddSingleton<EventReader>()
            .AddSingleton<SlackEndpoint>()
            .AddSingleton<IMessenger, SlackMessenger>()
            .AddSingleton<SlackWork>()
            .AddHostedService(provider => provider.GetRequiredService<SlackWork>());
    }

    /// <summary><c>POST /slack/{bot}/commands</c>, <c>/interactions</c> and <c>/events</c> for each served bot.</summary>
    public static IEndpointRouteBuilder MapSlack(this IEndpointRouteBuilder endpoints)
    {
        foreach (var bot in endpoints.ServiceProvider.GetRequiredService<ServedBots>().Bots)
        {
            var app = endpoints
                .MapGroup($"/slack/{bot.ToString().ToLowerInvariant()}")
                .WithMetadata(new BodyLimit(SlackEndpoint.LongestBody));
            app.MapPost("/commands", (HttpContext context, SlackEndpoint slack) => slack.CommandAsync(context, bot));
            app.MapPost(
                "/interactions",
                (HttpContext context, SlackEndpoint slack) => slack.InteractionAsync(context, bot)
            );
            app.MapPost("/events", (HttpContext context, SlackEndpoint slack) => slack.EventAsync(context, bot));
        }
        return endpoints;
    }

    private sealed record ServedBots(IReadOnlyList<Bot> Bots);

    private sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
