using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.Handovers;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.People;

namespace RootCustody.Couriers.Passwords;

/// <summary>The first password of an account gets in: made by us, or brought from an older vault by two people who then know it from birth.</summary>
public sealed class TakePassword(
    CustodyDb db,
    PasswordVault vault,
    NewPassword newPassword,
    BookPassword book,
    RecordBirth recordBirth,
    Policies policies
)
{
    /// <summary>What came of it.</summary>
    public abstract record Outcome
    {
        private Outcome() { } // closed: these two and no other

        /// <param name="Weakness">Why a typed password is easily guessed, in a sentence without any of it; null if it is not, or was made here.</param>
        public sealed record Taken(int Generation, string? Weakness = null) : Outcome;

        public sealed record Refused(string Why) : Outcome;
    }

    /// <summary>The courier makes it; nobody has seen it.</summary>
    public async Task<Outcome> MakeAsync(string accountNumber, CancellationToken cancellationToken)
    {
        var account = await FindAsync(accountNumber, cancellationToken);
        if (await WhyNotAsync(accountNumber, account, cancellationToken) is { } why)
            return new Outcome.Refused(why);
        var latest = await vault.LatestAsync(account!.Id, cancellationToken);
        using var made = await newPassword.MakeAsync(account.Id, latest + 1, cancellationToken);
        var generation = await vault.WriteAsync(account.Id, latest, made, cancellationToken);
        await RecordAsync(account.Id, generation, [], false, cancellationToken);
        return new Outcome.Taken(generation);
    }

    /// <summary>It was typed from an older vault: exposed from birth to the two who were there, and so due for rotation at once (law 14).</summary>
    /// <param name="typistKey">Who typed it.</param>
    /// <param name="witnessKey">Who was there, may have seen it, and vouches that it came from where it should.</param>
    public async Task<Outcome> TypedAsync(
        string accountNumber,
        Secret typed,
        string typistKey,
        string witnessKey,
        CancellationToken cancellationToken
    )
    {
        var account = await FindAsync(accountNumber, cancellationToken);
        if (await WhyNotAsync(accountNumber, account, cancellationToken) is { } why)
            return new Outcome.Refused(why);
        if (typistKey == witnessKey)
            return new Outcome.Refused("It takes two people: who types it and who witnesses that are not the same.");
        var people = await db
            .People.AsNoTracking()
            .Where(p => p.Key == typistKey || p.Key == witnessKey)
            .OrderBy(p => p.Key)
            .ToListAsync(cancellationToken);
        foreach (var key in (string[])[typistKey, witnessKey])
        {
            if (!people.Exists(p => p.Key == key))
                return new Outcome.Refused($"There is no person '{key}'. Import them first.");
        }
        return typed.Length is < 8 or > 128
            ? new Outcome.Refused("AWS takes passwords of 8 to 128 characters.")
            : await TakeAsync(account!, typed, people, cancellationToken);
    }

    private async Task<Outcome> TakeAsync(
        Account account,
        Secret typed,
        List<Person> people,
        CancellationToken cancellationToken
    )
    {
        PersonId[] knowing = [.. people.Select(p => p.Id)];
        var latest = await vault.LatestAsync(account.Id, cancellationToken);
        var barred = await recordBirth.HandleAsync(account.Id, Half.Password, latest + 1, knowing, cancellationToken);
        if (barred.Count > 0)
            return new Outcome.Refused(
                $"{string.Join(" and ", people.Where(p => barred.Contains(p.Id)).Select(p => p.Name))} knows the MFA half of this account, so other people have to bring in the password, and a new one."
            );
        var known = await book.HandleAsync(account.Id, latest + 1, typed, cancellationToken);
        if (known is not null && known.Account != account.Id)
        {
            await TellOfReuseAsync(account, known, knowing, cancellationToken);
            return new Outcome.Refused(
                "This password must not be taken: each account has to have one of its own. Set a new one at AWS first. The duty managers are told."
            );
        }
        var weakness = TypedPassword.WeaknessOf(typed, account);
        var generation = await vault.WriteAsync(account.Id, latest, typed, cancellationToken);
        await RecordAsync(account.Id, generation, knowing, weakness is not null, cancellationToken);
        return new Outcome.Taken(generation, weakness);
    }

    private Task<Account?> FindAsync(string accountNumber, CancellationToken cancellationToken) =>
        db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Number == accountNumber, cancellationToken);

    private async Task<string?> WhyNotAsync(string accountNumber, Account? account, CancellationToken cancellationToken)
    {
        if (account is null)
            return $"There is no account {accountNumber}. Import it first.";
        if (account.GovCloudOf is not null)
            return "The root user of a GovCloud account cannot sign in, so it has no password to keep. Root of its commercial account opens it.";
        if (account.ClosedAt is not null || account.HandedOverAt is not null)
            return "This account is closed or was handed over, so nothing is kept for it any more.";
        if (account.PasswordGeneration > 0)
            return "This account has a password in custody already. It changes by rotation, with two people.";
        return await db.Requests.Running().AnyAsync(r => r.Account == account.Id, cancellationToken)
            ? "The ceremony that puts its first password in place is under way. Let it come to its end, or end it in chat."
            : null;
    }

    /// <summary>Both know what another account has: they are barred there too, and it owes a rotation. They are not told which one it is.</summary>
    private async Task TellOfReuseAsync(
        Account account,
        KnownPassword known,
        PersonId[] knowing,
        CancellationToken cancellationToken
    )
    {
        await recordBirth.ReuseAsync(known.Account, Half.Password, known.Generation, knowing, cancellationToken);
        await db.DecideAsync(
            async () =>
            {
                var other = await db.Accounts.SingleAsync(a => a.Id == known.Account, cancellationToken);
                if (known.Generation >= other.PasswordGeneration && other.PasswordGeneration > 0)
                    other.Owe(await policies.OfAsync(other, cancellationToken), db.Now);
                db.Record(
                    "password.reused",
                    Recording.Operator,
                    ("account", account.Id),
                    ("other", other.Id),
                    ("generation", known.Generation)
                );
                await db.AlertDutyAsync(
                    Card.Of(
                        $"The password that was typed for account {account.Number} was refused: account {other.Number} has, or had, the same. Both have to be rotated. Who typed it was not told where it is in use."
                    ),
                    cancellationToken
                );
                return true;
            },
            cancellationToken
        );
    }

    private Task<bool> RecordAsync(
        AccountId id,
        int generation,
        PersonId[] knowing,
        bool isWeak,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync(
            async () =>
            {
                var account = await db.Accounts.SingleAsync(a => a.Id == id, cancellationToken);
                var policy = await policies.OfAsync(account, cancellationToken);
                account.TakePassword(generation, policy, db.Now);
                if (knowing.Length > 0)
                    account.Owe(policy, db.Now); // exposed from birth
                db.Record(
                    knowing.Length == 0 ? "password.made" : "password.typed",
                    Recording.Operator,
                    ("account", id),
                    ("generation", generation),
                    ("exposedTo", knowing.Length == 0 ? null : knowing[0]),
                    ("andTo", knowing.Length == 0 ? null : knowing[1]),
                    ("weak", isWeak)
                );
                if (isWeak)
                    await db.AlertDutyAsync(
                        Card.Of(
                            $"The password that was typed for account {account.Number} is weak, so that its rotation is urgent."
                        ),
                        cancellationToken
                    );
                return true;
            },
            cancellationToken
        );
}
