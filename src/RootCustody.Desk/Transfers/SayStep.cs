using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Transfers;

namespace RootCustody.Desk.Transfers;

/// <summary>One of the provider's people says how a step is that only people can see. All but finance need another who has seen the same.</summary>
public sealed class SayStep(CustodyDb db, TellOfTransfer tell)
{
    private const string TextField = "text";
    private const string HoldsField = "holds";
    private const string Settled = "settled";
    private const string Open = "open";

    internal static string SubjectOf(TransferId transfer, TransferStep step) => $"{transfer}.{step}";

    /// <summary>Asks what was seen.</summary>
    public static Reply Ask(string subject) =>
        Read(subject) is (_, var step) ? new Reply.Asked(FormOf(subject, step)) : Loading.NotUnderWay;

    public Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        if (Read(click.Subject) is not (var id, var step))
            return Task.FromResult(Loading.NotUnderWay);
        var text = click.Plain(TextField);
        var holds = click.Inputs.GetValueOrDefault(HoldsField, step == TransferStep.Invoices ? "" : Settled);
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (text.Length is < TransferWord.ShortestText or > TransferWord.LongestText)
            errors[TextField] = $"Say it in {TransferWord.ShortestText} to {TransferWord.LongestText} characters.";
        if (holds != Settled && (step != TransferStep.Invoices || holds != Open))
            errors[HoldsField] = "Say whether anything is owed.";
        return errors.Count > 0
            ? Task.FromResult<Reply>(new Reply.Corrected(FormOf(click.Subject, step), errors))
            : db.DecideAsync(
                () => DecideAsync(person.Id, click.By, id, step, holds == Settled, text, cancellationToken),
                cancellationToken
            );
    }

    private async Task<Reply> DecideAsync(
        PersonId person,
        ChatUser through,
        TransferId id,
        TransferStep step,
        bool holds,
        string text,
        CancellationToken cancellationToken
    )
    {
        var (entered, refused) = await db.EnterTransferAsync(person, id, through, cancellationToken);
        if (entered is null)
            return refused;
        var (transfer, account, by, keeps, second, _) = entered;
        if (transfer.WhyNotSay(step, by, keeps, second) is { } why)
            return await db.RefuseAsync(entered, why, cancellationToken);
        await tell.AfterAsync(
            transfer,
            account,
            () => transfer.Say(step, holds, text, person, db.Now),
            cancellationToken
        );
        db.Record(
            "transfer.said",
            person,
            ("transfer", id),
            ("account", account.Id),
            ("step", step),
            ("holds", holds),
            ("text", text),
            ("word", transfer.NewestOf(step)!.Id)
        );
        return new Reply.Said(
            step.NeedsOneWord()
                ? $"Noted: {step.Word()}."
                : $"Noted: {step.Word()}. Another has to confirm it: they type transfer {account.Number}."
        );
    }

    private static Form FormOf(string subject, TransferStep step) =>
        new(
            Actions.TransferSay,
            subject,
            "Say how it is",
            "Say it",
            [
                step.ToDo(),
                step == TransferStep.Destroyed
                    ? "Once another has confirmed it, nobody can bring back what is destroyed. It stands in the certificate."
                    : "Say only what you have seen yourself. It stands in the audit log and, in the end, in the certificate.",
            ],
            [
                .. step == TransferStep.Invoices ? (Field[])[Invoices()] : [],
                new Field.Text(
                    TextField,
                    step == TransferStep.Invoices ? "Reference" : "What you did and saw",
                    "No secret.",
                    false,
                    true,
                    TransferWord.LongestText
                ),
            ]
        );

    private static Field.Pick Invoices() =>
        new(
            HoldsField,
            "Invoices",
            "While something is owed, the transfer waits for the customer.",
            false,
            [new Option(Settled, "Nothing is owed"), new Option(Open, "Something is owed")],
            null
        );

    private static (TransferId Id, TransferStep Step)? Read(string subject) =>
        subject.Split('.') is [var id, var name]
        && Id.Read<TransferId>(id) is { } transfer
        && Enum.TryParse<TransferStep>(name, out var step)
        && step.IsSaid()
            ? (transfer, step)
            : null;
}
