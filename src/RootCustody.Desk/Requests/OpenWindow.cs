using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>Opens the window of a request that has its approvals, as soon as its time has come.</summary>
public sealed class OpenWindow(CustodyDb db, EndWindow endWindow, Alarm alarm)
{
    /// <summary>A due start was found by the sweep.</summary>
    public async Task HandleAsync(RequestId id, CancellationToken cancellationToken)
    {
        var opened = await db.DecideAsync(
            async () =>
            {
                var request = await db.Requests.SingleAsync(r => r.Id == id, cancellationToken);
                var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
                return await OpenAsync(request, account, cancellationToken);
            },
            cancellationToken
        );
        Remind(opened);
    }

    /// <summary>The part inside a transaction.</summary>
    internal async Task<Window?> OpenAsync(Request request, Account account, CancellationToken cancellationToken)
    {
        if (request.State != RequestState.Approved)
            return null;
        var holders = new Dictionary<Half, Standing>();
        foreach (var half in request.Groups)
            holders[half] = await db.StandingAsync(request.ApproverOf(half)!.Value, account, cancellationToken);
        var receivers = await ReceiversAsync(request, account, cancellationToken);
        var other = await OtherAsync(account, cancellationToken);

        var opening = request.Open(holders, other, db.Now, receivers);

        if (opening is Opening.Voided voided)
            await VoidAsync(request, account, voided, cancellationToken);
        if (opening is Opening.Stopped stopped)
            await StopAsync(request, account, stopped, cancellationToken);
        if (opening is not Opening.Opened opened)
            return null;
        await EndOtherAsync(other, account, cancellationToken);
        db.Record(
            "window.opened",
            Recording.System,
            ("request", request.Id),
            ("account", account.Id),
            ("passwordHolder", request.HolderOf(Half.Password)),
            ("mfaHolder", request.HolderOf(Half.Mfa)),
            ("closes", opened.Window.Closes.UtcDateTime.ToString("O"))
        );
        await db.PointHoldersAsync(request, account, request.Groups, cancellationToken);
        await db.TellAsync(request, account, StepOf(request), cancellationToken);
        return opened.Window;
    }

    /// <summary>How the contacts stand now to whom the halves go; nobody where they go to none.</summary>
    private async Task<IReadOnlyDictionary<Half, Standing>?> ReceiversAsync(
        Request request,
        Account account,
        CancellationToken cancellationToken
    )
    {
        if (!request.GoesToContacts)
            return null;
        var receivers = new Dictionary<Half, Standing>();
        foreach (var half in request.Groups)
            receivers[half] = await db.StandingAsync(request.ReceiverOf(half)!.Value, account, cancellationToken);
        return receivers;
    }

    /// <summary>A contact may not receive their half any more: others have to be named, in a request of its own.</summary>
    private async Task StopAsync(
        Request request,
        Account account,
        Opening.Stopped stopped,
        CancellationToken cancellationToken
    )
    {
        db.Record(
            "request.withdrawn",
            Recording.System,
            ("request", request.Id),
            ("half", stopped.Half),
            ("person", stopped.Person),
            ("why", stopped.Why)
        );
        var name = await db
            .People.Where(p => p.Id == stopped.Person)
            .Select(p => p.Name)
            .SingleAsync(cancellationToken);
        await endWindow.AfterAsync(
            request,
            account,
            $"The window did not open. {stopped.Why.Say(name, stopped.Half)} Then ask for the window anew: type transfer {account.Number}.",
            cancellationToken
        );
    }

    /// <summary>Makes the closing prompt; the sweep would find it anyway, and every reveal asks the clock (law 5).</summary>
    internal void Remind(Window? window)
    {
        if (window is not null)
            alarm.Set<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None), window.Closes - db.Now);
    }

    /// <summary>The request whose window is open on the account; one that is over but not tidied up yet is tidied up here (law 5).</summary>
    private async Task<Request?> OtherAsync(Account account, CancellationToken cancellationToken)
    {
        var other = await db.OpenRequestAsync(account.Id, cancellationToken);
        if (other?.Expire(db.Now) is null)
            return other;
        await endWindow.ExpiredAsync(other, account, cancellationToken);
        return null;
    }

    private async Task VoidAsync(
        Request request,
        Account account,
        Opening.Voided voided,
        CancellationToken cancellationToken
    )
    {
        db.Record(
            "approval.voided",
            Recording.System,
            ("request", request.Id),
            ("half", voided.Half),
            ("person", voided.Person),
            ("why", voided.Why)
        );
        var step = Card.Of(
            $"The approval of the {RequestCards.PartName(request, voided.Half)} no longer holds; others are asked."
        );
        await db.TellAsync(request, account, step, cancellationToken);
        var without = await db.AskCustodiansAsync(request, account, [voided.Half], cancellationToken);
        await db.WarnAsync(request, account, without, cancellationToken);
    }

    private async Task EndOtherAsync(Request? other, Account account, CancellationToken cancellationToken)
    {
        if (other is null)
            return;
        db.Record(
            "window.revoked",
            Recording.System,
            ("request", other.Id),
            ("why", "another request needs the account")
        );
        await endWindow.AfterAsync(
            other,
            account,
            other.Kind == RequestKind.Drill
                ? "The drill was ended: the account is needed."
                : "The window was ended: an emergency needs the account.",
            cancellationToken
        );
    }

    private static Card StepOf(Request request) =>
        request.IsScheduled
            ? Card.Of("It has begun.")
            : Card.Of($"{RequestCards.ApprovedBy(request)} The window is open.") with
            {
                Facts = [Fact.At("Open until", request.Closes!.Value)],
            };
}
