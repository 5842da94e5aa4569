using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;
using Microsoft.Extensions.Configuration.Memory;
using RootCustody.Couriers;
using RootCustody.Couriers.Vault;
using RootCustody.Couriers.Vault.Http;
using RootCustody.Data;
using RootCustody.Data.Databases;
using RootCustody.Desk;
using RootCustody.Desk.OnCall;
using RootCustody.Host.Health;
using RootCustody.Host.Jobs;
using RootCustody.Host.Watching;
using RootCustody.Slack;
using RootCustody.Teams;

namespace RootCustody.Host;

/// <summary>Puts the host together from its settings.</summary>
public static partial class CustodyHost
{
    /// <summary>The settings are wrong, or unsafe in this environment: each fault is a sentence for the operator.</summary>
    public sealed class NotStartedException(IReadOnlyList<string> faults)
        : Exception(string.Join(Environment.NewLine, faults))
    {
        public IReadOnlyList<string> Faults => faults;
    }

    private static readonly Dictionary<string, string?> QuietLogs = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Hangfire"] = "Warning",
        // each probe would repeat it: Readiness tells what changes
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
    };

    /// <summary>So long what has begun may take to end: answers, jobs, halves on screens.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    /// <param name="configure">Changes the builder before anything is registered: other configuration, another clock.</param>
    /// <exception cref="NotStartedException">The host does not start with these settings.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // the slim one brings neither IIS nor HTTP/3 with it
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.UseKestrelHttpsConfiguration();
        // the weakest source: whoever wants more sets it in any other
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = QuietLogs });
        builder.AddLogs();
        configure?.Invoke(builder);
        var settings = builder.AddSettings();
        builder.AddWatching(settings);
        builder.AddDatabase(settings);
        builder.AddAuditLog(settings);
        builder.AddRoles(settings);
        builder.Services.AddSlack(settings.Slack, settings.Bots());
        builder.Services.AddTeams(settings.Teams, settings.Bots());
        builder.Services.AddHealth(settings);
        builder.Services.Configure<HostOptions>(host =>
            host.ShutdownTimeout = settings.DrainIn(builder.Environment.IsDevelopment()) + LongestStop
        );
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        var app = builder.Build();
        app.MapSlack();
        app.MapTeams();
        app.MapHealth();
        app.MapCalendar(settings);
        return app;
    }

    /// <summary>All that has to be there before the first click: identities that are apart, the schema, the database's time, the recurring jobs.</summary>
    /// <exception cref="NotStartedException">An identity at a vault may do too much, or was tampered with; or this version does not know the schema of the database.</exception>
    public static async Task PrepareAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        await app.Services.ProveIdentitiesAsync(cancellationToken);
        await app.Services.PrepareDatabaseAsync(cancellationToken);
        app.Services.GetRequiredService<Clockwork>().Wind();
    }

    /// <summary>A vault that is sealed or away is no reason not to start: the host says that it is not ready, and goes on when the vault does.</summary>
    private static async Task ProveIdentitiesAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        var refused = new List<string>();
        foreach (var vault in services.GetServices<VaultClient>())
        {
            try
            {
                await vault.LookAsync(cancellationToken);
            }
            catch (VaultException why) when (why.Failure is VaultFailure.TooWide or VaultFailure.Tampered)
            {
                refused.Add(why.Message); // law 7
            }
            catch (VaultException why)
            {
                Log.NotYet(services.GetRequiredService<ILogger<VaultClient>>(), vault.Section, why.Message);
            }
        }
        if (refused.Count > 0)
            throw new NotStartedException(refused);
    }

    /// <summary>The embedded default brings its file up to date; the schema of a server is changed by <c>db migrate</c> only, and has to be the one that this version knows.</summary>
    /// <exception cref="NotStartedException">It is not.</exception>
    public static async Task PrepareDatabaseAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var schema = scope.ServiceProvider.GetRequiredService<Schema>();
        var status = await schema.StatusAsync(cancellationToken);
        if (status.Unknown.Count == 0 && !services.GetRequiredService<CustodySettings>().Database.IsServer)
            await schema.MigrateAsync(cancellationToken);
        else if (status.WhyNotServe is { } why)
            throw new NotStartedException([why]);
        await services
            .GetRequiredService<DatabaseTime>()
            .LookAsync(scope.ServiceProvider.GetRequiredService<CustodyDb>(), cancellationToken);
    }

    /// <summary>The settings as they stand, whatever is wrong with them.</summary>
    internal static CustodySettings SettingsOf(WebApplicationBuilder builder)
    {
        var settings = new CustodySettings();
        builder.Configuration.GetSection(CustodySettings.Section).Bind(settings);
        return settings;
    }

    private static CustodySettings AddSettings(this WebApplicationBuilder builder)
    {
        var settings = SettingsOf(builder);
        var faults = settings.Faults(builder.Environment.IsDevelopment()).ToList();
        if (faults.Count > 0)
            throw new NotStartedException(faults);

        builder
            .Services.AddSingleton(settings)
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<Reload>(provider, builder.Configuration))
            .AddHostedService(provider => provider.GetRequiredService<Reload>())
            .AddTransient(provider => provider.GetRequiredService<Reload>().Book);
        return settings;
    }

    private static void AddDatabase(this WebApplicationBuilder builder, CustodySettings settings)
    {
        PrivateDirectory.Make(settings.DataDirectory);
        PrivateDirectory.Make(settings.VaultDirectory);
        // whoever configures the builder may have brought another clock
        var node = builder.Services.LastOrDefault(s => s.ServiceType == typeof(TimeProvider))?.ImplementationInstance;
        builder.Services.AddCustodyData(settings.ReachedDatabase(), node as TimeProvider ?? TimeProvider.System);
        builder.Services.AddHostedService<ClockWatch>();
    }

    private static void AddAuditLog(this WebApplicationBuilder builder, CustodySettings settings)
    {
        if (settings.Played().Contains(Role.Worker))
            builder.Services.AddHostedService<SequencerLoop>();
        if (settings.AuditIdentity() is { } signer)
            builder.Services.AddCheckpoints(signer, CustodySettings.CheckpointKey, settings.AuditName);
    }

    private static void AddRoles(this WebApplicationBuilder builder, CustodySettings settings)
    {
        var played = settings.Played();
        var services = builder.Services;
        services
            .AddOutboxLoop(settings.Bots())
            .AddStepUp(settings.VaultDirectory, settings.StepUpIdentity())
            .AddHandovers()
            .AddDesk(settings.PublicSite())
            .AddOnCall(settings.OnCall);
        if (played.Contains(Role.PasswordCourier))
            services.AddPasswordCourier(
                settings.VaultDirectory,
                settings.Passwords,
                settings.Journals,
                settings.PasswordIdentity()
            );
        if (played.Contains(Role.MfaCourier))
            services.AddMfaCourier(settings.VaultDirectory, settings.Journals, settings.MfaIdentity());

        services.AddJobs(settings, [.. played.Select(role => role.QueueOf()).OfType<string>()]);
    }

    private static void AddJobs(this IServiceCollection services, CustodySettings settings, string[] queues)
    {
        // in the container: Hangfire's own default is one static storage for all hosts of a process
        services.AddSingleton(_ => Storages.Open(settings.ReachedDatabase()));
        // likewise: a job that another host's activator makes works on that host's database
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(
            provider.GetRequiredService<IServiceScopeFactory>()
        ));
        services.AddHangfire(
            (provider, hangfire) =>
                hangfire
                    .UseLogProvider(new JobLogs(provider.GetRequiredService<ILoggerFactory>()))
                    .UseStorage(provider.GetRequiredService<JobStorage>())
        );
        services.AddSingleton<Clockwork>().AddSingleton<WatchJobs>().AddSingleton(Filters);
        if (queues.Length == 0)
            return; // the desk alone has no clockwork; Hangfire does not start without a queue
        services.AddHangfireServer(server =>
        {
            server.Queues = queues;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            server.WorkerCount = 4;
            // told to stop, a job ends between two ids and is handed back; a single one of them may take so long
            server.StopTimeout = TimeSpan.Zero;
            server.ShutdownTimeout = TimeSpan.FromSeconds(15);
        });
    }

    /// <summary>Hangfire's own filters, and ours: in the container, for its global ones are of all hosts of a process.</summary>
    private static IJobFilterProvider Filters(IServiceProvider provider) =>
        new JobFilterProviderCollection(
            new JobFilterAttributeFilterProvider(),
            GlobalJobFilters.Filters,
            new JobFilterCollection { provider.GetRequiredService<WatchJobs>() }
        );

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The vault of {Section} cannot be used yet. {Why}")]
        public static partial void NotYet(ILogger logger, string section, string why);
    }
}
