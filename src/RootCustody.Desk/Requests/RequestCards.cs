using RootCustody.Chat;
using RootCustody.Desk.Rotation;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>What people see of a request. No card holds a secret; a customer's card names no custodian unless policy says so.</summary>
public static partial class RequestCards
{
    /// <summary>For a custodian of one half: asks, and later tells how it ended on the same card.</summary>
    public static Card ForCustodian(RequestView view, PersonId person, Half half) =>
        new(
            $"{TitleOf(view)}: {StandOf(view)}",
            LinesFor(view, person, half),
            FactsOf(view, named: true),
            WithNotMe(view, ChoicesFor(view, person, half))
        );

    /// <summary>For a duty manager who is called.</summary>
    public static Card ForDutyManager(RequestView view, string why) =>
        new(
            $"{TitleOf(view)}: {StandOf(view)}",
            [why],
            FactsOf(view, named: true),
            WithNotMe(view, [.. ChoicesOfDuty(view)])
        );

    /// <summary>For a second contact of the customer, whom policy asks to approve before the custodians are asked.</summary>
    public static Card ForContact(RequestView view)
    {
        var request = view.Request;
        string[] lines =
            request.AwaitsContact
                ?
                [
                    $"A colleague asks for {(view.Account.User is { } user ? $"the IAM user {user}" : "root")}. Policy wants a second contact of your company to approve before the custodians are asked.",
                ]
            : request.ContactApprover is { } by ? [$"Approved by {view.NameOf(by)}."]
            : [];
        return new Card(
            $"{TitleOf(view)}: {StateOf(view)}",
            lines,
            FactsOf(view, view.NamesCustodians),
            request.AwaitsContact
                ? [new Choice(Actions.Endorse, "Approve", view.Subject, ChoiceStyle.Good), End(view), Choice.NotMe]
                : []
        );
    }

    /// <summary>For a contact of the customer who receives a half: what comes, what the two do with it, and whether it was done.</summary>
    public static Card ForReceiver(RequestView view, PersonId person)
    {
        var request = view.Request;
        return new Card(
            $"{TitleOf(view)}: {StateOf(view)}",
            request.ReceivedBy(person) is { } half ? LinesOfReceiver(view, half) : [],
            FactsOf(view, view.NamesCustodians),
            WithNotMe(view, [.. ChoicesOfReceiver(view)])
        );
    }

    /// <summary>The first message of the customer's thread.</summary>
    public static Card ForCustomer(RequestView view)
    {
        var request = view.Request;
        var choices = new List<Choice>();
        if (request.State == RequestState.Asked)
            choices.Add(new Choice(Actions.Edit, "Edit", view.Subject));
        if (request.State == RequestState.Open)
            choices.Add(Extend(view));
        if (!request.IsOver)
            choices.Add(End(view));
        return new Card(
            $"{TitleOf(view)}: {StateOf(view)}",
            [],
            FactsOf(view, view.NamesCustodians),
            WithNotMe(view, choices)
        );
    }

    /// <summary>Leads the holder to their half; the courier's bot sends it, so that the click goes straight to that courier.</summary>
    public static Card Pointer(RequestView view, PersonId person, Half half)
    {
        var request = view.Request;
        var open =
            request.State == RequestState.Open
            && request.HolderOf(half) == person
            && request.ApproverOf(half) is not null;
        var what = half == Half.Password ? "password" : "code";
        var orKey = half == Half.Mfa && !request.GoesToContacts ? ", or the place of the key that makes it," : "";
        return new Card(
            $"{TitleOf(view)}: {(open ? "your half is ready" : StateOf(view))}",
            open
                ?
                [
                    $"You {(request.GoesToContacts ? "receive" : "hold")} the {half.Word()} half. Press Reveal when you are at the keyboard: you are asked for the code of your own authenticator, and the {what}{orKey} is shown to you alone, for a short time.",
                ]
                : ["Nothing is shown here any more."],
            [
                new Fact("Account", $"{view.Account.Name} ({view.Account.Number})"),
                new Fact("Signs in as", view.Account.SignsInAs),
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
            RequestState.Asked => view.Request.AwaitsContact ? "waits for a second contact" : "waits for approvals",
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
        view.Request.State == RequestState.Asked
        && (view.ApproverOf(Half.Password) ?? view.ApproverOf(Half.Mfa)) is { } taken
            ? $"one {(view.Request.WithoutMfa ? "part" : "half")} taken by {taken}"
            : StateOf(view);

    private static List<Fact> FactsOf(RequestView view, bool named)
    {
        var request = view.Request;
        var facts = new List<Fact>
        {
            new("Account", $"{view.Account.Name} ({view.Account.Number})"),
            new("Customer", view.Customer),
        };
        if (RootTask.Find(request.Task) is { } task)
        {
            facts.Add(new Fact(view.Account.User is null ? "Root task" : "Task", task.Name));
            if (task.WayOf(view.Standing) is { } way)
                facts.Add(new Fact("Without root", way.Words));
            facts.Add(new Fact("Risk", task.Risk));
        }
        if (view.Requester is { } requester)
            facts.Add(new Fact("Asked by", requester));
        if (request.Named.Count > 0)
            facts.Add(
                new Fact("Names as the danger", string.Join(", ", request.Named.Select(n => view.NameOf(n.Person))))
            );
        if (request.Justification.Length > 0)
            facts.Add(new Fact("Why", request.Justification));
        if (request.Ticket is { Length: > 0 } ticket)
            facts.Add(new Fact("Ticket", ticket));
        if (request.Edits > 0)
            facts.Add(new Fact("Edited", $"{request.Edits} times; approvals given before an edit do not count"));
        if (view.Account.OwesSince is { } since && request.Kind == RequestKind.Rotation)
            facts.Add(Fact.At("Password exposed since", since));
        facts.AddRange(HalvesOf(view, named));
        if (named && request is { Kind: RequestKind.Rotation, Opens: not null })
            facts.Add(new Fact("So far", RotationProgress.Say(view)));
        if (named && view.LastStop is { } stop)
            facts.Add(new Fact("The rotation before", stop));
        facts.AddRange(UntilOf(view));
        if (request.State == RequestState.Denied)
            facts.AddRange(request.Denials.Select(d => new Fact("Denied because", d.Reason)));
        return facts;
    }

    /// <summary>Who has which half, or to whom it goes.</summary>
    private static IEnumerable<Fact> HalvesOf(RequestView view, bool named)
    {
        var request = view.Request;
        if (named && view.ApproverOf(Half.Password) is { } password)
            yield return new Fact(request.GoesToContacts ? "Password half approved by" : "Password half", password);
        if (named && view.ApproverOf(Half.Mfa) is { } mfa)
        {
            var name = request.GoesToContacts ? "MFA half approved by" : "MFA half";
            yield return new Fact(request.WithoutMfa ? "Second person" : name, mfa);
        }
        foreach (var half in (Half[])[Half.Password, Half.Mfa])
        {
            if (view.ReceiverOf(half) is { } receiver)
                yield return new Fact($"The {half.Word()} half goes to", $"{receiver} of {view.Customer}");
        }
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
        if (request.State == RequestState.Open && request.ExtendBy is { } more)
            yield return new Fact(
                "More time",
                $"{RequestForm.Say(more)} are asked for; one of {(request.ByOneGroup ? "the password group" : "each group")} has to approve"
            );
        if (request.IsOver && request.Closes is { } closed)
            yield return Fact.At("Closed", closed);
    }
}
