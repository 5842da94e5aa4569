namespace RootCustody.Accounts;

/// <summary>Something that opens a half without us (law 1).</summary>
public enum KeptThing
{
    /// <summary>A device that shows codes, or a security key, of the root user.</summary>
    MfaDevice = 1,

    /// <summary>The mailbox of the root user's address: it resets the password.</summary>
    RootMailbox = 2,

    /// <summary>The phone number of the root user: it helps past a lost MFA.</summary>
    RootPhone = 3,

    /// <summary>Administration of the organisation's management account: it opens both halves of every member.</summary>
    ManagementAccount = 4,

    /// <summary>Administration of the account of an IAM user: it sets a new password and takes MFA devices away.</summary>
    AccountAdministration = 5,
}

public static class KeptThings
{
    /// <summary>What opens what.</summary>
    public static bool Opens(this KeptThing thing, Half half) =>
        thing switch
        {
            KeptThing.MfaDevice => half == Half.Mfa,
            KeptThing.RootMailbox => half == Half.Password,
            KeptThing.RootPhone => half == Half.Mfa,
            KeptThing.ManagementAccount or KeptThing.AccountAdministration => true,
        };

    /// <summary>Whether this opens the credential with this number: an IAM user has no mailbox and no phone, and no administrator of an account opens its root user.</summary>
    public static bool IsOf(this KeptThing thing, string number) =>
        thing switch
        {
            KeptThing.MfaDevice => true,
            KeptThing.RootMailbox or KeptThing.RootPhone or KeptThing.ManagementAccount => AccountNumber.UserOf(number)
                is null,
            KeptThing.AccountAdministration => AccountNumber.UserOf(number) is not null,
        };

    /// <summary>How people are told of it.</summary>
    public static string Word(this KeptThing thing) =>
        thing switch
        {
            KeptThing.MfaDevice => "MFA device",
            KeptThing.RootMailbox => "root mailbox",
            KeptThing.RootPhone => "root phone",
            KeptThing.ManagementAccount => "administration of the management account",
            KeptThing.AccountAdministration => "administration of the account",
        };
}

/// <summary>One person who keeps something that opens a half of an account, for as long as they keep it.</summary>
public sealed class Keeper
{
    public const int LongestLabel = 100;

    private Keeper() { }

    public AccountId Account { get; private set; }
    public PersonId Person { get; private set; }
    public KeptThing Thing { get; private set; }

    /// <summary>Which one it is, such as the label of a device; 1 to <see cref="LongestLabel"/> characters.</summary>
    public string Label { get; private set; } = "";

    public DateTimeOffset Since { get; private set; }

    public static Keeper Of(AccountId account, PersonId person, KeptThing thing, string label, DateTimeOffset now) =>
        new()
        {
            Account = account,
            Person = person,
            Thing = thing,
            Label = label,
            Since = now,
        };
}
