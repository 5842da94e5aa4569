using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Desk.People;

/// <summary>What someone leaves behind who goes, or leaves a group; each fact is one line.</summary>
/// <param name="Title">Who it is, and how they go.</param>
/// <param name="Knows">The halves of living generations that they were shown.</param>
/// <param name="Keeps">What opens a half without us and is with them: it has to be taken back.</param>
/// <param name="Uncovered">The halves that fewer than two others may hold now.</param>
public sealed record Leaving(
    string Title,
    IReadOnlyList<string> Knows,
    IReadOnlyList<string> Keeps,
    IReadOnlyList<string> Uncovered
)
{
    private const int MostOnACard = 10;

    /// <summary>All of it, for the command line.</summary>
    public IEnumerable<string> Lines =>
        [
            .. Knows.Select(k => $"was shown: {k}"),
            .. Keeps.Select(k => $"keeps: {k}"),
            .. Uncovered.Select(u => $"loses coverage: {u}"),
        ];

    public Card AsCard() =>
        new(
            Title,
            [
                Lines.Any()
                    ? "Take back what they keep, and see to it that each half has two custodians again. The passwords that they know are rotated; the custodians are asked."
                    : "They know and keep nothing, and every half has two custodians without them.",
            ],
            [.. Few("Was shown", Knows), .. Few("Keeps", Keeps), .. Few("Loses coverage", Uncovered)],
            []
        );

    private static IEnumerable<Fact> Few(string name, IReadOnlyList<string> all)
    {
        foreach (var one in all.Take(MostOnACard))
            yield return new Fact(name, one);
        if (all.Count > MostOnACard)
            yield return new Fact(name, $"and {all.Count - MostOnACard} more; an operator can list them all");
    }
}

/// <summary>Lists what someone leaves behind, tells those in charge, and books the rotation of the passwords that they know. Called inside the decision that lets them go.</summary>
public sealed class LeaverReport(CustodyDb db, Policies policies)
{
    private static readonly Half[] Both = [Half.Password, Half.Mfa];

    /// <param name="onlyThese">The accounts of the group that they leave; null if they go altogether.</param>
    public async Task<Leaving> AfterAsync(
        Person person,
        IReadOnlyCollection<AccountId>? onlyThese,
        CancellationToken cancellationToken
    )
    {
        var leaving = new Leaving(
            onlyThese is null
                ? $"{person.Name} is out: what stays behind"
                : $"{person.Name} left a group: what stays behind",
            await KnowsAsync(person.Id, onlyThese, cancellationToken),
            await KeepsAsync(person.Id, onlyThese, cancellationToken),
            await UncoveredAsync(person.Id, onlyThese, cancellationToken)
        );
        db.Record(
            "leaver.reported",
            Recording.System,
            ("person", person.Id),
            ("knows", leaving.Knows.Count),
            ("keeps", leaving.Keeps.Count),
            ("uncovered", leaving.Uncovered.Count)
        );
        await db.AlertThoseInChargeAsync(leaving.AsCard(), cancellationToken);
        return leaving;
    }

    private async Task<IReadOnlyList<string>> KnowsAsync(
        PersonId person,
        IReadOnlyCollection<AccountId>? onlyThese,
        CancellationToken cancellationToken
    )
    {
        var exposures = await db
            .Exposures.Where(e => e.Person == person && (onlyThese == null || onlyThese.Contains(e.Account)))
            .ToListAsync(cancellationToken);
        var seen = exposures.Select(e => e.Account).Distinct().ToList();
        var retirements = await db.Retirements.Where(r => seen.Contains(r.Account)).ToListAsync(cancellationToken);
        var accounts = await db
            .Accounts.Where(a => seen.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, cancellationToken);

        var lines = new List<string>();
        foreach (
            var known in KnownHalf
                .Of(exposures, retirements)
                .OrderBy(k => accounts[k.Account].Number, StringComparer.Ordinal)
        )
        {
            var account = accounts[known.Account];
            var owed = known.IsDebtOf(account) && account.PasswordGeneration > 0;
            if (owed)
                await OweAsync(account, person, cancellationToken);
            lines.Add(
                $"{Named(account)}: the {known.Half.Word()} half, since {Absence.Say(known.Since)}{(owed ? "; it is to be rotated" : "")}"
            );
        }
        return lines;
    }

