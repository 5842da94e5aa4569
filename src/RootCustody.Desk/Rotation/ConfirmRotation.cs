using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Requests;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Desk.Rotation;

/// <summary>A holder says that the new password is in place. Two of them make the new generation the living one.</summary>
public sealed class ConfirmRotation(CustodyDb db, EndWindow endWindow, Policies policies)
{
    private const string Noted = "Noted. The other holder has to say so too.";

    public Task<Reply> HandleAsync(
        Person person,
        RequestId id,
        ChatUser through,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
                if (request is null)
                    return new Reply.Said("There is no such request.");
                var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
                var by = await db.StandingAsync(person.Id, account, cancellationToken, through);
                var shown = await db.Exposures.AnyAsync(
                    e =>
                        e.Request == id
                        && e.Half == Half.Password
                        && e.Generation == request.PendingGeneration
                        && e.Outcome != RevealOutcome.NotShown,
                    cancellationToken
                );

                var policy = await policies.OfAsync(account, cancellationToken);
                var lived = account.PasswordGeneration;
                var closing = request.Rotated(by, account, shown, policy, db.Now);

                if (closing is Closing.Refused refused)
                {
                    await db.RefusedAsync(person.Id, "attestation.refused", request, refused.Why, cancellationToken);
                    return new Reply.Said(Sentences.For(refused.Why));
                }
                if (closing is Closing.HalfRotated { Before: true })
                    return new Reply.Said(Noted);
                db.Record("rotation.attested", person.Id, ("request", id), ("account", account.Id));
                if (closing is Closing.Rotated rotated)
                {
                    db.OldPasswords.Add(OldPasswords.After(rotated.Retirement, lived, policy));
                    return await PromoteAsync(request, account, rotated.Retirement, cancellationToken);
                }
                await db.TellAsync(request, account, null, cancellationToken);
                return new Reply.Said(Noted);
            },
            cancellationToken
        );

    private async Task<Reply> PromoteAsync(
        Request request,
        Account account,
        Retirement retirement,
        CancellationToken cancellationToken
    )
    {
        db.Retirements.Add(retirement);
        db.Record(
            "password.promoted",
            Recording.System,
            ("request", request.Id),
            ("account", account.Id),
            ("generation", account.PasswordGeneration),
            ("proof", "attested by two custodians")
        );
        await endWindow.AfterAsync(request, account, "The password is rotated.", cancellationToken);
        return new Reply.Said("Rotated: the new password is the living one, and earlier ones count as dead.");
    }
}
