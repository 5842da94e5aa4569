using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RootCustody.Couriers.Passwords;
using RootCustody.Data;
using RootCustody.Host.Health;

namespace RootCustody.Host.Verbs;

/// <summary><c>doctor</c>: the checks of <c>/healthz/ready</c> at the console, each with what to do, and what else an operator should know.</summary>
internal static class DoctorVerb
{
    /// <summary>For one check. A process that has just started, on a machine that is busy because something is wrong, takes longer than a host that runs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Make()
    {
        var doctor = new Command(
            "doctor",
            "Look at database, schema, clock, jobs, vaults and settings, and say what is wrong and what to do. Serves nothing and changes no row. Exit code 1 if anything is wrong."
        );
        doctor.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return doctor;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        WebApplication app;
        try
        {
            app = CustodyHost.Build([], Patiently);
        }
        catch (CustodyHost.NotStartedException refused)
        {
            return Verb.Tell(refused.Faults.Select(fault => $"wrong  settings: {fault}"));
        }
        await using (app)
        {
            var sentences = await LookAsync(app.Services, cancellationToken);
            foreach (var sentence in sentences)
                Console.WriteLine(sentence);
            Console.WriteLine("Whether a host serves, sends and sweeps, only that host knows: GET /healthz/ready.");
            return sentences.Any(s => s.StartsWith("wrong", StringComparison.Ordinal)) ? Verb.Failed : Verb.Ok;
        }
    }

    private static void Patiently(WebApplicationBuilder builder)
    {
        Verb.Quietly(builder);
        builder.Services.PostConfigure<HealthCheckServiceOptions>(checks =>
        {
            foreach (var check in checks.Registrations)
                check.Timeout = Patience;
        });
    }

    private static async Task<List<string>> LookAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var report = await services
            .GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => !check.Tags.Contains(HealthSetup.Running), cancellationToken);
        return
        [
            .. report.Entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => SentenceOf(e.Key, e.Value)),
            .. report.Status == HealthStatus.Unhealthy ? [] : await OutboxAsync(services, cancellationToken),
            .. PasswordsOf(services.GetService<PasswordMaker>()),
            .. services.GetRequiredService<CustodySettings>().MissingBots().Select(missing => $"note   {missing}"),
        ];
    }

    /// <summary>How hard the passwords made here are to guess; nothing where none are made.</summary>
    private static string[] PasswordsOf(PasswordMaker? maker) =>
        maker is null ? [] : [$"note   passwords are made with {Math.Floor(maker.EntropyBits)} bits of entropy"];

    private static string SentenceOf(string name, HealthReportEntry entry) =>
        entry.Status == HealthStatus.Healthy
            ? $"ok     {name}"
            : $"wrong  {name}: {Finding.SentenceOf(entry)} {Finding.WhatToDo(entry)}";

    private static async Task<IReadOnlyList<string>> OutboxAsync(
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        await using var scope = services.CreateAsyncScope();
        var parked = await scope
            .ServiceProvider.GetRequiredService<CustodyDb>()
            .Outbox.Where(r => r.Parked)
            .GroupBy(r => r.Bot)
            .Select(g => new { Bot = g.Key, Count = g.Count() })
            .ToListAsync(cancellationToken);
        return parked.Count == 0
            ? ["ok     parked messages: none"]
            :
            [
                .. parked.Select(p =>
                    $"wrong  parked messages: {p.Count} of the bot {p.Bot} could not be sent and are tried no more. See: outbox --help"
                ),
            ];
    }
}
