using RootCustody.Accounts;

namespace RootCustody;

/// <summary>For whom a layer of the policy is meant.</summary>
public enum PolicyScope
{
    Provider = 1,

    /// <summary>All accounts of the customer whose key the layer names.</summary>
    Customer = 2,

    /// <summary>The account whose number the layer names; of 12 digits alone, its IAM users too.</summary>
    Account = 3,
}

/// <summary>Some settings, as text, that override those of wider layers.</summary>
/// <param name="Key">The key of the customer or the number of the account; empty for the provider.</param>
/// <param name="Source">Where they were set, as one says it to a person.</param>
public sealed record PolicyLayer(
    PolicyScope Scope,
    string Key,
    string Source,
    IReadOnlyDictionary<string, string> Values
);

/// <param name="Value">As text.</param>
/// <param name="Source">Where the value comes from.</param>
public sealed record ExplainedSetting(string Name, string Value, string Source);

/// <summary>The layers of the policy, the narrower over the wider and, of the same scope, the later over the earlier.</summary>
public sealed class PolicyBook(IReadOnlyList<PolicyLayer> layers)
{
    /// <summary>This book with layers on top.</summary>
    public PolicyBook With(IEnumerable<PolicyLayer> more) => new([.. layers, .. more]);

    /// <summary>What counts where no account is meant.</summary>
    public Policy Provider() => Of("", "");

    /// <summary>What counts for one account. A layer that makes no sense is found by <see cref="Faults"/> before it gets in.</summary>
    public Policy Of(string customer, string account)
    {
        var policy = new Policy();
        foreach (var layer in LayersOf(customer, account))
        {
            foreach (var (name, value) in layer.Values)
                policy.Set(name, value);
        }
        return policy;
    }

    /// <summary>Whether something is set for this very account, so that it may differ from others of its customer.</summary>
    public bool SinglesOut(string account) =>
        layers.Any(l => l.Scope == PolicyScope.Account && Reaches(l.Key, account));

    /// <summary>Whether what is set for the one number counts for the other: for itself, and what is set for an account for its IAM users.</summary>
    public static bool Reaches(string key, string account) => key == account || key == AccountNumber.DigitsOf(account);

    /// <summary>Each setting with where its value comes from.</summary>
    public IReadOnlyList<ExplainedSetting> Explain(string customer, string account)
    {
        var policy = Of(customer, account);
        var over = LayersOf(customer, account).Reverse().ToList();
        return
        [
            .. Policy.Names.Select(name => new ExplainedSetting(
                name,
                policy.Get(name),
                over.Find(layer => layer.Values.ContainsKey(name))?.Source ?? "default"
            )),
        ];
    }

    /// <summary>What is wrong, each in a sentence that names the setting.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var layer in layers)
        {
            var alone = new Policy();
            foreach (var (name, value) in layer.Values)
            {
                if (alone.Set(name, value) is { } fault)
                    yield return $"{layer.Source}: {fault}";
                else if (layer.Scope != PolicyScope.Provider && Policy.OfPersons.Contains(name))
                    yield return $"{layer.Source}: {name} is about persons or groups; set it for the provider.";
            }
        }
        foreach (var layer in layers.DistinctBy(l => (l.Scope, l.Key)))
        {
            var whole = layer.Scope switch
            {
                PolicyScope.Provider => Provider(),
                PolicyScope.Customer => Of(layer.Key, ""),
                PolicyScope.Account => Of("", layer.Key),
            };
            if (whole.Fault() is { } fault)
                yield return $"{layer.Source}: {fault}";
        }
    }

    private IEnumerable<PolicyLayer> LayersOf(string customer, string account) =>
        layers
            .Where(l =>
                l.Scope == PolicyScope.Provider
                || (l.Scope == PolicyScope.Customer && customer.Length > 0 && l.Key == customer)
                || (l.Scope == PolicyScope.Account && account.Length > 0 && Reaches(l.Key, account))
            )
            .OrderBy(l => l.Scope)
            .ThenBy(l => l.Scope == PolicyScope.Account && l.Key == account); // the user's own over the account's
}
