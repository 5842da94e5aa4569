using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Posture;
using RootCustody.Posture;
using RootCustody.Proofs;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Desk.Proofs;

/// <summary>Which attested rotation AWS's trail proves (law 14). It is asked whenever it is shown, so that a key that is trusted no more proves nothing more.</summary>
internal static class Proving
{
    /// <summary>The newest attested rotation of the password; null if there was none.</summary>
    public static Task<Retirement?> RotationAsync(
        this CustodyDb db,
        AccountId account,
        CancellationToken cancellationToken
    ) =>
        db
            .Retirements.AsNoTracking()
            .Where(r => r.Account == account && r.Half == Half.Password)
            .OrderByDescending(r => r.At)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>What counts for this half: signed with a key that is trusted now; the oldest first.</summary>
    public static async Task<List<Proof>> ProofsAsync(
        this CustodyDb db,
        AccountId account,
        CancellationToken cancellationToken
    ) =>
        await db
            .Proofs.AsNoTracking()
            .Where(p => p.Account == account && db.TrailKeys.Any(k => k.Fingerprint == p.Fingerprint))
            .OrderBy(p => p.At)
            .ThenBy(p => p.EventId)
            .ToListAsync(cancellationToken);

    /// <returns>Null if the rotation is attested only.</returns>
    /// <param name="brought">What this transaction adds.</param>
    public static async Task<Proof?> ProofOfAsync(
        this CustodyDb db,
        Retirement rotation,
        CancellationToken cancellationToken,
        params Proof[] brought
    )
    {
        var since = await db.ShownBeforeAsync(rotation, cancellationToken);
        var proofs = await db.ProofsAsync(rotation.Account, cancellationToken);
        return proofs.Concat(brought).FirstOrDefault(p => p.Proves(rotation, since));
    }

    /// <summary>When what a rotation had to end was shown last outside of rotations, or the new password first, whichever is later. In a rotation the old one may be shown after the change too, to find out which signs in.</summary>
    private static async Task<DateTimeOffset?> ShownBeforeAsync(
        this CustodyDb db,
        Retirement rotation,
        CancellationToken cancellationToken
    )
    {
        var shown = db.Exposures.Where(e =>
            e.Account == rotation.Account
            && e.Half == Half.Password
            && e.Generation != Exposure.Drill
            && e.Outcome != RevealOutcome.NotShown
            && e.At <= rotation.At
        );
        var ended = await shown
            .Where(e =>
                e.Generation <= rotation.Through
                && !db.Requests.Any(r => r.Id == e.Request && r.Kind == RequestKind.Rotation)
            )
            .MaxAsync(e => (DateTimeOffset?)e.At, cancellationToken);
        var born = await shown
            .Where(e => e.Generation == rotation.Through + 1)
            .MinAsync(e => (DateTimeOffset?)e.At, cancellationToken);
        return ended is null || born > ended ? born : ended;
    }

    public static void RecordProven(this CustodyDb db, Proof proof, Retirement rotation, string by) =>
        db.Record(
            "rotation.proven",
            by,
            ("account", proof.Account),
            ("generation", rotation.Through + 1),
            ("event", proof.EventId),
            ("name", proof.EventName),
            ("changed", proof.At.UtcDateTime.ToString("O")),
            ("digest", proof.Digest),
            ("key", proof.Fingerprint)
        );

    /// <summary>The newest rotation, if what somebody brought without AWS's signature is about it; else null.</summary>
    public static async Task<Retirement?> RotationOfAsync(
        this CustodyDb db,
        Evidence brought,
        CancellationToken cancellationToken
    ) =>
        brought.Source == EvidenceSource.Trail
        && await db.RotationAsync(brought.Account, cancellationToken) is { } rotation
        && Proof.IsOf(rotation, brought.At, await db.ShownBeforeAsync(rotation, cancellationToken))
            ? rotation
            : null;

    /// <summary>When a rotation was, and on whose word.</summary>
    /// <param name="proof">Null if it is attested only.</param>
    public static IEnumerable<Fact> FactsOf(Retirement rotation, Proof? proof)
    {
        yield return Fact.At(
            proof is null ? "Password: rotated, by the word of two" : "Password: rotated, proven by AWS",
            rotation.At
        );
        if (proof is not null)
            yield return new Fact("Password: proof", proof.Words());
    }

    /// <summary>What AWS proves of an account beside its newest rotation.</summary>
    public static async Task<IReadOnlyList<Fact>> ProofLinesAsync(
        this CustodyDb db,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var proofs = await db.ProofsAsync(account.Id, cancellationToken);
        var rotation = await db.RotationAsync(account.Id, cancellationToken);
        List<Fact> lines = [];
        if (proofs.FindLast(p => p.Half == Half.Password) is { } last && !(last.At <= rotation?.At))
            lines.Add(
                new Fact(
                    "Password: changed at AWS, proven",
                    $"{last.Words()}. Which password it is, nobody has attested since."
                )
            );
        if (proofs.FindLast(p => p.Half == Half.Mfa) is { } device)
            lines.Add(new Fact("MFA: a device came at AWS, proven", device.Words()));
        if (await db.BroughtAsync(account.Id, cancellationToken) is { } brought)
            lines.Add(
                new Fact(
                    "Password: changed at AWS, attested, not proven",
                    await db.WordsOfAsync(brought, cancellationToken)
                )
            );
        return lines;
    }

    /// <summary>The newest record that was brought without AWS's signature; null if there is none.</summary>
    public static Task<Evidence?> BroughtAsync(
        this CustodyDb db,
        AccountId account,
        CancellationToken cancellationToken
    ) =>
        db.Evidence.SingleOrDefaultAsync(
            e => e.Account == account && e.Source == EvidenceSource.Trail,
            cancellationToken
        );

    /// <summary>What it says, on whose word, and whether these are more than those who attested the rotation.</summary>
    public static async Task<string> WordsOfAsync(
        this CustodyDb db,
        Evidence brought,
        CancellationToken cancellationToken
    )
    {
        PersonId[] ids = [.. ((PersonId?[])[brought.By, brought.ConfirmedBy]).OfType<PersonId>()];
        var names = await db
            .People.Where(p => ids.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var rotation = await db.RotationOfAsync(brought, cancellationToken);
        var twice =
            brought.ConfirmedBy is { } second && rotation?.IsBy(second) == true
                ? ", who attested the rotation too and counts once"
                : "";
        return $"{brought.Text} of {Say(brought.At)}, {PostureCards.WhoOf(brought, names)}{twice}";
    }

    public static string Words(this Proof proof) =>
        $"{proof.EventName} of {Say(proof.At)}, event {proof.EventId}, digest {proof.Digest}";

    public static string Say(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
}
