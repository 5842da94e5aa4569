using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Requests;

namespace RootCustody.Desk.Rotation;

/// <summary>The clock asks the custodians of an account to give it a new MFA device. A debt comes first: its rotation would follow anyway.</summary>
public sealed class AskForMfaChange(CustodyDb db, Policies policies)
{
    public Task HandleAsync(AccountId id, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var account = await db.Accounts.SingleAsync(a => a.Id == id, cancellationToken);
                // a date that was planned for the device before this one says nothing of it
                var due = await db.RotationDates.AnyAsync(
                    d =>
                        d.Account == id
                        && d.Half == Half.Mfa
                        && d.Generation == account.MfaGeneration
                        && d.DueAt <= db.Now,
                    cancellationToken
                );
                var running = await db.InTheWayOfCeremonies(id).AnyAsync(cancellationToken);
                if (!due || running || account.OwesSince is not null || !account.IsInCustody)
                    return false;

                var policy = await policies.OfAsync(account, cancellationToken);
                await db.AskForAsync(Request.MfaChange(account, policy, db.Now), account, cancellationToken);
                return true;
            },
            cancellationToken
        );
}
