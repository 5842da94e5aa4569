using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
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

        var (opensBoth, seen) = await WithThisAsync(db, person, account, cancellationToken);
        var policy = await new Policies(db).OfProviderAsync(cancellationToken);
        if (opensBoth.Count > 0 && !policy.OneMayOpenBoth)
            return new Plan.Impossible(Organisations.Refused(person, opensBoth));
        var said =
            (opensBoth.Count > 0 ? Organisations.Loudly(person, opensBoth) : "")
            + (
                seen.Count > 0
                    ? $" ATTENTION: they have seen the other half of {string.Join(", ", seen)}: until that is rotated, both halves are in one hand."
                    : ""
            );
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

    /// <summary>The accounts of which this person would open both halves, and those of which they have seen the half that this does not open.</summary>
    private async Task<(List<string> OpensBoth, List<string> Seen)> WithThisAsync(
        CustodyDb db,
        Person person,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var barred = await db.BarredByAsync(account, cancellationToken);
        var (opensBoth, seen) = (new List<string>(), new List<string>());
        foreach (var one in barred.Prepend(account).OrderBy(a => a.Number, StringComparer.Ordinal))
        {
            var things = await db.ThingsOfAsync(person, one, cancellationToken);
            if (Bars.OpenBoth(things.Select(k => k.Thing).Append(Thing)))
                opensBoth.Add(one.Number);
            foreach (var half in Enum.GetValues<Half>().Where(half => Thing.Opens(half)))
            {
                if (await db.HasSeenAsync(person, one, half.Other(), cancellationToken) && !seen.Contains(one.Number))
                    seen.Add(one.Number);
            }
        }
        return (opensBoth, seen);
    }
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
