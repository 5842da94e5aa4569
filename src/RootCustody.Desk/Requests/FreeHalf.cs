using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>What every loss of a holder leaves behind, however it came about: others are asked, and everyone is told. Part of the transaction that frees the half.</summary>
public static class FreeHalf
{
    /// <param name="step">What the customer's thread says.</param>
    /// <param name="why">Why the duty manager is called; null if they need not be.</param>
    public static async Task AfterAsync(
        this CustodyDb db,
        Request request,
        Account account,
        Half half,
        string step,
        string? why,
        CancellationToken cancellationToken
    )
    {
        await db.TellAsync(request, account, Card.Of(step), cancellationToken);
        var without = await db.AskCustodiansAsync(request, account, [half], cancellationToken);
        await db.WarnAsync(request, account, without, cancellationToken);
        if (why is not null)
            await db.CallDutyAsync(request, account, why, cancellationToken);
    }
}
