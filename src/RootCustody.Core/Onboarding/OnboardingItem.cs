using RootCustody.Accounts;
using RootCustody.Posture;

namespace RootCustody.Onboarding;

/// <summary>What has to be proven, or waived by two, before an account is in custody.</summary>
public enum OnboardingItem
{
    /// <summary>The e-mail address of the root user is one of the provider's.</summary>
    RootEmail = 1,

    /// <summary>The register says who keeps the root mailbox and the root phone.</summary>
    Keepers = 2,

    /// <summary>The password is one that was made here, put in place by two, and shown to nobody since.</summary>
    Password = 3,

    /// <summary>The MFA devices that AWS has are those of the register.</summary>
    Mfa = 4,

    NoAccessKeys = 5,
    NoCertificates = 6,

    /// <summary>The alternate contacts are set and right.</summary>
    Contacts = 7,

    /// <summary>There are no security questions, which open an account past everything else.</summary>
    NoSecurityQuestions = 8,

    /// <summary>The account is in the organisation in which it belongs, or rightly in none.</summary>
    Organisation = 9,

    /// <summary>How the daily work is done without root: federated roles, or an IAM user of an older contract.</summary>
    OtherWay = 10,

    /// <summary>The customer knows that root is in custody, and how they ask for it.</summary>
    CustomerTold = 11,

    /// <summary>Two people could answer for each half.</summary>
    Staffed = 12,

    /// <summary>Of an IAM user: AWS lists the MFA devices of the register, and no others.</summary>
    UserMfa = 13,

    /// <summary>Of an IAM user without MFA: AWS lists no device of theirs, and the customer knows that the password alone signs in.</summary>
    NoUserMfa = 14,
}

public static class OnboardingItems
{
    public static IReadOnlyList<OnboardingItem> All { get; } = Enum.GetValues<OnboardingItem>();

    public static IReadOnlyList<OnboardingItem> OfRoot { get; } =
    [.. All.Where(i => i is not (OnboardingItem.UserMfa or OnboardingItem.NoUserMfa))];

    /// <summary>An IAM user has no mailbox, phone or contacts, and no line of the credential report is read for it.</summary>
    public static IReadOnlyList<OnboardingItem> OfUser { get; } =
    [OnboardingItem.Password, OnboardingItem.UserMfa, OnboardingItem.CustomerTold, OnboardingItem.Staffed];

    public static IReadOnlyList<OnboardingItem> OfUserWithoutMfa { get; } =
    [.. OfUser.Select(i => i == OnboardingItem.UserMfa ? OnboardingItem.NoUserMfa : i)];

    public static IReadOnlyList<OnboardingItem> Of(Account account) =>
        account.User is null ? OfRoot
        : account.WithoutMfa ? OfUserWithoutMfa
        : OfUser;

    /// <summary>Whether people say it, for lack of anything that we could look at.</summary>
    public static bool IsSaid(this OnboardingItem item) =>
        item
            is OnboardingItem.NoSecurityQuestions
                or OnboardingItem.Organisation
                or OnboardingItem.OtherWay
                or OnboardingItem.CustomerTold
                or OnboardingItem.UserMfa
                or OnboardingItem.NoUserMfa;

    /// <summary>The practice by which it is judged; null if by something else.</summary>
    public static Practice? Practice(this OnboardingItem item) =>
        item switch
        {
            OnboardingItem.RootEmail => Posture.Practice.Alias,
            OnboardingItem.Mfa => Posture.Practice.MfaRegistered,
            OnboardingItem.NoAccessKeys => Posture.Practice.NoAccessKeys,
            OnboardingItem.NoCertificates => Posture.Practice.NoCertificates,
            OnboardingItem.Contacts => Posture.Practice.Contacts,
            OnboardingItem.Staffed => Posture.Practice.Staffed,
            OnboardingItem.Keepers
            or OnboardingItem.Password
            or OnboardingItem.NoSecurityQuestions
            or OnboardingItem.Organisation
            or OnboardingItem.OtherWay
            or OnboardingItem.CustomerTold
            or OnboardingItem.UserMfa
            or OnboardingItem.NoUserMfa => null,
        };

    /// <summary>How people are told of it; at most 75 characters.</summary>
    public static string Word(this OnboardingItem item) =>
        item switch
        {
            OnboardingItem.RootEmail => "Root e-mail is the provider's",
            OnboardingItem.Keepers => "Mailbox and phone in the register",
            OnboardingItem.Password => "Password made here and put in place",
            OnboardingItem.Mfa => "MFA as registered",
            OnboardingItem.NoAccessKeys => "No root access keys",
            OnboardingItem.NoCertificates => "No signing certificates",
            OnboardingItem.Contacts => "Alternate contacts",
            OnboardingItem.NoSecurityQuestions => "No security questions",
            OnboardingItem.Organisation => "In the right organisation",
            OnboardingItem.OtherWay => "A way that needs no root",
            OnboardingItem.CustomerTold => "Customer told",
            OnboardingItem.Staffed => "Groups staffed",
            OnboardingItem.UserMfa => "MFA of the IAM user as registered",
            OnboardingItem.NoUserMfa => "No MFA device, and the customer knows it",
        };

    /// <summary>What one does for it. The names of AWS's pages are those of its console in 2026; they may change.</summary>
    public static string ToDo(this OnboardingItem item) =>
        item switch
        {
            OnboardingItem.RootEmail =>
                "The holder of the password changes it at AWS: account name at the top right, Account, Edit at Account name, email, and password. Then an administrator enters it here. Which addresses are right, the setting RootEmails says.",
            OnboardingItem.Keepers =>
                "An administrator enters who keeps the root mailbox and the root phone, with the order add-keeper.",
            OnboardingItem.Password =>
                "Press Next ceremony: one of each group takes part, and the password that is made here goes straight to AWS, by Forgot password? or, for an IAM user, by an administrator of the account. The one of before is never asked for, and never typed into chat.",
            OnboardingItem.Mfa =>
                "Press Next ceremony once the password is in place: the MFA custodian brings the device in. Then remove every other device at AWS, and bring a credential report with the word report.",
            OnboardingItem.NoAccessKeys =>
                "Delete the access keys of root at AWS, Security credentials, and bring a credential report with the word report.",
            OnboardingItem.NoCertificates =>
                "Delete the signing certificates of root at AWS, Security credentials, and bring a credential report with the word report.",
            OnboardingItem.Contacts =>
                "Look at them at AWS, Account, Alternate contacts, and say it with the word contacts.",
            OnboardingItem.NoSecurityQuestions =>
                "Look at AWS, Account, Configure security challenge questions: remove them if there are any.",
            OnboardingItem.Organisation =>
                "Look at AWS Organizations of the management account, and say in which organisation it is, or why in none.",
            OnboardingItem.OtherWay =>
                "Say by which roles, or which IAM user, the daily work is done, so that root stays the exception.",
            OnboardingItem.CustomerTold =>
                "Tell the customer who their registered contacts are and how they ask, and say whom you told and when.",
            OnboardingItem.Staffed =>
                "Both groups need two people who may hold, so that an emergency finds one at any time.",
            OnboardingItem.UserMfa =>
                "Press Next ceremony once the password is in place: the MFA custodian brings the device in. Then look at AWS, IAM, Users, the user, Security credentials: remove every MFA device that the register does not name, and say what you saw.",
            OnboardingItem.NoUserMfa =>
                "Look at AWS, IAM, Users, the user, Security credentials: no MFA device may be listed, or whoever has it locks us out. Say that, and whom at the customer you told that the password alone signs in as this user.",
        };
}
