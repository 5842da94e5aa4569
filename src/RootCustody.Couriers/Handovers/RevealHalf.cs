using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Data.Databases;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Couriers.Handovers;

/// <summary>The holder is to see their half: decide and commit the exposure, remember it outside the database, only then ask the vault, show, and record what became of it (law 4).</summary>
public sealed class RevealHalf(
    CustodyDb db,
    IHalfSource source,
    RevealJournal journal,
    CompareJournals journals,
    Removals removals,
    Policies policies,
    DatabaseTime clock
)
{
    /// <summary>Says why it would be refused now, before the person is asked for anything. A question and no decision, unless the answer is a refusal, which goes on record.</summary>
    public async Task<Refusal?> WhyNotAsync(
        Person person,
        ChatUser through,
        RequestId id,
        CancellationToken cancellationToken
    )
    {
        db.ChangeTracker.Clear(); // what is true now, not what was read before
        var isAllowed = await LookAsync() is null;
        db.ChangeTracker.Clear(); // whoever only asks raises no version
        return isAllowed
            ? null
            : await db.DecideAsync(
                async () =>
                {
                    var why = await LookAsync();
                    if (
                        why is { } refused
                        && await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is { } request
                    )
                        await RefusedAsync(person, request, refused, cancellationToken);
                    return why;
                },
                cancellationToken
            );

        async Task<Refusal?> LookAsync()
        {
            var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
            if (request is null)
                return Refusal.NotTheHolder;
            var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
            var by = await db.StandingAsync(person.Id, account, cancellationToken, through);
            return Reveal.WhyNot(request, source.Half, by, db.Now);
        }
    }

    /// <summary>Says why nothing is shown to anybody now: the database may have forgotten whom to bar.</summary>
    public async Task<string?> WhyClosedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await journals.WhyClosedAsync(cancellationToken) is { } why ? NotNow(why.Message) : null;
        }
        catch (VaultException unreadable)
        {
            return NotNow(unreadable.Message);
        }
    }

    /// <param name="picked">The generation that the holder chose, where there was a choice.</param>
    public async Task<Reply> HandleAsync(
        Person person,
        ChatUser through,
        RequestId id,
        int? picked,
        RevealSurface surface,
        CancellationToken cancellationToken
    )
    {
        if (clock.Doubt is { } doubt)
            return new Reply.Said(NotNow(doubt)); // law 11: nobody knows whether the window is open
        if (await WhyClosedAsync(cancellationToken) is { } closed)
            return new Reply.Said(closed);
        try
        {
            await PrepareAsync(person, through, id, picked, cancellationToken);
        }
        catch (VaultException refused)
        {
            return new Reply.Said(NotNow(refused.Message)); // nothing was recorded, nothing was read
        }

        var (reveal, request, account) = await DecideAsync(person, through, id, picked, cancellationToken);
        if (reveal is Reveal.Refused)
            Telemetry.Revealed(source.Half, nameof(Reveal.Refused));
        return reveal switch
        {
            Reveal.Granted granted => await ShowAsync(
                person,
                through,
                (request!, account!, granted),
                surface,
                cancellationToken
            ),
            Reveal.Refused refused => new Reply.Said(Sentences.For(refused.Why)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task PrepareAsync(
        Person person,
        ChatUser through,
        RequestId id,
        int? picked,
        CancellationToken cancellationToken
    )
    {
        if (await WhyNotAsync(person, through, id, cancellationToken) is not null)
            return; // DecideAsync says why
        var request = await db.Requests.AsNoTracking().SingleAsync(r => r.Id == id, cancellationToken);
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == request.Account, cancellationToken);
        await source.PrepareAsync(request, account, picked, cancellationToken);
    }

    /// <summary>Laws 1, 2, 3 and 5; the exposures and their audit entries are committed here.</summary>
    private Task<(Reveal, Request?, Account?)> DecideAsync(
        Person person,
        ChatUser through,
        RequestId id,
        int? picked,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync<(Reveal, Request?, Account?)>(
            async () =>
            {
                var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
                if (request is null)
                    return (new Reveal.Refused(Refusal.NotTheHolder), null, null);
                var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
                var by = await db.StandingAsync(person.Id, account, cancellationToken, through);
                var generations = await source.GenerationsAsync(
                    request,
                    account,
                    picked,
                    await LaterShownAsync(request, account, cancellationToken),
                    cancellationToken
                );

                var before = await BeforeAsync(person, id, cancellationToken);
                var reveal = Reveal.Decide(
                    request,
                    account,
                    source.Half,
                    by,
                    generations,
                    before,
                    await policies.OfAsync(account, cancellationToken),
                    await source.OnScreenAsync(account, picked, db.Now, cancellationToken),
                    db.Now
                );

                await RecordAsync(person, request, reveal, before, cancellationToken);
                return (reveal, request, account);
            },
            cancellationToken
        );

    private async Task RecordAsync(
        Person person,
        Request request,
        Reveal reveal,
        int before,
        CancellationToken cancellationToken
    )
    {
        if (reveal is Reveal.Granted granted)
        {
            db.Exposures.AddRange(granted.Exposures);
            foreach (var exposure in granted.Exposures)
                db.Record("exposure.recorded", person.Id, Details(exposure));
            if (before > 0)
                await db.NoticeAsync(person.Id, "reveal.repeated", request.Account, cancellationToken);
        }
        else if (reveal is Reveal.Refused refused)
            await RefusedAsync(person, request, refused.Why, cancellationToken);
    }

    private Task RefusedAsync(Person person, Request request, Refusal why, CancellationToken cancellationToken) =>
        db.RefusedAsync(
            person.Id,
            "reveal.refused",
            cancellationToken,
            ("request", request.Id),
            ("account", request.Account),
            ("half", source.Half),
            ("why", why)
        );

    private async Task<Reply> ShowAsync(
        Person person,
        ChatUser through,
        (Request Request, Account Account, Reveal.Granted Granted) decided,
        RevealSurface surface,
        CancellationToken cancellationToken
    )
    {
        var exposures = decided.Granted.Exposures;
        var outcome = RevealOutcome.MaybeShown; // what stands if this process dies in the next lines
        var lines = new List<ShownLine>();
        var given = exposures.Count;
        Reply reply;
        try
        {
            // committed and remembered, only then read; the journal outlives a database that is put back (law 1)
            await journal.AppendAsync([
                .. exposures.Select(e => JournalLine.Of(e, decided.Account, person, decided.Request)),
            ]);
            var generations = exposures.Select(e => e.Generation).ToList();
            await source.ReadAsync(decided.Request, decided.Account, generations, lines, cancellationToken);
            var until = UntilOf(decided.Granted, lines);
            (outcome, reply) = await WhyTooLateAsync(person, through, decided, until, cancellationToken) is { } why
                ? (outcome, new Reply.Said(Sentences.For(why)))
                : await PutUpAsync(decided.Granted, lines, until, surface, cancellationToken);
        }
        catch (VaultException refused)
        {
            given = refused.GaveNoHalf ? lines.Count : given;
            reply = new Reply.Said(NotNow(refused.Message));
        }
        finally
        {
            foreach (var line in lines)
                line.Value.Dispose();
        }

        // the answer is out: what became of it is recorded even if the caller has hung up
        await ConcludeAsync(exposures, given, outcome, CancellationToken.None);
        Telemetry.Revealed(source.Half, (given == 0 ? RevealOutcome.NotShown : outcome).ToString());
        return reply;
    }

    /// <summary>The vault may have been slow: the clock and the window are asked once more (law 5).</summary>
    private async Task<Refusal?> WhyTooLateAsync(
        Person person,
        ChatUser through,
        (Request Request, Account, Reveal.Granted) decided,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        await WhyNotAsync(person, through, decided.Request.Id, cancellationToken)
        ?? (clock.GetUtcNow() >= until ? Refusal.TooSlow : null);

    /// <summary>What dies by itself is off the screen by then, whatever was granted.</summary>
    private static DateTimeOffset UntilOf(Reveal.Granted granted, IReadOnlyList<ShownLine> lines) =>
        lines.Select(l => l.GoodUntil ?? granted.Until).Append(granted.Until).Min();

    private async Task<(RevealOutcome, Reply)> PutUpAsync(
        Reveal.Granted granted,
        IReadOnlyList<ShownLine> lines,
        DateTimeOffset until,
        RevealSurface surface,
        CancellationToken cancellationToken
    )
    {
        using var showing = removals.Expect(surface, granted.Exposures, until);
        // a half that has reached the courier is never "not shown", however the platform refused it (law 4)
        return await surface.ShowAsync(Draw(granted, lines, until), cancellationToken) switch
        {
            RevealOutcome.Shown => (RevealOutcome.Shown, new Reply.Shown()),
            RevealOutcome.MaybeShown => (RevealOutcome.MaybeShown, new Reply.Shown()),
            RevealOutcome.NotShown => (
                RevealOutcome.MaybeShown,
                new Reply.Said("It could not be shown to you, but it counts as if it had been. Press Reveal again.")
            ),
        };
    }

    private Showing Draw(Reveal.Granted granted, IReadOnlyList<ShownLine> lines, DateTimeOffset until) =>
        new(
            source.Half == Half.Password ? "Password" : "MFA half",
            $"For you alone. Do not write it down or send it on. It has to be gone in {(until - clock.GetUtcNow()).TotalSeconds:0} seconds: close or hide it when you have used it.",
            lines,
            until,
            new Choice(Actions.Hide, "Hide now", granted.Exposures[0].Id.ToString())
        );

    /// <param name="given">How many of them the vault gave, in their order: the others bar nobody and owe nothing (law 4).</param>
    private async Task ConcludeAsync(
        IReadOnlyList<Exposure> exposures,
        int given,
        RevealOutcome outcome,
        CancellationToken cancellationToken
    )
    {
        var became = exposures
            .Select((e, at) => (e.Id, Outcome: at < given ? outcome : RevealOutcome.NotShown))
            .ToDictionary();
        await db.DecideAsync(
            async () =>
            {
                foreach (
                    var exposure in await db
                        .Exposures.Where(e => became.Keys.Contains(e.Id))
                        .ToListAsync(cancellationToken)
                )
                {
                    exposure.Conclude(became[exposure.Id]);
                    db.Record(
                        "exposure.concluded",
                        Recording.System,
                        [.. Details(exposure), ("outcome", exposure.Outcome)]
                    );
                }
                if (became.ContainsValue(RevealOutcome.Shown) || became.ContainsValue(RevealOutcome.MaybeShown))
                    (await db.Requests.SingleAsync(r => r.Id == exposures[0].Request, cancellationToken)).InHand(
                        source.Half,
                        exposures[0].At
                    );
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>How often this person was shown this half in this window; old and new password of a rotation together count once.</summary>
    private Task<int> BeforeAsync(Person person, RequestId id, CancellationToken cancellationToken) =>
        db
            .Exposures.Where(e =>
                e.Request == id && e.Half == source.Half && e.Person == person.Id && e.Outcome != RevealOutcome.NotShown
            )
            .Select(e => e.At)
            .Distinct()
            .CountAsync(cancellationToken);

    /// <summary>What two holders have dropped is not among them, unless no password signs in or there is no time to find out: the two may have been wrong.</summary>
    private Task<List<int>> LaterShownAsync(Request request, Account account, CancellationToken cancellationToken)
    {
        var living = account.GenerationOf(source.Half);
        var withDropped = request.IsPasswordLost || request.Kind == RequestKind.Emergency;
        return db
            .Exposures.Where(e =>
                e.Account == account.Id
                && e.Half == source.Half
                && e.Generation > living
                && e.Outcome != RevealOutcome.NotShown
            )
            .Select(e => e.Generation)
            .Distinct()
            .Where(g =>
                withDropped
                || !db.Requests.Any(r =>
                    r.Account == account.Id
                    && r.Kind == RequestKind.Rotation
                    && r.PasswordFound > Request.NoneSignsIn
                    && r.PasswordFound == r.MfaFound
                    && r.PasswordFound < g
                    && g <= r.PendingGeneration
                )
            )
            .ToListAsync(cancellationToken);
    }

    /// <summary>What is said when nothing was recorded and nothing read (law 11).</summary>
    internal static string NotNow(string why) =>
        $"Not now, and nothing was shown: {why} The same click works again afterwards.";

    private static (string, object?)[] Details(Exposure exposure) =>
        [
            ("exposure", exposure.Id),
            ("request", exposure.Request),
            ("account", exposure.Account),
            ("half", exposure.Half),
            ("generation", exposure.Generation),
            ("person", exposure.Person),
        ];
}
