using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Posture;
using RootCustody.Desk.Requests;
using RootCustody.People;

namespace RootCustody.Desk.Onboarding;

/// <summary>A custodian or an administrator begins to take an account into custody.</summary>
public sealed class BeginOnboarding(CustodyDb db, Policies policies, CheckReadiness readiness, ShowOnboarding show)
{
    /// <summary>Nobody holds back a customer's planned work alone, who is not trusted with more.</summary>
    private static readonly Reply InUse = new Reply.Said(
        "Both halves of this account are in custody, and its customer may be planning work on it, which this would hold back. An administrator has to begin it."
    );

    private static readonly Reply OfGovCloud = new Reply.Said(
        "This is an account of GovCloud: its root user cannot sign in, so there are no halves to take into custody. What opens it is root of its commercial account; register and its 12 digits say which that is."
    );

    public async Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        if (
            Id.Read<AccountId>(click.Subject) is not { } id
            || !await db.Accounts.AnyAsync(a => a.Id == id, cancellationToken)
        )
            return Loading.NoAccount;
        var gaps = await readiness.TooFewAsync(id, cancellationToken);
        var refused = await db.DecideAsync(
            async () =>
            {
                var (account, whyNot) = await db.EnterAsync(person.Id, id, click.By, cancellationToken);
                if (account is null)
                    return whyNot;
                var by = await db.People.SingleAsync(p => p.Id == person.Id, cancellationToken); // as of now (law 9)
                if (account.IsInCustody && !by.IsAdministrator)
                    return InUse;
                if (account.GovCloudOf is not null)
                    return OfGovCloud;
                if (account.BeginOnboarding(db.Now))
                {
                    db.Record("onboarding.begun", person.Id, ("account", account.Id));
                    await db.ReviewAsync(account, policies, gaps, cancellationToken);
                }
                return null;
            },
            cancellationToken
        );
        return refused
            ?? await show.OneAsync(
                person,
                await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == id, cancellationToken),
                cancellationToken
            );
    }
}
