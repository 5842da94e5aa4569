using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Reveals;

namespace RootCustody.Couriers.Journals;

/// <summary>Books an exposure after it happened: its person is barred (law 1), a living password is owed (law 14), whoever decides on either meets it (law 9).</summary>
internal static class BookLate
{
    /// <summary>Inside of a decision.</summary>
    /// <param name="what">The kind of the audit entry.</param>
    /// <param name="more">What the entry says beside the exposure.</param>
    public static async Task BookAsync(
        this CustodyDb db,
        JournalLine line,
        Account account,
        Person person,
        Policies policies,
        string what,
        (string Name, object? Value)[] more,
        CancellationToken cancellationToken
    )
    {
        db.Exposures.Add(
            Exposure.Recovered(
                line.Exposure,
                account.Id,
                line.Half,
                line.Generation,
                person.Id,
                line.Request,
                line.At,
                line.Until
            )
        );
        db.Raise(person);
        db.Raise(account);
        db.Record(
            what,
            Recording.Operator,
            [
                ("exposure", line.Exposure),
                ("request", line.Request),
                ("account", account.Id),
                ("half", line.Half),
                ("generation", line.Generation),
                ("person", person.Id),
                ("shownAt", line.At.UtcDateTime.ToString("O")),
                .. more,
            ]
        );
        if (!Owes(line, account))
            return;
        account.Owe(await policies.OfAsync(account, cancellationToken), db.Now);
        db.Record(
            "rotation.due",
            Recording.Operator,
            ("account", account.Id),
            ("request", line.Request),
            ("by", account.RotateBy!.Value.UtcDateTime.ToString("O"))
        );
    }

    /// <summary>Whether it was in a rotation, which owes nothing new, is not known: then it is owed (law 14).</summary>
    public static bool Owes(JournalLine line, Account account) =>
        line.Half == Half.Password
        && line.Generation != Exposure.Drill
        && line.Generation >= account.PasswordGeneration;
}
