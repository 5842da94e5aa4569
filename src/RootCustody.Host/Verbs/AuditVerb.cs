using System.CommandLine;
using RootCustody.Data.Audit;

namespace RootCustody.Host.Verbs;

/// <summary><c>audit export</c>.</summary>
internal static class AuditVerb
{
    public static Command Make() => new("audit", "The audit log.") { Export() };

    private static Command Export()
    {
        var file = new Argument<string>("FILE") { Description = "Where to write it; - is standard output." };
        var export = new Command("export", "Write the audit log as JSON lines, for RootCustody.AuditTool verify.")
        {
            file,
        };
        export.Does(
            async (parsed, services, cancellationToken) =>
            {
                var to = parsed.GetRequiredValue(file);
                await using var stream = to == "-" ? Console.OpenStandardOutput() : File.Create(to);
                var head = await services.GetRequiredService<ExportAudit>().HandleAsync(stream, cancellationToken);
                await Console.Error.WriteLineAsync(
                    $"Exported up to {head}. Keep this head: it tells later whether anything up to here was changed."
                );
                return Verb.Ok;
            }
        );
        return export;
    }
}
