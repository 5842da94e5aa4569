using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Couriers.Journals;

/// <summary>Who saw which half of which account when, as an operator tells it.</summary>
/// <param name="Account">Its number.</param>
/// <param name="Person">Their key.</param>
/// <param name="Reason">Goes into the audit log; no secret.</param>
public sealed record SeenOutside(
    string Account,
    Half Half,
    int Generation,
    string Person,
    DateTimeOffset At,
    string Reason
);

/// <summary>Books that somebody saw a half without RootCustody, straight from the vault in an emergency. It only takes away, so one operator is enough.</summary>
public sealed class RecordOutside(CustodyDb db, Policies policies, IEnumerable<RevealJournal> journals)
{
    private const int LongestReason = 500;

    /// <summary>What came of it.</summary>
    public abstract record Outcome
    {
        private Outcome() { } // closed: these three and no other

        /// <param name="Sentences">What it means; to be confirmed.</param>
        public sealed record Foreseen(IReadOnlyList<string> Sentences) : Outcome;

        /// <param name="Sentences">What was booked, or that it was before, and what is left to do.</param>
        public sealed record Recorded(IReadOnlyList<string> Sentences) : Outcome;

        public sealed record Refused(string Why) : Outcome;
    }

    /// <summary>Says what booking it would mean. Changes nothing.</summary>
    public Task<Outcome> ForeseeAsync(SeenOutside seen, CancellationToken cancellationToken) =>
        WithAsync(
            seen,
            async (account, person) =>
                new Outcome.Foreseen([
                    $"{person.Name} ({person.Key}) saw {Word(seen.Half)} of account {account.Number} ({account.Name}), generation {seen.Generation}, at {Time(seen.At)}, outside of RootCustody.",
                    .. await ConsequencesAsync(seen, account, person, cancellationToken),
                ]),
            cancellationToken
        );

    /// <summary>Books it. Called again with the same, it books nothing twice.</summary>
    /// <exception cref="Vault.VaultException">It is booked, but the courier's journal could not be written: call it again.</exception>
    public async Task<Outcome> HandleAsync(SeenOutside seen, CancellationToken cancellationToken)
    {
        JournalLine? line = null;
        var outcome = await db.DecideAsync(
            () =>
                WithAsync(
                    seen,
                    async (account, person) =>
                    {
                        bool isNew;
                        (line, isNew) = await BookAsync(seen, account, person, cancellationToken);
                        return new Outcome.Recorded([isNew ? "It is on record." : "It was on record already."]);
                    },
                    cancellationToken
                ),
            cancellationToken
        );
        if (outcome is not Outcome.Recorded recorded)
            return outcome;
        return await RememberAsync(line!, cancellationToken)
            ? recorded
            : new Outcome.Recorded([
                .. recorded.Sentences,
                $"This process does not play the courier of {Word(seen.Half)}, so that courier's journal does not know of it. Run the same where it is played: else a database that is put back to an older state forgets it.",
            ]);
    }

    private async Task<Outcome> WithAsync(
        SeenOutside seen,
        Func<Account, Person, Task<Outcome>> then,
        CancellationToken cancellationToken
    )
    {
        if (WhyNot(seen) is { } why)
            return new Outcome.Refused(why);
        if (await db.Accounts.SingleOrDefaultAsync(a => a.Number == seen.Account, cancellationToken) is not { } account)
            return new Outcome.Refused($"There is no account {seen.Account}. Import it first.");
        if (await db.People.SingleOrDefaultAsync(p => p.Key == seen.Person, cancellationToken) is not { } person)
            return new Outcome.Refused($"There is no person '{seen.Person}'. Import them first.");
        return await then(account, person);
    }

