using System.Globalization;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Posture;
using RootCustody.Transfers;

namespace RootCustody.Desk.Transfers;

/// <summary>What people see of an account that leaves custody.</summary>
public static class TransferCards
{
    /// <summary>So many are named on one card.</summary>
    public const int Most = 15;

    /// <summary>How one transfer stands.</summary>
    /// <param name="names">Of everyone who has said something; empty for the customer, who is shown no name of the provider's.</param>
    /// <param name="choices">What this person can press.</param>
    public static Card Of(
        Transfer transfer,
        Account account,
        HandoverWay way,
        IReadOnlyDictionary<PersonId, string> names,
        IEnumerable<Choice> choices,
        DateTimeOffset now
    ) =>
        new(
            $"{transfer.Name}, transfer of {account.Name} ({account.Number}): {StandOf(transfer)}",
            [.. LinesOf(transfer)],
            [
                new Fact("Receiver", transfer.Receiver),
                new Fact("Root e-mail from then on", transfer.Email),
                new Fact("Why", transfer.Why),
                Fact.At("Asked", transfer.AskedAt),
                .. FactsOf(way),
                .. TransferSteps.All.Select(step => new Fact(
                    $"{WordOf(transfer, step)}: {step.Word()}",
                    SayOf(transfer, step, names)
                )),
                new Fact("Waited for the customer", Say(transfer.Waited(TransferSide.Customer, now))),
                new Fact("Waited for the provider", Say(transfer.Waited(TransferSide.Provider, now))),
            ],
            [.. choices, Choice.NotMe]
        );

    /// <summary>By which way, and who of the customer was shown which half on it.</summary>
    private static IEnumerable<Fact> FactsOf(HandoverWay way)
    {
        if (way.InHalves == false)
            yield return new Fact(
                "Way",
                "By e-mail reset: two custodians hand it over, the receiver sets the password"
            );
        if (way.InHalves == true)
            yield return new Fact(
                "Way",
                $"In two halves: the password to {way.Receivers[Half.Password]}, the codes to {way.Receivers[Half.Mfa]}"
            );
        foreach (var shown in way.Shown)
            yield return new Fact(
                $"{(shown.Half == Half.Password ? "Password" : "Codes")} shown to",
                $"{shown.Name}, {string.Join(", ", shown.At.Select(Cell.Say))}"
            );
    }

    /// <summary>Where there is no transfer yet.</summary>
    public static Card None(Account account, bool isContact) =>
        new(
            $"{account.Name} ({account.Number}): no transfer",
            [
                "An account that is transferred leaves custody for good: it gets the receiver's address, they set a password of their own, and everything that is kept of it here is destroyed.",
                isContact
                    ? "A second contact of your company agrees, your provider makes sure who the receiver is and that nothing is owed, and then you ask for the window in which it is handed over: by e-mail reset, or in two halves to two of your people."
                    : "Only a registered contact of the customer asks for it.",
            ],
            [],
            isContact ? [new Choice(Actions.TransferAsk, "Ask for a transfer", account.Id.ToString())] : []
        );

    public static Card Overview(IReadOnlyList<(Transfer Transfer, Account Account)> first, int all) =>
        new(
            all == 0 ? "No account is being transferred" : $"Being transferred: {all}",
            ["Type transfer and the 12 digits of an account to see how it stands, or to ask for it."],
            [
                .. first.Select(t =>
                    Fact.At($"{t.Account.Name} ({t.Account.Number}): {StandOf(t.Transfer)}, since", t.Transfer.AskedAt)
                ),
            ],
            []
        );

    /// <summary>How long it has waited, in days as one counts them.</summary>
    internal static string Say(TimeSpan waited) =>
        waited < TimeSpan.FromDays(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{waited.TotalHours:0.#} hours")
            : string.Create(CultureInfo.InvariantCulture, $"{waited.TotalDays:0.#} days");

    internal static string StandOf(Transfer transfer)
    {
        if (transfer.WithdrawnAt is not null)
            return "withdrawn";
        if (transfer.CertifiedAt is not null)
            return "done and certified";
        return (transfer.WaitsFor(TransferSide.Customer), transfer.WaitsFor(TransferSide.Provider)) switch
        {
            (true, true) => "waits for both sides",
            (true, false) => "waits for the customer",
            _ => "waits for the provider",
        };
    }

    private static IEnumerable<string> LinesOf(Transfer transfer)
    {
        if (transfer.CertifiedAt is not null)
        {
            yield return "Nothing of this account is kept here any more but the audit log. The provider gives you the signed certificate as text and JSON.";
            yield break;
        }
        foreach (var step in TransferSteps.All.Where(transfer.IsNext))
            yield return $"Next: {step.Word()}. {step.ToDo()}";
        if (transfer.IsToBeDestroyed)
            yield return "The couriers destroy what the vaults keep. Where only operators of a vault may, those in charge are told what to delete.";
    }

    private static string WordOf(Transfer transfer, TransferStep step) =>
        transfer.IsDone(step) ? "Done"
        : transfer.IsNext(step) ? "Open"
        : "Later";

    private static string SayOf(Transfer transfer, TransferStep step, IReadOnlyDictionary<PersonId, string> names)
    {
        if (transfer.NewestOf(step) is { } word)
            return $"{word.Text} ({By(word, names)})";
        return step switch
        {
            TransferStep.Agreed when transfer.AgreedAt is { } at => Cell.Say(at),
            TransferStep.HandedOver when transfer.HandedOverAt is { } at => Cell.Say(at),
            TransferStep.HandedOver when transfer.AwaitsSecondWord =>
                $"One says so, {Cell.Say(transfer.SaidHandedOverAt!.Value)}; it counts once another does",
            TransferStep.Asked when transfer.HandoverFailedAt is { } at => $"Not handed over at {Cell.Say(at)}",
            TransferStep.Received when transfer.ReceivedAt is { } at => Cell.Say(at),
            TransferStep.Certified when transfer.CertifiedAt is { } at => Cell.Say(at),
            _ when transfer.IsOver || transfer.IsDone(step) => "-",
            _ => $"By the {(transfer.SideOf(step) == TransferSide.Customer ? "customer" : "provider")}",
        };
    }

    private static string By(TransferWord word, IReadOnlyDictionary<PersonId, string> names)
    {
        var first = names.TryGetValue(word.By, out var by) ? $"{by}, {Cell.Say(word.At)}" : Cell.Say(word.At);
        if (word.Step.NeedsOneWord())
            return first;
        return word.ConfirmedAt is not { } at ? $"{first}, confirmed by nobody yet"
            : names.TryGetValue(word.ConfirmedBy!.Value, out var other) ? $"{first}, and {other}, {Cell.Say(at)}"
            : $"{first}, confirmed {Cell.Say(at)}";
    }
}
