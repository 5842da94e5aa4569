using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Rotation;
using RootCustody.Desk.Transfers;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Desk.Requests;

/// <summary>A holder is done: the work log, and what is left behind.</summary>
public sealed class CloseWindow(CustodyDb db, EndWindow endWindow, HandOver handOver)
{
    private const string SignedOutField = "signedout";
    private const string SignedOut = "yes";
    private const string LeftField = "left";
    private const string LogField = "log";
    private const string HandedOverField = "handedover";
    private const string HandedOver = "yes";

    /// <summary>Asks what is left, and says first if a key is still out.</summary>
    public async Task<Form> FormAsync(RequestId id, CancellationToken cancellationToken) =>
        Form(
            id,
            await db.Requests.AnyAsync(
                r => r.Id == id && (r.Task == RootTask.HandOver.Id || r.Task == RootTask.HandOverInHalves.Id),
                cancellationToken
            ),
            [
                .. (await ProgressAsync(id, cancellationToken))?.Words ?? [],
                .. (await db.KeysOutAsync(db.Accounts, id, cancellationToken)).Select(key =>
                    $"The MFA key {key.Label} is with {key.With}. Is it back in its place? They confirm it, with the number of the new seal, at RootCustody MFA; until then the duty manager is told that it is out."
                ),
            ]
        );

    private async Task<MfaProgress?> ProgressAsync(RequestId id, CancellationToken cancellationToken) =>
        await db.Requests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is { } request
            ? await MfaProgress.OfAsync(db, request, cancellationToken)
            : null;

    private static Form Form(RequestId id, bool handsOver, IReadOnlyList<string> lines) =>
        new(
            Actions.Done,
            id.ToString(),
            "Done",
            "Close the window",
            lines,
            [
                new Field.Text(LogField, "Work log", "What was done.", false, true, ClosingAnswer.LongestText),
                .. handsOver ? [HandedOverChecks] : (Field[])[],
                new Field.Checks(
                    SignedOutField,
                    "Signed out?",
                    null,
                    true,
                    [new Option(SignedOut, "The session at AWS is signed out")]
                ),
                new Field.Text(
                    LeftField,
                    "Anything left behind?",
                    "A new MFA device, access key or session. Leave it empty if there is none.",
                    true,
                    true,
                    ClosingAnswer.LongestText
                ),
            ]
        );

    private static readonly Field.Checks HandedOverChecks = new(
        HandedOverField,
        "Handed over?",
        "Leave it empty if it did not work: the window can be asked for anew. The other of you has to say it too.",
        true,
        [new Option(HandedOver, "The receiver has the address and has signed in")]
    );

    public async Task<Reply> HandleAsync(Person person, RequestId id, Click click, CancellationToken cancellationToken)
    {
        string Text(string field) => click.Inputs.GetValueOrDefault(field, "").Trim();

        var answer = new ClosingAnswer(Text(SignedOutField) == SignedOut, Text(LeftField), Text(LogField));
        if (
            answer.WorkLog.Length is 0 or > ClosingAnswer.LongestText
            || answer.LeftBehind.Length > ClosingAnswer.LongestText
        )
        {
            var error = $"Say what was done, in at most {ClosingAnswer.LongestText} characters.";
            return new Reply.Corrected(
                await FormAsync(id, cancellationToken),
                new Dictionary<string, string>(StringComparer.Ordinal) { [LogField] = error }
            );
        }
        var handedOver = Text(HandedOverField) == HandedOver;
        var reply = await db.DecideAsync(
            () => CloseAsync(person, click.By, id, answer, handedOver, cancellationToken),
            cancellationToken
        );
        endWindow.Remind();
        return reply;
    }

    private async Task<Reply> CloseAsync(
        Person person,
        ChatUser through,
        RequestId id,
        ClosingAnswer answer,
        bool handedOver,
        CancellationToken cancellationToken
    )
    {
        var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (request is null)
            return new Reply.Said("There is no such request.");
        var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
        var by = await db.StandingAsync(person.Id, account, cancellationToken, through);
        await TakeMaybeShownAsync(request, cancellationToken);

        var closing = request.Done(by, answer, db.Now);

        if (closing is Closing.Refused refused)
        {
            await db.RefusedAsync(person.Id, "closing.refused", request, refused.Why, cancellationToken);
            return new Reply.Said(Sentences.For(refused.Why));
        }
        db.Record(
            "window.closed",
            person.Id,
            ("request", id),
            ("signedOut", answer.SignedOut),
            ("leftBehind", answer.LeftBehind.Length == 0 ? null : answer.LeftBehind),
            ("workLog", answer.WorkLog)
        );
        if (handedOver)
            await handOver.DoneAsync(request, account, person.Id, cancellationToken);
        await endWindow.AfterAsync(request, account, "The work is done and the window is closed.", cancellationToken);
        return new Reply.Said(
            answer.IsClean
                ? "Thank you. The window is closed."
                : "Thank you. The window is closed; the duty manager is told what is left."
        );
    }

    /// <summary>A courier that died while it showed a half could not say that it was in hand. Once its time on screen is over nobody will, and it counts as shown (law 4): its holder must not have to look again.</summary>
    private async Task TakeMaybeShownAsync(Request request, CancellationToken cancellationToken)
    {
        foreach (var half in (Half[])[Half.Password, Half.Mfa])
        {
            var holder = request.HolderOf(half);
            var now = db.Now;
            var left = await db
                .Exposures.Where(e => e.Request == request.Id && e.Half == half && e.Person == holder)
                .Where(e => e.Outcome == RevealOutcome.MaybeShown && e.Until <= now)
                .OrderBy(e => e.At)
                .FirstOrDefaultAsync(cancellationToken);
            if (left is not null)
                request.InHand(half, left.At);
        }
    }
}
