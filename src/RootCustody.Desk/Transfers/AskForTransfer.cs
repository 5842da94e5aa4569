using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Posture;
using RootCustody.Requests;
using RootCustody.Transfers;

namespace RootCustody.Desk.Transfers;

/// <summary>A registered contact asks that an account of their company leaves custody.</summary>
public sealed class AskForTransfer(CustodyDb db, Policies policies, TellOfTransfer tell)
{
    private const string ReceiverField = "receiver";
    private const string EmailField = "email";
    private const string WhyField = "why";
    private const int Shortest = 10;

    /// <summary>Asks who gets it.</summary>
    public static Form FormOf(string account) =>
        new(
            Actions.TransferAsk,
            account,
            "Transfer an account",
            "Ask for it",
            [
                "The account leaves custody for good. Until it is handed over, any contact of your company can withdraw this.",
                "Nothing secret belongs in here. The receiver sets a password of their own when it is handed over.",
            ],
            [
                new Field.Text(
                    ReceiverField,
                    "Who receives it",
                    "Company and person, and how your provider can make sure that it is them.",
                    false,
                    true,
                    Transfer.LongestReceiver
                ),
                new Field.Text(
                    EmailField,
                    "Root e-mail from then on",
                    "A mailbox of the receiver that no other AWS account uses. Whoever reads it can reset the password.",
                    false,
                    false,
                    Transfer.LongestEmail
                ),
                new Field.Text(WhyField, "Why", null, false, true, Transfer.LongestWhy),
            ]
        );

    public async Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        var (receiver, email, why) = (click.Plain(ReceiverField), click.Plain(EmailField), click.Plain(WhyField));
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (receiver.Length is < Shortest or > Transfer.LongestReceiver)
            errors[ReceiverField] = $"Say who it is in {Shortest} to {Transfer.LongestReceiver} characters.";
        if (why.Length is < Shortest or > Transfer.LongestWhy)
            errors[WhyField] = $"Say why in {Shortest} to {Transfer.LongestWhy} characters.";
        if (
            email.Length > Transfer.LongestEmail
            || !MailAddress.TryCreate(email, out var read)
            || read.Address != email
        )
            errors[EmailField] = "That is no e-mail address, such as aws-root@receiver.example.";
        return errors.Count > 0
            ? new Reply.Corrected(FormOf(click.Subject), errors)
            : await db.DecideAsync(
                () => DecideAsync(person.Id, click, receiver, email, why, cancellationToken),
                cancellationToken
            );
    }

    private async Task<Reply> DecideAsync(
        PersonId id,
        Click click,
        string receiver,
        string email,
        string why,
        CancellationToken cancellationToken
    )
    {
        var person = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id, cancellationToken);
        if (person.CoolsOffAt(db.Now, click.By))
            return new Reply.Said(Sentences.For(Refusal.CoolsOff)); // law 15
        var wanted = Id.Read<AccountId>(click.Subject);
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.Id == wanted, cancellationToken);
        if ((account is null ? Refusal.NotYourAccount : Request.WhyNotAsk(person, account)) is { } refusal)
        {
            await db.RefusedAsync(id, "transfer.refused", cancellationToken, ("account", wanted), ("why", refusal));
            return new Reply.Said(Sentences.For(refusal));
        }
        if (account!.User is not null)
            return new Reply.Said("An IAM user is transferred with its account: ask for that one.");
        if (await WhyNotThereAsync(account, email, cancellationToken) is { } fault)
            return new Reply.Corrected(
                FormOf(click.Subject),
                new Dictionary<string, string>(StringComparer.Ordinal) { [EmailField] = fault }
            );
        if (await db.Transfers.UnderWay().AnyAsync(t => t.Account == account.Id, cancellationToken))
            return new Reply.Said(
                $"A transfer of this account is under way. Type transfer {account.Number} to see how it stands."
            );
        db.Raise(person); // law 9: whether they may is decided on what is true now
        db.Raise(account);
        var isSole = !await db.HasSecondContactAsync(account.Customer, id, cancellationToken);
        return await BeginAsync(
            Transfer.Of(account, id, receiver, email, why, isSole, db.Now),
            account,
            cancellationToken
        );
    }

    private async Task<Reply> BeginAsync(Transfer transfer, Account account, CancellationToken cancellationToken)
    {
        db.Transfers.Add(transfer);
        db.Record(
            "transfer.asked",
            transfer.AskedBy,
            ("transfer", transfer.Id),
            ("account", account.Id),
            ("receiver", transfer.Receiver),
            ("email", transfer.Email),
            ("formerEmail", transfer.FormerEmail),
            ("why", transfer.Why)
        );
        await tell.BegunAsync(transfer, account, cancellationToken);
        return new Reply.Said(
            $"{transfer.Name} is asked for. The other contacts of your company and your provider are told. Type transfer {account.Number} to see how it stands."
        );
    }

    /// <summary>Whoever reads the root mailbox can get in: it must not be the provider's afterwards.</summary>
    private async Task<string?> WhyNotThereAsync(Account account, string email, CancellationToken cancellationToken)
    {
        if (email.Equals(account.Email, StringComparison.OrdinalIgnoreCase))
            return "That is the address that the root user has now.";
        var ours = (await policies.OfAsync(account, cancellationToken)).RootEmails;
        if (ours.Length > 0 && RootEmails.Match(ours, email))
            return "That is an address of your provider, who could reset the password with it.";
        return await db.Accounts.AnyAsync(a => a.Email == email, cancellationToken)
            ? "Another account has that address. AWS takes each once only."
            : null;
    }
}
