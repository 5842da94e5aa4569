using RootCustody.Accounts;
using RootCustody.Posture;

namespace RootCustody.Onboarding;

/// <summary>How an item stands.</summary>
public enum ItemState
{
    Open = 1,

    /// <summary>It is proven, or two say so.</summary>
    Proven = 2,

    /// <summary>Two have waived it, with their reason.</summary>
    Waived = 3,

    /// <summary>One has said it, and another has to.</summary>
    NeedsSecond = 4,
}

public static class ItemStates
{
    public static string Word(this ItemState state) =>
        state switch
        {
            ItemState.Open => "Open",
            ItemState.Proven => "Proven",
            ItemState.Waived => "Waived",
            ItemState.NeedsSecond => "Needs a second word",
        };
}

/// <summary>What is known of an account that is being taken into custody; loaded by the caller.</summary>
/// <param name="Since">When the ceremony began: what was reported before does not count.</param>
public sealed record OnboardingFacts(Account Account, DateTimeOffset Since, DateTimeOffset Now)
{
    public IReadOnlyList<Finding> Findings { get; init; } = [];
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];
    public IReadOnlyList<OnboardingWord> Words { get; init; } = [];

    /// <summary>What people keep of the account, beside the halves.</summary>
    public IReadOnlyList<KeptThing> Kept { get; init; } = [];

    /// <summary>What of it is on the move to another person.</summary>
    public IReadOnlyList<KeptThing> Moving { get; init; } = [];

    /// <summary>When two custodians attested the last new password; null if never.</summary>
    public DateTimeOffset? Rotated { get; init; }
}

/// <param name="Says">Why it is in this state, as one says it to a person.</param>
/// <param name="Word">What somebody said of it; null if nobody has.</param>
public sealed record ChecklistLine(OnboardingItem Item, ItemState State, string Says, OnboardingWord? Word = null)
{
    public bool IsSettled => State is ItemState.Proven or ItemState.Waived;
}

/// <summary>The items of one account, each judged by what is known now: nothing but facts is kept, so that a ceremony that stopped goes on where it was.</summary>
public sealed record Checklist(Account Account, IReadOnlyList<ChecklistLine> Lines)
{
    public int Settled => Lines.Count(l => l.IsSettled);

    /// <summary>Whether it can be taken into custody. Without its two halves there is nothing to take, whoever waives what.</summary>
    public bool IsComplete => Account.IsInCustody && Lines.All(l => l.IsSettled);

    public static Checklist Of(OnboardingFacts facts) =>
        new(facts.Account, [.. OnboardingItems.Of(facts.Account).Select(item => LineOf(item, facts))]);

    private static ChecklistLine LineOf(OnboardingItem item, OnboardingFacts facts)
    {
        var word = facts.Words.FirstOrDefault(w => w.Item == item && w.At >= facts.Since);
        if (word is not { Waives: true })
            return item.IsSaid() ? Said(item, word) : Seen(item, facts);
        if (!item.IsSaid() && Seen(item, facts) is { State: ItemState.Proven } proven)
            return proven; // what is proven needs no waiver
        return word.ConfirmedBy is null
            ? new ChecklistLine(item, ItemState.NeedsSecond, $"To be waived: {word.Text}", word)
            : new ChecklistLine(item, ItemState.Waived, word.Text, word);
    }

    private static ChecklistLine Said(OnboardingItem item, OnboardingWord? word) =>
        word switch
        {
            null => new ChecklistLine(item, ItemState.Open, "Nobody has said how it is."),
            { ConfirmedBy: null } => new ChecklistLine(item, ItemState.NeedsSecond, word.Text, word),
            _ => new ChecklistLine(item, ItemState.Proven, word.Text, word),
        };

    private static ChecklistLine Seen(OnboardingItem item, OnboardingFacts facts) =>
        item switch
        {
            OnboardingItem.Password => Password(facts),
            OnboardingItem.Keepers => Keepers(facts),
            _ => ByPractice(item, item.Practice()!.Value, facts),
        };

    private static ChecklistLine Password(OnboardingFacts facts)
    {
        const OnboardingItem item = OnboardingItem.Password;
        if (facts.Account.PasswordGeneration == 0)
            return new ChecklistLine(item, ItemState.Open, "There is no password in custody.");
        if (facts.Account.OwesSince is not null)
            return new ChecklistLine(item, ItemState.Open, "The password is exposed, and has to be rotated.");
        return facts.Rotated >= facts.Since
            ? new ChecklistLine(
                item,
                ItemState.Proven,
                $"Two custodians put a new one in place at {Cell.Say(facts.Rotated.Value)}."
            )
            : new ChecklistLine(
                item,
                ItemState.Open,
                "Two custodians have not put a new one in place since this began."
            );
    }

    private static ChecklistLine Keepers(OnboardingFacts facts)
    {
        string[] missing =
        [
            .. ((KeptThing[])[KeptThing.RootMailbox, KeptThing.RootPhone])
                .Where(thing => !facts.Kept.Contains(thing))
                .Select(thing => $"the {thing.Word()}"),
        ];
        var moving = string.Concat(
            facts.Moving.Select(thing => $" The {thing.Word()} is being moved to another person.")
        );
        return missing.Length == 0
            ? new ChecklistLine(OnboardingItem.Keepers, ItemState.Proven, $"The register says who keeps them.{moving}")
            : new ChecklistLine(
                OnboardingItem.Keepers,
                ItemState.Open,
                $"The register does not say who keeps {string.Join(" and ", missing)}.{moving}"
            );
    }

    private static ChecklistLine ByPractice(OnboardingItem item, Practice practice, OnboardingFacts facts)
    {
        var finding = facts.Findings.FirstOrDefault(f => f.Practice == practice);
        if (finding?.StateAt(facts.Now) != PracticeState.Good)
            return new ChecklistLine(item, ItemState.Open, finding?.Words ?? "Nobody has looked yet.");
        if (practice.Source() is not { } source)
            return new ChecklistLine(item, ItemState.Proven, finding.Words);
        var evidence = facts.Evidence.FirstOrDefault(e => e.Source == source);
        if (evidence is null || evidence.At < facts.Since)
            return new ChecklistLine(
                item,
                ItemState.Open,
                $"{finding.Words} That is from before this began: bring it anew."
            );
        return evidence.ConfirmedBy is null
            ? new ChecklistLine(
                item,
                ItemState.NeedsSecond,
                $"{finding.Words} Another has to confirm the {source.Word()}, with the word posture."
            )
            : new ChecklistLine(item, ItemState.Proven, finding.Words);
    }
}
