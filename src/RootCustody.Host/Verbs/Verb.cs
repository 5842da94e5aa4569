using System.CommandLine;

namespace RootCustody.Host.Verbs;

/// <summary>What every verb of the command line has in common: it works on the services of the host without serving, and tells people what went wrong in a sentence.</summary>
internal static class Verb
{
    public const int Ok = 0;
    public const int Failed = 1;

    /// <summary>Makes the verb run with the services of a host that is built but not started.</summary>
    public static void Does(
        this Command command,
        Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> work
    ) =>
        command.DoesBeforeDatabase(
            async (parsed, services, cancellationToken) =>
            {
                await CustodyHost.MigrateAsync(services, cancellationToken);
                await using var scope = services.CreateAsyncScope();
                return await work(parsed, scope.ServiceProvider, cancellationToken);
            }
        );

    /// <summary>As <see cref="Does"/>, but the database is not touched before: it may be what has to be replaced.</summary>
    public static void DoesBeforeDatabase(
        this Command command,
        Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> work
    ) =>
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                WebApplication app;
                try
                {
                    app = CustodyHost.Build([], builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
                }
                catch (CustodyHost.NotStartedException refused)
                {
                    return Tell(refused.Faults);
                }
                await using (app)
                    return await work(parsed, app.Services, cancellationToken);
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
