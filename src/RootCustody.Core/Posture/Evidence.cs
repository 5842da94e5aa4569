namespace RootCustody.Posture;

/// <summary>What somebody brought about one account from outside: the newest of its kind. On one person's word until another confirms it.</summary>
public sealed class Evidence
{
    private Evidence() { }

    public EvidenceId Id { get; private set; }
    public AccountId Account { get; private set; }
    public EvidenceSource Source { get; private set; }

    /// <summary>Of a credential report the <see cref="RootLine"/>; of contacts what is missing or wrong, empty if nothing is; of a trail the name and the id of the event.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Of when it tells.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Who brought it; null for an operator at the console.</summary>
    public PersonId? By { get; private set; }

    public DateTimeOffset BroughtAt { get; private set; }

    /// <summary>Who else confirmed it, never who brought it.</summary>
    public PersonId? ConfirmedBy { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>Nothing is brought yet; <see cref="Bring"/> says what is.</summary>
    public static Evidence Of(AccountId account, EvidenceSource source) => new() { Account = account, Source = source };

    /// <summary>Something newer takes its place, on the word of who brings it.</summary>
    public void Bring(string text, DateTimeOffset at, PersonId? by, DateTimeOffset now)
    {
        (Id, Text, At, By, BroughtAt) = (EvidenceId.New(now), text, at, by, now);
        (ConfirmedBy, ConfirmedAt) = (null, null);
    }

    /// <summary>Whether it says the same of the same moment, so that nothing new was brought.</summary>
    public bool Says(string text, DateTimeOffset at) => Text == text && At == at;

    /// <summary>May this person confirm it?</summary>
    /// <param name="keeps">Whether they are a custodian of the account.</param>
    /// <param name="about">The rotation that a trail is about: who attested it would count twice. Null if it is about none.</param>
    public EvidenceRefusal? WhyNotConfirm(People.Person person, bool keeps, Accounts.Retirement? about = null) =>
        SecondWord.WhyNot(person, keeps, By, ConfirmedBy)
        ?? (
            Source != EvidenceSource.Trail ? null
            : !keeps ? EvidenceRefusal.NotACustodian
            : about?.IsBy(person.Id) == true ? EvidenceRefusal.AttestedIt
            : null
        );

    public void Confirm(PersonId by, DateTimeOffset now) => (ConfirmedBy, ConfirmedAt) = (by, now);
}

/// <summary>Why somebody's word does not count as the second one.</summary>
public enum EvidenceRefusal
{
    NotYours = 1,
    BroughtItYourself = 2,
    Confirmed = 3,

    /// <summary>A change of the password is for its custodians to confirm.</summary>
    NotACustodian = 4,

    /// <summary>They attested the rotation that it is about.</summary>
    AttestedIt = 5,
}

/// <summary>The second word on what one person says of an account.</summary>
internal static class SecondWord
{
    /// <param name="keeps">Whether they are a custodian of the account.</param>
    /// <param name="by">Whose word is to be confirmed; null for an operator's at the console.</param>
    public static EvidenceRefusal? WhyNot(People.Person person, bool keeps, PersonId? by, PersonId? confirmedBy)
    {
        if (person.Customer is not null || !(keeps || person.IsAuditor || person.IsAdministrator))
            return EvidenceRefusal.NotYours;
        if (by == person.Id)
            return EvidenceRefusal.BroughtItYourself;
        return confirmedBy is null ? null : EvidenceRefusal.Confirmed;
    }
}

public static class EvidenceRefusals
{
    public static string Say(this EvidenceRefusal refusal) =>
        refusal switch
        {
            EvidenceRefusal.NotYours =>
                "Only custodians of this account, auditors and administrators of the provider confirm what was reported of it.",
            EvidenceRefusal.BroughtItYourself => "You brought this yourself. Somebody else has to confirm it.",
            EvidenceRefusal.Confirmed => "Somebody has confirmed this already.",
            EvidenceRefusal.NotACustodian => "Only custodians of this account confirm a record of CloudTrail.",
            EvidenceRefusal.AttestedIt =>
                "You attested the rotation that this is about, and count once. Another custodian of the account has to confirm it.",
        };
}
