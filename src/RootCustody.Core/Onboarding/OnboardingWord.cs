using RootCustody.People;
using RootCustody.Posture;

namespace RootCustody.Onboarding;

/// <summary>What somebody says of an item, or why it is to be waived: the newest of each. It counts once another has said so too.</summary>
public sealed class OnboardingWord
{
    public const int LongestText = 300;

    private OnboardingWord() { }

    public OnboardingWordId Id { get; private set; }
    public AccountId Account { get; private set; }
    public OnboardingItem Item { get; private set; }

    /// <summary>It is not proven, and the account is taken into custody without it.</summary>
    public bool Waives { get; private set; }

    /// <summary>What was seen, or why it is waived.</summary>
    public string Text { get; private set; } = "";

    public PersonId By { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>Who else says so, never who said it first.</summary>
    public PersonId? ConfirmedBy { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    public static OnboardingWord Of(AccountId account, OnboardingItem item) => new() { Account = account, Item = item };

    /// <summary>Takes the place of what was said before, and of who confirmed that.</summary>
    public void Say(bool waives, string text, PersonId by, DateTimeOffset now)
    {
        (Id, Waives, Text, By, At) = (OnboardingWordId.New(now), waives, text, by, now);
        (ConfirmedBy, ConfirmedAt) = (null, null);
    }

    /// <summary>May this person confirm it?</summary>
    /// <param name="keeps">Whether they are a custodian of the account.</param>
    public EvidenceRefusal? WhyNotConfirm(Person person, bool keeps) =>
        SecondWord.WhyNot(person, keeps, By, ConfirmedBy);

    public void Confirm(PersonId by, DateTimeOffset now) => (ConfirmedBy, ConfirmedAt) = (by, now);
}
