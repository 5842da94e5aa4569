using System.Security.Cryptography;
using RootCustody.Data;

namespace RootCustody.Desk.People.Orders;

/// <summary>What an import file would change. The file comes along, for it is read again when it is made.</summary>
public sealed record ImportFile(byte[] Content) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        var complaints = new Complaints();
        var plan = DirectoryReader.Read(Content, complaints) is { } file
            ? await DirectoryPlan.OfAsync(db, file, complaints, cancellationToken)
            : null;
        return plan is null
                ? new Plan.Impossible($"The file does not fit any more: {complaints.Sentences[0]} Import it again.")
            : plan.Changes.Count == 0 ? new Plan.Impossible("All that the file says is true already.")
            : Of(plan);
    }

    /// <summary>With the fingerprint of the file, for a long one is not shown whole.</summary>
    internal Plan.Possible Of(DirectoryPlan plan) =>
        new(plan.Changes)
        {
            Heading = $"Import the file with the SHA-256 {Convert.ToHexStringLower(SHA256.HashData(Content))}:",
        };
}
