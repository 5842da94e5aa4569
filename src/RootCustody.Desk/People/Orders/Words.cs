using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.People;

namespace RootCustody.Desk.People.Orders;

/// <summary>The words by which orders and import files name a thing of a closed set, and how a sentence says it.</summary>
internal static class Words
{
    public static readonly IReadOnlyDictionary<string, PersonRole> Roles = new Dictionary<string, PersonRole>(
        StringComparer.Ordinal
    )
    {
        ["duty-manager"] = PersonRole.DutyManager,
        ["administrator"] = PersonRole.Administrator,
        ["auditor"] = PersonRole.Auditor,
        ["finance"] = PersonRole.Finance,
    };

    public static readonly IReadOnlyDictionary<string, KeptThing> Things = new Dictionary<string, KeptThing>(
        StringComparer.Ordinal
    )
    {
        ["mailbox"] = KeptThing.RootMailbox,
        ["phone"] = KeptThing.RootPhone,
        ["device"] = KeptThing.MfaDevice,
        ["management"] = KeptThing.ManagementAccount,
        ["administration"] = KeptThing.AccountAdministration,
    };

    public static readonly IReadOnlyDictionary<string, ChatPlatform> Platforms = new Dictionary<string, ChatPlatform>(
        StringComparer.Ordinal
    )
    {
        ["slack"] = ChatPlatform.Slack,
        ["teams"] = ChatPlatform.Teams,
    };

    public static string Word(this PersonRole role) =>
        role switch
        {
            PersonRole.DutyManager => "a duty manager",
            PersonRole.Administrator => "an administrator",
            PersonRole.Auditor => "an auditor",
            PersonRole.Finance => "finance",
        };

    public static string Shown(this Person person) => $"{person.Name} ({person.Key})";

    public static string Shown(this Account account) => $"{account.Number} ({account.Name})";
}
