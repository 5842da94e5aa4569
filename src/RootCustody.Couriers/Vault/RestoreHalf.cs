using Microsoft.EntityFrameworkCore;
using RootCustody.Data;

namespace RootCustody.Couriers.Vault;

/// <summary>An operator puts a backup of one half back.</summary>
public sealed class RestoreHalf(CustodyDb db)
{
    private const int MostNamed = 5;

    /// <param name="Versions">How many were put back.</param>
    /// <param name="Lost">The accounts whose newest half is in neither the vault nor the backup.</param>
    public sealed record Restored(int Versions, IReadOnlyList<string> Lost);

    private sealed record Known(AccountId Id, string Number, int Newest);

    /// <param name="evenBehind">Whether to go on where generations are lost. Their numbers are marked as gone.</param>
    /// <exception cref="VaultException">
    /// <see cref="VaultFailure.Behind"/>: people have seen generations that are in neither, and nothing was changed. Otherwise it may be half done, and can be begun again.
    /// </exception>
    public async Task<Restored> HandleAsync(
        Half half,
        SealedRestore backup,
        bool evenBehind,
        CancellationToken cancellationToken
    )
    {
        var lost = new List<Known>();
        foreach (var account in await KnownAsync(half, cancellationToken))
        {
            if (await backup.NewestOfAsync(account.Id.ToString(), cancellationToken) < account.Newest)
                lost.Add(account);
        }
        if (lost.Count > 0 && !evenBehind)
            throw Behind(lost);

        var restored = await backup.PutBackAsync(
            lost.ToDictionary(a => a.Id.ToString(), a => a.Newest, StringComparer.Ordinal),
            cancellationToken
        );
        await RecordAsync(half, restored, lost, cancellationToken);
        return new Restored(restored, [.. lost.Select(a => a.Number)]);
    }

    /// <summary>The newest generation of each account that the database knows: the living one, or one that was shown later.</summary>
    private async Task<List<Known>> KnownAsync(Half half, CancellationToken cancellationToken)
    {
        var shown = await db
            .Exposures.Where(e => e.Half == half && e.Request != null)
            .GroupBy(e => e.Account)
            .Select(of => new { Account = of.Key, Newest = of.Max(e => e.Generation) })
            .ToDictionaryAsync(of => of.Account, of => of.Newest, cancellationToken);
        var accounts = await db.Accounts.AsNoTracking().OrderBy(a => a.Number).ToListAsync(cancellationToken);
        return
        [
            .. accounts.Select(a => new Known(
                a.Id,
                a.Number,
                Math.Max(a.GenerationOf(half), shown.GetValueOrDefault(a.Id))
            )),
        ];
    }

    private Task<bool> RecordAsync(
        Half half,
        int restored,
        IReadOnlyList<Known> lost,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync(
            () =>
            {
                db.Record(
                    "vault.restored",
                    Recording.Operator,
                    ("half", half),
                    ("versions", restored),
                    ("accountsBehind", lost.Count)
                );
                foreach (var account in lost)
                    db.Record(
                        "vault.lost",
                        Recording.Operator,
                        ("half", half),
                        ("account", account.Id),
                        ("generation", account.Newest)
                    );
                return Task.FromResult(true);
            },
            cancellationToken
        );

    private static VaultException Behind(IReadOnlyList<Known> lost)
    {
        var named = string.Join(", ", lost.Take(MostNamed).Select(a => a.Number));
        var more = lost.Count > MostNamed ? $" and {lost.Count - MostNamed} more" : "";
        return new VaultException(
            VaultFailure.Behind,
            gaveNoHalf: true,
            $"The backup is older than the database: it lacks halves that people have seen, of {named}{more}. Nothing was changed. Find a newer backup, or say --even-behind: then those halves are lost, and have to be set anew at AWS."
        );
    }
}
