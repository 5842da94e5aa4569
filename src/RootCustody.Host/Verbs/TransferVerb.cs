using System.CommandLine;
using RootCustody.Audit;
using RootCustody.Couriers.Checkpoints;
using RootCustody.Couriers.Vault;
using RootCustody.Desk.Transfers;
using RootCustody.Transfers;

namespace RootCustody.Host.Verbs;

/// <summary><c>transfer list</c> and <c>transfer certificate</c>: accounts that leave custody.</summary>
internal static class TransferVerb
{
    private const string Unsigned =
        "ATTENTION: the text is not signed. To sign it, run this where a worker runs, with RootCustody:AuditVault set.";

    public static Command Make() => new("transfer", "Accounts that leave custody.") { List(), CertificateOf() };

    private static Command List()
    {
        var account = new Argument<string?>("ACCOUNT")
        {
            Description = "The 12 digits of the AWS account; without it all transfers that are under way.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var list = new Command("list", "Print how transfers stand, and how long they have waited for whom.")
        {
            account,
        };
        list.Does(
            async (parsed, services, cancellationToken) =>
            {
                var number = parsed.GetValue(account);
                var found = await services.GetRequiredService<ShowTransfer>().OfAsync(number, cancellationToken);
                if (found.Count == 0 && number is not null)
                    return Verb.Tell($"There is no transfer of an account {number}.");
                if (found.Count == 0)
                    Console.WriteLine("No account is being transferred.");
                var clock = services.GetRequiredService<TimeProvider>();
                foreach (var (transfer, of, way) in found)
                    Print(
                        TransferCards.Of(transfer, of, way, new Dictionary<PersonId, string>(), [], clock.GetUtcNow())
                    );
                return Verb.Ok;
            }
        );
        return list;
    }

    private static void Print(Chat.Card card)
    {
        Console.WriteLine(card.Title);
        foreach (var line in card.Lines)
            Console.WriteLine($"  {line}");
        foreach (var fact in card.Facts)
            Console.WriteLine($"  {fact.Name}: {fact.Value}");
    }

    private static Command CertificateOf()
    {
        var account = new Argument<string>("ACCOUNT") { Description = "The 12 digits of the AWS account." };
        var folder = new Argument<string>("FOLDER")
        {
            Description = "Where to write the certificate as text (.txt) and as JSON (.json).",
        };
        var certificate = new Command(
            "certificate",
            "Write the certificate of a transfer for the customer. They check it with RootCustody.AuditTool certificate."
        )
        {
            account,
            folder,
        };
        certificate.Does(
            async (parsed, services, cancellationToken) =>
            {
                var number = parsed.GetRequiredValue(account);
                var found = await services.GetRequiredService<ShowTransfer>().OfAsync(number, cancellationToken);
                if (found is not [({ Certificate: { } json } transfer, _, _)])
                    return Verb.Tell(
                        $"There is no certificate of account {number}. How its transfer stands: transfer list {number}."
                    );
                return await WriteAsync(transfer, json, parsed.GetRequiredValue(folder), services, cancellationToken);
            }
        );
        return certificate;
    }

    private static async Task<int> WriteAsync(
        Transfer transfer,
        string json,
        string folder,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        var show = services.GetRequiredService<ShowTransfer>();
        if (
            !Certificate.TryRead(json, out var certificate)
            || !await show.IsInLogAsync(transfer, certificate, cancellationToken)
        )
            return Verb.Tell(
                "The certificate in the database is not the one that the audit log says was made. Nothing is written or signed. Compare the log with an export, and tell the auditors."
            );
        var path = Path.Combine(folder, transfer.Name);
        try
        {
            var signer = services.GetService<SignCheckpoint>();
            var text = signer is null
                ? certificate.TextFor("unsigned")
                : await signer.SignAsync(certificate, cancellationToken);
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync($"{path}.json", $"{json}\n", cancellationToken);
            await File.WriteAllTextAsync($"{path}.txt", text, cancellationToken);
            Console.WriteLine($"Written: {path}.txt and {path}.json.");
            if (signer is null)
                await Console.Error.WriteLineAsync(Unsigned);
            return Verb.Ok;
        }
        catch (VaultException refused)
        {
            return Verb.Tell($"The certificate was not signed. {refused.Message}");
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return Verb.Tell($"It cannot be written: {unwritable.Message}");
        }
    }
}
