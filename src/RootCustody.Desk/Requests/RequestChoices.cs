using RootCustody.Chat;
using RootCustody.Requests;
using RootCustody.Rotation;

namespace RootCustody.Desk.Requests;

/// <summary>What each can press on their card, and what is said above it.</summary>
public static partial class RequestCards
{
    private static string[] LinesFor(RequestView view, PersonId person, Half half)
    {
        var request = view.Request;
        string[] lines = request.HeldBy(person) is { } held
            ? LinesOfHolder(view, held)
            : LinesOfOthers(view, person, half);
        return request.Extends(half) && !IsOut(request, person)
            ? [.. lines, $"More time is asked for. Approve it for the {PartName(request, half)}, or leave it."]
            : lines;
    }

    private static string[] LinesOfHolder(RequestView view, Half held)
    {
        var request = view.Request;
        if (request.GoesToContacts)
            return LinesOfApprover(view, held);
        return request.State switch
        {
            RequestState.Asked =>
            [
                $"You approved the {PartName(request, held)}.{(request.ByOneGroup ? "" : " The other group is asked now.")}",
            ],
            RequestState.Approved =>
            [
                $"You hold the {PartName(request, held)}.{(request.Shows(held) ? " You get a message when the window opens." : "")}",
            ],
            RequestState.Open =>
            [
                $"You hold the {PartName(request, held)}; {PartOf(request, held)}. {WhereTheOtherIs(view, held)}",
                .. RootTask.Find(request.Task) is { } task ? HowTo(task) : [],
                .. request.Kind == RequestKind.Rotation ? HowToRotate(view, held) : [],
                .. request.Kind == RequestKind.MfaChange ? HowToChangeMfa(held) : [],
            ],
            _ when IsUnanswered(request) =>
            [
                "The window is closed. Please answer with Done what is left: signed out? anything left behind?",
            ],
            _ => [],
        };
    }

    /// <summary>Of a half that goes to a contact of the customer: whoever approved it is not shown it.</summary>
    private static string[] LinesOfApprover(RequestView view, Half approved) =>
        view.Request.State switch
        {
            RequestState.Asked =>
            [
                $"You approved the {approved.Word()} half, which goes to {view.ReceiverOf(approved)}. The other group is asked now.",
            ],
            RequestState.Approved =>
            [
                $"You approved the {approved.Word()} half. {view.ReceiverOf(approved)} is shown it once the window opens, and nobody of ours is.",
            ],
            RequestState.Open =>
            [
                $"{view.ReceiverOf(approved)} can be shown the {approved.Word()} half now; nobody of ours is. Stay within reach of both contacts. If anything is wrong, End it, or Hand back your approval: nothing of this half is shown then.",
            ],
            _ => [],
        };

    private static string[] LinesOfReceiver(RequestView view, Half half)
    {
        var (request, other) = (view.Request, half.Other());
        var bot = half == Half.Password ? "RootCustody Password" : "RootCustody MFA";
        return request.State switch
        {
            RequestState.Asked or RequestState.Approved =>
            [
                $"You were named to receive the {half.Word()} half of this account; {view.ReceiverOf(other)} receives the {other.Word()} half. Neither of you is ever shown both.",
                $"When the window opens, {bot} writes to you. Have the authenticator at hand that you enrolled here. If you do not know of this, press Not me.",
            ],
            RequestState.Open =>
            [
                $"You receive the {half.Word()} half: press Reveal on the message of {bot}. {view.ReceiverOf(other)} receives the {other.Word()} half. Do it together:",
                .. HowTo(RootTask.HandOverInHalves),
            ],
            _ when IsUnanswered(request) =>
            [
                "The window is closed. Please answer with Done whether it was handed over.",
            ],
            _ => [],
        };
    }

    private static IEnumerable<Choice> ChoicesOfReceiver(RequestView view)
    {
        var request = view.Request;
        if (request.State == RequestState.Open || (request.IsOver && IsUnanswered(request)))
            yield return Done(view);
        if (request.State == RequestState.Open && request.ExtendBy is null)
            yield return Extend(view);
        if (!request.IsOver)
            yield return End(view);
    }

