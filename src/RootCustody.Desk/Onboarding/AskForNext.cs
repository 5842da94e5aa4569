using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Rotation;
using RootCustody.Onboarding;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Onboarding;

/// <summary>The custodians of both halves are asked for the ceremony that an account needs next on its way into custody: a password of ours, an MFA device of ours, and a password that whoever sat at the device has not seen.</summary>
public sealed class AskForNext(CustodyDb db, Policies policies)
{
    public Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                var (account, whyNot) = await db.EnterAsync(
                    person.Id,
                    Id.Read<AccountId>(click.Subject),
                    click.By,
                    cancellationToken
                );
                if (account is not { IsOnboarding: true })
                    return whyNot;
                var running = await db.InTheWayOfCeremonies(account.Id)
                    .OrderBy(r => r.AskedAt)
                    .FirstOrDefaultAsync(cancellationToken);
                if (running is not null)
                    return new Reply.Said(
                        $"{running.Name} is under way on this account. The next comes when it is over."
                    );
                var list = await db.ChecklistAsync(account, cancellationToken);
                var isPasswordIn = list.Lines.Single(l => l.Item == OnboardingItem.Password).State == ItemState.Proven;
                if (isPasswordIn && (account.MfaGeneration != 0 || account.WithoutMfa))
                    return new Reply.Said(
                        $"The password {(account.WithoutMfa ? "is" : "and the MFA device are")} in place. What is left needs no ceremony: type onboard and the number of the account."
                    );
                await AskAsync(person, account, isPasswordIn, cancellationToken);
                return new Reply.Said(
                    "The custodians of both groups are asked now. When one of each takes part, the window opens."
                );
            },
            cancellationToken
        );

    private async Task AskAsync(Person person, Account account, bool isPasswordIn, CancellationToken cancellationToken)
    {
        var policy = await policies.OfAsync(account, cancellationToken);
        // a device is brought in with a password that AWS has; what it exposes is rotated before anything else (law 14)
        var request = isPasswordIn
            ? Request.MfaChange(account, policy, db.Now)
            : Request.Rotation(account, policy, db.Now);
        db.Record("onboarding.asked", person.Id, ("account", account.Id), ("request", request.Id));
        await db.AskForAsync(request, account, cancellationToken);
    }
}
