using Microsoft.EntityFrameworkCore;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;
using RootCustody.Data;

namespace RootCustody.Couriers.Inventories;

/// <summary>What the vaults of this process keep, held against the accounts and devices in the database. Opens no secret and changes nothing.</summary>
public sealed class TakeInventory(CustodyDb db, IEnumerable<IVaultGenerations> vaults)
{
    /// <summary>The halves that this process plays; it sees no other (law 7).</summary>
    public IReadOnlyList<Half> Halves { get; } = [.. vaults.Select(v => v.Half).Order()];

    /// <exception cref="VaultException">The vault cannot be read.</exception>
    public async Task<Inventory> OfAsync(Half half, CancellationToken cancellationToken)
    {
        var first = await LookAsync(half, cancellationToken);
        if (first.Strays.Count == 0)
            return first;
        // a rotation between the look at the vault and the look at the database: what is found twice is no such chance
        var second = await LookAsync(half, cancellationToken);
        return second with { Strays = [.. second.Strays.Intersect(first.Strays)] };
    }

    private async Task<Inventory> LookAsync(Half half, CancellationToken cancellationToken)
    {
        // the vault first: whatever goes in was booked before
        var stored = await vaults.Single(v => v.Half == half).ListAsync(cancellationToken);
        var accounts = await db.Accounts.AsNoTracking().ToDictionaryAsync(a => a.Id, cancellationToken);
        List<Stray> strangers =
        [
            .. stored.Where(s => s.Account is null).Select(s => Stray.UnknownName(half, s)),
            .. stored
                .Where(s => s.Account is { } id && !accounts.ContainsKey(id))
                .Select(s => Stray.UnknownAccount(half, s)),
        ];
        strangers.AddRange(await TransferredAsync(half, stored, accounts, cancellationToken));
        strangers.AddRange(await EndedAsync(half, stored, accounts, cancellationToken));
        var known = stored
            .Where(s => s.Account is { } id && accounts.ContainsKey(id))
            .ToLookup(s => accounts[s.Account!.Value]);
        var (spare, strays) = half switch
        {
            Half.Password => (0, (await PasswordsAsync(cancellationToken)).StraysOf(accounts.Values, known)),
            Half.Mfa => await SeedsAsync(accounts, known, cancellationToken),
        };
        var closed = known.Where(of => of.Key.ClosedAt is not null).Sum(of => of.Count());
        return new Inventory(half, stored.Count, spare, closed, [.. strangers, .. strays]);
    }

    /// <summary>Takes the accounts away whose secrets are destroyed, or are about to be: nothing of them is expected any more.</summary>
    /// <returns>What is there nevertheless after it was certified.</returns>
    private async Task<IReadOnlyList<Stray>> TransferredAsync(
        Half half,
        IReadOnlyList<StoredSecret> stored,
        Dictionary<AccountId, Accounts.Account> accounts,
        CancellationToken cancellationToken
    )
    {
        var received = await db
            .Transfers.AsNoTracking()
            .Where(t => t.ReceivedAt != null && t.WithdrawnAt == null)
            .ToListAsync(cancellationToken);
        var strays = received
            .Where(t => t.CertifiedAt is not null)
            .SelectMany(t => With(t.Account))
            .SelectMany(id => stored.Where(s => s.Account == id))
            .Select(s => Stray.Transferred(half, accounts[s.Account!.Value].Number, s))
            .ToList();
        foreach (var id in received.Where(t => t.IsToBeDestroyed).SelectMany(t => With(t.Account)).ToList())
            accounts.Remove(id);
        return strays;

        // its IAM users went with it
        IEnumerable<AccountId> With(AccountId root) =>
            accounts
                .Values.Where(a => a.User is not null && a.HandedOverAt is not null)
                .Where(a => a.Digits == accounts[root].Number)
                .Select(a => a.Id)
                .Prepend(root);
    }

    /// <inheritdoc cref="TransferredAsync"/>
    /// <returns>What is there nevertheless after it was destroyed.</returns>
    private async Task<IReadOnlyList<Stray>> EndedAsync(
        Half half,
        IReadOnlyList<StoredSecret> stored,
        Dictionary<AccountId, Accounts.Account> accounts,
        CancellationToken cancellationToken
    )
    {
        var ended = await db.Endings.AsNoTracking().Where(e => e.DecidedAt != null).ToListAsync(cancellationToken);
        var strays = ended
            .Where(e => e.DestroyedAt(half) is not null)
            .SelectMany(e => stored.Where(s => s.Account == e.Account))
            .Select(s => Stray.Ended(half, accounts[s.Account!.Value].Number, s))
            .ToList();
        foreach (var ending in ended)
            accounts.Remove(ending.Account);
        return strays;
    }

    private async Task<BookedPasswords> PasswordsAsync(CancellationToken cancellationToken)
    {
        var booked = await db
            .KnownPasswords.Select(k => new { k.Account, k.Generation })
            .ToListAsync(cancellationToken);
        var pending = await db
            .Requests.Where(r => r.PendingGeneration != null)
            .Select(r => new { r.Account, Generation = r.PendingGeneration!.Value })
            .ToListAsync(cancellationToken);
        var old = await db.OldPasswords.AsNoTracking().ToListAsync(cancellationToken);
        return new BookedPasswords(
            [.. booked.Select(b => (b.Account, b.Generation))],
            [.. pending.Select(p => (p.Account, p.Generation))],
            old.ToLookup(o => o.Account)
        );
    }

    private async Task<(int Spare, IEnumerable<Stray> Strays)> SeedsAsync(
        Dictionary<AccountId, Accounts.Account> accounts,
        ILookup<Accounts.Account, StoredSecret> stored,
        CancellationToken cancellationToken
    )
    {
        var devices = await db.MfaDevices.AsNoTracking().Where(d => d.Generation > 0).ToListAsync(cancellationToken);
        var seeds = new BookedSeeds([.. devices.Where(d => accounts.ContainsKey(d.Account))], db.Now);
        return (seeds.SpareOf(stored), seeds.StraysOf(accounts, stored));
    }
}

/// <summary>What one vault keeps, and what is on one side only.</summary>
/// <param name="Secrets">How many secrets it keeps.</param>
/// <param name="Spare">How many of them are seeds of devices that are gone: they stay, for their numbers would be given again.</param>
/// <param name="Closed">How many of them are of closed accounts: they stay until these are ended, for AWS may reopen them.</param>
public sealed record Inventory(Half Half, int Secrets, int Spare, int Closed, IReadOnlyList<Stray> Strays);