    /// <summary>What both do together in the window, and by what others see it.</summary>
    private static IEnumerable<string> HowTo(RootTask task) =>
        [
            $"At hand: {task.Prepare}",
            .. task.Steps.Select((step, at) => $"{at + 1}. {step}"),
            $"Done when: {task.Proof}",
        ];

    private static IReadOnlyList<string> HowToRotate(RequestView view, Half held)
    {
        var isFirst = view.Account.PasswordGeneration == 0;
        var changing = ChangingPassword.Of(view.Account);
        if (held == Half.Mfa)
            return isFirst ? changing.FirstWitness : changing.Witness;
        if (!isFirst && view.Request.IsPasswordLost)
            return changing.Lost;
        var steps = isFirst ? changing.First : changing.Steps;
        return [.. steps.Select((step, at) => $"{at + 1}. {step}")];
    }

    /// <summary>What a custodian takes: a half or, where there is no MFA half, the part of whoever only approves.</summary>
    public static string PartName(Request request, Half half) =>
        request.Shows(half) ? $"{half.Word()} half" : "part of the second person";

    /// <summary>Says that nothing is missing any more.</summary>
    public static string ApprovedBy(Request request) =>
        request switch
        {
            { ByOneGroup: true } => "The password half is approved; policy asks for no second approval.",
            { WithoutMfa: true } => "Both groups have approved.",
            _ => "Both halves are approved.",
        };

    private static string WhereTheOtherIs(RequestView view, Half held)
    {
        if (view.Request.ByOneGroup)
            return "There is no other half: this IAM user has no MFA device.";
        var what = view.Request.WithoutMfa ? PartName(view.Request, held.Other()) : "other half";
        return view.ApproverOf(held.Other()) is { } other
            ? $"The {what} is with {other}."
            : $"For the {what} another custodian is asked.";
    }

    private static string PartOf(Request request, Half held) =>
        (request.Kind, held) switch
        {
            (RequestKind.MfaChange, Half.Password) => "you type the password at your colleague's computer",
            (RequestKind.MfaChange, Half.Mfa) => "you sign in at your computer and bring the new device in",
            (_, Half.Password) => "you drive the sign-in",
            (_, Half.Mfa) when request.WithoutMfa =>
                "there is nothing to reveal for you: nobody signs in as this IAM user without your knowing of it",
            (_, Half.Mfa) => "you speak the code",
        };

    private static IReadOnlyList<string> HowToChangeMfa(Half held) =>
        held == Half.Password ? ChangingMfa.Witness : [.. ChangingMfa.Steps.Select((step, at) => $"{at + 1}. {step}")];

    private static string[] LinesOfOthers(RequestView view, PersonId person, Half half)
    {
        var request = view.Request;
        if (IsOut(request, person))
            return ["You take no part in this any more."];
        if (request.State == RequestState.Open && request.ApproverOf(half) is null)
            return
            [
                request.GoesToContacts
                    ? $"The window is open and the approval of its {half.Word()} half was taken back. Who approves lets {view.ReceiverOf(half)} be shown it, and is not shown it."
                    : $"The window is open and its {PartName(request, half)} is without a holder. Who approves becomes its holder.",
            ];
        if (request.State != RequestState.Asked || request.AwaitsContact)
            return [];
        return view.ApproverOf(half) is { } colleague
            ? [$"The {PartName(request, half)} is taken by {colleague}."]
            :
            [
                request.Kind switch
                {
                    RequestKind.Rotation when view.Account.PasswordGeneration == 0 =>
                        $"This account gets its first password of ours. Press Rotate to take the {PartName(request, half)}.",
                    RequestKind.Rotation =>
                        $"The password of this account has to be rotated. Press Rotate to take the {PartName(request, half)}.",
                    RequestKind.MfaChange =>
                        $"This account has to get a new MFA device. Press Take part for the {half.Word()} half; {(half == Half.Mfa ? "you bring the device in" : "the password is rotated afterwards, by somebody else")}.",
                    _ when !request.Shows(half) =>
                        "You are asked as the second person: this IAM user has no MFA device, so who approves gets nothing to see.",
                    _ when request.GoesToContacts =>
                        $"You are asked to let the {half.Word()} half go to {view.ReceiverOf(half)}, a contact of the customer. Who approves is not shown it.",
                    _ => $"You are asked for the {half.Word()} half. Who approves becomes its holder.",
                },
            ];
    }

