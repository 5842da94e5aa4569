using System.CommandLine;
using System.CommandLine.Parsing;
using RootCustody.Audit;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;
using RootCustody.Data.Audit;

namespace RootCustody.Host.Verbs;

/// <summary><c>lost</c>: what the database does not know any more after a restore, and books it again.</summary>
internal static class LostVerb
{
    /// <summary>Kinds of entries that are printed one by one; of the others only their number.</summary>
    private static readonly string[] Telling =
    [
        "window.",
        "exposure.recorded",
        "exposure.recovered",
        "exposure.reported",
        "intake.",
        "password.",
        "seed.",
        "rotation.attested",
        "identity.",
        "person.",
        "part.",
        "holder.",
        "change.made",
        "custodian.",
        "database.",
    ];

    private static readonly Option<string?> Kept = new("--export")
    {
        HelpName = "FILE",
        Description = "An audit export that was kept elsewhere: names the entries that the database lacks.",
    };

    private static readonly Option<ChainHead?> Head = new("--head")
    {
        HelpName = "SEQ:HASH",
        Description = "A head that was noted earlier: tells whether entries up to it are missing or changed.",
        CustomParser = ReadHead,
    };

    private static readonly Option<bool> Record = new("--record")
    {
        Description = "Book the lost exposures into the database again: they bar and owe again, and reveals go on.",
    };

    public static Command Make()
    {
        var lost = new Command(
            "lost",
            "Print what the journals and vaults of this process's couriers, an audit export or a noted head know and the database does not: it was restored to an older state. Exit code 1 if anything is lost. Run it on each node that plays a courier."
        )
        {
            Kept,
            Head,
            Record,
        };
        lost.Does(
            async (parsed, services, cancellationToken) =>
            {
                try
                {
                    return await FindAsync(parsed, services, cancellationToken);
                }
                catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or VaultException)
                {
                    return Verb.Tell(broken.Message);
                }
            }
        );
        return lost;
    }

    /// <summary>Prints what is lost as far as journals and vaults know.</summary>
    /// <returns>Whether anything is.</returns>
    /// <exception cref="VaultException">A journal or a vault cannot be read.</exception>
    public static async Task<bool> ReportAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var find = services.GetRequiredService<FindLost>();
        foreach (var journal in await find.JournalsAsync(cancellationToken))
            Console.Error.WriteLine(journal);
        if (services.GetServices<RevealJournal>().Count() < 2)
            Console.Error.WriteLine(
                "This process does not play both couriers: run 'lost' where the others are played, too."
            );
        var exposures = await find.ExposuresAsync([], cancellationToken);
        List<string> sentences =
        [
            .. await find.TellAsync(exposures, cancellationToken),
            .. await find.GenerationsAsync(cancellationToken),
        ];
        foreach (var sentence in sentences.DefaultIfEmpty(FindLost.NothingLost))
            Console.WriteLine(sentence);
        if (exposures.Any(e => e.Counts))
            Console.Error.WriteLine("Nothing is shown to anybody until they are booked again: lost --record.");
        return sentences.Count > 0;
    }

    private static async Task<int> FindAsync(
        ParseResult parsed,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        var known = await CompareAsync(parsed, services, cancellationToken);
        var lost = await ReportAsync(services, cancellationToken);
        if (!parsed.GetValue(Record))
            return lost || known is not null ? Verb.Failed : Verb.Ok;
        var elsewhere = known is AuditComparison.Short { Lost: var entries } ? JournalLine.OfEntries(entries) : [];
        return await RecordAsync(elsewhere, services, cancellationToken);
    }

    private static async Task<int> RecordAsync(
        IReadOnlyList<JournalLine> elsewhere,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        var exposures = await services.GetRequiredService<FindLost>().ExposuresAsync(elsewhere, cancellationToken);
        var recorded = await services.GetRequiredService<RecordLost>().HandleAsync(exposures, cancellationToken);
        Console.WriteLine($"{recorded} exposures were booked again.");
        var left = exposures.Count(l => !l.Counts);
        return left == 0
            ? Verb.Ok
            : Verb.Tell(
                $"{left} exposures concern a person or an account that the database does not know. Import them again, then run this again."
            );
    }

    /// <summary>Holds the log against what was kept of it, if anything was given.</summary>
    /// <returns>What is amiss; null if nothing is.</returns>
    private static async Task<AuditComparison?> CompareAsync(
        ParseResult parsed,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        var compare = services.GetRequiredService<CompareAudit>();
        var head = parsed.GetValue(Head);
        AuditComparison? comparison = null;
        if (parsed.GetValue(Kept) is { } file)
        {
            await using var export = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            comparison = await compare.WithExportAsync(export, head, cancellationToken);
        }
        else if (head is not null)
            comparison = await compare.WithHeadAsync(head, cancellationToken);
        if (comparison is null)
            return null;
        foreach (var line in Lines(comparison))
            Console.WriteLine(line);
        return comparison is AuditComparison.Whole ? null : comparison;
    }

    private static IEnumerable<string> Lines(AuditComparison comparison) =>
        comparison switch
        {
            AuditComparison.Whole whole => [$"The audit log holds all of it; it goes up to {whole.Head}."],
            AuditComparison.Other other =>
            [
                $"Another entry {other.Sequence} stands in the log than the one that was noted: it went on otherwise after a restore, or was written anew.",
            ],
            AuditComparison.Unsound unsound => [$"The export itself is not as it was written: {unsound.Why}"],
            AuditComparison.Short cut => Lines(cut),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static IEnumerable<string> Lines(AuditComparison.Short cut)
    {
        yield return cut.Forks
            ? $"The log and what was kept of it fork after entry {cut.Common}: {cut.Missing} entries are lost, and others stand in their place."
            : $"The log ends at entry {cut.Common}: {cut.Missing} entries are lost.";
        var others = 0;
        foreach (var entry in cut.Lost)
        {
            if (Array.Exists(Telling, kind => entry["what"].StartsWith(kind, StringComparison.Ordinal)))
                yield return $"lost: {string.Join("  ", new[] { entry["at"], entry["what"], $"by {entry["actor"]}" }.Concat(Details(entry)))}";
            else
                others++;
        }
        if (others > 0)
            yield return $"lost: {others} entries of other kinds";
    }

    private static IEnumerable<string> Details(IReadOnlyDictionary<string, string> entry) =>
        entry.Where(fact => fact.Key is not ("at" or "what" or "actor")).Select(fact => $"{fact.Key}={fact.Value}");

    private static ChainHead? ReadHead(ArgumentResult typed)
    {
        if (!ChainHead.TryParse(typed.Tokens[0].Value, out var head))
            typed.AddError("A head is the number of an entry, a colon, and 64 lower-case hexadecimal digits.");
        return head;
    }
}
