using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;

namespace RootCustody.Data.Chat;

/// <summary>The inbox of a bot, with each click measured and traced.</summary>
public sealed class WatchedInbox(IInbox inbox) : IInbox
{
    public async Task<Reply> HandleAsync(Click click, CancellationToken cancellationToken)
    {
        using var measured = Telemetry.Click(click);
        var reply = await inbox.HandleAsync(click, cancellationToken);
        measured.Outcome = reply.GetType().Name; // a closed set of records
        return reply;
    }
}

public static class WatchedInboxSetup
{
    /// <summary>Registers the inbox of a bot, which is made anew for each click.</summary>
    public static IServiceCollection AddInbox(
        this IServiceCollection services,
        Bot bot,
        Func<IServiceProvider, IInbox> make
    ) => services.AddKeyedScoped<IInbox>(bot, (provider, _) => new WatchedInbox(make(provider)));
}
