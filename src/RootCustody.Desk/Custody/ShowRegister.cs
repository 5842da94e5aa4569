using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Posture;
using RootCustody.Desk.Proofs;
using RootCustody.Moves;
using RootCustody.People;
using RootCustody.Proofs;

namespace RootCustody.Desk.Custody;

/// <summary>The register of one account: who keeps each of the four channels that lead to its root user (password, MFA devices, mailbox, phone), since when, and what is missing. To an IAM user three lead: password, MFA devices, administration of the account.</summary>
public sealed class ShowRegister(CustodyDb db)
{
    /// <summary>What nobody has looked at for so long may not be true any more.</summary>
    public static readonly TimeSpan Old = TimeSpan.FromDays(365);

    private const string OfGovCloud =
        "What opens it is root of its commercial account: the halves, the mailbox and the phone that count are in the register of that one. Access keys of its own root user open it past us: let them be deleted.";

    private static readonly Reply NotYours = new Reply.Said(
        "Say an account whose halves you keep with its 12 digits, such as: register 111122223333. Duty managers, administrators and auditors may say any."
    );

    /// <summary>Typed in chat.</summary>
    public async Task<Reply> HandleAsync(Person person, string number, CancellationToken cancellationToken)
    {
        var wanted = number.Trim();
        if (
            !await db.AccountsKnownTo(person).AnyAsync(a => a.Number == wanted, cancellationToken)
            || await OfAsync(wanted, cancellationToken) is not { } register
        )
            return NotYours;
        return new Reply.Drawn(
            new Card(
                $"Register of {register.Account.Name} ({register.Account.Number})",
                register.Missing,
                register.Lines,
                []
            )
        );
    }

