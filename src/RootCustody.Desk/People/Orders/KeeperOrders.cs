using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.Moves;
using RootCustody.People;

namespace RootCustody.Desk.People.Orders;

/// <summary>A person keeps something that opens a half of an account without us, and is barred from the other half for as long as they do (law 1).</summary>
public sealed record AddKeeper(string Account, string Person, KeptThing Thing, string Label) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (!Shape.Label.Fits(Label))
            return new Plan.Impossible($"The label of what is kept must be {Shape.Label.Demand}.");
        if (await db.FindAccountAsync(Account, cancellationToken) is not { } account)
            return Plan.NoAccount(Account);
        if (await db.FindPersonAsync(Person, cancellationToken) is not { } person)
            return Plan.NoPerson(Person);
        if (!Thing.IsOf(account.Number))
            return new Plan.Impossible(Bars.NoSuchThing(Thing, account.Number));
        if (
            await db.Keepers.AnyAsync(
                k => k.Account == account.Id && k.Person == person.Id && k.Thing == Thing && k.Label == Label,
                cancellationToken
            )
        )
            return new Plan.Impossible($"{person.Shown()} keeps that already.");

        var (whyNot, said) = await db.WithThisAsync(person, account, Thing, cancellationToken);
        if ((whyNot ?? await KeptAsync(db, account, person, cancellationToken)) is { } why)
            return new Plan.Impossible(why);
        return Plan.About(
            person,
            "keeper.added",
            $"Note that {person.Shown()} keeps the {Thing.Word()} \"{Label}\" of account {account.Shown()}.{said}",
            () =>
            {
                db.Raise(account);
                db.Keepers.Add(Keeper.Of(account.Id, person.Id, Thing, Label, db.Now));
                return [("account", account.Id), ("thing", Thing), ("label", Label), ("attention", Loudly.Of(said))];
            }
        );
    }

    /// <summary>What one person keeps at a time is moved by a ceremony, unless nobody is there who could hand it over.</summary>
    private async Task<string?> KeptAsync(
        CustodyDb db,
        Account account,
        Person person,
        CancellationToken cancellationToken
    )
    {
        if (!Thing.IsMoved())
            return null;
        if (await db.Moves.UnderWay().AnyAsync(m => m.Account == account.Id && m.Thing == Thing, cancellationToken))
            return KeptBy.IsMoving(Thing, account.Number);
        var others = await db
            .People.Include(p => p.Identities)
            .Where(p =>
                p.Id != person.Id
                && db.Keepers.Any(k => k.Account == account.Id && k.Thing == Thing && k.Person == p.Id)
            )
            .OrderBy(p => p.Key)
            .ToListAsync(cancellationToken);
        return others.Find(p => !Move.IsGone(p)) is { } other
            ? $"{other.Shown()} keeps the {Thing.Word()} of account {account.Shown()}. It is moved from one to another by a ceremony: type channel {account.Number}"
            : null;
    }
}

/// <summary>What is said of a thing on the move.</summary>
internal static class KeptBy
{
    public static string IsMoving(KeptThing thing, string number) =>
        $"The {thing.Word()} of account {number} is being moved. Let that end, or cancel it, first: type channel {number}";
}

public sealed record RemoveKeeper(string Account, string Person, KeptThing Thing, string Label) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (await db.FindAccountAsync(Account, cancellationToken) is not { } account)
            return Plan.NoAccount(Account);
        if (await db.FindPersonAsync(Person, cancellationToken) is not { } person)
            return Plan.NoPerson(Person);
        var keeper = await db.Keepers.SingleOrDefaultAsync(
            k => k.Account == account.Id && k.Person == person.Id && k.Thing == Thing && k.Label == Label,
            cancellationToken
        );
        if (keeper is null)
            return new Plan.Impossible(
                $"{person.Shown()} keeps no {Thing.Word()} \"{Label}\" of account {account.Shown()}."
            );
        if (await db.Moves.UnderWay().AnyAsync(m => m.Account == account.Id && m.Thing == Thing, cancellationToken))
            return new Plan.Impossible(KeptBy.IsMoving(Thing, account.Number));
        if (Thing == KeptThing.MfaDevice && await IsRegisteredAsync(db, account, person, cancellationToken))
            return new Plan.Impossible(
                $"The register of keys says that {person.Shown()} keeps \"{Label}\" of account {account.Shown()}. Custodians of the MFA half change that at RootCustody MFA, with move or retire."
            );
        return Plan.About(
            person,
            "keeper.removed",
            $"Note that {person.Shown()} no longer keeps the {Thing.Word()} \"{Label}\" of account {account.Shown()}.",
            () =>
            {
                db.Raise(account);
                db.Keepers.Remove(keeper);
                return [("account", account.Id), ("thing", Thing), ("label", Label)];
            }
        );
    }

    private Task<bool> IsRegisteredAsync(
        CustodyDb db,
        Account account,
        Person person,
        CancellationToken cancellationToken
    ) =>
        (
            from key in db.HeldKeys
            join device in db.MfaDevices on key.Device equals device.Id
            where key.Account == account.Id && key.Keeper == person.Id && device.Label == Label
            select key
        ).AnyAsync(cancellationToken);
}
