using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Onboarding;
using RootCustody.Posture;
using RootCustody.Requests;

namespace RootCustody.Desk.Onboarding;

/// <summary>What people see of an account that is taken into custody.</summary>
public static class OnboardingCards
{
    /// <summary>So many are named on one card; of the others it says how many they are.</summary>
    public const int Most = 15;

    /// <summary>So many are named on a digest, which tells of other things too.</summary>
    internal const int MostOnADigest = 5;

    private const int MostToConfirm = 5;

    /// <summary>All items of one account, and what this person can press.</summary>
    /// <param name="acts">Whether they are a custodian of it or an administrator.</param>
    public static Card Of(
        Checklist list,
        IReadOnlyDictionary<PersonId, string> names,
        bool acts,
        IReadOnlyList<OnboardingWord> toConfirm
    )
    {
        var account = list.Account;
        var name = $"{account.Name} ({account.Number})";
        if (account.ClosedAt is not null)
            return Card.Of($"{name} is closed", Sentences.For(Refusal.AccountClosed));
        if (account.OnboardedAt is { } at)
            return Card.Of(
                $"{name} is in custody",
                $"It was taken into custody at {Cell.Say(at)}. How it is now, the words posture and register say."
            );
        if (account.OnboardingSince is not { } since)
            return new Card(
                $"{name}: no ceremony",
                [
                    "Nobody has begun to take this account into custody item by item. Once it is begun, planned work on it waits until each item is proven or waived by two.",
                ],
                [],
                acts ? [Begin(account), Choice.NotMe] : []
            );
        return new Card(
            $"{name}: {list.Settled} of {list.Lines.Count} items settled",
            [.. LinesOf(list)],
            [
                Fact.At("Being taken into custody since", since),
                .. list.Lines.Select(l => new Fact($"{l.State.Word()}: {l.Item.Word()}", SayOf(l, names))),
            ],
            [
                .. acts && list.IsComplete ? [Finish(account)] : (Choice[])[],
                .. toConfirm.Take(MostToConfirm).Select(Confirm),
                .. acts ? Ways(account) : [],
                Choice.NotMe,
            ]
        );
    }

    /// <summary>The accounts that are under way, the longest first.</summary>
    public static Card Overview(IReadOnlyList<Checklist> lists, int all) =>
        new(
            all == 0 ? "No account is being taken into custody" : $"Being taken into custody: {all}",
            [
                "Type onboard and the 12 digits of an account, with /USER for an IAM user, to see its items, or to begin.",
                .. all > lists.Count
                    ? [$"And {all - lists.Count} more; the verb onboarding prints them all."]
                    : (string[])[],
            ],
            [.. lists.Select(FactOf)],
            []
        );

    /// <summary>What a person is told once a day of ceremonies that hang, with all else that they are told.</summary>
    /// <param name="other">Null if there is nothing else.</param>
    /// <returns>Null if there is nothing to tell.</returns>
    internal static Card? Digest(Card? other, HangingCeremonies hanging, Policy policy)
    {
        if (hanging.All == 0)
            return other;
        var title = $"on the way into custody: {hanging.All} {(hanging.All == 1 ? "hangs" : "hang")}";
        var days = $"{policy.OnboardReminder.TotalDays:0}";
        return new Card(
            other is null ? $"O{title[1..]}" : $"{other.Title}; {title}",
            [
                .. other?.Lines ?? [],
                $"Nobody has moved an account on its way into custody for {days} days. Type onboard and its 12 digits to see what is next.",
                .. hanging.Late == 0
                    ? (string[])[]
                    :
                    [
                        $"As a duty manager: for twice that nobody has moved {hanging.Late} of them. Talk to their custodians.",
                    ],
                .. hanging.All <= hanging.Lists.Count
                    ? (string[])[]
                    : [$"And {hanging.All - hanging.Lists.Count} more; type onboard to see them."],
            ],
            [.. other?.Facts ?? [], .. hanging.Lists.Select(FactOf)],
            other?.Choices ?? []
        );
    }

    private static Fact FactOf(Checklist list) =>
        Fact.At(
            $"{list.Account.Name} ({list.Account.Number}): {list.Settled} of {list.Lines.Count} items, since",
            list.Account.OnboardingSince!.Value
        );

    private static IEnumerable<string> LinesOf(Checklist list)
    {
        if (list.IsComplete)
            yield return "Every item is settled: press Take into custody.";
        else
            yield return "Until each item is proven, or waived by two with their reason, planned work on this account waits.";
        if (list.Lines.FirstOrDefault(l => l.State == ItemState.Open) is { } open)
            yield return $"Next: {open.Item.Word()}. {open.Item.ToDo()}";
    }

    private static string SayOf(ChecklistLine line, IReadOnlyDictionary<PersonId, string> names)
    {
        if (line.Word is not { } word)
            return line.Says;
        var second = word.ConfirmedBy is { } other
            ? $"and {names[other]}, {Cell.Say(word.ConfirmedAt!.Value)}"
            : "confirmed by nobody yet";
        return $"{line.Says} ({names[word.By]}, {Cell.Say(word.At)}, {second})";
    }

    private static Choice[] Ways(Account account) =>
        [
            new(
                Actions.OnboardNext,
                "Next ceremony",
                account.Id.ToString(),
                Confirm: $"The custodians of both halves are asked for the password ceremony, or for that of the MFA device, whichever comes next. Is {(account.User is null ? "the mailbox" : "an administrator of the account")} at hand?"
            ),
            new(Actions.OnboardItem, "Say or waive an item", account.Id.ToString()),
        ];

    private static Choice Begin(Account account) =>
        new(
            Actions.OnboardBegin,
            "Begin",
            account.Id.ToString(),
            ChoiceStyle.Good,
            "Planned work on this account waits until each item is proven or waived by two. Emergencies go on. Begin?"
        );

    private static Choice Finish(Account account) =>
        new(
            Actions.OnboardFinish,
            "Take into custody",
            account.Id.ToString(),
            ChoiceStyle.Good,
            "Each item is settled. From now on planned work can be asked for. Take the account into custody?"
        );

    private static Choice Confirm(OnboardingWord word) =>
        new(Actions.OnboardAgree, $"{(word.Waives ? "Waive" : "Confirm")}: {ShortOf(word.Item)}", word.Id.ToString());

    /// <summary>A button's label is short.</summary>
    private static string ShortOf(OnboardingItem item) =>
        item switch
        {
            OnboardingItem.RootEmail => "root e-mail",
            OnboardingItem.Keepers => "keepers",
            OnboardingItem.Password => "password",
            OnboardingItem.Mfa => "MFA",
            OnboardingItem.NoAccessKeys => "access keys",
            OnboardingItem.NoCertificates => "certificates",
            OnboardingItem.Contacts => "contacts",
            OnboardingItem.NoSecurityQuestions => "questions",
            OnboardingItem.Organisation => "organisation",
            OnboardingItem.OtherWay => "way without root",
            OnboardingItem.CustomerTold => "customer told",
            OnboardingItem.Staffed => "staffed",
            OnboardingItem.UserMfa => "MFA",
            OnboardingItem.NoUserMfa => "no MFA",
        };
}
