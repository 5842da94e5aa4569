using System.CommandLine;
using System.Data.Common;

namespace RootCustody.Host.Verbs;

/// <summary>What every verb of the command line has in common: it works on the services of the host without serving, and tells people what went wrong in a sentence.</summary>
internal static class Verb
{
    public const int Ok = 0;
    public const int Failed = 1;

    /// <summary>Makes the verb run with the services of a host that is built but not started, on a database whose schema is in order.</summary>
    public static void Does(
        this Command command,
        Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> work
    ) =>
        command.DoesOnAnySchema(
            async (parsed, services, cancellationToken) =>
            {
                await services.PrepareDatabaseAsync(cancellationToken);
                return await work(parsed, services, cancellationToken);
            }
        );

    /// <summary>As <see cref="Does"/>, whatever the schema of the database is.</summary>
    public static void DoesOnAnySchema(
        this Command command,
        Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> work
    ) =>
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                try
                {
                    await using var app = CustodyHost.Build(
                        [],
                        builder => builder.Logging.SetMinimumLevel(LogLevel.Warning)
                    );
                    await using var scope = app.Services.CreateAsyncScope();
                    return await work(parsed, scope.ServiceProvider, cancellationToken);
                }
                catch (CustodyHost.NotStartedException refused)
                {
                    return Tell(refused.Faults);
                }
                catch (DbException unreachable)
                {
                    return Tell($"The database answered: {unreachable.Message}");
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
