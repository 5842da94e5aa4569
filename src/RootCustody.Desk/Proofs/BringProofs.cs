using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.Desk.Posture;
using RootCustody.Posture;
using RootCustody.Proofs;

namespace RootCustody.Desk.Proofs;

/// <summary>An operator brings log files of CloudTrail with their digests. What AWS's signature vouches for counts as proof, whoever brought it. A change of the password in files without digests is the weaker kind: on their word, until a custodian confirms it (law 14).</summary>
public sealed class BringProofs(CustodyDb db)
{
    /// <summary>What came of bringing files.</summary>
    /// <param name="Lines">A sentence for each change that was taken.</param>
    /// <param name="Faults">What was wrong with a file, or could not be taken.</param>
    public sealed record Outcome(IReadOnlyList<string> Lines, IReadOnlyList<string> Faults);

    public async Task<Outcome> HandleAsync(IReadOnlyList<TrailFile> files, CancellationToken cancellationToken)
    {
        var keys = await db.TrailKeys.AsNoTracking().ToListAsync(cancellationToken);
        var findings = TrailFindings.Of(files, keys);
        List<string> lines = [];
        List<string> faults = [.. findings.Faults];
        foreach (var proven in findings.Changes)
        {
            var (line, isFault) = await db.DecideAsync(() => TakeAsync(proven, cancellationToken), cancellationToken);
            (isFault ? faults : lines).Add(line);
        }
        // where a digest does not count, somebody should ask why, and not attest around it
        var isAttested = findings.Faults.Count == 0;
        foreach (var change in findings.Unproven.Reverse())
        {
            var (line, isFault) =
                isAttested && change.Half == Half.Password
                    ? await db.DecideAsync(() => TakeWordAsync(change, cancellationToken), cancellationToken)
                    : ($"{Say(change)}: no digest that counts vouches for it. Nothing is recorded.", true);
            (isFault ? faults : lines).Add(line);
        }
        return new Outcome(lines, faults);
    }

    internal static string Say(RootChange change) =>
        $"{change.Account}: {change.EventName} of {Proving.Say(change.At)}, event {change.EventId}";

    private async Task<(string Line, bool IsFault)> TakeAsync(Proven proven, CancellationToken cancellationToken)
    {
        var change = proven.Change;
        var said = Say(change);
        var (account, fault) = await FindAsync(change, cancellationToken);
        if (account is null)
            return ($"{said}: {fault}", true);
        if (!await db.TrailKeys.AnyAsync(k => k.Fingerprint == proven.Fingerprint, cancellationToken))
            return ($"{said}: the key {proven.Fingerprint} is trusted no more.", true);
        var id = account.Id;
        var before = await db.Proofs.AnyAsync(p => p.Account == id && p.EventId == change.EventId, cancellationToken);
        if (before)
            return ($"{said}: brought before.", false);
        db.Raise(account); // law 9: a rotation that is attested meanwhile looks for its proof
        var proof = Proof.Of(id, proven, db.Now);
        db.Proofs.Add(proof);
        if (await db.BroughtAsync(id, cancellationToken) is { } word && word.Says(TextOf(change), change.At))
            db.Evidence.Remove(word); // what is proven needs nobody's word
        return ($"{said}: {await FollowAsync(account, proof, cancellationToken)}", false);
    }

    private async Task<(string Line, bool IsFault)> TakeWordAsync(
        RootChange change,
        CancellationToken cancellationToken
    )
    {
        var said = Say(change);
        var (account, fault) = await FindAsync(change, cancellationToken);
        if (account is null)
            return ($"{said}: {fault}", true);
        var proofs = await db.ProofsAsync(account.Id, cancellationToken);
        if (proofs.Exists(p => p.EventId == change.EventId))
            return ($"{said}: proven before.", false);
        var word = await db.EvidenceOfAsync(account, EvidenceSource.Trail, cancellationToken);
        if (word.Says(TextOf(change), change.At))
            return ($"{said}: brought before, and not proven.", false);
        if (word.At > change.At)
            return ($"{said}: a newer record was brought, of {Proving.Say(word.At)}. Nothing is recorded.", true);
        word.Bring(TextOf(change), change.At, by: null, db.Now);
        db.Record(
            "trail.reported",
            Recording.Operator,
            ("account", account.Id),
            ("event", change.EventId),
            ("name", change.EventName),
            ("changed", change.At.UtcDateTime.ToString("O"))
        );
        return (
            $"{said}: on your word, and not proven. A custodian of the account who did not attest the rotation confirms it with the word posture; it pays nothing.",
            false
        );
    }

    /// <returns>What is wrong, if the account is null.</returns>
    private async Task<(Account? Account, string Fault)> FindAsync(
        RootChange change,
        CancellationToken cancellationToken
    )
    {
        if (change.At > db.Now)
            return (null, "that is still to come. Look at the clock of this machine.");
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.Number == change.Account, cancellationToken);
        return (account, "there is no such account. Import it first.");
    }

    private static string TextOf(RootChange change) => $"{change.EventName}, event {change.EventId}";

    private async Task<string> FollowAsync(Account account, Proof proof, CancellationToken cancellationToken)
    {
        var rotation = await db
            .Retirements.Where(r => r.Account == proof.Account && r.Half == proof.Half && r.At >= proof.At)
            .OrderBy(r => r.At)
            .FirstOrDefaultAsync(cancellationToken);
        if (rotation is not null && await db.ProofOfAsync(rotation, cancellationToken, proof) == proof)
        {
            db.RecordProven(proof, rotation, Recording.Operator);
            return $"proves the rotation that two custodians attested at {Proving.Say(rotation.At)}.";
        }
        db.Record(
            "proof.recorded",
            Recording.Operator,
            ("account", proof.Account),
            ("half", proof.Half),
            ("event", proof.EventId),
            ("name", proof.EventName),
            ("changed", proof.At.UtcDateTime.ToString("O")),
            ("digest", proof.Digest),
            ("key", proof.Fingerprint)
        );
        if (proof.Half == Half.Mfa)
            return "recorded: root got an MFA device. That ends no other device; two custodians say which are gone.";
        if (rotation is not null)
            return "recorded. It proves no rotation: another record does, or the password was shown after it.";
        return account.OwesSince is null
            ? "recorded: the password was changed at AWS. Which one it is now, nobody has attested; have it rotated."
            : "recorded: the password was changed at AWS. Which one it is now, nobody has attested: what is owed stays until two custodians settle a rotation.";
    }
}
