using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.Desk.Requests;
using RootCustody.Requests;

namespace RootCustody.Desk.Rotation;

/// <summary>The clock or the debt asks the custodians of an account to rotate its password.</summary>
public sealed class AskForRotation(CustodyDb db, Policies policies)
{
    public Task HandleAsync(AccountId id, CancellationToken cancellationToken) =>
        db.DecideAsync(
            async () =>
            {
                var account = await db.Accounts.SingleAsync(a => a.Id == id, cancellationToken);
                var asked = await db.Requests.AnyAsync(
                    r =>
                        r.Account == id
                        && (
                            r.State == RequestState.Open
                            || (
                                r.Kind == RequestKind.Rotation
                                && (r.State == RequestState.Asked || r.State == RequestState.Approved)
                            )
                        ),
                    cancellationToken
                );
                var date = await db.RotationDates.SingleOrDefaultAsync(
                    d => d.Account == id && d.Half == Half.Password,
                    cancellationToken
                );
                if (asked || !account.NeedsRotationAt(db.Now, date))
                    return false;

                var policy = await policies.OfAsync(account, cancellationToken);
                var request = Request.Rotation(account, policy, db.Now);
                await db.AskForAsync(request, account, cancellationToken);
                return true;
            },
            cancellationToken
        );
}

internal static class AskingForRotation
{
    /// <summary>What no further ceremony of this account is begun beside: an open window, and a ceremony that is asked for.</summary>
    public static IQueryable<Request> InTheWayOfCeremonies(this CustodyDb db, AccountId account) =>
        db
            .Requests.Running()
            .Where(r =>
                r.Account == account
                && (r.State == RequestState.Open || r.Kind == RequestKind.Rotation || r.Kind == RequestKind.MfaChange)
            );

    /// <summary>The custodians of both halves are asked. Part of the transaction of the step.</summary>
    public static async Task AskForAsync(
        this CustodyDb db,
        Request request,
        Account account,
        CancellationToken cancellationToken
    )
    {
        db.Requests.Add(request);
        db.Raise(account); // two that ask at once meet here
        var what = request.Kind == RequestKind.MfaChange ? "mfachange.asked" : "rotation.asked";
        db.Record(what, Recording.System, ("request", request.Id), ("account", account.Id));
        var without = await db.AskCustodiansAsync(request, account, [Half.Password, Half.Mfa], cancellationToken);
        await db.WarnAsync(request, account, without, cancellationToken);
    }
}
