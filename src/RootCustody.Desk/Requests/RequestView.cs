using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>A request with the names that people know its parts by.</summary>
public sealed record RequestView(
    Request Request,
    Account Account,
    string Customer,
    string? Requester,
    string? PasswordApprover,
    string? MfaApprover
)
{
    public string? ApproverOf(Half half) =>
        half switch
        {
            Half.Password => PasswordApprover,
            Half.Mfa => MfaApprover,
        };

    public string Subject => Request.Id.ToString();

    public string Kind =>
        Request.Kind switch
        {
            RequestKind.Emergency => "Emergency",
            RequestKind.Planned => "Planned",
            RequestKind.Rotation => "Rotation",
            RequestKind.Drill => "Drill",
        };

    public static async Task<RequestView> OfAsync(
        CustodyDb db,
        Request request,
        Account account,
        CancellationToken cancellationToken
    )
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == request.Customer, cancellationToken);
        var parts = new[] { request.Requester, request.PasswordApprover, request.MfaApprover };
        var ids = parts.OfType<PersonId>().ToList();
        var names = await db
            .People.Where(p => ids.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);

        string? NameOf(PersonId? id) => id is { } known ? names[known] : null;
        return new RequestView(
            request,
            account,
            customer.Name,
            NameOf(request.Requester),
            NameOf(request.PasswordApprover),
            NameOf(request.MfaApprover)
        );
    }
}
