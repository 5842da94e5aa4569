using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;

namespace RootCustody.Desk.People.Orders;

/// <summary>An account is closed at AWS, and its IAM users with it, or one of them is deleted there: what runs on it ends, nothing is asked for it and nothing rotated. Its secrets stay until it is ended, for AWS may reopen it.</summary>
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
        if (await db.Endings.AnyAsync(e => e.Account == account.Id && e.DecidedAt != null, cancellationToken))
            return new Plan.Impossible($"Account {account.Shown()} was ended: its secrets are destroyed.");
        var users = await db.IamUsersOfAsync(account, cancellationToken);
        // one that was closed by itself was deleted at AWS, and stays so
        List<Account> withIt = [account, .. users.Where(u => u.ClosedAt == account.ClosedAt)];
        var told = await db
            .Endings.Where(e => withIt.Select(a => a.Id).Contains(e.Account))
            .ToListAsync(cancellationToken);
        return new Plan.Possible([.. withIt.Select(a => Reopened(db, a, told.Find(e => e.Account == a.Id)))]);
    }

    /// <param name="told">That it can be ended was said already.</param>
    private static Change Reopened(CustodyDb db, Account account, Ending? told) =>
        new(
            "account.reopened",
            $"Reopen account {account.Shown()}: it can be asked for again, and what was due is due.",
            () =>
            {
                db.Raise(account);
                account.Reopen();
                if (told is not null)
                    db.Endings.Remove(told);
                return [("account", account.Id)];
            }
        );
}

/// <summary>A closed account is gone for good: the couriers destroy what the vaults keep of it and of its IAM users. Only once AWS cannot reopen it; there is no way back.</summary>
public sealed record EndAccount(string Account) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindAccountAsync(Account, cancellationToken) is not { } account)
            return Plan.NoAccount(Account);
        var users = await db.IamUsersOfAsync(account, cancellationToken);
        List<Account> withIt = [account, .. users];
        var endings = await db
            .Endings.Where(e => withIt.Select(a => a.Id).Contains(e.Account))
            .ToListAsync(cancellationToken);
        var root = account.User is null
            ? account
            : await db.Accounts.SingleOrDefaultAsync(a => a.Number == account.Digits, cancellationToken);
        if (WhyNot(account, root, endings.Find(e => e.Account == account.Id), db.Now) is { } why)
            return new Plan.Impossible(why);
        return new Plan.Possible([
            .. withIt
                .Select(a => (Account: a, Ending: endings.Find(e => e.Account == a.Id)))
                .Where(a => a.Ending?.DecidedAt is null)
                .Select(a => Ended(db, a.Account, a.Ending)),
        ]);
    }

    private static string? WhyNot(Account account, Account? root, Ending? ending, DateTimeOffset now)
    {
        var shown = account.Shown();
        if (account.HandedOverAt is not null)
            return $"Account {shown} was handed over. Its transfer destroys what is kept of it.";
        if (account.ClosedAt is null)
            return $"Account {shown} is not closed. Order close-account first, once AWS has closed it.";
        if (ending?.DecidedAt is not null)
            return $"Account {shown} is ended already.";
        if (account.User is not null && root?.ClosedAt is not null)
            return $"The account of {shown} is closed. End that one: end-account {root.Number}";
        var from = Ending.PossibleFrom(account);
        return now < from
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"AWS may reopen account {shown} until {from:yyyy-MM-dd}, {Ending.MayReopenFor.TotalDays:0} days after it was closed. End it after that."
            )
            : null;
    }

    private static Change Ended(CustodyDb db, Account account, Ending? told) =>
        new(
            "account.ended",
            $"End account {account.Shown()}: every password and every seed that the vaults keep for it is destroyed. ATTENTION: there is no way back. Security keys that people keep for it have to be erased by them.",
            () =>
            {
                db.Raise(account);
                var ending = told ?? db.Endings.Add(Ending.Of(account.Id)).Entity;
                ending.Decide(db.Now);
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
