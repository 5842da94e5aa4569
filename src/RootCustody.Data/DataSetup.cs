using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;
using RootCustody.Data.Audit;
using RootCustody.Data.Backups;
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
            .AddSingleton<Sweep>()
            .AddScoped<Reception>()
            .AddSingleton<Chance>(_ => Backoff.Draw)
            .AddScoped<SendOutbox>()
            .AddScoped<AlertParked>()
            .AddScoped<ListOutbox>()
            .AddScoped<RetryOutbox>()
            .AddScoped<DropOutbox>()
            .AddScoped<ForgetSent>()
            .AddScoped<ForgetClicks>()
            .AddScoped<ForgetTraces>()
            .AddScoped<ExportAudit>()
            .AddScoped<CompareAudit>()
            .AddScoped<BackUp>()
            .AddScoped<RestoreBackup>()
            .AddScoped<RecordRestore>()
            .AddScoped<AuditStore>();

    /// <summary>Sends the outbox of the bots that this process plays.</summary>
    public static IServiceCollection AddOutboxLoop(this IServiceCollection services, IReadOnlySet<Bot> bots) =>
        services
            .AddSingleton<OutboxPulse>()
            .AddHostedService(provider => ActivatorUtilities.CreateInstance<OutboxLoop>(provider, bots));
}
