using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Posture;
using RootCustody.Requests;

namespace RootCustody.Desk.Posture;

/// <summary>A person has looked at the alternate contacts of an account and says how they are.</summary>
public sealed class AttestContacts(CustodyDb db, Policies policies)
{
    internal const string AccountField = "account";
    internal const string HowField = "how";
    internal const string WrongField = "wrong";
    internal const string Right = "right";
    internal const string Wrong = "wrong";
    private const int LongestWrong = 300;

    public static Form Form { get; } =
        new(
            Actions.Contacts,
            "",
            "Alternate contacts",
            "I have looked",
            [
                "AWS: Account, Alternate contacts. Billing, operations and security should each be a mailbox of the provider or the customer that people read, and none of a person who has left.",
            ],
            [
                new Field.Text(AccountField, "The 12 digits of the account", null, false, false, 12),
                new Field.Pick(
                    HowField,
                    "How they are",
                    null,
                    false,
                    [
                        new Option(Right, "All three are set and right"),
                        new Option(Wrong, "Something is missing or wrong"),
                    ],
                    null
                ),
                new Field.Text(WrongField, "What is missing or wrong", null, true, true, LongestWrong),
            ]
        );

    public async Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        var how = click.Inputs.GetValueOrDefault(HowField);
        var wrong = click.Inputs.GetValueOrDefault(WrongField, "").Trim();
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (how is not (Right or Wrong))
            errors[HowField] = "Say how they are.";
        else if (wrong.Length > LongestWrong || wrong.Length > 0 != (how == Wrong))
            errors[WrongField] =
                $"Say what is missing or wrong, in at most {LongestWrong} characters; nothing if all are right.";
        if (errors.Count > 0)
            return new Reply.Corrected(Form, errors);
        var number = click.Inputs.GetValueOrDefault(AccountField, "").Trim();
        return await db.DecideAsync(
            () => DecideAsync(person.Id, number, wrong, click.By, cancellationToken),
            cancellationToken
        );
    }

    private async Task<Reply> DecideAsync(
        PersonId id,
        string number,
        string wrong,
        ChatUser through,
        CancellationToken cancellationToken
    )
    {
        var person = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id, cancellationToken);
        if (person.CoolsOffAt(db.Now, through))
            return new Reply.Said(Sentences.For(Refusal.CoolsOff)); // law 15
        var account = await db.AccountsKnownTo(person).SingleOrDefaultAsync(a => a.Number == number, cancellationToken);
        if (account is not { User: null }) // contacts are those of the account, not of an IAM user
        {
            await db.RefusedAsync(id, "posture.refused", cancellationToken, ("why", Refusal.NotYourAccount));
            return ShowPosture.NoAccount;
        }
        var evidence = await db.EvidenceOfAsync(account, EvidenceSource.Contacts, cancellationToken);
        evidence.Bring(wrong, db.Now, id, db.Now);
        db.Record("posture.attested", id, ("account", account.Id), ("wrong", wrong.Length == 0 ? null : wrong));
        await db.ReviewAsync(account, policies, null, cancellationToken);
        return new Reply.Drawn(
            Card.Of(
                $"Alternate contacts of {account.Name} ({account.Number})",
                wrong.Length == 0
                    ? "All three are set and right, as reported by you."
                    : "Your custodians are told what is missing or wrong.",
                "Another custodian of the account, an auditor or an administrator confirms it with the word posture."
            ) with
            {
                Choices = [Choice.NotMe],
            }
        );
    }
}
