using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Posture;

namespace RootCustody.Desk.Proofs;

/// <summary>Lists what AWS's trail has proven, and what of it is attested only.</summary>
public sealed class ShowProofs(CustodyDb db)
{
    private const int Most = 500;

    /// <param name="number">The 12 digits of one account; null for all.</param>
    /// <returns>A sentence each, what is proven first, the newest of each first; null if there is no such account.</returns>
    public async Task<IReadOnlyList<string>?> SentencesAsync(string? number, CancellationToken cancellationToken)
    {
        if (number is not null && !await db.Accounts.AnyAsync(a => a.Number == number, cancellationToken))
            return null;
        var keys = await db.TrailKeys.Select(k => k.Fingerprint).ToListAsync(cancellationToken);
        var proofs = await (
            from proof in db.Proofs.AsNoTracking()
            join account in db.Accounts on proof.Account equals account.Id
            where number == null || account.Number == number
            orderby proof.At descending
            select new { Proof = proof, account.Number }
        )
            .Take(Most)
            .ToListAsync(cancellationToken);
        return
        [
            .. proofs.Select(p =>
                $"{p.Number}: {p.Proof.Words()}, key {p.Proof.Fingerprint}{(keys.Contains(p.Proof.Fingerprint) ? "" : ", which is trusted no more: it proves nothing")}"
            ),
            .. await AttestedAsync(number, cancellationToken),
        ];
    }

    private async Task<IReadOnlyList<string>> AttestedAsync(string? number, CancellationToken cancellationToken)
    {
        var brought = await (
            from evidence in db.Evidence.AsNoTracking()
            join account in db.Accounts on evidence.Account equals account.Id
            where evidence.Source == EvidenceSource.Trail && (number == null || account.Number == number)
            orderby evidence.At descending
            select new { Evidence = evidence, account.Number }
        )
            .Take(Most)
            .ToListAsync(cancellationToken);
        List<string> sentences = [];
        foreach (var one in brought)
            sentences.Add(
                $"{one.Number}: {await db.WordsOfAsync(one.Evidence, cancellationToken)}: attested, not proven"
            );
        return sentences;
    }
}
