using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Posture;
using RootCustody.Onboarding;
using RootCustody.People;
using RootCustody.Posture;
using RootCustody.Requests;

namespace RootCustody.Desk.Onboarding;

/// <summary>The second word on an item: a person who did not say it has seen the same, or waives it too.</summary>
public sealed class ConfirmItem(CustodyDb db)
{
    private static readonly Reply Gone = new Reply.Said(
        "Something else was said meanwhile, or the ceremony is over, so this counts no more. Type onboard to see how it stands."
    );

    /// <summary>Shows what is to be confirmed.</summary>
    public async Task<Reply> AskAsync(Person person, string subject, CancellationToken cancellationToken)
    {
        var (word, account) = await FindAsync(subject, cancellationToken);
        if (word is null || account is not { IsOnboarding: true })
            return Gone;
        if (word.WhyNotConfirm(person, await db.KeepsAsync(person.Id, account, cancellationToken)) is { } why)
            return new Reply.Said(why.Say());
        var by = await db.NameAsync(word.By, cancellationToken);
        return new Reply.Asked(
            new Form(
                Actions.OnboardAgree,
                word.Id.ToString(),
                word.Waives ? "Waive an item" : "Confirm an item",
                word.Waives ? "I waive it too" : "I have seen the same",
                [
                    $"{account.Name} ({account.Number}): {word.Item.Word()}. {by} says:",
                    word.Text,
                    word.Waives
                        ? "The account is taken into custody without it, and both of you answer for that."
                        : "Look yourself, not at what was sent to you, and confirm only what you have seen.",
                ],
                []
            )
        );
    }

    public Task<Reply> HandleAsync(Person asking, Click click, CancellationToken cancellationToken) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                var person = await db
                    .People.Include(p => p.Identities)
                    .SingleAsync(p => p.Id == asking.Id, cancellationToken);
                var (word, account) = await FindAsync(click.Subject, cancellationToken);
                if (word is null || account is not { IsOnboarding: true })
                    return Gone;
                if (person.CoolsOffAt(db.Now, click.By))
                    return new Reply.Said(Sentences.For(Refusal.CoolsOff)); // law 15
                if (word.WhyNotConfirm(person, await db.KeepsAsync(person.Id, account, cancellationToken)) is { } why)
                {
                    await db.RefusedAsync(
                        person.Id,
                        "onboarding.refused",
                        cancellationToken,
                        ("account", account.Id),
                        ("why", why)
                    );
                    return new Reply.Said(why.Say());
                }
                db.Raise(person); // law 9: whether they may is decided on what is true now
                db.Raise(account);
                word.Confirm(person.Id, db.Now);
                db.Record(
                    "onboarding.confirmed",
                    person.Id,
                    ("account", account.Id),
                    ("item", word.Item),
                    ("waives", word.Waives),
                    ("word", word.Id)
                );
                return new Reply.Said(
                    $"{(word.Waives ? "Waived" : "Confirmed")}: {word.Item.Word()} of {account.Name}."
                );
            },
            cancellationToken
        );

    private async Task<(OnboardingWord? Word, Account? Account)> FindAsync(
        string subject,
        CancellationToken cancellationToken
    )
    {
        if (Id.Read<OnboardingWordId>(subject) is not { } id)
            return (null, null);
        var word = await db.OnboardingWords.SingleOrDefaultAsync(w => w.Id == id, cancellationToken);
        return word is null
            ? (null, null)
            : (word, await db.Accounts.SingleAsync(a => a.Id == word.Account, cancellationToken));
    }
}
