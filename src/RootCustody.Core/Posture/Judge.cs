namespace RootCustody.Posture;

/// <summary>Judges an account by each practice.</summary>
public static class Judge
{
    private const string NoReport = "Nobody has brought a credential report of this account.";
    private const string NotSaid = "The credential report does not say it.";

    /// <summary>Every practice but <see cref="Practice.Staffed"/>, whose facts are the people's.</summary>
    public static IReadOnlyList<Judgement> All(PostureFacts facts) =>
        [
            LastUse(facts),
            MfaPresent(facts),
            MfaRegistered(facts),
            Credentials(facts, Practice.NoAccessKeys, "access_key", "access key"),
            Credentials(facts, Practice.NoCertificates, "cert", "signing certificate"),
            PasswordAge(facts),
            Alias(facts),
            Contacts(facts),
        ];

    /// <summary>Whether two people could answer for each half.</summary>
    /// <param name="gaps">What is missing, a sentence each.</param>
    public static Judgement Staffed(IReadOnlyCollection<string> gaps) =>
        gaps.Count == 0
            ? new Judgement(Practice.Staffed, PracticeState.Good, "Two people could answer for each half.")
            : new Judgement(Practice.Staffed, PracticeState.Deviates, Cut(string.Join(' ', gaps)));

    public static Judgement LastUse(PostureFacts facts)
    {
        const Practice practice = Practice.LastUse;
        if (facts.Line is not { } line)
            return new Judgement(practice, PracticeState.Unknown, NoReport);
        if (line.At(RootLine.PasswordLastUsed).Time is not { } used)
            return new Judgement(practice, PracticeState.Unknown, NotSaid);
        var when = $"Root was last used at {Cell.Say(used)}";
        if (used > facts.Generated + PostureFacts.Precision)
            return new Judgement(practice, PracticeState.Unknown, $"{when}, which is after the report was made.");
        if (facts.WatchedSince is not { } since || used < since - PostureFacts.Precision)
            return Good(practice, $"{when}, before we watched.", facts);
        return facts.UsedInWindow
            ? Good(practice, $"{when}, in a window of ours.", facts)
            : new Judgement(
                practice,
                PracticeState.Deviates,
                $"{when}, when no window of ours was open. It may be abuse: ask both groups, look at CloudTrail, rotate.",
                Use: used
            );
    }

    public static Judgement PasswordAge(PostureFacts facts)
    {
        const Practice practice = Practice.PasswordAge;
        if (facts.Line is not { } line)
            return new Judgement(practice, PracticeState.Unknown, NoReport);
        if (line.At(RootLine.PasswordEnabled).Kind == CellKind.No)
            return facts.Account.PasswordGeneration > 0
                ? Deviates("AWS says that root has no password, and one is in custody here.")
                : new Judgement(practice, PracticeState.Unknown, "Root has no password.");
        if (line.At(RootLine.PasswordLastChanged).Time is not { } changed)
            return new Judgement(practice, PracticeState.Unknown, NotSaid);
        var when = $"AWS says that the password was changed at {Cell.Say(changed)}";
        if (changed > facts.Generated + PostureFacts.Precision)
            return new Judgement(practice, PracticeState.Unknown, $"{when}, which is after the report was made.");
        if (facts.Rotated is { } own && facts.Generated > own.At && changed < own.From - PostureFacts.Precision)
            return Deviates($"{when}. Our log says that it was rotated at {Cell.Say(own.At)}: find out which lives.");
        if (
            !facts.ChangedInWindow
            && facts.WatchedSince is { } since
            && changed > since + PostureFacts.Precision
            && changed > (facts.Rotated?.From ?? since)
        )
            return Deviates($"{when}, and our log has no rotation then: what the vault keeps may be dead.", changed);
        var old = changed + facts.Policy.RotateEvery;
        if (facts.Now >= old)
            return Deviates($"{when}. Policy wants it rotated every {facts.Policy.RotateEvery.TotalDays:0} days.");
        var until = old < facts.GoodUntil ? old : facts.GoodUntil;
        return Good(practice, $"{when}.", facts) with { GoodUntil = until };

        static Judgement Deviates(string words, DateTimeOffset? use = null) =>
            new(practice, PracticeState.Deviates, words, Use: use);
    }

