using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.OnCall;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>Looks for each account in custody whether two people per half could answer an emergency: now, tonight, and over the coming two weeks of the rota.</summary>
public sealed class CheckReadiness(CustodyDb db, Policies policies, OnCallBook onCall)
{
    private const int MostOnACard = 20;
    private const int EnoughAdministrators = 3; // two confirm, and none of them the one concerned

    /// <summary>Typed in chat.</summary>
    public async Task<Reply> HandleAsync(Person person, CancellationToken cancellationToken)
    {
        if (!person.IsDutyManager && !person.IsAdministrator && !person.IsAuditor)
            return new Reply.Said("Only duty managers, administrators and auditors see the readiness of all accounts.");
        var gaps = await SentencesAsync(cancellationToken);
        return gaps.Count == 0 ? new Reply.Said(AllReady) : new Reply.Drawn(CardOf(gaps));
    }

    /// <summary>Reports the gaps to the duty managers before an emergency finds them.</summary>
    public async Task ReportAsync(CancellationToken cancellationToken)
    {
        var gaps = await SentencesAsync(cancellationToken);
        if (gaps.Count > 0)
            await db.DecideAsync(() => db.AlertDutyAsync(CardOf(gaps), cancellationToken), cancellationToken);
    }

    public const string AllReady =
        "Every account in custody has two people for each half, now and for the coming two weeks.";

    /// <summary>A sentence for each gap; none if everything is ready.</summary>
    public async Task<IReadOnlyList<string>> SentencesAsync(CancellationToken cancellationToken)
    {
        List<string> sentences =
        [
            .. await OfProviderAsync(cancellationToken),
            .. await OfOnCallAsync(cancellationToken),
            .. await OfKeysAsync(cancellationToken),
        ];
        var accounts = await db
            .Accounts.AsNoTracking()
            .InCustody()
            .OrderBy(a => a.Number)
            .ToListAsync(cancellationToken);
        foreach (var known in accounts)
        {
            // looked at and forgotten: nothing here is a decision that others should meet
            db.ChangeTracker.Clear();
            var account = await db.Accounts.SingleAsync(a => a.Id == known.Id, cancellationToken);
            foreach (var half in (Half[])[Half.Password, Half.Mfa])
                sentences.AddRange(
                    (await GapsAsync(account, half, cancellationToken)).Select(gap => Say(account, half, gap))
                );
        }
        db.ChangeTracker.Clear();
        return sentences;
    }

    /// <summary>For each half of one account that too few people could answer for in the coming two weeks a sentence, which stays the same from day to day.</summary>
    public async Task<IReadOnlyList<string>> TooFewAsync(AccountId id, CancellationToken cancellationToken)
    {
        // looked at and forgotten, as above
        db.ChangeTracker.Clear();
        var account = await db.Accounts.SingleAsync(a => a.Id == id, cancellationToken);
        var sentences = new List<string>();
        foreach (var half in (Half[])[Half.Password, Half.Mfa])
        {
            var gaps = await GapsAsync(account, half, cancellationToken);
            if (gaps.Where(g => g.Kind == GapKind.TooFew).MinBy(g => g.Able) is { } worst)
                sentences.Add(
                    $"At some time in the coming two weeks {worst.Able} of at least {Readiness.Enough} people may hold the {half.Word()} half."
                );
        }
        db.ChangeTracker.Clear();
        return sentences;
    }

    private async Task<IReadOnlyList<Gap>> GapsAsync(Account account, Half half, CancellationToken cancellationToken)
    {
        var now = db.Now;
        var emergency = Request.Drill(account, null, await policies.OfAsync(account, cancellationToken), now);
        var able = new List<Able>();
        var custodians = await db.CustodiansAsync(account, half, cancellationToken);
        var standings = await db.StandingsAsync([.. custodians.Select(p => p.Id)], account, cancellationToken);
        foreach (var person in custodians)
        {
            var later = standings[person.Id] with { Away = false, CoolsOff = false };
            if (person.Identities.Count > 0 && Eligibility.WhyNot(emergency, half, later) is null)
                able.Add(new Able(person.Id, AbleFrom(person, now)));
        }
        var group = account.GroupOf(half);
        var shifts = await db
            .OnCallShifts.Where(s => s.Group == group && s.Until > now)
            .Select(s => new Shift(s.Person, s.From, s.Until))
            .ToListAsync(cancellationToken);
        return Readiness.Gaps(able, shifts, now);
    }