    private static List<Choice> ChoicesFor(RequestView view, PersonId person, Half half)
    {
        var request = view.Request;
        var choices = new List<Choice>();
        if (request.Extends(half) && !IsOut(request, person))
            choices.Add(new Choice(Actions.Lengthen, "Approve more time", view.Subject, ChoiceStyle.Good));
        choices.AddRange(
            request.HeldBy(person) is not null ? ChoicesOfHolder(view, person) : ChoicesOfOthers(view, person, half)
        );
        return choices;
    }

    private static IEnumerable<Choice> ChoicesOfOthers(RequestView view, PersonId person, Half half)
    {
        var request = view.Request;
        if (IsOut(request, person) || request.AwaitsContact || request.ApproverOf(half) is not null)
            yield break;
        if (request.State is not (RequestState.Asked or RequestState.Open))
            yield break;
        var label = request.Kind switch
        {
            RequestKind.Rotation => "Rotate",
            RequestKind.MfaChange => "Take part",
            _ => "Approve",
        };
        yield return new Choice(Actions.Approve, label, RequestSubject.Of(request), ChoiceStyle.Good);
        if (!request.IsScheduled && request.State == RequestState.Asked)
            yield return new Choice(Actions.Deny, "Deny", view.Subject, ChoiceStyle.Grave);
    }

    private static IEnumerable<Choice> ChoicesOfHolder(RequestView view, PersonId person)
    {
        var request = view.Request;
        if (request.IsOver)
        {
            if (IsUnanswered(request) && !request.GoesToContacts)
                yield return Done(view);
            yield break;
        }
        if (request.State == RequestState.Open && request.Kind != RequestKind.Rotation && !request.GoesToContacts)
            yield return Done(view);
        if (request.State == RequestState.Open && request.Kind == RequestKind.Rotation)
        {
            if (request.FoundBy(request.HeldBy(person)!.Value) is not { } found || found != request.PendingGeneration)
                yield return Changed(view);
            yield return new Choice(Actions.NotRotated, "Not changed or not sure", view.Subject);
        }
        if (request.State == RequestState.Open && request.ExtendBy is null)
            yield return Extend(view);
        yield return new Choice(Actions.HandBack, "Hand back", view.Subject);
        if (request.Kind != RequestKind.Emergency)
            yield return End(view); // nobody ends an emergency alone
    }

    private static IEnumerable<Choice> ChoicesOfDuty(RequestView view)
    {
        var request = view.Request;
        if (request.IsOver)
            yield break;
        if (request.AwaitsDuty)
            yield return new Choice(Actions.Endorse, "Approve as duty manager", view.Subject, ChoiceStyle.Good);
        if (request.Named.Count > 0)
            yield return new Choice(Actions.Bar, "Bar the named", view.Subject, ChoiceStyle.Grave);
        if (request.PasswordApprover is not null || request.MfaApprover is not null)
            yield return new Choice(Actions.Replace, "Replace a holder", view.Subject);
        yield return request.State == RequestState.Open || request.IsScheduled
            ? End(view)
            : new Choice(Actions.Deny, "Deny", view.Subject, ChoiceStyle.Grave);
    }

    private static Choice Changed(RequestView view) =>
        new(
            Actions.Rotated,
            "Password is changed",
            view.Subject,
            ChoiceStyle.Good,
            "Is the new password in place at AWS, tried by signing in with it? Earlier ones count as dead from then on."
        );

    /// <summary>They denied or gave their half up.</summary>
    private static bool IsOut(Request request, PersonId person) =>
        request.Denials.Any(d => d.Person == person) || request.StepBacks.Any(s => s.Person == person);

    private static bool IsUnanswered(Request request) =>
        request.Kind != RequestKind.Rotation && request.Opens is not null && request.AnsweredAt is null;

    private static Choice Done(RequestView view) => new(Actions.Done, "Done", view.Subject, ChoiceStyle.Good);

    private static Choice Extend(RequestView view) => new(Actions.Extend, "More time", view.Subject);

    private static Choice End(RequestView view) => new(Actions.Revoke, "End it", view.Subject, ChoiceStyle.Grave);
}
