using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.People.Orders;

public sealed record Appoint(string Person, PersonRole Role) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindPersonAsync(Person, cancellationToken) is not { } person)
            return Plan.NoPerson(Person);
        if (person.Customer is not null)
            return new Plan.Impossible(
                $"{person.Shown()} is a contact of a customer and cannot be {Role.Word()}. Only the provider's own people can."
            );
        if (person.Has(Role))
            return new Plan.Impossible($"{person.Shown()} is {Role.Word()} already.");

        var loudly = "";
        List<Proposal> confirmed = [];
        if (Role == PersonRole.Administrator)
        {
            foreach (var group in await db.GroupsOfAsync(person, cancellationToken))
            {
                var (whyNot, said) = await db.MayKeepAsync(person, group, cancellationToken);
                if (whyNot is not null)
                    return new Plan.Impossible(whyNot);
                loudly += said;
            }
            confirmed = await db.ConfirmedByAsync(person, cancellationToken);
        }
        return Plan.About(
            person,
            "person.appointed",
            $"Make {person.Shown()} {Role.Word()}.{loudly}",
            () =>
            {
                confirmed.ForEach(p => p.Forget(person.Id)); // of an earlier time as an administrator
                person.Appoint(Role);
                return [("role", Role), ("attention", Loudly.Of(loudly))];
            }
        );
    }
}

public sealed record Dismiss(string Person, PersonRole Role) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindPersonAsync(Person, cancellationToken) is not { } person)
            return Plan.NoPerson(Person);
        if (!person.Has(Role))
            return new Plan.Impossible($"{person.Shown()} is not {Role.Word()}.");
        if (Role == PersonRole.Administrator && await db.WhyNotFewerAsync(person, cancellationToken) is { } why)
            return new Plan.Impossible(why);
        return Plan.About(
            person,
            "person.dismissed",
            $"Let {person.Shown()} be {Role.Word()} no more.",
            () =>
            {
                person.Dismiss(Role);
                return [("role", Role)];
            }
        );
    }
}

/// <summary>One of the provider's people works for this customer more than for others, so that policy can see a conflict of interest in it.</summary>
public sealed record Assign(string Person, string Customer) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindPersonAsync(Person, cancellationToken) is not { } person)
            return Plan.NoPerson(Person);
        if (await db.FindCustomerAsync(Customer, cancellationToken) is not { } customer)
            return Plan.NoCustomer(Customer);
        if (person.Customer is not null)
            return new Plan.Impossible($"{person.Shown()} is a contact of a customer and is assigned to none.");
        if (person.IsAssignedTo(customer.Id))
            return new Plan.Impossible($"{person.Shown()} is assigned to customer {customer.Key} already.");
        return Plan.About(
            person,
            "person.assigned",
            $"Assign {person.Shown()} to customer {customer.Key}.",
            () =>
            {
                person.Assign(customer.Id);
                return [("customer", customer.Id)];
            }
        );
    }
}

public sealed record Unassign(string Person, string Customer) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindPersonAsync(Person, cancellationToken) is not { } person)
            return Plan.NoPerson(Person);
        if (await db.FindCustomerAsync(Customer, cancellationToken) is not { } customer)
            return Plan.NoCustomer(Customer);
        if (!person.IsAssignedTo(customer.Id))
            return new Plan.Impossible($"{person.Shown()} is not assigned to customer {customer.Key}.");
        return Plan.About(
            person,
            "person.unassigned",
            $"Let {person.Shown()} be assigned to customer {customer.Key} no more.",
            () =>
            {
                person.Unassign(customer.Id);
                return [("customer", customer.Id)];
            }
        );
    }
}

/// <summary>What the audit log keeps of a sentence that was said loudly.</summary>
internal static class Loudly
{
    public static string? Of(string said) => said.Length == 0 ? null : said.Trim();
}
