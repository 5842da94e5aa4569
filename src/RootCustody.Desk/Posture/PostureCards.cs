using System.Globalization;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Posture;

namespace RootCustody.Desk.Posture;

/// <summary>What people see of the posture of accounts.</summary>
public static class PostureCards
{
    /// <summary>So many are named on one card; of the others it says how many they are.</summary>
    public const int Most = 15;

    /// <summary>So many are named on a digest, which tells of rotations too.</summary>
    private const int MostOnADigest = 10;

    /// <summary>Stands for an operator, whom nobody in chat is.</summary>
    public const string Console = "an operator at the console";

    private static readonly Choice[] Ways =
    [
        new(Actions.Report, "Bring a report", ""),
        new(Actions.Contacts, "Look at contacts", ""),
        Choice.NotMe,
    ];

    internal const string OfUser =
        "Of an IAM user only its groups are judged: its line of a credential report is not read here. Look at AWS, IAM, Credential report, for its keys, its MFA and the age of its password.";

    /// <summary>Calls the duty managers at once.</summary>
    public static Card Alarm(Account account, Finding finding) =>
        new(
            $"{account.Name} ({account.Number}): root may have been abused",
            [
                finding.Words,
                "Ask both custodian groups now, another way than by chat. If nobody knows of it: look at CloudTrail, begin an emergency, rotate both halves.",
            ],
            [Fact.At("Found", finding.Since)],
            []
        );

    /// <summary>What came of a report.</summary>
    public static Card Brought(BringReport.Outcome.Taken taken, DateTimeOffset now) =>
        new(
            $"{taken.Account.Name} ({taken.Account.Number}): {SummaryOf(taken.Findings, now)}",
            [
                taken.IsNew
                    ? "It counts as reported by you until another custodian of the account, an auditor or an administrator confirms it with the word posture."
                    : "The same was brought before; nothing is new.",
            ],
            [.. taken.Findings.Select(f => FactOf(f, now))],
            [Choice.NotMe]
        );

    /// <summary>How many practices are in each state.</summary>
    public static string SummaryOf(IEnumerable<Finding> findings, DateTimeOffset now) =>
        string.Join(
            ", ",
            findings
                .CountBy(f => f.StateAt(now))
                .OrderBy(c => c.Key)
                .Select(c => $"{c.Value} {c.Key.Word().ToLowerInvariant()}")
        );

    /// <summary>What is to be confirmed, read out.</summary>
    public static Form ToConfirm(Evidence evidence, Account account, string by, IReadOnlyList<string> lines) =>
        new(
            Actions.Witness,
            evidence.Id.ToString(),
            "Confirm a report",
            "I have seen the same",
            [
                $"{account.Name} ({account.Number}), {evidence.Source.Word()} of {Cell.Say(evidence.At)}, reported by {by}. Look at AWS yourself, not at what was sent to you, and confirm only what you have seen there.",
                .. lines,
            ],
            []
        );

    /// <summary>The worst of many accounts.</summary>
    /// <param name="all">How many there are, those on the card too.</param>
    /// <param name="unknown">Of how many practices nobody can say anything.</param>
    /// <param name="waiting">What this person may confirm.</param>
    public static Card Overview(
        IReadOnlyList<ToldFinding> told,
        int all,
        int unknown,
        IReadOnlyList<BroughtEvidence> waiting,
        DateTimeOffset now
    ) =>
        new(
            all == 0 ? "Posture: nothing deviates" : $"Posture: {all} deviations",
            [
                .. unknown == 0
                    ? (string[])[]
                    : [$"Of {unknown} practices nobody can say how they are: reports are missing, or do not say it."],
                .. all <= told.Count
                    ? (string[])[]
                    : [$"And {all - told.Count} more; the verb posture show prints them all."],
                "Type posture and the 12 digits of an account for all about it.",
            ],
            [.. told.Select(t => FactOf(t, now))],
            [.. waiting.Select(Confirm), .. Ways]
        );

    /// <summary>All about one account.</summary>
    public static Card One(Account account, IReadOnlyList<Fact> facts, IReadOnlyList<BroughtEvidence> waiting) =>
        new(
            $"Posture of {account.Name} ({account.Number})",
            [
                .. facts.Count == 0 ? ["Nobody has looked at it yet."] : (string[])[],
                .. account.User is null ? (string[])[] : [OfUser],
            ],
            facts,
            [.. waiting.Select(Confirm), .. account.User is null ? Ways : [Choice.NotMe]]
        );

