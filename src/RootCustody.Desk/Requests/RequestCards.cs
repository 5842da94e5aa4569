using RootCustody.Chat;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>What people see of a request. No card holds a secret; a customer's card names no custodian.</summary>
public static class RequestCards
{
    /// <summary>For a custodian of one half: asks, and later tells how it ended on the same card.</summary>
    public static Card ForCustodian(RequestView view, PersonId person, Half half)
    {
        var request = view.Request;
        return new Card(
            $"{TitleOf(view)}: {StandOf(view)}",
            LinesFor(view, person, half),
            FactsOf(view),
            WithNotMe(view, ChoicesFor(view, person, half))
        );
    }

    /// <summary>For a duty manager who is called.</summary>
    public static Card ForDutyManager(RequestView view, string why)
    {
        var request = view.Request;
        Choice[] choices = request.State switch
        {
            RequestState.Asked or RequestState.Approved when request.Kind != RequestKind.Rotation =>
            [
                new Choice(Actions.Deny, "Deny", view.Subject, ChoiceStyle.Grave),
            ],
            RequestState.Open => [End(view)],
            _ => [],
        };
        return new Card($"{TitleOf(view)}: {StandOf(view)}", [why], FactsOf(view), WithNotMe(view, choices));
    }

    /// <summary>The first message of the customer's thread.</summary>
    public static Card ForCustomer(RequestView view) =>
        new(
            $"{TitleOf(view)}: {StateOf(view)}",
            [],
            FactsOf(view),
            view.Request.IsOver ? [] : [End(view), Choice.NotMe]
        );

    /// <summary>Leads the holder to their half; the courier's bot sends it, so that the click goes straight to that courier.</summary>
    public static Card Pointer(RequestView view, Half half)
    {
        var open = view.Request.State == RequestState.Open;
        var what = half == Half.Password ? "password" : "code";
        return new Card(
            $"{TitleOf(view)}: {(open ? $"your half is ready" : StateOf(view))}",
            open
                ?
                [
                    $"You hold the {half.Word()} half. Press Reveal when you are at the keyboard: you are asked for the code of your own authenticator, and the {what} is shown to you alone, for a short time.",
                ]
                : ["Nothing is shown here any more."],
            [
                new Fact("Account", $"{view.Account.Name} ({view.Account.Number})"),
                new Fact("Signs in as", view.Account.Email),
                .. UntilOf(view),
            ],
            open ? [new Choice(Actions.Reveal, $"Reveal {what}", view.Subject, ChoiceStyle.Good), Choice.NotMe] : []
        );
    }

    /// <summary>As long as it runs, it may have been somebody else who did something in their name (law 15).</summary>
    private static IReadOnlyList<Choice> WithNotMe(RequestView view, IReadOnlyList<Choice> choices) =>
        view.Request.IsOver ? choices : [.. choices, Choice.NotMe];

    public static string TitleOf(RequestView view) => $"{view.Kind} {view.Request.Name}";

    /// <summary>The state as one says it to anyone.</summary>
    public static string StateOf(RequestView view) =>
        view.Request.State switch
        {
            RequestState.Asked => "waits for approvals",
            RequestState.Approved => "approved, waits for its window",
            RequestState.Open => "window open",
            RequestState.Closed => view.Request.IsCleanlyClosed ? "closed" : "closed, not cleanly",
            RequestState.Denied => "denied",
            RequestState.TimedOut => "timed out",
            RequestState.Withdrawn => "withdrawn",
            RequestState.Revoked => "window ended early",
        };

    /// <summary>The state as one says it to the provider's people, with names.</summary>
    private static string StandOf(RequestView view) =>
        view.Request.State == RequestState.Asked && (view.PasswordApprover ?? view.MfaApprover) is { } taken
            ? $"one half taken by {taken}"
            : StateOf(view);

    private static string[] LinesFor(RequestView view, PersonId person, Half half)
    {
        var request = view.Request;
        if (request.HeldBy(person) is { } held)
        {
            return request.State switch
            {
                RequestState.Asked => [$"You approved the {held.Word()} half. The other group is asked now."],
                RequestState.Approved => [$"You hold the {held.Word()} half. You get a message when the window opens."],
                RequestState.Open =>
                [
                    $"You hold the {held.Word()} half; {(held == Half.Password ? "you drive the sign-in" : "you speak the code")}. The other half is with {view.ApproverOf(held.Other())}.",
                ],
                _ when IsUnanswered(request) =>
                [
                    "The window is closed. Please answer with Done what is left: signed out? anything left behind?",
                ],
                _ => [],
            };
        }
        if (request.State != RequestState.Asked)
            return [];
        return view.ApproverOf(half) is { } colleague
            ? [$"The {half.Word()} half is taken by {colleague}."]
            :
            [
                request.Kind == RequestKind.Rotation
                    ? $"The password of this account has to be rotated. Press Rotate to take part for the {half.Word()} half."
                    : $"You are asked for the {half.Word()} half. Who approves becomes its holder.",
            ];
    }

