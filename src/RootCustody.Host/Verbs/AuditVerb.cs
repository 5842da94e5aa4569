using System.CommandLine;
using RootCustody.Audit;
using RootCustody.Couriers.Checkpoints;
using RootCustody.Couriers.Vault;
using RootCustody.Data.Audit;

namespace RootCustody.Host.Verbs;

/// <summary><c>audit export</c>.</summary>
internal static class AuditVerb
{
    private const string NotSigned =
        "This process signs no checkpoints: it has to be a worker, with RootCustody:AuditVault set.";

    public static Command Make() => new("audit", "The audit log.") { Export(), Key() };

    private static Command Export()
    {
        var file = new Argument<string>("FILE") { Description = "Where to write it; - is standard output." };
        var checkpoint = new Option<string?>("--checkpoint")
        {
            HelpName = "FILE",
            Description =
                "Where to write the head of this export, signed by the vault of RootCustody:AuditVault. Keep it where nobody who can change the database can change it.",
        };
        var export = new Command("export", "Write the audit log as JSON lines, for RootCustody.AuditTool verify.")
        {
            file,
            checkpoint,
        };
        export.Does(
            async (parsed, services, cancellationToken) =>
            {
                var to = parsed.GetRequiredValue(file);
                var signer = services.GetService<SignCheckpoint>();
                var note = parsed.GetValue(checkpoint);
                if (note is not null && signer is null)
                    return Verb.Tell(NotSigned);
                if (File.Exists(note))
                    return Verb.Tell(
                        $"{note} is there already. An earlier checkpoint is worth keeping: name another file."
                    );
                try
                {
                    var head = await WriteAsync(to, services, cancellationToken);
                    return note is null ? Verb.Ok : await SignAsync(signer!, head, note, cancellationToken);
                }
                catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
                {
                    return Verb.Tell($"It cannot be written: {unwritable.Message}");
                }
            }
        );
        return export;
    }

    private static async Task<ChainHead> WriteAsync(
        string to,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        await using var stream = to == "-" ? Console.OpenStandardOutput() : File.Create(to);
        var head = await services.GetRequiredService<ExportAudit>().HandleAsync(stream, cancellationToken);
        await Console.Error.WriteLineAsync(
            $"Exported up to {head}. Keep this head: it tells later whether anything up to here was changed."
        );
        return head;
    }

    private static Command Key()
    {
        var key = new Command(
            "key",
            "Print the public keys with which signed checkpoints are checked, the newest last. Give them to auditors on another way than the checkpoints."
        );
        key.Does(
            async (_, services, cancellationToken) =>
            {
                if (services.GetService<SignCheckpoint>() is not { } signer)
                    return Verb.Tell(NotSigned);
                try
                {
                    foreach (var known in await signer.KeysAsync(cancellationToken))
                        Console.WriteLine(known);
                    return Verb.Ok;
                }
                catch (VaultException refused)
                {
                    return Verb.Tell(refused.Message);
                }
            }
        );
        return key;
    }

    private static async Task<int> SignAsync(
        SignCheckpoint signer,
        ChainHead head,
        string file,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await File.WriteAllTextAsync(file, await signer.HandleAsync(head, cancellationToken), cancellationToken);
            return Verb.Ok;
        }
        catch (VaultException refused)
        {
            return Verb.Tell($"The head was not signed. {refused.Message}");
        }
    }
}
