using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Moves;
using RootCustody.Requests;
using RootCustody.Reveals;
using RootCustody.Transfers;

namespace RootCustody.Tests.Laws;

/// <summary>The laws, said naively over the rows that are left and over what the world has noted; no rule of Core is asked.</summary>
internal sealed partial record StoredLaws(
    IReadOnlyList<Request> Requests,
    IReadOnlyList<Exposure> Exposures,
    IReadOnlyList<Retirement> Retirements,
    Account Account,
    IReadOnlyList<string> Audit,
    IReadOnlyList<Keeper> Keepers,
    IReadOnlyList<Move> Moves,
    IReadOnlyList<Transfer> Transfers,
    StoredWorld World
)
{
    public static Task<StoredLaws> OfAsync(StoredWorld world) =>
        world.Stage.InDbAsync(async db => new StoredLaws(
            await db.Requests.AsNoTracking().ToListAsync(),
            await db.Exposures.AsNoTracking().ToListAsync(),
            await db.Retirements.AsNoTracking().ToListAsync(),
            await db.Accounts.AsNoTracking().SingleAsync(),
            await db.Audit.AsNoTracking().OrderBy(a => a.Id).Select(a => a.Entry).ToListAsync(),
            await db.Keepers.AsNoTracking().ToListAsync(),
            await db.Moves.AsNoTracking().ToListAsync(),
            await db.Transfers.AsNoTracking().ToListAsync(),
            world
        ));

    /// <summary>The first law that does not hold; null if all do.</summary>
    public string? Breach() =>
        new Func<string?>[]
        {
            Split,
            Recorded,
            InItsWindow,
            OneEffect,
            Debt,
            NobodyFrozen,
            NobodyOpensTheOther,
            Register,
            TwoAdministrators,
            ToItsContacts,
            NothingAfterwards,
            TwoForEachStep,
            NothingDestroyedBefore,
        }
            .Select(law => law())
            .OfType<string>()
            .FirstOrDefault();

    private IEnumerable<Exposure> Living =>
        Exposures.Where(e =>
            e.Outcome != RevealOutcome.NotShown
            && e.Generation > 0
            && !Retirements.Any(r =>
                r.Half == e.Half
                && e.Generation >= r.From
                && e.Generation <= r.Through
                && e.Person != r.AttestedBy
                && e.Person != r.AndBy
            )
        );

    private string? Split() =>
        Living.GroupBy(e => e.Person).FirstOrDefault(p => p.Select(e => e.Half).Distinct().Count() > 1) is { } both
            ? $"{NameOf(both.Key)} knows both halves."
            : null;

    private string? Recorded() =>
        World.Shown.Find(s =>
            !Exposures.Any(e => e.Person == World.Stage.People[s.Who] && e.Request == s.Request && e.Half == s.Half)
        )
            is { Who: { } who }
            ? $"{who} was shown a half that is not on record."
            : null;

    private string? InItsWindow() =>
        Exposures.Any(e =>
            e.Request is { } id
            && Requests.Single(r => r.Id == id) is var request
            && !(request.Opens <= e.At && e.At < request.Closes)
        )
            ? "A half was shown outside its window."
            : null;

    private string? OneEffect() =>
        Requests.FirstOrDefault(r =>
            Audit.Count(entry =>
                entry.Contains(r.Id.ToString(), StringComparison.Ordinal)
                && entry.Contains("\"window.opened\"", StringComparison.Ordinal)
            ) > 1
        )
            is { } twice
            ? $"{twice.Name} was opened twice."
            : null;

    private string? Debt()
    {
        var owes = Exposures.Any(e =>
            e.Half == Half.Password
            && e.Outcome != RevealOutcome.NotShown
            && e.Generation >= Account.PasswordGeneration
            && e.Request is { } id
            && Requests.Single(r => r.Id == id) is { IsOver: true, Kind: not RequestKind.Rotation }
        );
        // found in force later than it was shown, and not rotated since
        owes |= Audit.Any(entry =>
            entry.Contains("\"password.recognised\"", StringComparison.Ordinal)
            && entry.Contains($"\"generation\":{Account.PasswordGeneration},", StringComparison.Ordinal)
        );
        return owes == Account.OwesSince is not null ? null : $"The account owes: {Account.OwesSince is not null}.";
    }

    private string? NobodyFrozen() =>
        World.Frozen.Find(f =>
            Exposures.Any(e =>
                e.Person == World.Stage.People[f.Who] && e.At > f.From && (f.Until is null || e.At < f.Until)
            )
        )
            is { Who: { } who }
            ? $"{who} was shown a half while they were frozen."
            : null;

    private string NameOf(PersonId id) => World.KeyOf(id);
}
