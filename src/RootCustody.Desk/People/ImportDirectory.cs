using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Data.People;

namespace RootCustody.Desk.People;

/// <summary>Takes people, custodian groups, customers and accounts from a JSON file: all of it, or nothing. Once a half is in a vault it only proposes.</summary>
public sealed class ImportDirectory(CustodyDb db)
{
    public async Task<Import> HandleAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        var complaints = new Complaints();
        return DirectoryReader.Read(file, complaints) is { } read
            ? await db.DecideAsync(() => DecideAsync(read, complaints.Copy(), cancellationToken), cancellationToken)
            : new Import.Refused(complaints.Sentences);
    }

    private async Task<Import> DecideAsync(
        DirectoryFile file,
        Complaints complaints,
        CancellationToken cancellationToken
    )
    {
        var stored = await StoredDirectory.LoadAsync(db, cancellationToken);
        var before = stored.AsFile();
        new DirectoryChecks(before, file, complaints).Run();
        if (!complaints.None)
            return new Import.Refused(complaints.Sentences);

        var changes = new DirectoryChanges(db, stored, before, file).All();
        var warnings = DirectoryWarnings.Of(before, file);
        if (changes.Count == 0)
            return new Import.Done(ImportCounts.Of(changes), warnings);
        if (stored.HoldsAHalf)
            return new Import.Proposed(await ProposeAsync(changes, cancellationToken), warnings);

        foreach (var account in stored.Accounts.Values)
            db.Raise(account); // that no half is in a vault has to stay true until the commit (law 9)
        foreach (var change in changes)
            db.Record(change.What, Recording.Operator, change.Make());
        return new Import.Done(ImportCounts.Of(changes), warnings);
    }

    private async Task<IReadOnlyList<string>> ProposeAsync(
        IEnumerable<Change> changes,
        CancellationToken cancellationToken
    )
    {
        var sentences = changes.Select(c => c.Sentence).ToList();
        var known = await db.Proposals.Select(p => p.Change).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        foreach (var sentence in sentences.Where(known.Add))
        {
            db.Proposals.Add(Proposal.Of(sentence, db.Now));
            db.Record("change.proposed", Recording.Operator, ("change", sentence));
        }
        return sentences;
    }
}