    /// <summary>Law 14, on the day that somebody goes who knows it; <see cref="Rotation.AskForRotationsJob"/> asks.</summary>
    private async Task OweAsync(Account account, PersonId person, CancellationToken cancellationToken)
    {
        if (account.OwesSince is not null)
            return; // booked already
        account.Owe(await policies.OfAsync(account, cancellationToken), db.Now);
        db.Record(
            "rotation.due",
            Recording.System,
            ("account", account.Id),
            ("knownTo", person),
            ("by", account.RotateBy!.Value.UtcDateTime.ToString("O"))
        );
    }

    private async Task<IReadOnlyList<string>> KeepsAsync(
        PersonId person,
        IReadOnlyCollection<AccountId>? onlyThese,
        CancellationToken cancellationToken
    )
    {
        var kept = await (
            from keeper in db.Keepers
            join account in db.Accounts on keeper.Account equals account.Id
            where keeper.Person == person && (onlyThese == null || onlyThese.Contains(account.Id))
            orderby account.Number
            select new { keeper, account }
        ).ToListAsync(cancellationToken);
        var coming = await (
            from move in db.Moves.UnderWay()
            join account in db.Accounts on move.Account equals account.Id
            where move.To == person && move.HandedAt != null && (onlyThese == null || onlyThese.Contains(account.Id))
            orderby account.Number
            select new { move, account }
        ).ToListAsync(cancellationToken);
        var inHand = await (
            from key in db.HeldKeys
            join device in db.MfaDevices on key.Device equals device.Id
            join account in db.Accounts on key.Account equals account.Id
            where key.OutWith == person && (onlyThese == null || onlyThese.Contains(account.Id))
            orderby account.Number
            select new
            {
                account,
                device.Label,
                key.OutSince,
            }
        ).ToListAsync(cancellationToken);
        return
        [
            .. kept.Select(k =>
                $"{Named(k.account)}: {k.keeper.Thing.Word()} {k.keeper.Label}, since {Absence.Say(k.keeper.Since)}"
            ),
            .. coming.Select(k =>
                $"{Named(k.account)}: {k.move.Thing.Word()} {k.move.Label}, handed over to them since {Absence.Say(k.move.HandedAt!.Value)}, and the move is not over"
            ),
            .. inHand.Select(k =>
                $"{Named(k.account)}: {KeptThing.MfaDevice.Word()} {k.Label}, told its place and not confirmed back since {Absence.Say(k.OutSince!.Value)}"
            ),
        ];
    }

    private async Task<IReadOnlyList<string>> UncoveredAsync(
        PersonId person,
        IReadOnlyCollection<AccountId>? onlyThese,
        CancellationToken cancellationToken
    )
    {
        var groups = await db
            .Groups.Where(g => g.Members.Any(m => m.Person == person))
            .Select(g => g.Id)
            .ToListAsync(cancellationToken);
        var accounts = await db
            .Accounts.Where(a =>
                onlyThese == null
                    ? groups.Contains(a.PasswordGroup) || groups.Contains(a.MfaGroup)
                    : onlyThese.Contains(a.Id)
            )
            .OrderBy(a => a.Number)
            .ToListAsync(cancellationToken);
        var lines = new List<string>();
        foreach (var account in accounts)
        {
            // whoever was taken out of the group before this was called is in neither of them now
            var left = Array.FindAll(Both, half => groups.Contains(account.GroupOf(half)));
            foreach (var half in left.Length == 0 ? Both : left)
            {
                var able = await AbleAsync(account, half, person, cancellationToken);
                if (able < 2)
                    lines.Add(
                        $"{Named(account)}: {(able == 0 ? "nobody" : "one person only")} can hold the {half.Word()} half"
                    );
            }
        }
        return lines;
    }

    private async Task<int> AbleAsync(Account account, Half half, PersonId without, CancellationToken cancellationToken)
    {
        var able = 0;
        foreach (var custodian in await db.CustodiansAsync(account, half, cancellationToken))
        {
            if (
                custodian.Id != without
                && Eligibility.CouldHold(half, await db.StandingAsync(custodian.Id, account, cancellationToken))
            )
                able++;
        }
        return able;
    }

    private static string Named(Account account) => $"{account.Name} ({account.Number})";
}
