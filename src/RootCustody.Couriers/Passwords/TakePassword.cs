using Microsoft.EntityFrameworkCore;
using RootCustody.Couriers.Handovers;
using RootCustody.Data;

namespace RootCustody.Couriers.Passwords;

/// <summary>The first password of an account gets in: made by us, or typed by someone who then knows it from birth.</summary>
public sealed class TakePassword(
    CustodyDb db,
    PasswordVault vault,
    PasswordMaker maker,
    RecordBirth recordBirth,
    Policies policies
)
{
    /// <summary>What came of it.</summary>
    public abstract record Outcome
    {
        private Outcome() { } // closed: these two and no other

        public sealed record Taken(int Generation) : Outcome;

        public sealed record Refused(string Why) : Outcome;
    }

    /// <summary>The courier makes it; nobody has seen it.</summary>
    public async Task<Outcome> MakeAsync(string accountNumber, CancellationToken cancellationToken)
    {
        using var made = maker.Make();
        return await TakeAsync(accountNumber, made, null, cancellationToken);
    }

    /// <summary>It was typed: exposed to that person from birth, and so due for rotation (law 14).</summary>
    public Task<Outcome> TypedAsync(
        string accountNumber,
        Secret typed,
        string personKey,
        CancellationToken cancellationToken
    ) => TakeAsync(accountNumber, typed, personKey, cancellationToken);

    private async Task<Outcome> TakeAsync(
        string accountNumber,
        Secret password,
        string? personKey,
        CancellationToken cancellationToken
    )
    {
        var account = await db
            .Accounts.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Number == accountNumber, cancellationToken);
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Key == personKey, cancellationToken);
        if (account is null)
            return new Outcome.Refused($"There is no account {accountNumber}. Import it first.");
        if (personKey is not null && person is null)
            return new Outcome.Refused($"There is no person '{personKey}'. Import them first.");
        if (password.Length is < 8 or > 128)
            return new Outcome.Refused("AWS takes passwords of 8 to 128 characters.");
        if (account.PasswordGeneration > 0)
            return new Outcome.Refused(
                "This account has a password in custody already. It changes by rotation, with two people."
            );

        var latest = await vault.LatestAsync(account.Id, cancellationToken);
        if (
            person is not null
            && !await recordBirth.HandleAsync(account.Id, Half.Password, latest + 1, person.Id, cancellationToken)
        )
            return new Outcome.Refused(
                $"{person.Name} knows the MFA half of this account, so someone else has to bring in the password, and a new one."
            );
        var generation = await vault.WriteAsync(account.Id, latest, password, cancellationToken);
        await RecordAsync(account.Id, generation, person?.Id, cancellationToken);
        return new Outcome.Taken(generation);
    }

    private Task<bool> RecordAsync(
        AccountId id,
        int generation,
        PersonId? person,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync(
            async () =>
            {
                var account = await db.Accounts.SingleAsync(a => a.Id == id, cancellationToken);
                var policy = await policies.OfAsync(account, cancellationToken);
                account.TakePassword(generation, policy, db.Now);
                if (person is not null)
                    account.Owe(policy, db.Now); // exposed from birth
                db.Record(
                    person is null ? "password.made" : "password.typed",
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
