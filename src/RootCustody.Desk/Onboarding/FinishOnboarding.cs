using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Posture;
using RootCustody.Desk.Requests;
using RootCustody.Onboarding;
using RootCustody.People;

namespace RootCustody.Desk.Onboarding;

/// <summary>Each item is proven or waived by two: the account is in custody, and planned work can be asked for.</summary>
public sealed class FinishOnboarding(CustodyDb db, Policies policies, CheckReadiness readiness)
{
    public async Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        if (
            Id.Read<AccountId>(click.Subject) is not { } id
            || !await db.Accounts.AnyAsync(a => a.Id == id, cancellationToken)
        )
            return Loading.NoAccount;
        var gaps = await readiness.TooFewAsync(id, cancellationToken);
        return await db.DecideAsync(
            () => DecideAsync(person.Id, id, click.By, gaps, cancellationToken),
            cancellationToken
        );
    }

    private async Task<Reply> DecideAsync(
        PersonId person,
        AccountId id,
        ChatUser through,
        IReadOnlyCollection<string> gaps,
        CancellationToken cancellationToken
    )
    {
        var (account, whyNot) = await db.EnterAsync(person, id, through, cancellationToken);
        if (account is not { IsOnboarding: true })
            return whyNot;
        await db.ReviewAsync(account, policies, gaps, cancellationToken); // on what is true now, not at the last look
        var list = await db.ChecklistAsync(account, cancellationToken);
        if (!list.IsComplete)
            return new Reply.Said(
                list.Settled == list.Lines.Count
                    ? "The password and an MFA device have to be in custody first: without them there is nothing to take."
                    : $"Not yet: {string.Join(", ", list.Lines.Where(l => !l.IsSettled).Select(l => l.Item.Word()))}."
            );
        account.EndOnboarding(db.Now);
        db.Record(
            "onboarding.finished",
            person,
            ("account", account.Id),
            (
                "waived",
                string.Join(',', list.Lines.Where(l => l.State == ItemState.Waived).Select(l => l.Item))
                    is { Length: > 0 } waived
                    ? waived
                    : null
            )
        );
        return new Reply.Said(
            $"{account.Name} ({account.Number}) is in custody. Planned work can be asked for from now on."
        );
    }
}
