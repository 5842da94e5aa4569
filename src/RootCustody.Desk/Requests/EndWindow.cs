using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.Rotation;
using RootCustody.Desk.Transfers;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Desk.Requests;

/// <summary>What every end of a request leaves behind, however it came about; part of the transaction that ends it.</summary>
public sealed class EndWindow(CustodyDb db, Policies policies, Alarm alarm)
{
    /// <summary>A password that was shown, or maybe shown, is a debt (law 14); a window without a clean answer calls the duty manager; everyone is told.</summary>
    /// <param name="step">What the customer's thread says.</param>
    public async Task AfterAsync(Request request, Account account, string step, CancellationToken cancellationToken)
    {
        await db.TellAsync(request, account, Card.Of(step), cancellationToken);
        await db.MissHandoverAsync(request, cancellationToken);
        if (request.Kind == RequestKind.Drill)
            await ReportAsync(request, account, cancellationToken);
        if (request.Opens is null || request.Kind == RequestKind.Drill)
            return;
        await AskForKeysAsync(request, account, cancellationToken);
        if (request.Kind == RequestKind.Rotation)
        {
            await UnfinishedAsync(request, account, cancellationToken);
            return;
        }
        await OweAsync(request, account, cancellationToken);
        await MissDeviceAsync(request, account, cancellationToken);
        if (!request.IsCleanlyClosed)
        {
            var why = $"The window of {request.Name} did not end cleanly: ask its holders what is left.";
            await db.CallDutyAsync(request, account, why, cancellationToken);
        }
    }

    /// <summary>Something greater ends a request.</summary>
    /// <param name="why">For the audit log.</param>
    /// <param name="step">What the customer's thread says.</param>
    public async Task StopAsync(
        Request request,
        Account account,
        string why,
        string step,
        CancellationToken cancellationToken
    )
    {
        var what = request.Stop(db.Now) is Closing.Revoked ? "window.revoked" : "request.withdrawn";
        db.Record(what, Recording.System, ("request", request.Id), ("why", why));
        await AfterAsync(request, account, step, cancellationToken);
    }

    /// <summary>The clock closed the window.</summary>
    public async Task ExpiredAsync(Request request, Account account, CancellationToken cancellationToken)
    {
        db.Record("window.closed", Recording.System, ("request", request.Id));
        await AfterAsync(request, account, "The window is closed. Nothing is shown any more.", cancellationToken);
    }

    /// <summary>It was not answered in time or, if both approved, its window could not open in time.</summary>
    public async Task TimedOutAsync(
        Request request,
        Account account,
        bool approved,
        CancellationToken cancellationToken
    )
    {
        db.Record("request.timedout", Recording.System, ("request", request.Id), ("approved", approved));
        var step = approved
            ? "The window could not open in time: the request has ended."
            : "The time to answer is over: the request has ended.";
        await AfterAsync(request, account, step, cancellationToken);
        if (request.Kind != RequestKind.Emergency)
            return; // the report of a drill says it
        var why = approved
            ? $"{request.Name} was approved, but its window could not open in time."
            : $"{request.Name} did not get its two approvals in time.";
        await db.CallDutyAsync(request, account, why, cancellationToken);
    }

    /// <summary>Makes the reminders to rotate prompt; the recurring sweep would find the debt anyway.</summary>
    public void Remind() => alarm.Set<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None), TimeSpan.Zero);

    /// <summary>A key that was fetched has to be back and sealed when the window ends.</summary>
    private async Task AskForKeysAsync(Request request, Account account, CancellationToken cancellationToken)
    {
        foreach (var key in await db.KeysOutAsync(db.Accounts, request.Id, cancellationToken))
        {
            db.Record("key.not-back", Recording.System, ("request", request.Id), ("account", account.Id));
            var why =
                $"The MFA key {key.Label} is not confirmed back after {request.Name}: ask {key.With} to lay it back, sealed, and to say so to RootCustody MFA.";
            await db.CallDutyAsync(request, account, why, cancellationToken);
        }
    }

    /// <summary>A rotation that showed a password and was not confirmed leaves it open which one lives: both count as exposed, and the debt stands (law 14).</summary>
    private async Task UnfinishedAsync(Request request, Account account, CancellationToken cancellationToken)
    {
        if (request.IsCleanlyClosed || !await WasShownAsync(request, 0, cancellationToken))
            return;
        db.Record(
            "rotation.unfinished",
            Recording.System,
            ("request", request.Id),
            ("account", account.Id),
            ("living", account.PasswordGeneration),
            ("pending", request.PendingGeneration)
        );
        var view = await RequestView.OfAsync(db, request, account, cancellationToken);
        var why =
            $"{request.Name} ended before both holders said which password AWS has: ask them. {RotationProgress.Say(view)} The next rotation shows all that may live.";
        await db.CallDutyAsync(request, account, why, cancellationToken);
    }

    /// <summary>A ceremony that brought no new device into use has to be held again; the duty manager is told how far it got.</summary>
    private async Task MissDeviceAsync(Request request, Account account, CancellationToken cancellationToken)
    {
        if (await MfaProgress.OfAsync(db, request, cancellationToken) is not { IsNewInUse: false } progress)
            return;
        db.Record("mfachange.unfinished", Recording.System, ("request", request.Id), ("account", account.Id));
        var why =
            $"{request.Name} ended without a new MFA device in use. {string.Join(" ", progress.Words)} {(account.MfaGeneration == 0 ? "There is none yet, so it has to be held again." : "It is asked for again; the device of before serves on.")}";
        await db.CallDutyAsync(request, account, why, cancellationToken);
    }

    /// <summary>Who ordered the drill, and the duty managers, are told how long everything took.</summary>
    private async Task ReportAsync(Request request, Account account, CancellationToken cancellationToken)
    {
        var report = DrillReport.Of(request, account);
        db.Record(
            "drill.ended",
            Recording.System,
            ("request", request.Id),
            ("account", account.Id),
            ("firstApproval", request.FirstApprovalAt?.UtcDateTime.ToString("O")),
            ("bothApprovals", request.ApprovedAt?.UtcDateTime.ToString("O")),
            ("passwordInHand", request.PasswordInHandAt?.UtcDateTime.ToString("O")),
            ("codeInHand", request.MfaInHandAt?.UtcDateTime.ToString("O"))
        );
        await db.AlertDutyAsync(report, cancellationToken);
        var by = await db
            .People.Include(p => p.Identities)
            .SingleOrDefaultAsync(p => p.Id == request.Requester && !p.IsDutyManager, cancellationToken);
        if (by is not null)
            db.Notify(by, report);
    }

    private Task<bool> WasShownAsync(Request request, int from, CancellationToken cancellationToken) =>
        db.Exposures.AnyAsync(
            e =>
                e.Request == request.Id
                && e.Half == Half.Password
                && e.Generation >= from
                && e.Outcome != RevealOutcome.NotShown,
            cancellationToken
        );

    private async Task OweAsync(Request request, Account account, CancellationToken cancellationToken)
    {
        // a late Done must not book again what a rotation has paid
        if (!await WasShownAsync(request, account.PasswordGeneration, cancellationToken))
            return;
        account.Owe(await policies.OfAsync(account, cancellationToken), db.Now);
        db.Record(
            "rotation.due",
            Recording.System,
            ("account", account.Id),
            ("request", request.Id),
            ("by", account.RotateBy!.Value.UtcDateTime.ToString("O"))
        );
    }
}