    /// <summary>Each practice with what it rests on, then who brought that and whether another confirmed it.</summary>
    public static IReadOnlyList<Fact> FactsOf(
        IReadOnlyList<Finding> findings,
        IReadOnlyCollection<Evidence> evidence,
        IReadOnlyDictionary<PersonId, string> names,
        DateTimeOffset now
    ) =>
        [
            .. findings.Select(f => FactOf(f, now)),
            .. evidence
                .OrderBy(e => e.Source)
                .Select(e => new Fact(SourceOf(e), $"{AgeOf(e, now)}, {WhoOf(e, names)}")),
        ];

    /// <summary>One line of a digest or a list.</summary>
    public static Fact FactOf(ToldFinding told, DateTimeOffset now) =>
        new(
            $"{told.Finding.StateAt(now).Word()}: {told.Finding.Practice.Word()} of {told.Account.Name} ({told.Account.Number})",
            $"{told.Finding.Words} Since {Cell.Say(told.Finding.Since)}."
        );

    /// <summary>What a person is told once a day, with the rotations that they are told of.</summary>
    /// <param name="rotations">Null if none fall due.</param>
    /// <param name="mine">Of the halves that they keep.</param>
    /// <param name="late">What a duty manager is told because it stays.</param>
    /// <returns>Null if there is nothing to tell.</returns>
    public static Card? Digest(
        Card? rotations,
        IReadOnlyList<ToldFinding> mine,
        IReadOnlyList<ToldFinding> late,
        DateTimeOffset now
    )
    {
        var all = late.Concat(mine).DistinctBy(t => (t.Account.Id, t.Finding.Practice)).ToList();
        if (all.Count == 0)
            return rotations;
        var title = $"posture: {all.Count} {(all.Count == 1 ? "deviation" : "deviations")}";
        return new Card(
            rotations is null ? $"P{title[1..]}" : $"{rotations.Title}; {title}",
            [
                .. rotations?.Lines ?? [],
                .. late.Count == 0
                    ? (string[])[]
                    :
                    [
                        $"As a duty manager: {late.Count} deviations of root users stay as they are. Talk to their custodians.",
                    ],
                .. all.Count <= MostOnADigest
                    ? (string[])[]
                    : [$"And {all.Count - MostOnADigest} more deviations; type posture to see them."],
            ],
            [.. rotations?.Facts ?? [], .. all.Take(MostOnADigest).Select(t => FactOf(t, now))],
            rotations?.Choices ?? []
        );
    }

    private static Fact FactOf(Finding finding, DateTimeOffset now) =>
        new($"{finding.StateAt(now).Word()}: {finding.Practice.Word()}", finding.Words);

    private static Choice Confirm(BroughtEvidence brought) =>
        new(
            Actions.Witness,
            brought.Evidence.Source switch
            {
                EvidenceSource.CredentialReport => $"Confirm report of {brought.Account.Number}",
                EvidenceSource.Contacts => $"Confirm contacts of {brought.Account.Number}",
                EvidenceSource.Trail => $"Confirm record of {brought.Account.Number}",
            },
            brought.Evidence.Id.ToString()
        );

    private static string SourceOf(Evidence evidence) =>
        evidence.Source switch
        {
            EvidenceSource.CredentialReport => "Credential report made",
            EvidenceSource.Contacts => "Alternate contacts looked at",
            EvidenceSource.Trail => "Record of CloudTrail, attested, not proven",
        };

    private static string AgeOf(Evidence evidence, DateTimeOffset now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Cell.Say(evidence.At)}, {Math.Max(0, (int)(now - evidence.At).TotalDays)} days ago"
        );

    /// <summary>Who brought it, and who has confirmed it.</summary>
    public static string WhoOf(Evidence evidence, IReadOnlyDictionary<PersonId, string> names)
    {
        var by = evidence.By is { } person ? names[person] : Console;
        return evidence.ConfirmedBy is { } other
            ? $"brought by {by}, confirmed by {names[other]}"
            : $"reported by {by}, confirmed by nobody yet";
    }
}
