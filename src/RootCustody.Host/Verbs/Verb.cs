using System.CommandLine;

namespace RootCustody.Host.Verbs;

/// <summary>What every verb of the command line has in common: it works on the services of the host without serving, and tells people what went wrong in a sentence.</summary>
internal static class Verb
{
    public const int Ok = 0;
    public const int Failed = 1;

    /// <summary>For the builder of a host that does not serve: what it logs must not drown what the verb says.</summary>
    public static void Quietly(WebApplicationBuilder builder)
    {
        builder.Logging.ToStandardError();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
    }

    /// <summary>Makes the verb run with the services of a host that is built but not started.</summary>
    public static void Does(
        this Command command,
        Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> work
    ) =>
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                WebApplication app;
                try
                {
                    app = CustodyHost.Build([], Quietly);
                }
                catch (CustodyHost.NotStartedException refused)
                {
                    return Tell(refused.Faults);
                }
                await using (app)
                {
                    await CustodyHost.MigrateAsync(app.Services, cancellationToken);
                    await using var scope = app.Services.CreateAsyncScope();
                    return await work(parsed, scope.ServiceProvider, cancellationToken);
                }
            }
        );

    /// <summary>Tells why it failed.</summary>
    public static int Tell(params IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
            Console.Error.WriteLine(sentence);
        return Failed;
    }
}