    private string? WhyNot(SeenOutside seen)
    {
        if (seen.Generation == 0 || (seen.Generation < 0 && seen.Half == Half.Password))
            return "Generations begin at 1; those of MFA keys held outside at -1.";
        if (seen.At > db.Now)
            return $"{Time(seen.At)} is still to come. Times without an offset are in UTC.";
        if (string.IsNullOrWhiteSpace(seen.Reason))
            return "Say why: it goes into the audit log.";
        return seen.Reason.Length > LongestReason || seen.Reason.Any(char.IsControl)
            ? $"The reason has to be one line of {LongestReason} characters at most."
            : null;
    }

    private async Task<(JournalLine Line, bool IsNew)> BookAsync(
        SeenOutside seen,
        Account account,
        Person person,
        CancellationToken cancellationToken
    )
    {
        var known = await db.Exposures.FirstOrDefaultAsync(
            e =>
                e.Account == account.Id
                && e.Half == seen.Half
                && e.Generation == seen.Generation
                && e.Person == person.Id
                && e.At == seen.At
                && e.Request == null,
            cancellationToken
        );
        if (known is not null)
            return (JournalLine.Of(known, account, person, null), false);
        var line = new JournalLine(
            ExposureId.New(db.Now),
            account.Id,
            account.Number,
            seen.Half,
            seen.Generation,
            person.Id,
            person.Key,
            null,
            null,
            seen.At,
            seen.At
        );
        await db.BookAsync(
            line,
            account,
            person,
            policies,
            "exposure.reported",
            [("reason", seen.Reason)],
            cancellationToken
        );
        return (line, true);
    }

    /// <returns>False if this process plays another courier.</returns>
    private async Task<bool> RememberAsync(JournalLine line, CancellationToken cancellationToken)
    {
        if (journals.FirstOrDefault(j => j.Half == line.Half) is not { } journal)
            return false;
        var content = await journal.ReadAsync(cancellationToken);
        if (!content.Lines.Any(l => l.Exposure == line.Exposure))
            await journal.AppendAsync([line]);
        return true;
    }

    private async Task<IReadOnlyList<string>> ConsequencesAsync(
        SeenOutside seen,
        Account account,
        Person person,
        CancellationToken cancellationToken
    )
    {
        var sentences = new List<string>();
        var ended = await db
            .Retirements.Where(r => r.Account == account.Id && r.Half == seen.Half)
            .ToListAsync(cancellationToken);
        var other = seen.Half.Other();
        sentences.Add(
            ended.Exists(r => r.Lifts(seen.Half, seen.Generation, person.Id))
                ? "That generation lives no more, so nobody is barred."
                : $"They are barred from {Word(other)} of this account until that generation has ended."
        );
        var exposures = await db
            .Exposures.Where(e => e.Account == account.Id && e.Person == person.Id && e.Half == other)
            .ToListAsync(cancellationToken);
        var endedOther = await db
            .Retirements.Where(r => r.Account == account.Id && r.Half == other)
            .ToListAsync(cancellationToken);
        if (exposures.Exists(e => e.Bars(endedOther)))
            sentences.Add(
                $"Both halves of this account are with one person now: they have seen {Word(other)}, too. Rotate the password and replace the MFA device with two other people."
            );
        if (seen.Half == Half.Password)
            sentences.Add(
                seen.Generation >= account.PasswordGeneration
                    ? $"The password is owed: rotation is due within {Hours((await policies.OfAsync(account, cancellationToken)).RotateAfterUse)} from now, or earlier if it was already."
                    : "That password is not the living one any more, so no rotation is due for it."
            );
        if (seen.Generation > account.GenerationOf(seen.Half))
            sentences.Add(
                $"Beware: the living generation is {account.GenerationOf(seen.Half)}. A higher number is right only if a rotation has begun, or the database was put back to an older state."
            );
        return sentences;
    }

    private static string Hours(TimeSpan length) =>
        string.Create(CultureInfo.InvariantCulture, $"{length.TotalHours:0.#} hours");

    private static string Word(Half half) => half == Half.Password ? "the password" : "the MFA half";

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
