using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Couriers.Journals;

/// <summary>Finds what the couriers of this process know by their journals and vaults and the database does not: it was restored to an older state. Changes nothing.</summary>
public sealed class FindLost(
    CustodyDb db,
    CompareJournals compare,
    IEnumerable<RevealJournal> journals,
    IEnumerable<IVaultGenerations> vaults
)
{
    public const string NothingLost = "The database knows all that the journals and the vaults of this process know.";

    /// <summary>How much each journal knows: one that was lost knows nothing, and finds nothing.</summary>
    /// <exception cref="VaultException">A journal cannot be read.</exception>
    public async Task<IReadOnlyList<string>> JournalsAsync(CancellationToken cancellationToken)
    {
        var sentences = new List<string>();
        foreach (var journal in journals)
        {
            var content = await journal.ReadAsync(cancellationToken);
            var since = content.Lines.Count > 0 ? $" since {Time(content.Lines[0].At)}" : "";
            var cutOff =
                content.CutOff > 0 ? $", and {content.CutOff} lines that were cut off before anything was shown" : "";
            sentences.Add($"{journal.File}: {content.Lines.Count} exposures{since}{cutOff}.");
        }
        return sentences;
    }

    /// <param name="elsewhere">What an audit export knows beside the journals.</param>
    /// <exception cref="VaultException">A journal cannot be read.</exception>
    public async Task<IReadOnlyList<LostExposure>> ExposuresAsync(
        IEnumerable<JournalLine> elsewhere,
        CancellationToken cancellationToken
    )
    {
        var lines = new List<JournalLine>();
        foreach (var journal in journals)
            lines.AddRange((await journal.ReadAsync(cancellationToken)).Lines);
        // the journals first: they know numbers and keys
        return await compare.LostAsync(lines.Concat(elsewhere).DistinctBy(l => l.Exposure), cancellationToken);
    }

    /// <summary>Each thing that is lost in a sentence; none if nothing is. For a check-up.</summary>
    public async Task<IReadOnlyList<string>> SentencesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return
            [
                .. await TellAsync(await ExposuresAsync([], cancellationToken), cancellationToken),
                .. await GenerationsAsync(cancellationToken),
            ];
        }
        catch (VaultException unreadable)
        {
            return [unreadable.Message];
        }
    }

    /// <summary>Who was shown what when, and in which window.</summary>
    public async Task<IReadOnlyList<string>> TellAsync(
        IReadOnlyList<LostExposure> lost,
        CancellationToken cancellationToken
    )
    {
        var wanted = lost.Select(l => l.Line.Request).OfType<RequestId>().Distinct().ToList();
        var known = (
            await db.Requests.Where(r => wanted.Contains(r.Id)).Select(r => r.Id).ToListAsync(cancellationToken)
        ).ToHashSet();
        return [.. lost.OrderBy(l => l.Line.At).Select(l => Sentence(l, known))];
    }

    /// <summary>Generations that lie in a vault and of which the database knows neither a rotation nor a reveal.</summary>
    /// <exception cref="VaultException">A vault cannot be read.</exception>
    public async Task<IReadOnlyList<string>> GenerationsAsync(CancellationToken cancellationToken)
    {
        var sentences = new List<string>();
        foreach (var vault in vaults)
        {
            var known = await KnownAsync(vault.Half, cancellationToken);
            sentences.AddRange(
                (await vault.NewestAsync(cancellationToken))
                    .Where(newest => !known.TryGetValue(newest.Key, out var of) || of.Generation < newest.Value)
                    .Select(newest =>
                        Sentence(vault.Half, newest.Value, newest.Key, known.GetValueOrDefault(newest.Key))
                    )
            );
        }
        return sentences;
    }

    private async Task<Dictionary<AccountId, (string Number, int Generation)>> KnownAsync(
        Half half,
        CancellationToken cancellationToken
    )
    {
        var shown = await db
            .Exposures.Where(e => e.Half == half)
            .GroupBy(e => e.Account)
            .Select(of => new { of.Key, Newest = of.Max(e => e.Generation) })
            .ToDictionaryAsync(of => of.Key, of => of.Newest, cancellationToken);
        var pending = await db
            .Requests.Where(r => half == Half.Password && r.PendingGeneration != null)
            .GroupBy(r => r.Account)
            .Select(of => new { of.Key, Newest = of.Max(r => r.PendingGeneration) })
            .ToDictionaryAsync(of => of.Key, of => of.Newest ?? 0, cancellationToken);
        var accounts = await db.Accounts.AsNoTracking().ToListAsync(cancellationToken);
        return accounts.ToDictionary(
            a => a.Id,
            a =>
                (
                    a.Number,
                    new[] { a.GenerationOf(half), shown.GetValueOrDefault(a.Id), pending.GetValueOrDefault(a.Id) }.Max()
                )
        );
    }

    private static string Sentence(LostExposure lost, HashSet<RequestId> known)
    {
        var line = lost.Line;
        var who =
            lost.Person is { } person ? $"{person.Name} ({person.Key})"
            : line.Key.Length > 0 ? $"'{line.Key}', whom the database does not know,"
            : $"A person whom the database does not know ({line.Person})";
        var account =
            lost.Account?.Number
            ?? $"{(line.Number.Length > 0 ? line.Number : line.Account)}, which the database does not know";
        var what = line.Generation == Exposure.Drill ? "the dummy of a drill for" : WordOf(line.Half);
        var how = line.Request is { } request
            ? $"in the window of {Request.NameOf(request)}"
                + (line.Closes is { } closes ? $", open until {Time(closes)}" : "")
                + (known.Contains(request) ? "" : ", a request that the database does not know either")
            : "or brought it in";
        return $"{Time(line.At)}: {who} was shown {what} of account {account}, generation {line.Generation}, {how}.";
    }

    private static string Sentence(Half half, int newest, AccountId id, (string Number, int Generation) known) =>
        known.Number is null
            ? $"The vault has {WordOf(half)} of an account that the database does not know ({id})."
            : $"The vault has generation {newest} of {WordOf(half)} of account {known.Number}, the database knows of {known.Generation}. If a reveal of it is listed here, AWS may have either: rotate it. If none is, nobody was shown it.";

    private static string WordOf(Half half) => half == Half.Password ? "the password" : "the MFA half";

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
