using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;

namespace RootCustody.Data;

/// <summary>The policy as it counts now: what the configuration says, and over it what two administrators have set in chat.</summary>
public sealed class Policies(CustodyDb db)
{
    private const string Source = "set by two administrators";

    /// <summary>Where no account is meant.</summary>
    public async Task<Policy> OfProviderAsync(CancellationToken cancellationToken) =>
        (await BookAsync("", "", cancellationToken)).Provider();

    public async Task<Policy> OfAsync(Account account, CancellationToken cancellationToken)
    {
        var customer = await KeyAsync(account, cancellationToken);
        return (await BookAsync(customer, account.Number, cancellationToken)).Of(customer, account.Number);
    }

    /// <summary>Where no account is chosen yet.</summary>
    public async Task<Policy> OfAsync(CustomerId id, CancellationToken cancellationToken)
    {
        var key = await db.Customers.Where(c => c.Id == id).Select(c => c.Key).SingleAsync(cancellationToken);
        return (await BookAsync(key, "", cancellationToken)).Of(key, "");
    }

    /// <summary>For many accounts at once: the whole book, to be asked with the keys of customers.</summary>
    public async Task<PolicyBook> WholeAsync(CancellationToken cancellationToken)
    {
        var set = await db.PolicyOverrides.AsNoTracking().ToListAsync(cancellationToken);
        return db.Configured.With(set.Select(o => o.AsLayer(Source)));
    }

    /// <summary>Each setting of an account with where its value comes from.</summary>
    public async Task<IReadOnlyList<ExplainedSetting>> ExplainAsync(
        Account account,
        CancellationToken cancellationToken
    )
    {
        var customer = await KeyAsync(account, cancellationToken);
        return (await BookAsync(customer, account.Number, cancellationToken)).Explain(customer, account.Number);
    }

    /// <summary>What would be wrong if this were set, or null.</summary>
    public async Task<string?> WhyNotSetAsync(PolicyOverride becomes, CancellationToken cancellationToken)
    {
        var book = await BookAsync(becomes.Key, becomes.Key, cancellationToken);
        return book.With([becomes.AsLayer(Source)]).Faults().FirstOrDefault();
    }

    private Task<string> KeyAsync(Account account, CancellationToken cancellationToken) =>
        db.Customers.Where(c => c.Id == account.Customer).Select(c => c.Key).SingleAsync(cancellationToken);

    private async Task<PolicyBook> BookAsync(string customer, string account, CancellationToken cancellationToken)
    {
        var digits = AccountNumber.DigitsOf(account);
        var set = await db
            .PolicyOverrides.AsNoTracking()
            .Where(o =>
                o.Scope == PolicyScope.Provider
                || (o.Scope == PolicyScope.Customer && o.Key == customer)
                || (o.Scope == PolicyScope.Account && (o.Key == account || o.Key == digits))
            )
            .ToListAsync(cancellationToken);
        return set.Count == 0 ? db.Configured : db.Configured.With(set.Select(o => o.AsLayer(Source)));
    }
}

/// <summary>One setting that two administrators have set in chat.</summary>
public sealed class PolicyOverride
{
    public const int LongestValue = 500;

    private PolicyOverride() { }

    public PolicyScope Scope { get; private set; }

    /// <summary>The key of the customer or the number of the account; empty for the provider.</summary>
    public string Key { get; private set; } = "";

    public string Setting { get; private set; } = "";
    public string Value { get; private set; } = "";

    public static PolicyOverride Of(PolicyScope scope, string key, string setting, string value) =>
        new()
        {
            Scope = scope,
            Key = key,
            Setting = setting,
            Value = value,
        };

    public void Change(string value) => Value = value;

    internal PolicyLayer AsLayer(string source) =>
        new(Scope, Key, source, new Dictionary<string, string>(StringComparer.Ordinal) { [Setting] = Value });
}