    /// <returns>Null if there is no such account.</returns>
    public async Task<Register?> OfAsync(string number, CancellationToken cancellationToken)
    {
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Number == number, cancellationToken);
        if (account is null)
            return null;
        var groups = await db
            .Groups.Include(g => g.Members)
            .AsNoTracking()
            .Where(g => g.Id == account.PasswordGroup || g.Id == account.MfaGroup)
            .ToDictionaryAsync(g => g.Id, cancellationToken);
        var devices = await db
            .MfaDevices.AsNoTracking()
            .Where(d => d.Account == account.Id)
            .OrderBy(d => d.ProposedAt)
            .ToListAsync(cancellationToken);
        var kept = await KeptAsync(account.Id, cancellationToken);
        var moves = await MovesAsync(account.Id, cancellationToken);
        var rotated = await db.RotationAsync(account.Id, cancellationToken);
        var proof = rotated is null ? null : await db.ProofOfAsync(rotated, cancellationToken);
        var serving = devices.FindAll(d => d.Serves);
        return new Register(
            account,
            [
                .. await StateLinesAsync(account, cancellationToken),
                .. AccountLines(account, groups[account.PasswordGroup], rotated, proof),
                .. await db.ProofLinesAsync(account, cancellationToken),
                new Fact("MFA: group", Say(groups[account.MfaGroup])),
                .. devices
                    .Where(d => d.State is not (DeviceState.Gone or DeviceState.TurnedDown))
                    .Select(d => new Fact($"MFA device: {d.Label}", $"{d.Kind.Word()}; {d.State.Word()}")),
                .. kept.Select(k => new Fact(
                    $"Kept: {k.Thing.Word()}",
                    $"{k.Label}, by {k.Name}, since {Day(k.Since)}{ProofOf(k, moves)}"
                )),
            ],
            [
                .. account.GovCloudOf is null ? Missing(account, serving, kept) : [OfGovCloud],
                .. Doubtful(kept),
                .. moves.SelectMany(m => UnderWay(m, account)),
            ]
        );
    }

    private async Task<List<Kept>> KeptAsync(AccountId account, CancellationToken cancellationToken) =>
        await (
            from keeper in db.Keepers
            join person in db.People on keeper.Person equals person.Id
            where keeper.Account == account
            orderby keeper.Thing, person.Name
            select new Kept(person.Id, keeper.Thing, keeper.Label, person.Name, person.Suspended, keeper.Since)
        ).ToListAsync(cancellationToken);

    private async Task<List<Moved>> MovesAsync(AccountId account, CancellationToken cancellationToken) =>
        await (
            from move in db.Moves
            join to in db.People on move.To equals to.Id
            join confirmed in db.People on move.EndedBy equals (PersonId?)confirmed.Id into ends
            from end in ends.DefaultIfEmpty()
            where move.Account == account && move.CancelledAt == null
            orderby move.EndedAt
            select new Moved(move, to.Name, end!.Name)
        )
            .AsNoTracking()
            .ToListAsync(cancellationToken);

    /// <summary>What the newest move to this keeper shows of them; nothing if they came into the register otherwise.</summary>
    private static string ProofOf(Kept kept, List<Moved> moves) =>
        moves.FindLast(m => m.Move.To == kept.Person && m.Move.Thing == kept.Thing && m.Move.EndedAt == kept.Since)
            is { } moved
            ? $"; tried by them on {Day(moved.Move.TakenAt!.Value)} ({moved.Move.Tried}), confirmed by {moved.End}"
            : "";

    private static IEnumerable<string> UnderWay(Moved moved, Account account) =>
        moved.Move.Next is { } next
            ?
            [
                $"The {moved.Move.Thing.Word()} is being moved to {moved.To} since {Day(moved.Move.BegunAt)}, and not done yet: {next.Word()}. Type channel {account.Number}",
            ]
            : [];

    private async Task<IEnumerable<Fact>> StateLinesAsync(Account account, CancellationToken cancellationToken) =>
        [.. await PairLinesAsync(account, cancellationToken), .. await EndLinesAsync(account, cancellationToken)];

    /// <summary>Which account is which side of GovCloud.</summary>
    private async Task<IEnumerable<Fact>> PairLinesAsync(Account account, CancellationToken cancellationToken)
    {
        var pairs = await db
            .Accounts.AsNoTracking()
            .Where(a => a.Id == account.GovCloudOf || a.GovCloudOf == account.Id)
            .OrderBy(a => a.Number)
            .ToListAsync(cancellationToken);
        return pairs.Select(p => new Fact(
            p.Id == account.GovCloudOf ? "GovCloud account of" : "Opens the GovCloud account",
            $"{p.Name} ({p.Number})"
        ));
    }

    /// <summary>What becomes of the secrets of an account that is closed.</summary>
    private async Task<IEnumerable<Fact>> EndLinesAsync(Account account, CancellationToken cancellationToken)
    {
        if (account.ClosedAt is null)
            return [];
        var ending = await db
            .Endings.AsNoTracking()
            .SingleOrDefaultAsync(e => e.Account == account.Id && e.DecidedAt != null, cancellationToken);
        if (ending is null)
            return [new Fact("Its secrets", "stay until administrators order end-account")];
        return Enum.GetValues<Half>()
            .Select(half =>
                ending.DestroyedAt(half) is { } at
                    ? Fact.At($"Ended: {half.Word()} destroyed", at)
                    : new Fact($"Ended: {half.Word()}", "being destroyed")
            );
    }

    private static IEnumerable<Fact> AccountLines(
        Account account,
        CustodianGroup group,
        Retirement? rotation,
        Proof? proof
    )
    {
        if (account.ClosedAt is { } closed)
            yield return Fact.At("Closed at AWS", closed);
        if (account.HandedOverAt is { } gone)
            yield return Fact.At("Handed over to its receiver", gone);
        if (account.OnboardedAt is { } taken)
            yield return Fact.At("Taken into custody", taken);
        else if (account.OnboardingSince is { } begun)
            yield return Fact.At("Being taken into custody since", begun);
        yield return new Fact("Password: group", Say(group));
        if (account.PasswordGeneration == 0)
            yield return new Fact(
                "Password",
                account.GovCloudOf is null ? "not in custody yet" : "none: root cannot sign in there"
            );
        else if (rotation is null)
            yield return new Fact("Password", "as it was taken in; never rotated");
        else
            foreach (var fact in Proving.FactsOf(rotation, proof))
                yield return fact;
        if (account.OwesSince is { } since)
            yield return Fact.At("Password: exposed since", since);
    }

    private static IEnumerable<string> Missing(Account account, List<MfaDevice> serving, List<Kept> kept)
    {
        yield return account.WithoutMfa
            ? $"{account.User} has no MFA device: the password alone signs in, and AWS must list none. The custodians of its MFA group are the second person of each request and rotation."
        : serving.Count == 0 ? "No MFA device serves: the MFA half is not in custody."
        : $"AWS has to list exactly {(serving.Count == 1 ? "this MFA device" : $"these {serving.Count} MFA devices")} for {(account.User is { } listed ? $"the IAM user {listed}" : "the root user")}: {string.Join(", ", serving.Select(d => d.Label))}. Any other opens the account past us.";
        if (serving.Count == 1)
            yield return "There is one MFA device only. With a second one, kept elsewhere, no loss locks you out.";
        if (account.User is { } user && !kept.Exists(k => k.Thing == KeptThing.AccountAdministration))
            yield return $"Nobody is registered for the administration of account {account.Digits}: whoever has it can set a new password for {user}{(account.WithoutMfa ? "" : " and take its MFA devices away")}.";
        if (account.User is null && !kept.Exists(k => k.Thing == KeptThing.RootMailbox))
            yield return $"Nobody is registered for the root mailbox {account.Email}: whoever reads it can reset the password.";
        if (account.User is null && !kept.Exists(k => k.Thing == KeptThing.RootPhone))
            yield return "Nobody is registered for the root phone: together with the mailbox it replaces a lost MFA device.";
    }

    private IEnumerable<string> Doubtful(List<Kept> kept)
    {
        foreach (var one in kept.Where(k => k.Suspended))
            yield return $"{one.Name} keeps the {one.Thing.Word()} and is suspended: let somebody else keep it.";
        foreach (var one in kept.Where(k => db.Now - k.Since > Old))
            yield return $"That {one.Name} keeps the {one.Thing.Word()} was entered on {Day(one.Since)}: ask whether it is still so, and have it entered anew.";
    }

    private static string Say(CustodianGroup group) => $"{group.Name}, {group.Members.Count} members";

    private static string Day(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="End">Who confirmed the end; null while it is under way.</param>
    private sealed record Moved(Move Move, string To, string? End);

    private sealed record Kept(
        PersonId Person,
        KeptThing Thing,
        string Label,
        string Name,
        bool Suspended,
        DateTimeOffset Since
    );
}

/// <summary>What the register says of one account.</summary>
/// <param name="Missing">In sentences, what is not as it should be, and what AWS has to show.</param>
public sealed record Register(Account Account, IReadOnlyList<Fact> Lines, IReadOnlyList<string> Missing);
