using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using RootCustody.Data.Audit;
using RootCustody.Data.Chat;
using RootCustody.Rotation;

namespace RootCustody.Playground.Nodes;

/// <summary>Makes a point of each commit that changes something, named after what it commits.</summary>
internal sealed class CommitPoints(DeathPoints points) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    private const string Numbering = "the audit log's numbers";
    private const string Claiming = "claimed cards";
    private const string Planning = "a plan of rotations";

    /// <summary>What is saved and not yet committed, by the context that saves it.</summary>
    private readonly ConcurrentDictionary<DbContextId, string> saved = new();

    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is { } db)
        {
            saved.TryRemove(db.ContextId, out _); // what was rolled back before
            if (WhatOf(db) is { } what)
                saved[db.ContextId] = what;
        }
        return ValueTask.FromResult(result);
    }

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is { } db && saved.TryGetValue(db.ContextId, out var what))
            await points.PassAsync("before", $"the commit of {what}", onlyFirst: IsByChance(what));
        return result;
    }

    public override async Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is { } db && saved.TryRemove(db.ContextId, out var what))
            await points.PassAsync("after", $"the commit of {what}", onlyFirst: IsByChance(what));
    }

    /// <summary>How many commits share the work is a matter of chance.</summary>
    private static bool IsByChance(string what) => what is Numbering or Claiming or Planning;

    /// <returns>Null if nothing is saved.</returns>
    private static string? WhatOf(DbContext db)
    {
        var changed = db
            .ChangeTracker.Entries()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .ToList();
        if (changed.Count == 0)
            return null;
        var told = changed.Where(e => e.State == EntityState.Added).Select(e => e.Entity).OfType<AuditRow>().ToList();
        if (told.Count > 0)
            return string.Join(" + ", told.Select(EventOf).Distinct(StringComparer.Ordinal));
        if (changed.Any(e => e.Entity is AuditRow))
            return Numbering;
        if (changed.Any(e => e.Entity is RotationDate))
            return Planning;
        if (changed.Select(e => e.Entity).OfType<OutboxRow>().FirstOrDefault() is { } card)
            return card.SentAt is null ? Claiming : $"a sent card ({card.Place.Purpose})";
        return changed.Any(e => e.Entity is SeenClick) ? "a taken click" : changed[0].Metadata.ClrType.Name;
    }

    private static string EventOf(AuditRow row)
    {
        using var entry = JsonDocument.Parse(row.Entry);
        return entry.RootElement.GetProperty("what").GetString()!;
    }
}
