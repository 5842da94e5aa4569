using System.CommandLine;
using System.Data.Common;

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
        // to look for a history of migrations that is not there is no error, and what is one the verb says in a sentence
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database", LogLevel.None);
    }

    /// <summary>Makes the verb run with the services of a host that is built but not started, on a database whose schema is in order.</summary>
    public static void Does(
        this Command command,
        Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> work
    ) =>
        command.SetAction(
            (parsed, cancellationToken) => DoAsync((services, stop) => work(parsed, services, stop), cancellationToken)
        );

    /// <summary>What <see cref="Does"/> makes a verb do, for one that does not always need it.</summary>
    public static Task<int> DoAsync(
        Func<IServiceProvider, CancellationToken, Task<int>> work,
        CancellationToken cancellationToken
    ) =>
        DoOnAnySchemaAsync(
            async (services, stop) =>
            {
                await services.PrepareDatabaseAsync(stop);
                return await work(services, stop);
            },
            cancellationToken
        );

    /// <summary>As <see cref="Does"/>, whatever the schema of the database is.</summary>
    public static void DoesOnAnySchema(
        this Command command,
        Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> work
    ) =>
        command.SetAction(
            (parsed, cancellationToken) =>
                DoOnAnySchemaAsync((services, stop) => work(parsed, services, stop), cancellationToken)
        );

    private static Task<int> DoOnAnySchemaAsync(
        Func<IServiceProvider, CancellationToken, Task<int>> work,
        CancellationToken cancellationToken
    ) =>
        TellingAsync(async () =>
        {
            await using var app = CustodyHost.Build([], Quietly);
            await using var scope = app.Services.CreateAsyncScope();
            return await work(scope.ServiceProvider, cancellationToken);
        });

    /// <summary>Says in a sentence why the host could not be put together, or why its database could not be used.</summary>
    /// <param name="first">Said before it.</param>
    public static async Task<int> TellingAsync(Func<Task<int>> work, params string[] first)
    {
        try
        {
            return await work();
        }
        catch (CustodyHost.NotStartedException refused)
        {
            return Tell([.. first, .. refused.Faults]);
        }
        catch (Exception broken) when (DatabaseFault(broken) is { } fault)
        {
            return Tell([.. first, $"The database cannot be used: {fault.Message}"]);
        }
    }

    /// <summary>The driver's own words, which may stand inside of those of the library.</summary>
    private static DbException? DatabaseFault(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is DbException fault)
                return fault;
        }
        return null;
    }

    /// <summary>Tells why it failed.</summary>
    public static int Tell(params IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
            Console.Error.WriteLine(sentence);
        return Failed;
    }
}
