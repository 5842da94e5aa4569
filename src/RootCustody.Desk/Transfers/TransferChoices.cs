using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Transfers;

namespace RootCustody.Desk.Transfers;

/// <summary>What one person can press about a transfer now; each press asks again whether they may.</summary>
internal static class TransferChoices
{
    public static IEnumerable<Choice> Of(Entered entered) =>
        entered.Transfer.WhyNotSecond(entered.Person, entered.Holds) is null
            ? OfSide(entered).Prepend(Second(entered.Transfer))
            : OfSide(entered);

    private static IEnumerable<Choice> OfSide(Entered entered) =>
        entered.Person.Customer is null ? OfProvider(entered) : OfContact(entered.Transfer, entered.Person);

    private static Choice Second(Transfer transfer) =>
        new(
            Actions.TransferSecond,
            "It was handed over",
            transfer.Id.ToString(),
            ChoiceStyle.Good,
            "Have you seen that the receiver signed in with a password and an MFA device of their own? Nothing is rotated any more then."
        );

    private static IEnumerable<Choice> OfContact(Transfer transfer, Person person)
    {
        var id = transfer.Id.ToString();
        if (transfer.WhyNotAgree(person) is null)
            yield return new Choice(
                Actions.TransferAgree,
                "Agree",
                id,
                ChoiceStyle.Good,
                $"The account leaves custody for good, to {transfer.Receiver}. Have you talked to whoever asked for it, and do you agree?"
            );
        if (transfer.WhyNotHandOver(person) is null)
            yield return new Choice(Actions.TransferHandover, "Ask for the window", id, ChoiceStyle.Good);
        if (transfer.WhyNotReceive(person, works: true) is null)
            yield return new Choice(
                Actions.TransferReceived,
                "Received",
                id,
                ChoiceStyle.Good,
                "Has the receiver signed in with a new password and an MFA device of their own? What is kept here is destroyed afterwards: nobody can help them in any more."
            );
        if (transfer.WhyNotReceive(person, works: false) is null)
            yield return new Choice(
                Actions.TransferFailed,
                "It did not work",
                id,
                ChoiceStyle.Grave,
                "The account is your provider's to keep again, and the window can be asked for anew. Go on?"
            );
        if (transfer.WhyNotWithdraw(person) is null)
            yield return new Choice(
                Actions.TransferWithdraw,
                "Withdraw",
                id,
                ChoiceStyle.Grave,
                "The account stays in custody. Withdraw the transfer?"
            );
    }

    private static IEnumerable<Choice> OfProvider(Entered entered)
    {
        var (transfer, _, person, keeps, hasSecondContact, _) = entered;
        var steps = TransferSteps.All.Where(s =>
            s.IsSaid() && transfer.WhyNotSay(s, person, keeps, hasSecondContact) is null
        );
        var words = TransferSteps
            .All.Select(transfer.NewestOf)
            .OfType<TransferWord>()
            .Where(w => transfer.WhyNotConfirm(w, person, keeps, hasSecondContact) is null);
        return
        [
            .. steps.Select(s => new Choice(
                Actions.TransferSay,
                $"Say: {ShortOf(s)}",
                SayStep.SubjectOf(transfer.Id, s)
            )),
            .. words.Select(w => new Choice(Actions.TransferConfirm, $"Confirm: {ShortOf(w.Step)}", w.Id.ToString())),
        ];
    }

    /// <summary>A button's label is short.</summary>
    private static string ShortOf(TransferStep step) =>
        step switch
        {
            TransferStep.Agreed => "customer wants it",
            TransferStep.Receiver => "receiver",
            TransferStep.Invoices => "invoices",
            TransferStep.Destroyed => "end custody",
            TransferStep.Asked or TransferStep.HandedOver or TransferStep.Received or TransferStep.Certified =>
                step.Word(),
        };
}
