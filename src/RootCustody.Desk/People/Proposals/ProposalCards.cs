using RootCustody.Chat;
using RootCustody.People;

namespace RootCustody.Desk.People.Proposals;

/// <summary>What administrators see of a proposal.</summary>
internal static class ProposalCards
{
    public const string CodeField = "code";

    public static Card For(ProposalView view)
    {
        var proposal = view.Proposal;
        var waits = proposal.State == ProposalState.Waiting;
        return new Card(
            $"Proposal {proposal.Name}: {StateOf(view)}",
            proposal.Why is { } why ? [.. view.Lines, $"It was not made: {why}"] : view.Lines,
            [
                new Fact("Proposed by", view.ProposedBy ?? "the command line"),
                .. waits ? [Fact.At("Waits until", proposal.Expires)] : (Fact[])[],
            ],
            waits
                ?
                [
                    new Choice(Actions.Agree, "Confirm", view.Subject, ChoiceStyle.Good),
                    new Choice(
                        Actions.Reject,
                        "Reject",
                        view.Subject,
                        ChoiceStyle.Grave,
                        "Nothing is changed then, and everyone who was asked sees it. Reject it?"
                    ),
                    Choice.NotMe,
                ]
                : []
        );
    }

    /// <summary>Asks for the step-up of whoever confirms.</summary>
    public static Form Ask(ProposalView view, string? unable) =>
        new(
            Actions.Agree,
            view.Subject,
            "Confirm a change",
            "Confirm",
            [
                .. view.Lines,
                view.First is { } first
                    ? $"{first} has confirmed it. With your code it is made at once."
                    : "You are the first of two. Nothing is changed before a second administrator confirms it too.",
                .. unable is null ? [] : (string[])[unable],
            ],
            [
                new Field.Text(
                    CodeField,
                    "Code of your own authenticator",
                    "The six digits that it shows now.",
                    false,
                    false,
                    20
                ),
            ]
        );

    public static string StateOf(ProposalView view) =>
        view.Proposal.State switch
        {
            ProposalState.Draft => "not proposed yet",
            ProposalState.Waiting => view.First is { } first
                ? $"{first} confirmed, waits for a second administrator"
                : "waits for two administrators",
            ProposalState.Made => $"made, confirmed by {view.First} and {view.Second}",
            ProposalState.Rejected => $"rejected by {view.RejectedBy}",
            ProposalState.Expired => "expired, nothing was changed",
            ProposalState.Failed => "not made",
        };
}
