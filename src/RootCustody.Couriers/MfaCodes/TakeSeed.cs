using Microsoft.EntityFrameworkCore;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Reveals;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>The MFA seed of an account gets in, once, checked by two consecutive codes. Who brought it in knows it from birth.</summary>
public sealed class TakeSeed(CustodyDb db, MfaVault vault, TimeProvider clock)
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

        var generation = await vault.SetSeedAsync(account.Id, vault.Latest(account.Id), seed, shape, cancellationToken);
        return await RecordAsync(account.Id, generation, person.Id, cancellationToken)
            ? new Outcome.Taken(generation)
            : new Outcome.Refused(
                $"{person.Name} knows the password half of this account, so someone else has to bring in the seed."
            );
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
                if ((await db.StandingAsync(person, account, cancellationToken)).SeenPassword)
                    return false; // law 1; the generation in the vault is never used
                account.TakeSeed(generation);
                db.Exposures.Add(Exposure.FromBirth(id, Half.Mfa, generation, person, db.Now));
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
