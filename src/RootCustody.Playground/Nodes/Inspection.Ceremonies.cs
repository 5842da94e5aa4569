using Microsoft.EntityFrameworkCore;
using RootCustody.Audit;
using RootCustody.Data;

namespace RootCustody.Playground.Nodes;

/// <summary>What ceremonies leave behind.</summary>
public sealed partial class Inspection
{
    /// <summary>Details by which two entries of one kind are two steps.</summary>
    private static readonly string[] Telling = ["step", "item", "half", "waives"];

    /// <summary>Entries of steps, which come once; all others may come again where somebody presses again: what is shown, refused or proven by a code.</summary>
    private static readonly string[] Steps =
    [
        "transfer.",
        "move.",
        "onboarding.",
        "device.",
        "mfachange.",
        "account.",
        "posture.reported",
        "posture.confirmed",
        "posture.attested",
        "rotation.asked",
        "rotation.attested",
        "password.promoted",
        "request.",
        "window.",
        "duty.",
    ];

    /// <summary>The steps in the audit log, so that two runs can be compared.</summary>
    public static async Task<IReadOnlyList<string>> StepsAsync(CustodyDb db) =>
        [
            .. (await db.Audit.AsNoTracking().Select(a => a.Entry).ToListAsync())
                .Select(Event.Read)
                .Where(e =>
                    Array.Exists(Steps, s => e.What.StartsWith(s, StringComparison.Ordinal))
                    && !e.What.EndsWith(".refused", StringComparison.Ordinal)
                )
                .Select(KeyOf)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Such as <c>transfer.said Receiver</c>.</summary>
    private static string KeyOf(Event of) => string.Join(' ', Telling.Select(of.Of).OfType<string>().Prepend(of.What));

    private void LookAtSteps()
    {
        var times = events.CountBy(KeyOf).ToDictionary(StringComparer.Ordinal);
        foreach (var step in ending.Once)
        {
            if (!times.TryGetValue(step, out var so))
                lost.Add($"{step} in the audit log");
            else if (so > 1)
                doubled.Add($"{step}: {so} times");
        }
    }

    /// <summary>Each has one certificate, which the log knows and which says what stands in the log.</summary>
    private async Task LookAtTransfersAsync()
    {
        var transfers = await db.Transfers.AsNoTracking().ToListAsync();
        foreach (var more in transfers.CountBy(t => t.Account).Where(t => t.Value > 1))
            doubled.Add($"the transfer of {more.Key}");
        var log = (await db.Audit.AsNoTracking().Where(a => a.Sequence != null).ToListAsync())
            .Select(a => a.Sequenced!)
            .ToHashSet();
        foreach (var transfer in transfers)
        {
            if (transfer.CertifiedAt is null)
                lost.Add($"the certificate of {transfer.Name}");
            else if (!Certificate.TryRead(transfer.Certificate!, out var certificate))
                broken.Add($"the certificate of {transfer.Name} cannot be read");
            else if (!certificate.Entries.All(log.Contains))
                broken.Add($"law 13: the certificate of {transfer.Name} says what does not stand in the log");
            else if (
                events.Count(e => e.What == "transfer.certified" && e.Of("certificate") == certificate.Fingerprint) != 1
            )
                broken.Add($"law 13: the log does not know the certificate of {transfer.Name}");
            if (transfer.PasswordsDestroyedAt is null || transfer.SeedsDestroyedAt is null)
                lost.Add($"the end of what was kept for {transfer.Name}");
        }
    }

    /// <summary>The register names whoever has it, and nobody else.</summary>
    private async Task LookAtMovesAsync()
    {
        var keepers = await db.Keepers.AsNoTracking().ToListAsync();
        foreach (var move in await db.Moves.AsNoTracking().ToListAsync())
        {
            if (move.EndedAt is null)
                lost.Add($"the end of {move.Name}");
            var named = keepers.Where(k => k.Account == move.Account && k.Thing == move.Thing).ToList();
            if (named.Count != 1 || named[0].Person != move.To)
                broken.Add(
                    $"law 1: the register names {string.Join(", ", named.Select(k => people[k.Person].Key))} after {move.Name}"
                );
        }
    }

    /// <summary>What was ended is kept nowhere any more.</summary>
    private async Task LookAtEndingsAsync()
    {
        var endings = await db.Endings.AsNoTracking().Where(e => e.DecidedAt != null).ToListAsync();
        foreach (var ended in endings.Where(e => e.PasswordsDestroyedAt is null || e.SeedsDestroyedAt is null))
            lost.Add($"the end of what was kept for {ended.Account}");
    }

    /// <summary>Whatever was begun has led to an account of which both halves are known.</summary>
    private async Task LookAtOnboardingAsync()
    {
        foreach (var account in await db.Accounts.AsNoTracking().Where(a => a.OnboardingSince != null).ToListAsync())
        {
            if (account.OnboardedAt is null)
                lost.Add($"the end of taking {account.Number} into custody");
            if (!account.IsInCustody)
                broken.Add($"{account.Number} is taken into custody without its halves");
        }
    }
}
