using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RootCustody.Desk.OnCall;

public static class OnCallSetup
{
    /// <param name="groups">By the key of the custodian group; without faults.</param>
    public static IServiceCollection AddOnCall(
        this IServiceCollection services,
        IEnumerable<KeyValuePair<string, OnCallSettings>> groups
    ) =>
        services
            .AddSingleton(provider => new OnCallBook(
                groups,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<OnCallBook>>()
            ))
            .AddScoped<RefreshOnCall>()
            .AddScoped<RefreshOnCallJob>();
}
