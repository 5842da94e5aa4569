using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.People.Orders;

/// <summary>A one-time code with which a person links a further chat identity.</summary>
public sealed record Invite(string Person) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindPersonAsync(Person, cancellationToken) is not { } person)
            return Plan.NoPerson(Person);
        if (person.Suspended)
            return new Plan.Impossible($"{person.Shown()} is suspended. Reinstate them first.");
        var life = (await new Policies(db).OfProviderAsync(cancellationToken)).InvitationLife;
        var before = await db.Invitations.SingleOrDefaultAsync(i => i.Person == person.Id, cancellationToken);
        var code = OneTimeCode.New("They type link and this code to the bot RootCustody, from the new chat account.");
        var plan = Plan.About(
            person,
            "invitation.issued",
            $"Invite {person.Shown()} to link another chat account, with a one-time code.",
            () =>
            {
                if (before is not null)
                    db.Invitations.Remove(before);
                db.Invitations.Add(Invitation.Of(person.Id, code.Text, db.Now + life));
                db.Warn(person, "Somebody invited you to link another chat account.");
                return [];
            }
        );
        return plan with { Code = code };
    }
}

/// <summary>A one-time code with which a person enrols a new authenticator; the old one counts until then.</summary>
public sealed record Enrol(string Person) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindPersonAsync(Person, cancellationToken) is not { } person)
            return Plan.NoPerson(Person);
        if (person.Suspended)
            return new Plan.Impossible($"{person.Shown()} is suspended. Reinstate them first.");
        var life = (await new Policies(db).OfProviderAsync(cancellationToken)).EnrolmentCodeLife;
        var before = await db.EnrolmentCodes.SingleOrDefaultAsync(c => c.Person == person.Id, cancellationToken);
        var code = OneTimeCode.New(
            "They type enrol to the bot RootCustody, in a private chat, and enter this code there."
        );
        var plan = Plan.About(
            person,
            "stepup.code.issued",
            $"Let {person.Shown()} enrol a new authenticator, with a one-time code.",
            () =>
            {
                if (before is not null)
                    db.EnrolmentCodes.Remove(before);
                db.EnrolmentCodes.Add(EnrolmentCode.Of(person.Id, code.Text, db.Now + life));
                db.Warn(person, "Somebody set out to enrol a new authenticator for you.");
                return [];
            }
        );
        return plan with { Code = code };
    }
}
