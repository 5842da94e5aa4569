using Hangfire;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Http;
using RootCustody.Chat;
using RootCustody.Couriers.Handovers;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Data.Databases;

namespace RootCustody.Playground.Nodes;

/// <summary>What a node has besides the host, which stays as it is.</summary>
internal static class NodeParts
{
    public static void AddNodeParts(
        this WebApplicationBuilder builder,
        DeathPoints points,
        Traffic traffic,
        StandingClock? clock,
        NodeFlaw flaw
    )
    {
        builder
            .Services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new CallPoints(points, traffic))
            .AddSingleton<IStartupFilter>(new AnswerPoints(points, traffic));
        var interceptors = new List<IInterceptor> { new CommitPoints(points) };
        if (flaw != NodeFlaw.None)
            interceptors.Insert(0, new Flawed(flaw));
        if (clock is not null)
            interceptors.Add(new StandingDatabase(clock));
        builder
            .Services.ConfigureDbContext<SqliteCustodyDb>(options => options.AddInterceptors(interceptors))
            .ConfigureDbContext<PostgreSqlCustodyDb>(options => options.AddInterceptors(interceptors));
        builder.Host.UseServiceProviderFactory(
            new Completed(services =>
            {
                Wrap(services, points, traffic);
                if (clock is not null)
                    services.AddSingleton<IRecurringJobManager>(provider => new OrderedSweeps(
                        new RecurringJobManager(provider.GetRequiredService<JobStorage>())
                    ));
            })
        );
    }

    /// <summary>Wraps the inboxes, which the host registers after its configuration.</summary>
    private static void Wrap(IServiceCollection services, DeathPoints points, Traffic traffic)
    {
        foreach (var bot in Enum.GetValues<Bot>())
        {
            var inbox = services.Last(s => s.ServiceType == typeof(IInbox) && bot.Equals(s.ServiceKey));
            services.AddKeyedScoped<IInbox>(
                bot,
                (provider, key) => new CountedInbox(InboxOf(provider, bot, inbox, points), traffic)
            );
        }
    }

    /// <summary>An inbox as the host makes it; that of a courier with a vault that is watched.</summary>
    private static IInbox InboxOf(IServiceProvider provider, Bot bot, ServiceDescriptor inbox, DeathPoints points)
    {
        IHalfSource? source = bot switch
        {
            Bot.Password => provider.GetRequiredService<PasswordSource>(),
            Bot.Mfa => provider.GetRequiredService<CodeSource>(),
            _ => null,
        };
        if (source is null)
            return (IInbox)inbox.KeyedImplementationFactory!(provider, bot);
        source = new VaultPoints(source, points);
        var journal = provider.GetServices<RevealJournal>().Single(j => j.Half == source.Half);
        var reveal = ActivatorUtilities.CreateInstance<RevealHalf>(provider, source, journal);
        var offers = ActivatorUtilities.CreateInstance<Offers>(provider, source);
        var hide = ActivatorUtilities.CreateInstance<HideElsewhere>(provider, source);
        return ActivatorUtilities.CreateInstance<CourierInbox>(provider, reveal, source, offers, hide);
    }

    private sealed class CountedInbox(IInbox inbox, Traffic traffic) : IInbox
    {
        public async Task<Reply> HandleAsync(Click click, CancellationToken cancellationToken)
        {
            using var underWay = traffic.Begin();
            return await inbox.HandleAsync(click, cancellationToken);
        }
    }

    /// <summary>The usual container, after a last change of what is in it.</summary>
    private sealed class Completed(Action<IServiceCollection> change) : IServiceProviderFactory<IServiceCollection>
    {
        public IServiceCollection CreateBuilder(IServiceCollection services)
        {
            change(services);
            return services;
        }

        public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder) =>
            containerBuilder.BuildServiceProvider();
    }
}
