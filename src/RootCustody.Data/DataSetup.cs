using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;
using RootCustody.Data.Audit;
using RootCustody.Data.Chat;
using RootCustody.Data.People;

namespace RootCustody.Data;

public static class DataSetup
{
    /// <param name="file">The SQLite file of the embedded default.</param>
    public static IServiceCollection AddCustodyDb(this IServiceCollection services, string file) =>
        services
            .AddSingleton<WriterTurn>()
            .AddSingleton<CommitBell>()
            .AddDbContext<CustodyDb>(options =>
                options.UseSqlite(
                    $"Data Source={file}",
                    // what a person or a request owns is a handful of rows
                    sqlite => sqlite.UseQuerySplittingBehavior(QuerySplittingBehavior.SingleQuery)
                )
            )
            .AddScoped<Policies>()
            .AddScoped<Reception>()
            .AddScoped<SendOutbox>()
            .AddScoped<ForgetClicks>()
            .AddScoped<ForgetTraces>()
            .AddScoped<ExportAudit>()
            .AddScoped<AuditStore>();

    /// <summary>Sends the outbox of the bots that this process plays.</summary>
    public static IServiceCollection AddOutboxLoop(this IServiceCollection services, IReadOnlySet<Bot> bots) =>
        services
            .AddSingleton<OutboxPulse>()
            .AddHostedService(provider => ActivatorUtilities.CreateInstance<OutboxLoop>(provider, bots));
}
