using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Rotation;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Desk.Requests;

/// <summary>What every end of a request leaves behind, however it came about; part of the transaction that ends it.</summary>
public sealed class EndWindow(CustodyDb db, Policy policy, Alarm alarm)
{
    /// <summary>A password that was shown, or maybe shown, is a debt (law 14); a window without a clean answer calls the duty manager; everyone is told.</summary>
    /// <param name="step">What the customer's thread says.</param>
    public async Task AfterAsync(Request request, Account account, string step, CancellationToken cancellationToken)
    {
        await db.TellAsync(request, account, Card.Of(step), cancellationToken);
        if (request.Opens is not null && request.Kind != RequestKind.Rotation)
        {
            await OweAsync(request, account, cancellationToken);
            if (!request.IsCleanlyClosed)
            {
                var why = $"The window of {request.Name} did not end cleanly: ask its holders what is left.";
                await db.CallDutyAsync(request, account, why, cancellationToken);
            }
        }
    }

    /// <summary>The clock closed the window.</summary>
    public async Task ExpiredAsync(Request request, Account account, CancellationToken cancellationToken)
    {
        db.Record("window.closed", Recording.System, ("request", request.Id));
        await AfterAsync(request, account, "The window is closed. Nothing is shown any more.", cancellationToken);
    }

    /// <summary>Nobody answered in time.</summary>
    public async Task TimedOutAsync(Request request, Account account, CancellationToken cancellationToken)
    {
        db.Record("request.timedout", Recording.System, ("request", request.Id));
        await AfterAsync(request, account, "The time to answer is over: the request has ended.", cancellationToken);
        if (request.Kind == RequestKind.Emergency)
            await db.CallDutyAsync(request, account, $"Nobody answered {request.Name} in time.", cancellationToken);
    }

    /// <summary>Makes the reminders to rotate prompt; the recurring sweep would find the debt anyway.</summary>
    public void Remind() => alarm.Set<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None), TimeSpan.Zero);

    private async Task OweAsync(Request request, Account account, CancellationToken cancellationToken)
    {
        var living = account.PasswordGeneration; // a late Done must not book again what a rotation has paid
        var shown = await db.Exposures.AnyAsync(
            e =>
                e.Request == request.Id
                && e.Half == Half.Password
                && e.Generation >= living
                && e.Outcome != RevealOutcome.NotShown,
            cancellationToken
        );
        if (!shown)
            return;
        account.Owe(policy, db.Now);
        db.Record(
            "rotation.due",
            Recording.System,
            ("account", account.Id),
            ("request", request.Id),
            ("by", account.RotateBy!.Value.UtcDateTime.ToString("O"))
        );
    }
}