    private static DateTimeOffset AbleFrom(Person person, DateTimeOffset now)
    {
        var cool = person.Identities.Min(i => i.CoolsUntil);
        var back = person.AwayUntil ?? now;
        return cool > back ? cool : back;
    }

    /// <summary>What is wrong with the rotas and calendars themselves.</summary>
    private async Task<IEnumerable<string>> OfOnCallAsync(CancellationToken cancellationToken)
    {
        var sentences = new List<string>();
        foreach (var key in onCall.Groups)
        {
            await onCall.KeysAtAsync(key, db.Now, cancellationToken); // reads the calendar, if it has not been read lately
            if (!await db.Groups.AnyAsync(g => g.Key == key, cancellationToken))
                sentences.Add($"The settings say who is on call in group {key}, and there is no such group.");
        }
        return sentences.Concat(
            onCall.Feeds().SelectMany(f => f.Faults.Select(fault => $"On call in {f.Group}: {fault}"))
        );
    }

    /// <summary>Keys that an emergency would not find where the register says.</summary>
    private async Task<IEnumerable<string>> OfKeysAsync(CancellationToken cancellationToken)
    {
        var open = await db
            .Requests.Where(r => r.State == RequestState.Open)
            .Select(r => r.Account)
            .ToListAsync(cancellationToken);
        var broken = await (
            from key in db.HeldKeys
            join device in db.MfaDevices on key.Device equals device.Id
            join account in db.Accounts on key.Account equals account.Id
            where key.BrokenSince != null
            orderby account.Number
            select new
            {
                account.Name,
                account.Number,
                device.Label,
            }
        ).ToListAsync(cancellationToken);
        return (await db.KeysOutAsync(db.Accounts, null, cancellationToken))
            .Where(k => !open.Contains(k.Account.Id))
            .Select(k =>
                $"{k.Account.Name} ({k.Account.Number}): the MFA key {k.Label} is out with {k.With} since {Say(k.Since)} and not confirmed back."
            )
            .Concat(
                broken.Select(b =>
                    $"{b.Name} ({b.Number}): the seal of the MFA key {b.Label} was found broken. Have it sealed anew before two, or replace it."
                )
            );
    }

    private async Task<IEnumerable<string>> OfProviderAsync(CancellationToken cancellationToken)
    {
        var policy = await policies.OfProviderAsync(cancellationToken);
        var people = await db.People.AsNoTracking().Where(p => !p.Suspended).ToListAsync(cancellationToken);
        var members = await db
            .Groups.SelectMany(g => g.Members.Select(m => m.Person))
            .Distinct()
            .ToListAsync(cancellationToken);
        var administrators = people.FindAll(p => p.IsAdministrator && p.FrozenAt is null);
        var sentences = new List<string>();
        if (!people.Exists(p => p.IsDutyManager && p.FrozenAt is null))
            sentences.Add("There is no duty manager: nobody is called when an emergency gets stuck.");
        if (administrators.Count < EnoughAdministrators)
            sentences.Add(
                $"There are {administrators.Count} administrators. Two have to confirm each change of people, and none of them the one concerned: have three."
            );
        if (policy.AdministratorsMayKeep)
            sentences.AddRange(
                administrators
                    .Where(p => members.Contains(p.Id))
                    .Select(p => $"{p.Name} is an administrator and a custodian (AdministratorsMayKeep is on).")
            );
        return sentences;
    }

    private static string Say(Account account, Half half, Gap gap)
    {
        var what =
            gap.Kind == GapKind.TooFew
                ? $"{gap.Able} of at least {Readiness.Enough} people may hold the {half.Word()} half"
                : $"nobody on call may hold the {half.Word()} half";
        return $"{account.Name} ({account.Number}): {what}, {Say(gap.From)} to {Say(gap.Until)}.";
    }

    private static string Say(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static Card CardOf(IReadOnlyList<string> gaps) =>
        new(
            $"Readiness: {gaps.Count} gaps",
            gaps.Count <= MostOnACard
                ? gaps
                :
                [
                    .. gaps.Take(MostOnACard),
                    $"And {gaps.Count - MostOnACard} more: the verb readiness prints them all.",
                ],
            [],
            []
        );
}
