using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.People;

namespace RootCustody.Desk.People.Orders;

/// <summary>What holds of administrators whichever order it is.</summary>
internal static class Administrators
{
    /// <summary>Why this person cannot stop being an administrator who acts, or null: with fewer than two nothing could be confirmed any more.</summary>
    public static async Task<string?> WhyNotFewerAsync(
        this CustodyDb db,
        Person person,
        CancellationToken cancellationToken
    )
    {
        var others = (await db.AdministratorsAsync(cancellationToken)).Where(a => a.Id != person.Id).ToList();
        others.ForEach(db.Raise); // that they stay has to be true until the commit (law 9)
        return others.Count >= 2
            ? null
            : $"Without {person.Shown()} fewer than two administrators would be left, and nothing could be confirmed any more. Appoint another one first.";
    }

    /// <summary>How many administrators can confirm what concerns these people: none of them, able to act, and with an authenticator.</summary>
    public static Task<int> CountAbleAsync(
        this CustodyDb db,
        IReadOnlyCollection<PersonId> concerned,
        CancellationToken cancellationToken
    ) =>
        db
            .People.Where(p => p.IsAdministrator && !p.Suspended && p.FrozenAt == null && !concerned.Contains(p.Id))
            .CountAsync(p => db.StepUps.Any(s => s.Person == p.Id && s.LastStep > 0), cancellationToken);

    /// <summary>The waiting proposals that this person was the first to confirm.</summary>
    public static Task<List<Proposal>> ConfirmedByAsync(
        this CustodyDb db,
        Person person,
        CancellationToken cancellationToken
    ) =>
        db
            .Proposals.Where(p => p.State == ProposalState.Waiting && p.First == person.Id)
            .ToListAsync(cancellationToken);

    /// <summary>What has to be said when an administrator would be a custodian too.</summary>
    /// <returns>Why not, or what to say loudly where policy allows it.</returns>
    public static async Task<(string? WhyNot, string Loudly)> MayKeepAsync(
        this CustodyDb db,
        Person person,
        CustodianGroup group,
        CancellationToken cancellationToken
    )
    {
        var policy = await new Policies(db).OfProviderAsync(cancellationToken);
        return policy.AdministratorsMayKeep
            ? (null, $" ATTENTION: they would be administrator and custodian at once ({group.Key}), as policy allows.")
            : (
                $"{person.Shown()} would be an administrator and a custodian in group {group.Key}. Administrators hold no half, unless policy says AdministratorsMayKeep.",
                ""
            );
    }

    /// <summary>Tells a person of what somebody set out to do to their identities or their authenticator, in all their chats (law 15).</summary>
    public static void Warn(this CustodyDb db, Person person, string what) =>
        db.Notify(
            person,
            new Card(
                what,
                ["Not you? Press Not me: that freezes you everywhere until two administrators have spoken to you."],
                [],
                [new Choice(Actions.NotMe, "Not me", "", ChoiceStyle.Grave, "This freezes you everywhere. Go on?")]
            )
        );
}
