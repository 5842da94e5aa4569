namespace RootCustody.Desk.People;

/// <summary>What came of one import file.</summary>
public abstract record Import
{
    private Import() { } // closed: these three and no other

    /// <summary>The file is true now, but for what the warnings say.</summary>
    public sealed record Done(ImportCounts Counts, IReadOnlyList<string> Warnings) : Import;

    /// <summary>A half is in a vault, so nothing was changed; all differences together are one proposal.</summary>
    /// <param name="Name">Of the proposal.</param>
    public sealed record Proposed(string Name, IReadOnlyList<string> Changes, IReadOnlyList<string> Warnings) : Import;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Errors">Sentences that begin with the line, in the order of lines; 50 at most.</param>
    public sealed record Refused(IReadOnlyList<string> Errors) : Import;
}

/// <summary>How many things an import made, changed or took away.</summary>
public sealed record ImportCounts(
    int Customers,
    int Realms,
    int Persons,
    int Identities,
    int Groups,
    int Memberships,
    int Accounts,
    int Keepers = 0
)
{
    public int Total => Customers + Realms + Persons + Identities + Groups + Memberships + Accounts + Keepers;

    internal static ImportCounts Of(IReadOnlyCollection<Change> changes)
    {
        return new(
            Of("customer"),
            Of("realm"),
            Of("person"),
            Of("identity"),
            Of("group"),
            Of("membership"),
            Of("account"),
            Of("keeper")
        );

        int Of(string noun) => changes.Count(c => c.What.StartsWith(noun + '.', StringComparison.Ordinal));
    }

    /// <summary>For a sentence: "1 customer, 5 persons".</summary>
    public override string ToString()
    {
        (int Count, string One, string More)[] all =
        [
            (Customers, "customer", "customers"),
            (Realms, "workspace or tenant", "workspaces and tenants"),
            (Persons, "person", "persons"),
            (Identities, "chat identity", "chat identities"),
            (Groups, "group", "groups"),
            (Memberships, "membership", "memberships"),
            (Accounts, "account", "accounts"),
            (Keepers, "keeper", "keepers"),
        ];
        return Total == 0
            ? "nothing, for all of it was so already"
            : string.Join(
                ", ",
                all.Where(n => n.Count > 0).Select(n => $"{n.Count} {(n.Count == 1 ? n.One : n.More)}")
            );
    }
}