    private static IReadOnlyList<Choice> ChoicesFor(RequestView view, PersonId person, Half half)
    {
        var request = view.Request;
        if (request.HeldBy(person) is not null)
            return ChoicesOfHolder(view, person);
        if (request.State != RequestState.Asked || request.Denials.Any(d => d.Person == person))
            return [];
        if (request.ApproverOf(half) is not null)
            return [];
        return request.Kind == RequestKind.Rotation
            ? [new Choice(Actions.Approve, "Rotate", view.Subject, ChoiceStyle.Good)]
            :
            [
                new Choice(Actions.Approve, "Approve", view.Subject, ChoiceStyle.Good),
                new Choice(Actions.Deny, "Deny", view.Subject, ChoiceStyle.Grave),
            ];
    }

    private static IReadOnlyList<Choice> ChoicesOfHolder(RequestView view, PersonId person)
    {
        var request = view.Request;
        if (request.State is RequestState.Asked or RequestState.Approved)
            return [End(view)];
        if (request.State != RequestState.Open)
            return IsUnanswered(request) ? [Done(view)] : [];
        if (request.Kind != RequestKind.Rotation)
            return [Done(view), End(view)];
        var said = request.HeldBy(person) == Half.Password ? request.PasswordRotated : request.MfaRotated;
        return said
            ? [End(view)]
            :
            [
                new Choice(
                    Actions.Rotated,
                    "Password is changed",
                    view.Subject,
                    ChoiceStyle.Good,
                    "Is the new password in place at AWS, tried by signing in with it? Earlier ones count as dead from then on."
                ),
                End(view),
            ];
    }

    private static bool IsUnanswered(Request request) =>
        request.Kind != RequestKind.Rotation && request.Opens is not null && request.AnsweredAt is null;

    private static Choice Done(RequestView view) => new(Actions.Done, "Done", view.Subject, ChoiceStyle.Good);

    private static Choice End(RequestView view) => new(Actions.Revoke, "End it", view.Subject, ChoiceStyle.Grave);

    private static List<Fact> FactsOf(RequestView view)
    {
        var request = view.Request;
        var facts = new List<Fact>
        {
            new("Account", $"{view.Account.Name} ({view.Account.Number})"),
            new("Customer", view.Customer),
        };
        if (RootTask.Find(request.Task) is { } task)
        {
            facts.Add(new Fact("Root task", task.Name));
            if (task.WeakerWay is { } weaker)
                facts.Add(new Fact("Without root", weaker));
        }
        if (view.Requester is { } requester)
            facts.Add(new Fact("Asked by", requester));
        if (request.Justification.Length > 0)
            facts.Add(new Fact("Why", request.Justification));
        if (request.Ticket is { Length: > 0 } ticket)
            facts.Add(new Fact("Ticket", ticket));
        if (view.Account.OwesSince is { } since && request.Kind == RequestKind.Rotation)
            facts.Add(Fact.At("Password exposed since", since));
        facts.AddRange(UntilOf(view));
        if (request.State == RequestState.Denied)
            facts.AddRange(request.Denials.Select(d => new Fact("Denied because", d.Reason)));
        return facts;
    }

    private static IEnumerable<Fact> UntilOf(RequestView view)
    {
        var request = view.Request;
        if (request.State is RequestState.Asked)
            yield return Fact.At("Answer by", request.AnswerBy);
        if (request.State is RequestState.Asked or RequestState.Approved && request.Kind == RequestKind.Planned)
            yield return Fact.At("Starts", request.Start);
        if (request.State is RequestState.Asked or RequestState.Approved)
            yield return new Fact("Window", RequestForm.Say(request.Length));
        if (request.State == RequestState.Open)
            yield return Fact.At("Open until", request.Closes!.Value);
        if (request.IsOver && request.Closes is { } closed)
            yield return Fact.At("Closed", closed);
    }
}
