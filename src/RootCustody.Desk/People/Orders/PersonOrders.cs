using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.People.Orders;

/// <summary>A new person, without a chat identity: that is linked by an invitation.</summary>
/// <param name="Customer">Null for one of the provider's people.</param>
public sealed record AddPerson(string Key, string Name, string? Customer, IReadOnlyList<PersonRole> Roles) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (!Shape.Key.Fits(Key))
            return new Plan.Impossible($"The key of a person must be {Shape.Key.Demand}.");
        if (!Shape.Name.Fits(Name))
            return new Plan.Impossible($"The name of a person must be {Shape.Name.Demand}.");
        if (await db.People.AnyAsync(p => p.Key == Key, cancellationToken))
            return new Plan.Impossible($"There is a person {Key} already.");
        var customer = Customer is null ? null : await db.FindCustomerAsync(Customer, cancellationToken);
        if (Customer is not null && customer is null)
            return Plan.NoCustomer(Customer);
        if (customer is not null && Roles.Count > 0)
            return new Plan.Impossible("A contact of a customer has no role: only the provider's own people can.");

        var roles = Roles.Distinct().Order().ToList();
        var side = customer is null ? "the provider" : $"customer {customer.Key}";
        return Plan.Of(
            new Change(
                "person.created",
                $"Add person {Key} ({Name}) of {side}{string.Concat(roles.Select(r => $", {r.Word()}"))}.",
                () =>
                {
                    var person = Person.Of(Key, Name, customer?.Id, false, db.Now);
                    roles.ForEach(person.Appoint);
                    db.People.Add(person);
                    return
                    [
                        ("person", person.Id),
                        ("key", Key),
                        ("name", Name),
                        ("customer", customer?.Id),
                        ("roles", roles.Count == 0 ? null : string.Join(',', roles)),
                    ];
                }
            )
        );
    }
}

/// <summary>A chat identity stops being a person's.</summary>
public sealed record Unlink(string Person, ChatPlatform Platform, string Realm, string User) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindPersonAsync(Person, cancellationToken) is not { } person)
            return Plan.NoPerson(Person);
        var user = new ChatUser(Platform, Realm, User);
        if (person.Identities.All(i => i.ChatUser != user))
            return new Plan.Impossible($"{user.Shown()} is not linked to {person.Shown()}.");
        return Plan.About(
            person,
            "identity.unlinked",
            $"Unlink {user.Shown()} from {person.Shown()}.",
            () =>
            {
                db.Warn(person, $"{user.Shown()} was unlinked from you.");
                person.Unlink(user, db.Now);
                return [("platform", user.Platform), ("realm", user.Realm), ("user", user.User)];
            }
        );
    }
}

/// <summary>A person can do nothing any more, such as somebody who has left.</summary>
public sealed record Suspend(string Person) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindPersonAsync(Person, cancellationToken) is not { } person)
            return Plan.NoPerson(Person);
        if (person.Suspended)
            return new Plan.Impossible($"{person.Shown()} is suspended already.");
        if (person.IsAdministrator && await db.WhyNotFewerAsync(person, cancellationToken) is { } why)
            return new Plan.Impossible(why);
        return Plan.About(
            person,
            "person.suspended",
            $"Suspend {person.Shown()}: they can do nothing until two administrators reinstate them.",
            () =>
            {
                person.Suspend();
                return [];
            }
        );
    }
}

public sealed record Reinstate(string Person) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindPersonAsync(Person, cancellationToken) is not { } person)
            return Plan.NoPerson(Person);
        if (!person.Suspended)
            return new Plan.Impossible($"{person.Shown()} is not suspended.");
        var confirmed = await db.ConfirmedByAsync(person, cancellationToken);
        return Plan.About(
            person,
            "person.reinstated",
            $"Reinstate {person.Shown()}, who is suspended.",
            () =>
            {
                confirmed.ForEach(p => p.Forget(person.Id));
                person.Reinstate();
                return [];
            }
        );
    }
}

/// <summary>Ends what "not me" began (law 15).</summary>
public sealed record Unfreeze(string Person) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindPersonAsync(Person, cancellationToken) is not { } person)
            return Plan.NoPerson(Person);
        if (person.FrozenAt is not { } since)
            return new Plan.Impossible($"{person.Shown()} is not frozen.");
        var confirmed = await db.ConfirmedByAsync(person, cancellationToken);
        return Plan.About(
            person,
            "person.unfrozen",
            $"Unfreeze {person.Shown()}, frozen since {Fact.At("", since).Value} by \"not me\". Speak to them first, another way than chat.",
            () =>
            {
                confirmed.ForEach(p => p.Forget(person.Id)); // it may not have been them
                person.Unfreeze();
                return [];
            }
        );
    }
}
