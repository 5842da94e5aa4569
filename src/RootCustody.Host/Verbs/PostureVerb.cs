using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RootCustody.Desk.Posture;
using RootCustody.Posture;

namespace RootCustody.Host.Verbs;

/// <summary><c>posture import FILE|FOLDER</c> and <c>posture show [ACCOUNT]</c>: how the root users of the accounts are.</summary>
internal static class PostureVerb
{
    public static Command Make() => new("posture", "How the root users of the accounts are.") { Import(), Show() };

    private static Command Import()
    {
        var from = new Argument<string>("FILE|FOLDER")
        {
            Description = "A credential report of IAM as CSV, or a folder whose .csv files are such.",
        };
        var generated = new Option<DateTimeOffset?>("--generated")
        {
            HelpName = "TIME",
            Description =
                "When AWS made the report, as in '2026-11-23 17:40'; in UTC unless it has an offset. Without it the time of the file counts.",
            CustomParser = ReadTime,
        };
        var import = new Command(
            "import",
            "Read what credential reports say of root, and judge it. A bad file does not stop the others. Exit code 1 if one could not be taken."
        )
        {
            from,
            generated,
        };
        import.Does(
            async (parsed, services, cancellationToken) =>
            {
                var path = parsed.GetRequiredValue(from);
                FileInfo[] files = Directory.Exists(path)
                    ? [.. new DirectoryInfo(path).GetFiles("*.csv").OrderBy(f => f.Name, StringComparer.Ordinal)]
                    : [new FileInfo(path)];
                if (files.Length == 0)
                    return Verb.Tell($"There is no .csv file in {path}.");
                var code = Verb.Ok;
                foreach (var file in files)
                {
                    await using var scope = services.CreateAsyncScope(); // one bad file stops no other
                    if (!await ImportAsync(file, parsed.GetValue(generated), scope.ServiceProvider, cancellationToken))
                        code = Verb.Failed;
                }
                return code;
            }
        );
        return import;
    }

    private static async Task<bool> ImportAsync(
        FileInfo file,
        DateTimeOffset? generated,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        if (await ContentAsync(file, cancellationToken) is not { } content)
            return false;
        var at = generated ?? new DateTimeOffset(file.LastWriteTimeUtc);
        switch (await services.GetRequiredService<BringReport>().HandleAsync(content, at, cancellationToken))
        {
            case BringReport.Outcome.Refused refused:
                Verb.Tell($"{file.Name}: {refused.Why}");
                return false;
            case BringReport.Outcome.Taken taken:
                var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
                var source = generated is null ? "by the time of the file" : "as you said";
                Console.WriteLine(
                    $"{file.Name}: {taken.Account.Name} ({taken.Account.Number}), report of {Cell.Say(at)} {source}: {PostureCards.SummaryOf(taken.Findings, now)}{(taken.IsNew ? "" : "; brought before")}"
                );
                foreach (var bad in taken.Findings.Where(f => f.StateAt(now) == PracticeState.Deviates))
                    Console.WriteLine($"  {bad.Practice.Word()}: {bad.Words}");
                return true;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <returns>Null if it could not be read, which was told.</returns>
    private static async Task<byte[]?> ContentAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            if (!file.Exists)
                Verb.Tell($"There is no file {file.FullName}.");
            else if (file.Length > ReportReader.LongestBytes)
                Verb.Tell($"{file.Name}: it is too long for a credential report.");
            else
                return await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            Verb.Tell($"{file.Name}: it cannot be read.");
        }
        return null;
    }

    private static Command Show()
    {
        var number = new Argument<string?>("ACCOUNT")
        {
            Description =
                "The 12 digits of the AWS account, /USER after them for an IAM user; what deviates at all of them without it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var show = new Command(
            "show",
            "Print what deviates, the worst first, or all about one account: each practice, and each column of its last credential report."
        )
        {
            number,
        };
        show.Does(
            async (parsed, services, cancellationToken) =>
            {
                var posture = services.GetRequiredService<ShowPosture>();
                var wanted = parsed.GetValue(number);
                var sentences = wanted is null
                    ? await posture.SentencesAsync(cancellationToken)
                    : await posture.SentencesAsync(wanted, cancellationToken);
                if (sentences is null)
                    return Verb.Tell($"There is no account {wanted}. Import it first.");
                foreach (var sentence in sentences)
                    Console.WriteLine(sentence);
                if (sentences.Count == 0)
                    Console.WriteLine(wanted is null ? "Nothing deviates." : "Nobody has looked at it yet.");
                return Verb.Ok;
            }
        );
        return show;
    }

    private static DateTimeOffset? ReadTime(ArgumentResult typed)
    {
        if (
            DateTimeOffset.TryParse(
                typed.Tokens[0].Value,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
        )
            return time;
        typed.AddError("A time is written as in '2026-11-23 17:40' or '2026-11-23T18:40+01:00'.");
        return null;
    }
}
