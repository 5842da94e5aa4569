using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;
using RootCustody.Data.Audit;
using RootCustody.Data.Chat;
using RootCustody.Data.Databases;
using RootCustody.Data.People;

namespace RootCustody.Data;

public static class DataSetup
{
    /// <param name="node">The clock of this machine; the time that everything else is given is <see cref="DatabaseTime"/>.</param>
    public static IServiceCollection AddCustodyData(
        this IServiceCollection services,
        DatabaseSettings database,
        TimeProvider node
    ) =>
        services
            .AddSingleton(new DatabaseTime(node, database.LargestSkew))
            .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<DatabaseTime>())
            .AddSingleton<WriterTurn>()
            .AddSingleton<CommitBell>()
            .AddCustodyDb(database)
            .AddScoped<Schema>()
            .AddScoped<Policies>()
            .AddScoped<Reception>()
            .AddScoped<SendOutbox>()
            .AddScoped<ForgetClicks>()
            .AddScoped<ForgetTraces>()
            .AddScoped<ExportAudit>()
            .AddScoped<AuditStore>();

    /// <summary>Sends the outbox of the bots that this process plays.</summary>
    public static IServiceCollection AddOutboxLoop(this IServiceCollection services, IReadOnlySet<Bot> bots) =>
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<OutboxLoop>(provider, bots));
}
