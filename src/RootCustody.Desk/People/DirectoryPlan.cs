using RootCustody.Data;

namespace RootCustody.Desk.People;

/// <summary>What an import file comes to, asked inside the decision.</summary>
internal sealed record DirectoryPlan(IReadOnlyList<Change> Changes, IReadOnlyList<string> Warnings)
{
    /// <returns>Null if there is something to complain of.</returns>
    public static async Task<DirectoryPlan?> OfAsync(
        CustodyDb db,
        DirectoryFile file,
        Complaints complaints,
        CancellationToken cancellationToken
    )
    {
        var stored = await StoredDirectory.LoadAsync(db, cancellationToken);
        var before = stored.AsFile();
        var policy = await new Policies(db).OfProviderAsync(cancellationToken);
        new DirectoryChecks(before, file, policy, !stored.HoldsAHalf, complaints).Run();
        return complaints.None
            ? new DirectoryPlan(
                new DirectoryChanges(db, stored, before, file, policy.OnboardNew).All(),
                DirectoryWarnings.Of(before, file)
            )
            : null;
    }
}
