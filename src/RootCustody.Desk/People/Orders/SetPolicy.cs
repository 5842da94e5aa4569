using Microsoft.EntityFrameworkCore;
using RootCustody.Data;

namespace RootCustody.Desk.People.Orders;

/// <summary>A setting of the policy, over what the configuration says.</summary>
/// <param name="Key">The key of the customer or the number of the account; empty for the provider.</param>
public sealed record SetPolicy(PolicyScope Scope, string Key, string Setting, string Value) : Order
{
    /// <summary>Settings that let somebody be what the laws would rather not have.</summary>
    private static readonly string[] Grave =
    [
        nameof(Policy.AdministratorsMayKeep),
        nameof(Policy.OneMayOpenBoth),
        nameof(Policy.OneGroupApproves),
    ];

    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        var policies = new Policies(db);
        if (Value.Length > PolicyOverride.LongestValue)
            return new Plan.Impossible($"A value has at most {PolicyOverride.LongestValue} characters.");
        var (policy, whose, unknown) = await NowAsync(db, policies, cancellationToken);
        if (policy is null)
            return unknown!;
        var becomes = PolicyOverride.Of(Scope, Key, Setting, Value);
        if (await policies.WhyNotSetAsync(becomes, cancellationToken) is { } fault)
            return new Plan.Impossible(fault);

        var standing = await db.PolicyOverrides.SingleOrDefaultAsync(
            o => o.Scope == Scope && o.Key == Key && o.Setting == Setting,
            cancellationToken
        );
        var was = policy.Get(Setting);
        var said =
            Grave.Contains(Setting) && bool.Parse(Value) ? " ATTENTION: this weakens the separation of people." : "";
        return Plan.Of(
            new Change(
                "policy.set",
                $"Set {Setting} for {whose} to '{Value}'; so far '{was}' counts.{said}",
                () =>
                {
                    if (standing is null)
                        db.PolicyOverrides.Add(becomes);
                    else
                        standing.Change(Value);
                    return [("scope", Scope), ("key", Key), ("setting", Setting), ("from", was), ("to", Value)];
                }
            )
        );
    }

    /// <summary>What counts now, and for whom.</summary>
    private async Task<(Policy? Policy, string Whose, Plan? Unknown)> NowAsync(
        CustodyDb db,
        Policies policies,
        CancellationToken cancellationToken
    )
    {
        switch (Scope)
        {
            case PolicyScope.Provider:
                return (await policies.OfProviderAsync(cancellationToken), "the provider", null);
            case PolicyScope.Customer:
                return await db.FindCustomerAsync(Key, cancellationToken) is { } customer
                    ? (await policies.OfAsync(customer.Id, cancellationToken), $"customer {customer.Key}", null)
                    : (null, "", Plan.NoCustomer(Key));
            default:
                return await db.FindAccountAsync(Key, cancellationToken) is { } account
                    ? (await policies.OfAsync(account, cancellationToken), $"account {account.Shown()}", null)
                    : (null, "", Plan.NoAccount(Key));
        }
    }
}