    private static Judgement MfaPresent(PostureFacts facts) =>
        facts.Line is not { } line
            ? new Judgement(Practice.MfaPresent, PracticeState.Unknown, NoReport)
            : line.At(RootLine.MfaActive).Kind switch
            {
                CellKind.Yes => Good(Practice.MfaPresent, "AWS asks root for MFA.", facts),
                CellKind.No => new Judgement(
                    Practice.MfaPresent,
                    PracticeState.Deviates,
                    "AWS does not ask root for MFA: register a device at Security credentials, Assign MFA device."
                ),
                _ => new Judgement(Practice.MfaPresent, PracticeState.Unknown, NotSaid),
            };

    private static Judgement MfaRegistered(PostureFacts facts)
    {
        const Practice practice = Practice.MfaRegistered;
        if (facts.Line is not { } line)
            return new Judgement(practice, PracticeState.Unknown, NoReport);
        var here = facts.Devices;
        return line.At(RootLine.MfaActive).Kind switch
        {
            CellKind.Yes when here > 0 => Good(
                practice,
                $"AWS has MFA, and {here} devices are registered here.",
                facts
            ),
            CellKind.Yes => Deviates("AWS has an MFA device, and none is registered here: somebody else keeps it."),
            CellKind.No when here > 0 => Deviates($"{here} devices are registered here, and AWS has none."),
            CellKind.No => Deviates("Neither AWS has an MFA device, nor is one registered here."),
            _ => new Judgement(practice, PracticeState.Unknown, NotSaid),
        };

        static Judgement Deviates(string words) => new(practice, PracticeState.Deviates, words);
    }

    /// <summary>Two of each can be there; one that is not active has the date of its making.</summary>
    private static Judgement Credentials(PostureFacts facts, Practice practice, string prefix, string word)
    {
        if (facts.Line is not { } line)
            return new Judgement(practice, PracticeState.Unknown, NoReport);
        var active = ((string[])["1", "2"]).Select(n => line.At($"{prefix}_{n}_active").Kind).ToList();
        var made = line.Names.Any(n =>
            n.StartsWith(prefix, StringComparison.Ordinal)
            && !n.EndsWith("_active", StringComparison.Ordinal)
            && line.At(n).Kind is CellKind.Moment or CellKind.Word
        );
        var more = line.At(RootLine.AdditionalCredentials).Kind != CellKind.NotSaid;
        if (active.Contains(CellKind.Yes))
            return Deviates($"Root has an active {word}. Deactivate and delete it at Security credentials.");
        if (made)
            return Deviates($"Root has a {word} that is not active. Delete it at Security credentials.");
        if (more)
            return Deviates("Root has more than two keys or certificates. Delete them at Security credentials.");
        return active.TrueForAll(kind => kind == CellKind.No)
            ? Good(practice, $"Root has no {word}.", facts)
            : new Judgement(practice, PracticeState.Unknown, NotSaid);

        Judgement Deviates(string words) => new(practice, PracticeState.Deviates, words);
    }

    private static Judgement Alias(PostureFacts facts) =>
        facts.Policy.RootEmails.Length == 0
            ? new Judgement(
                Practice.Alias,
                PracticeState.Unknown,
                "Policy does not say which addresses are right (RootEmails)."
            )
        : RootEmails.Match(facts.Policy.RootEmails, facts.Account.Email)
            ? new Judgement(Practice.Alias, PracticeState.Good, "The root e-mail address is one of the provider's.")
        : new Judgement(
            Practice.Alias,
            PracticeState.Deviates,
            "The root e-mail address is none of the provider's. Change it at Account, Edit account name, email, and password."
        );

    private static Judgement Contacts(PostureFacts facts)
    {
        const Practice practice = Practice.Contacts;
        if (facts.Contacts is not { } wrong)
            return new Judgement(practice, PracticeState.Unknown, "Nobody has looked at the alternate contacts.");
        if (wrong.Length > 0)
            return new Judgement(practice, PracticeState.Deviates, Cut($"Missing or wrong: {wrong}"));
        var until = facts.ContactsAt + facts.Policy.AttestationLife;
        return facts.Now < until
            ? new Judgement(practice, PracticeState.Good, "Billing, operations and security are set and right.", until)
            : new Judgement(practice, PracticeState.Stale, "It was long ago that somebody looked at them.");
    }

    /// <summary>As long as the report is not too old.</summary>
    private static Judgement Good(Practice practice, string words, PostureFacts facts) =>
        facts.Now < facts.GoodUntil
            ? new Judgement(practice, PracticeState.Good, words, facts.GoodUntil)
            : new Judgement(practice, PracticeState.Stale, $"{words} That report is too old: bring a new one.");

    private static string Cut(string text) =>
        text.Length <= Finding.LongestWords ? text : text[..(Finding.LongestWords - 1)] + "…";
}
