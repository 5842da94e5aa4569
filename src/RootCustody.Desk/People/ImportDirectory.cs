using RootCustody.Data;
using RootCustody.Desk.People.Orders;
using RootCustody.Desk.People.Proposals;

namespace RootCustody.Desk.People;

/// <summary>Takes people, custodian groups, customers and accounts from a JSON file: all of it, or nothing. Once a half is in a vault it only proposes.</summary>
public sealed class ImportDirectory(CustodyDb db)
{
    public async Task<Import> HandleAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        var complaints = new Complaints();
        return DirectoryReader.Read(file, complaints) is { } read
            ? await db.DecideAsync(
                () => DecideAsync(file, read, complaints.Copy(), cancellationToken),
                cancellationToken
            )
            : new Import.Refused(complaints.Sentences);
    }

    private async Task<Import> DecideAsync(
        ReadOnlyMemory<byte> bytes,
        DirectoryFile file,
        Complaints complaints,
        CancellationToken cancellationToken
    )
    {
        var plan = await DirectoryPlan.OfAsync(db, file, complaints, cancellationToken);
        if (plan is null)
            return new Import.Refused(complaints.Sentences);
        if (plan.Changes.Count == 0)
            return new Import.Done(ImportCounts.Of(plan.Changes), plan.Warnings);

        var order = new ImportFile(bytes.ToArray());
        var possible = order.Of(plan);
        if (await Bootstrap.LastsAsync(db, cancellationToken))
        {
            possible.Make(db, Recording.Operator, null);
            return new Import.Done(ImportCounts.Of(plan.Changes), plan.Warnings);
        }
        var (proposal, unable) = await db.ProposeAsync(order, possible, cancellationToken);
        return new Import.Proposed(
            proposal.Name,
            [.. plan.Changes.Select(c => c.Sentence)],
            unable is null ? plan.Warnings : [.. plan.Warnings, unable]
        );
    }
}
