using System.CommandLine;
using RootCustody.Desk.People;

namespace RootCustody.Host.Verbs;

/// <summary><c>import FILE</c>.</summary>
internal static class ImportVerb
{
    public static Command Make()
    {
        var file = new Argument<FileInfo>("FILE")
        {
            Description = "JSON with persons, groups, customers and accounts.",
        };
        var import = new Command(
            "import",
            "Import persons, custodian groups, customers and accounts. The file is checked as a whole: all of it gets in, or nothing. Once a half is in a vault, an import only proposes."
        )
        {
            file,
        };
        import.Does(
            async (parsed, services, cancellationToken) =>
            {
                var from = parsed.GetRequiredValue(file);
                if (!from.Exists)
                    return Verb.Tell($"There is no file {from.FullName}.");
                var content = await File.ReadAllBytesAsync(from.FullName, cancellationToken);
                return Tell(
                    await services.GetRequiredService<ImportDirectory>().HandleAsync(content, cancellationToken)
                );
            }
        );
        return import;
    }

    private static int Tell(Import import)
    {
        switch (import)
        {
            case Import.Refused refused:
                return Verb.Tell(refused.Errors.Append("Nothing was imported."));
            case Import.Proposed proposed:
                foreach (var change in proposed.Changes)
                    Console.WriteLine($"proposed: {change}");
                Console.WriteLine(
                    $"Halves are in custody, so nothing was changed: this is proposal {proposed.Name} now. Two administrators confirm it in chat."
                );
                return Warn(proposed.Warnings);
            case Import.Done done:
                Console.WriteLine($"Imported: {done.Counts}.");
                return Warn(done.Warnings);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static int Warn(IEnumerable<string> warnings)
    {
        foreach (var warning in warnings)
            Console.Error.WriteLine($"warning: {warning}");
        return Verb.Ok;
    }
}
