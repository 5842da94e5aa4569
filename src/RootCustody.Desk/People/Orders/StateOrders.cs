using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;

namespace RootCustody.Desk.People.Orders;

/// <summary>An account is closed at AWS, and its IAM users with it, or one of them is deleted there: what runs on it ends, nothing is asked for it and nothing rotated. Its secrets stay, for AWS may reopen it.</summary>
public sealed record CloseAccount(string Account) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindAccountAsync(Account, cancellationToken) is not { } account)
            return Plan.NoAccount(Account);
        if (account.ClosedAt is not null)
            return new Plan.Impossible($"Account {account.Shown()} is closed already.");
        var users = await db.IamUsersOfAsync(account, cancellationToken);
        return new Plan.Possible([.. users.Where(u => u.ClosedAt is null).Prepend(account).Select(a => Closed(db, a))]);
    }

    private static Change Closed(CustodyDb db, Account account)
    {
        var owed = account.OwesSince is null
            ? ""
            : " ATTENTION: its password is exposed, and nobody rotates it while the account is closed.";
        return new Change(
            "account.closed",
            $"Close account {account.Shown()}: what runs on it ends, and nothing is asked for it or rotated any more. Its secrets stay in the vaults.{owed}",
            () =>
            {
                db.Raise(account);
                account.Close(db.Now);
                return [("account", account.Id), ("attention", Loudly.Of(owed))];
            }
        );
    }
}

public sealed record ReopenAccount(string Account) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindAccountAsync(Account, cancellationToken) is not { } account)
            return Plan.NoAccount(Account);
        if (account.ClosedAt is null)
            return new Plan.Impossible($"Account {account.Shown()} is not closed.");
        if (
            account.User is not null
            && await db.Accounts.AnyAsync(a => a.Number == account.Digits && a.ClosedAt != null, cancellationToken)
        )
            return new Plan.Impossible($"The account of {account.Shown()} is closed. Reopen that one.");
        var users = await db.IamUsersOfAsync(account, cancellationToken);
        // one that was closed by itself was deleted at AWS, and stays so
        var withIt = users.Where(u => u.ClosedAt == account.ClosedAt).Prepend(account);
        return new Plan.Possible([.. withIt.Select(a => Reopened(db, a))]);
    }

    private static Change Reopened(CustodyDb db, Account account) =>
        new(
            "account.reopened",
            $"Reopen account {account.Shown()}: it can be asked for again, and what was due is due.",
            () =>
            {
                db.Raise(account);
                account.Reopen();
                return [("account", account.Id)];
            }
        );
}

/// <summary>The people of a customer may ask for nothing, and what they asked for ends. Rotations go on, for the accounts are still kept.</summary>
public sealed record SuspendCustomer(string Customer) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindCustomerAsync(Customer, cancellationToken) is not { } customer)
            return Plan.NoCustomer(Customer);
        if (customer.SuspendedAt is not null)
            return new Plan.Impossible($"Customer {customer.Key} is suspended already.");
        return Plan.Of(
            new Change(
                "customer.suspended",
                $"Suspend customer {customer.Key} ({customer.Name}): its people can ask for nothing, in an emergency neither, and what they asked for ends. ATTENTION: an open window is closed at once.",
                () =>
                {
                    customer.Suspend(db.Now);
                    return [("customer", customer.Id)];
                }
            )
        );
    }
}

public sealed record ReinstateCustomer(string Customer) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindCustomerAsync(Customer, cancellationToken) is not { } customer)
            return Plan.NoCustomer(Customer);
        if (customer.SuspendedAt is null)
            return new Plan.Impossible($"Customer {customer.Key} is not suspended.");
        return Plan.Of(
            new Change(
                "customer.reinstated",
                $"Reinstate customer {customer.Key} ({customer.Name}): its people can ask again.",
                () =>
                {
                    customer.Reinstate();
                    return [("customer", customer.Id)];
                }
            )
        );
    }
}
