using System.Globalization;
using RootCustody.Accounts;
using RootCustody.Requests;
using RootCustody.Transfers;

namespace RootCustody.Desk.Transfers;

/// <summary>What the certificate says in words. It names the customer's people, and none of the provider's; who they were, the entries of the audit log say by their ids.</summary>
internal static class CertificateFacts
{
    /// <summary>Nothing that outlasts the custody is left unsaid.</summary>
    private const string Remains =
        "The audit log; fingerprints of the passwords under a key of the vault, from which no password can be found; and backups of the vaults from before, until they expire. What these hold opens nothing since the receiver set a password and an MFA device of their own.";

    /// <param name="users">The IAM users of the account that were in the directory.</param>
    /// <param name="contacts">The names of the customer's people.</param>
    /// <param name="keys">The labels of MFA devices that were kept outside of the vaults.</param>
    public static IEnumerable<KeyValuePair<string, string>> Of(
        Transfer transfer,
        Account account,
        HandoverWay way,
        IReadOnlyList<Account> users,
        string customer,
        IReadOnlyDictionary<PersonId, string> contacts,
        IReadOnlyList<string> keys,
        DateTimeOffset now
    ) =>
        [
            .. Before(transfer, account, customer, contacts),
            .. users.Select(u => Fact("IAM user whose halves are destroyed too", $"{u.Number} ({u.Name})")),
            .. WayFacts(way),
            .. After(transfer, account, contacts, keys, now),
        ];

    /// <summary>By which way, and who of the customer was shown which half; by e-mail reset that is nobody, if no window before was one in two halves.</summary>
    private static IEnumerable<KeyValuePair<string, string>> WayFacts(HandoverWay way)
    {
        yield return Fact(
            "Way",
            way.InHalves == true
                ? $"In two halves to two people of the customer: the password to {way.Receivers[Half.Password]}, the codes to {way.Receivers[Half.Mfa]}. Nobody of the provider was shown either in that window"
                : "By e-mail reset: two custodians of the provider handed it over, and the receiver set the password"
        );
        foreach (var shown in way.Shown)
            yield return Fact(
                shown.Half == Half.Password ? "Password shown to" : "MFA codes shown to",
                $"{shown.Name}, {string.Join(", ", shown.At.Select(Moment))}"
            );
    }

    /// <summary>Up to the handover.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Before(
        Transfer transfer,
        Account account,
        string customer,
        IReadOnlyDictionary<PersonId, string> contacts
    )
    {
        yield return Fact("Transfer", $"{transfer.Name} ({transfer.Id})");
        yield return Fact("Account", $"{account.Number} ({account.Name})");
        yield return Fact("Customer", customer);
        yield return Fact("Receiver", transfer.Receiver);
        yield return Fact("Root e-mail before", transfer.FormerEmail);
        yield return Fact("Root e-mail now", transfer.Email);
        yield return Fact("Asked", $"{NameOf(transfer.AskedBy, contacts)}, {Moment(transfer.AskedAt)}");
        yield return Fact(
            "Agreed",
            transfer.AgreedAt is { } agreed
                ? $"{NameOf(transfer.AgreedBy, contacts)}, {Moment(agreed)}"
                : $"There was no second contact. Two of the provider: {Said(transfer, TransferStep.Agreed)}"
        );
        yield return Fact("Receiver known to two of the provider", Said(transfer, TransferStep.Receiver));
        yield return Fact("Nothing owed", Said(transfer, TransferStep.Invoices));
    }

    /// <summary>From the handover on.</summary>
    private static IEnumerable<KeyValuePair<string, string>> After(
        Transfer transfer,
        Account account,
        IReadOnlyDictionary<PersonId, string> contacts,
        IReadOnlyList<string> keys,
        DateTimeOffset now
    )
    {
        yield return Fact(
            "Handed over",
            $"{Moment(transfer.HandedOverAt!.Value)}, in the window {Request.NameOf(transfer.Handover!.Value)}, on the word of two"
        );
        yield return Fact(
            "Received",
            $"{NameOf(transfer.ReceivedBy, contacts)}, {Moment(transfer.ReceivedAt!.Value)}: the receiver signed in with a password and an MFA device of their own"
        );
        yield return Fact(
            "Passwords destroyed",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Moment(transfer.PasswordsDestroyedAt!.Value)}, each generation up to {account.PasswordGeneration} and any after it"
            )
        );
        yield return Fact("MFA seeds destroyed", $"{Moment(transfer.SeedsDestroyedAt!.Value)}, all of them");
        yield return Fact("Keys kept outside of the vaults", keys.Count == 0 ? "none" : string.Join(", ", keys));
        yield return Fact("Also destroyed or given back, on the word of two", Said(transfer, TransferStep.Destroyed));
        yield return Fact("What remains", Remains);
        yield return Fact("Waited for the customer", TransferCards.Say(transfer.Waited(TransferSide.Customer, now)));
        yield return Fact("Waited for the provider", TransferCards.Say(transfer.Waited(TransferSide.Provider, now)));
        yield return Fact("Certified", Moment(now));
    }

    private static KeyValuePair<string, string> Fact(string name, string value) => new(name, value);

    private static string NameOf(PersonId? id, IReadOnlyDictionary<PersonId, string> contacts) =>
        id is { } known && contacts.TryGetValue(known, out var name) ? name : "-";

    private static string Said(Transfer transfer, TransferStep step)
    {
        if (transfer.NewestOf(step) is not { } word)
            return "-";
        return word.ConfirmedAt is { } at
            ? $"{word.Text} (said {Moment(word.At)}, confirmed by another {Moment(at)})"
            : $"{word.Text} ({Moment(word.At)})";
    }

    private static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
