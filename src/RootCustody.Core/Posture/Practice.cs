using RootCustody.Accounts;

namespace RootCustody.Posture;

/// <summary>What the root user of an account should be like.</summary>
public enum Practice
{
    /// <summary>It was used in our windows only.</summary>
    LastUse = 1,

    /// <summary>AWS asks for MFA.</summary>
    MfaPresent = 2,

    /// <summary>The devices in our register and what AWS says agree.</summary>
    MfaRegistered = 3,

    NoAccessKeys = 4,
    NoCertificates = 5,

    /// <summary>The password is not older than policy allows, and as old as our own log says.</summary>
    PasswordAge = 6,

    /// <summary>Its e-mail address is one of the provider's.</summary>
    Alias = 7,

    /// <summary>The alternate contacts are set and right.</summary>
    Contacts = 8,

    /// <summary>Two people could answer for each half.</summary>
    Staffed = 9,
}

public enum PracticeState
{
    Good = 1,
    Deviates = 2,

    /// <summary>Nobody has brought evidence, or what was brought does not say. Never taken for good (law 16).</summary>
    Unknown = 3,

    /// <summary>It was good, and the evidence of it is too old.</summary>
    Stale = 4,
}

/// <summary>Where evidence comes from that is not our own register.</summary>
public enum EvidenceSource
{
    CredentialReport = 1,

    /// <summary>A person looked at the alternate contacts and says how they are.</summary>
    Contacts = 2,

    /// <summary>A log file of CloudTrail that no signature of AWS vouches for says that the password was changed: attested, not proven (law 14).</summary>
    Trail = 3,
}

public static class Practices
{
    public static IReadOnlyList<Practice> All { get; } = Enum.GetValues<Practice>();

    /// <summary>By which it is judged: a root user by all of them, an IAM user by what needs no report.</summary>
    public static IReadOnlyList<Practice> Of(Account account) => account.User is null ? All : [Practice.Staffed];

    /// <summary>The half whose custodians are told of it; null if both are.</summary>
    public static Half? Concerns(this Practice practice) =>
        practice switch
        {
            Practice.PasswordAge or Practice.Alias => Half.Password, // the mailbox resets the password
            Practice.MfaPresent or Practice.MfaRegistered => Half.Mfa,
            Practice.LastUse
            or Practice.NoAccessKeys
            or Practice.NoCertificates
            or Practice.Contacts
            or Practice.Staffed => null,
        };

    /// <summary>What the state rests on; null for our own register.</summary>
    public static EvidenceSource? Source(this Practice practice) =>
        practice switch
        {
            Practice.LastUse
            or Practice.MfaPresent
            or Practice.MfaRegistered
            or Practice.NoAccessKeys
            or Practice.NoCertificates
            or Practice.PasswordAge => EvidenceSource.CredentialReport,
            Practice.Contacts => EvidenceSource.Contacts,
            Practice.Alias or Practice.Staffed => null,
        };

    /// <summary>How people are told of it.</summary>
    public static string Word(this Practice practice) =>
        practice switch
        {
            Practice.LastUse => "used in windows only",
            Practice.MfaPresent => "MFA present",
            Practice.MfaRegistered => "MFA as registered",
            Practice.NoAccessKeys => "no access keys",
            Practice.NoCertificates => "no signing certificates",
            Practice.PasswordAge => "password age",
            Practice.Alias => "root e-mail",
            Practice.Contacts => "alternate contacts",
            Practice.Staffed => "groups staffed",
        };

    /// <inheritdoc cref="Word(Practice)"/>
    public static string Word(this PracticeState state) =>
        state switch
        {
            PracticeState.Good => "Good",
            PracticeState.Deviates => "Deviates",
            PracticeState.Unknown => "Unknown",
            PracticeState.Stale => "Stale",
        };

    /// <inheritdoc cref="Word(Practice)"/>
    public static string Word(this EvidenceSource source) =>
        source switch
        {
            EvidenceSource.CredentialReport => "credential report",
            EvidenceSource.Contacts => "alternate contacts",
            EvidenceSource.Trail => "record of CloudTrail",
        };
}
