using System.CommandLine;
using RootCustody.Desk.Proofs;
using RootCustody.Proofs;

namespace RootCustody.Host.Verbs;

/// <summary><c>proof check</c>, <c>proof import</c>, <c>proof list</c>: rotations that AWS's own trail proves.</summary>
internal static class ProofVerb
{
    private const string How =
        "Fetch the log files and the digests of the hour with aws s3 cp, and beside each digest FILE its signature as FILE.sig: aws s3api head-object --bucket BUCKET --key KEY --query Metadata.signature --output text > FILE.sig";

    public static Command Make() =>
        new("proof", "Rotations that AWS's own trail proves.") { Check(), Import(), List() };

    private static Command Check()
    {
        var files = Files();
        var keys = new Option<string>("--keys")
        {
            Required = true,
            HelpName = "FILE",
            Description =
                "What aws cloudtrail list-public-keys --output json printed in the region of the digests, for their time.",
        };
        var check = new Command(
            "check",
            $"Say what log files of CloudTrail prove, by keys that you give. It needs no database and records nothing. {How}"
        )
        {
            files,
            keys,
        };
        check.SetAction(parsed =>
        {
            if (
                TrailFolder.Keys(parsed.GetRequiredValue(keys)) is not { } given
                || TrailFolder.Read(parsed.GetRequiredValue(files)) is not { } read
            )
                return Verb.Failed;
            var findings = TrailFindings.Of(read, given);
            return Tell(
                [.. findings.Changes.Select(p => $"{Say(p.Change)}: proven by {p.Digest}, key {p.Fingerprint}.")],
                [
                    .. findings.Faults,
                    .. findings.Unproven.Select(c => $"{Say(c)}: no digest that counts vouches for it."),
                ]
            );
        });
        return check;
    }

    private static Command Import()
    {
        var files = Files();
        var import = new Command(
            "import",
            $"Record what log files of CloudTrail prove: that root changed its password, or got an MFA device. Only digests signed with a key that two administrators trust prove it (admin trust-key). Of files without any digest a change of the password is taken on your word, not proven, until a custodian confirms it. Exit code 1 if something could not be taken. {How}"
        )
        {
            files,
        };
        import.Does(
            async (parsed, services, cancellationToken) =>
            {
                if (TrailFolder.Read(parsed.GetRequiredValue(files)) is not { } read)
                    return Verb.Failed;
                var outcome = await services.GetRequiredService<BringProofs>().HandleAsync(read, cancellationToken);
                return Tell(outcome.Lines, outcome.Faults);
            }
        );
        return import;
    }

    private static Command List()
    {
        var number = new Argument<string?>("ACCOUNT")
        {
            Description = "The 12 digits of the AWS account; all of them without it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var list = new Command("list", "Print what is proven, the newest first, then what is attested only.")
        {
            number,
        };
        list.Does(
            async (parsed, services, cancellationToken) =>
            {
                var wanted = parsed.GetValue(number);
                var proofs = services.GetRequiredService<ShowProofs>();
                if (await proofs.SentencesAsync(wanted, cancellationToken) is not { } sentences)
                    return Verb.Tell($"There is no account {wanted}. Import it first.");
                foreach (var sentence in sentences.DefaultIfEmpty("Nothing is proven."))
                    Console.WriteLine(sentence);
                return Verb.Ok;
            }
        );
        return list;
    }

    private static Argument<string[]> Files() =>
        new("FILE|FOLDER")
        {
            Description = "Log files and digests of CloudTrail, as .json.gz or inflated, or folders of them.",
            Arity = ArgumentArity.OneOrMore,
        };

    private static string Say(RootChange change) =>
        $"{change.Account}: {change.EventName} of {change.At:yyyy-MM-dd HH:mm:ss} UTC, event {change.EventId}";

    private static int Tell(IReadOnlyList<string> lines, IReadOnlyList<string> faults)
    {
        foreach (var line in lines)
            Console.WriteLine(line);
        if (lines.Count == 0)
            Console.WriteLine("Nothing is proven.");
        return faults.Count == 0 ? Verb.Ok : Verb.Tell(faults);
    }
}
