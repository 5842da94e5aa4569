using Microsoft.EntityFrameworkCore;
using RootCustody.Couriers.Handovers;
using RootCustody.Couriers.Vault;
using RootCustody.Data;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>The MFA seed of an account gets in, once, checked by two consecutive codes. Who brought it in knows it from birth.</summary>
public sealed class TakeSeed(CustodyDb db, MfaVault vault, RecordBirth recordBirth, TimeProvider clock)
{
    /// <summary>What came of it.</summary>
    public abstract record Outcome
    {
        private Outcome() { } // closed: these two and no other

        public sealed record Taken(int Generation) : Outcome;

        public sealed record Refused(string Why) : Outcome;
    }

    /// <param name="first">The code that an authenticator with this seed shows.</param>
    /// <param name="second">The one after it.</param>
    public async Task<Outcome> HandleAsync(
        string accountNumber,
        Secret seed,
        TotpShape shape,
        string first,
        string second,
        string personKey,
        CancellationToken cancellationToken
    )
    {
        var account = await db
            .Accounts.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Number == accountNumber, cancellationToken);
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Key == personKey, cancellationToken);
        if (account is null)
            return new Outcome.Refused($"There is no account {accountNumber}. Import it first.");
        if (person is null)
            return new Outcome.Refused($"There is no person '{personKey}'. Import them first.");
        if (account.MfaGeneration > 0)
            return new Outcome.Refused("This account has an MFA seed in custody already.");
        if (!TwoCodes.Match(seed, first, second, clock.GetUtcNow()))
            return new Outcome.Refused(
                "These are not two consecutive codes of this seed. Check the clock of the authenticator and try again."
            );

        var latest = await vault.LatestAsync(account.Id, cancellationToken);
        var barred = await recordBirth.HandleAsync(account.Id, Half.Mfa, latest + 1, [person.Id], cancellationToken);
        if (barred.Count > 0)
            return new Outcome.Refused(
                $"{person.Name} knows the password half of this account, so someone else has to bring in a seed, and a new one."
            );
        var generation = await vault.SetSeedAsync(account.Id, latest, seed, shape, cancellationToken);
        await RecordAsync(account.Id, generation, person.Id, cancellationToken);
        return new Outcome.Taken(generation);
    }

    private Task<bool> RecordAsync(
        AccountId id,
        int generation,
        PersonId person,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync(
            async () =>
            {
                var account = await db.Accounts.SingleAsync(a => a.Id == id, cancellationToken);
                account.TakeSeed(generation);
                db.Record(
                    "seed.taken",
                    Recording.Operator,
                    ("account", id),
                    ("generation", generation),
                    ("exposedTo", person)
                );
                return true;
            },
            cancellationToken
        );
}
