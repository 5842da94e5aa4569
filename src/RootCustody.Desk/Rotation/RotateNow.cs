using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Requests;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Rotation;

namespace RootCustody.Desk.Rotation;

/// <summary>A custodian begins a rotation of which they were reminded, before its day or on it. The schedule asks for it; the press is the approval of their own half (law 2).</summary>
public sealed class RotateNow(CustodyDb db, Policies policies, ApproveRequest approveRequest)
{
    internal const string AccountField = "account";

    private static readonly Reply NotOffered = new Reply.Said(
        "There is no password among the accounts whose halves you keep that falls due soon."
    );

    /// <summary>Asks which.</summary>
    public async Task<Reply> AskAsync(Person person, CancellationToken cancellationToken)
    {
        var offered = await db.OfferedAsync(person.Id, policies, cancellationToken);
        return offered.Count == 0
            ? NotOffered
            : new Reply.Asked(
                new Form(
                    Actions.RotateNow,
                    "",
                    "Rotate now",
                    "Rotate",
                    [
                        "This is the approval of your own half: you become its holder. The custodians of the other half are asked at once, and once one of them has approved too, the window opens.",
                    ],
                    [AccountPick(offered, db.Now)]
                )
            );
    }

    public async Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        if (Id.Read<AccountId>(click.Inputs.GetValueOrDefault(AccountField)) is not { } account)
            return NotOffered;
        var (request, reply) = await BeginAsync(person, account, click.By, cancellationToken);
        return request is { } begun
            ? await approveRequest.HandleAsync(person, begun, 0, click.By, cancellationToken)
            : reply;
    }

    internal static Field AccountPick(IReadOnlyList<DueHalf> offered, DateTimeOffset now) =>
        new Field.Pick(
            AccountField,
            "Account",
            null,
            false,
            [
                .. offered.Select(d => new Option(
                    d.Account.Id.ToString(),
                    RequestForm.TextOf(d.Account),
                    Cut(RotationCards.WhenOf(d, now))
                )),
            ],
            offered is [var only] ? only.Account.Id.ToString() : null
        );

    private static string Cut(string text) => text.Length <= 75 ? text : text[..75];

    /// <returns>The rotation that is asked for, by this press or already.</returns>
    private Task<(RequestId? Request, Reply Reply)> BeginAsync(
        Person person,
        AccountId id,
        ChatUser through,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync<(RequestId?, Reply)>(
            async () =>
            {
                var offered = await db.OfferedAsync(person.Id, policies, cancellationToken);
                if (!offered.Exists(d => d.Account.Id == id))
                    return (null, NotOffered);
                var account = await db.Accounts.SingleAsync(a => a.Id == id, cancellationToken);
                var running = await db
                    .Requests.Running()
                    .Where(r => r.Account == id && (r.State == RequestState.Open || r.Kind == RequestKind.Rotation))
                    .FirstOrDefaultAsync(cancellationToken);
                if (running is { Kind: RequestKind.Rotation })
                    return (running.Id, NotOffered);
                if (running is not null)
                    return (
                        null,
                        new Reply.Said($"The window of {running.Name} is open on this account. Rotate when it is over.")
                    );

                var by = await db.StandingAsync(person.Id, account, cancellationToken, through);
                var request = Request.Rotation(account, await policies.OfAsync(account, cancellationToken), db.Now);
                if (Approval.WhyNot(request, by, db.Now) is { } why)
                {
                    await db.RefusedAsync(person.Id, "approval.refused", request, why, cancellationToken);
                    return (null, new Reply.Said(Sentences.For(why)));
                }
                await db.AskForAsync(request, account, cancellationToken);
                return (request.Id, NotOffered);
            },
            cancellationToken
        );
}

internal static class OfferedRotations
{
    /// <summary>A form shows so many.</summary>
    private const int Most = 100;

    /// <summary>The passwords of which this custodian has been reminded: exposed ones, and those that fall due soon.</summary>
    public static async Task<List<DueHalf>> OfferedAsync(
        this CustodyDb db,
        PersonId person,
        Policies policies,
        CancellationToken cancellationToken
    )
    {
        var day = DigestDay.At(await policies.OfProviderAsync(cancellationToken), db.Now);
        var until = RotationDate.OfferedUntil(day.Today);
        return await (
            from date in db.RotationDates
            join account in db.Accounts.InCustody() on date.Account equals account.Id
            where date.Half == Half.Password && date.DueOn <= until
            orderby date.DueAt
            select new DueHalf { Account = account, Date = date }
        )
            .KeptBy(db, person)
            .AsNoTracking()
            .Take(Most)
            .ToListAsync(cancellationToken);
    }
}
