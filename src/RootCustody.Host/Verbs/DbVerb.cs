using System.CommandLine;
using Hangfire;
using RootCustody.Data.Databases;

namespace RootCustody.Host.Verbs;

/// <summary><c>db migrate</c>, <c>db status</c> and <c>db script</c>: the schema of the database.</summary>
internal static class DbVerb
{
    public static Command Make() => new("db", "The schema of the database.") { Migrate(), Status(), Script() };

    private static Command Migrate()
    {
        var migrate = new Command(
            "migrate",
            "Bring the database up to the schema of this version, and make the tables of the jobs. Run it with a role that may change tables; the host needs no such role to serve. Running hosts of an older version have to be stopped first."
        );
        migrate.DoesOnAnySchema(
            async (_, services, cancellationToken) =>
            {
                var schema = services.GetRequiredService<Schema>();
                var before = await schema.StatusAsync(cancellationToken);
                if (before.Unknown.Count > 0)
                    return Verb.Tell(before.WhyNotServe!, "Nothing was changed.");
                foreach (var pending in before.Pending)
                    Console.WriteLine($"applying {pending}");
                await schema.MigrateAsync(cancellationToken);
                services.GetRequiredService<JobStorage>().GetReadOnlyConnection().Dispose(); // makes its tables
                Console.WriteLine(
                    before.Pending.Count == 0 ? "Nothing to do: the schema is up to date." : "The schema is up to date."
                );
                return Verb.Ok;
            }
        );
        return migrate;
    }

    private static Command Status()
    {
        var status = new Command(
            "status",
            "List the migrations: applied, pending, and those that this version does not know. Exit code 1 if the host would not serve."
        );
        status.DoesOnAnySchema(
            async (_, services, cancellationToken) =>
            {
                var found = await services.GetRequiredService<Schema>().StatusAsync(cancellationToken);
                foreach (var applied in found.Applied.Except(found.Unknown, StringComparer.Ordinal))
                    Console.WriteLine($"applied  {applied}");
                foreach (var pending in found.Pending)
                    Console.WriteLine($"pending  {pending}");
                foreach (var unknown in found.Unknown)
                    Console.WriteLine($"unknown  {unknown}");
                return found.WhyNotServe is { } why ? Verb.Tell(why) : Verb.Ok;
            }
        );
        return status;
    }

    private static Command Script()
    {
        var provider = new Option<DatabaseProvider>("--provider")
        {
            Description = "The kind of database.",
            Required = true,
        };
        var idempotent = new Option<bool>("--idempotent")
        {
            Description = "Make a script that may be run on a database that has some of it already; not for SQLite.",
        };
        var script = new Command(
            "script",
            "Print the script that makes the schema, and nothing else. It needs neither a database nor settings."
        )
        {
            provider,
            idempotent,
        };
        script.SetAction(parsed =>
        {
            var wanted = parsed.GetRequiredValue(provider);
            if (wanted == DatabaseProvider.Sqlite && parsed.GetValue(idempotent))
                return Verb.Tell(
                    "SQLite has no conditions in scripts, so there is no idempotent one. Run db migrate, which applies what is missing, or leave --idempotent out."
                );
            Console.Out.Write(Schema.Script(wanted, parsed.GetValue(idempotent)));
            return Verb.Ok;
        });
        return script;
    }
}
