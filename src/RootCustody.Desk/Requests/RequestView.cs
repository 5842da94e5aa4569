using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.Desk.Rotation;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>A request with the names that people know its parts by.</summary>
/// <param name="Standing">Where its account stands in AWS Organizations.</param>
/// <param name="Names">Of everyone who has a part in it.</param>
/// <param name="NamesCustodians">Policy lets the customer see who the custodians are.</param>
public sealed record RequestView(
    Request Request,
    Account Account,
    AccountKind Standing,
    string Customer,
    IReadOnlyDictionary<PersonId, string> Names,
    bool NamesCustodians
)
{
    public string Subject => Request.Id.ToString();

    public string Kind =>
        Request.Kind switch
        {
            RequestKind.Emergency => "Emergency",
            RequestKind.Planned => "Planned",
            RequestKind.Rotation => "Rotation",
            RequestKind.MfaChange => "MFA ceremony",
            RequestKind.Drill => "DRILL (an exercise)",
        };

    /// <summary>Where the rotation before this one stopped; null if this is none, or if that one came to its end.</summary>
    public string? LastStop { get; init; }

    public string? Requester => NameOf(Request.Requester);

    public string? ApproverOf(Half half) => NameOf(Request.ApproverOf(half));

    /// <summary>The contact to whom this half goes, if it goes to one.</summary>
    public string? ReceiverOf(Half half) => NameOf(Request.ReceiverOf(half));

    public string? NameOf(PersonId? id) => id is { } known ? Names[known] : null;

    public static async Task<RequestView> OfAsync(
        CustodyDb db,
        Request request,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == request.Customer, cancellationToken);
        PersonId?[] parts =
        [
            request.Requester,
            request.ContactApprover,
            request.DutyApprover,
            request.PasswordApprover,
            request.MfaApprover,
            request.PasswordReceiver,
            request.MfaReceiver,
            .. request.Named.Select(n => (PersonId?)n.Person),
        ];
        var ids = parts.OfType<PersonId>().ToList();
        var names = await db
            .People.Where(p => ids.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var policy = await new Policies(db).OfAsync(account, cancellationToken);
        var kind = await db.KindOfAsync(account, cancellationToken);
        return new RequestView(request, account, kind, customer.Name, names, policy.NameCustodians)
        {
            LastStop = await db.LastStopAsync(request, cancellationToken),
        };
    }
}
