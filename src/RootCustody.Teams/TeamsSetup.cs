using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using RootCustody.Chat;
using RootCustody.Teams.Inbound;
using RootCustody.Teams.Outbound;

namespace RootCustody.Teams;

public static class TeamsSetup
{
    private const string KeysClient = "RootCustody.Teams.Keys";

    /// <param name="bots">The bots that this process plays; those without settings are not served.</param>
    public static IServiceCollection AddTeams(
        this IServiceCollection services,
        TeamsSettings settings,
        IReadOnlySet<Bot> bots
    )
    {
        // the factory's own loggers print addresses and headers, and our traces are nobody else's
        foreach (var client in (string[])[KeysClient, BotTokens.Client, TeamsMessenger.Client])
        {
            services
                .AddHttpClient(client, http => http.Timeout = TeamsMessenger.LongestAnswer)
                .RemoveAllLoggers()
                .ConfigurePrimaryHttpMessageHandler(() =>
                    new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null }
                );
        }
        return services
            .AddSingleton(settings)
            .AddSingleton(new ServedBots([.. bots.Where(settings.Serves)]))
            .AddSingleton<IConfigurationManager<OpenIdConnectConfiguration>>(provider => Keys(provider, settings))
            .AddSingleton<TokenCheck>()
            .AddSingleton<BotTokens>()
            .AddSingleton<TeamsMessenger>()
            .AddSingleton<IMessenger>(provider => provider.GetRequiredService<TeamsMessenger>())
            .AddSingleton<TeamsEndpoint>()
            .AddSingleton<TeamsWork>()
            .AddHostedService(provider => provider.GetRequiredService<TeamsWork>());
    }

    /// <summary><c>POST /teams/{bot}/api/messages</c> for each served bot.</summary>
    public static IEndpointRouteBuilder MapTeams(this IEndpointRouteBuilder endpoints)
    {
        foreach (var bot in endpoints.ServiceProvider.GetRequiredService<ServedBots>().Bots)
        {
            endpoints
                .MapPost(
                    $"/teams/{bot.ToString().ToLowerInvariant()}/api/messages",
                    (HttpContext context, TeamsEndpoint endpoint) => endpoint.HandleAsync(context, bot)
                )
                .WithMetadata(new BodyLimit(TeamsEndpoint.LongestBody));
        }
        return endpoints;
    }

    private static ConfigurationManager<OpenIdConnectConfiguration> Keys(
        IServiceProvider provider,
        TeamsSettings settings
    )
    {
        var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(KeysClient);
        return new ConfigurationManager<OpenIdConnectConfiguration>(
            settings.Metadata,
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(http) { RequireHttps = !settings.UsesDevelopmentAddresses }
        );
    }

    private sealed record ServedBots(IReadOnlyList<Bot> Bots);

    private sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
