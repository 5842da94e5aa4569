using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Proofs;
using RootCustody.Desk.Requests;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Reveals;
using RootCustody.Rotation;

namespace RootCustody.Desk.Rotation;

/// <summary>A holder says which password AWS has after a rotation. Two of them settle it.</summary>
public sealed class ConfirmRotation(CustodyDb db, EndWindow endWindow, Policies policies)
{
    private const string FoundField = "found";

    private static readonly Reply Unknown = new Reply.Said("There is no such request.");

    /// <summary>Leads through the checks, and asks what came out.</summary>
    public async Task<Reply> AskAsync(Person person, RequestId id, CancellationToken cancellationToken)
    {
        var request = await db.Requests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (request is null)
            return Unknown;
        if (request.HeldBy(person.Id) is not { } half)
            return new Reply.Said(Sentences.For(Refusal.NotTheHolder));
        var shown = await ShownAsync(id, cancellationToken);
        if (request.PendingGeneration is not { } pending || !shown.Contains(pending))
            return new Reply.Said(Sentences.For(Refusal.NewPasswordNotShown));
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == request.Account, cancellationToken);
        return new Reply.Asked(
            new Form(
                Actions.NotRotated,
                id.ToString(),
                "Which password?",
                "Say so",
                [
                    .. half == Half.Password
                        ? ChangingPassword.Of(account).Checks
                        : ["Say what you saw at the screen of your colleague, not what you were told."],
                    "Once both of you say the same, it counts. Until then you can come back and say something else.",
                ],
                [new Field.Pick(FoundField, "What signs in at AWS?", null, false, Answers(request, shown), null)]
            )
        );
    }

    /// <summary>The holder says which one signs in.</summary>
    public Task<Reply> FindAsync(Person person, RequestId id, Click click, CancellationToken cancellationToken) =>
        int.TryParse(
            click.Inputs.GetValueOrDefault(FoundField),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var generation
        )
            ? HandleAsync(person, id, click.By, generation, cancellationToken)
            : Task.FromResult<Reply>(new Reply.Said("Pick one of the answers."));

    /// <summary>The holder says that it is the new one.</summary>
    public Task<Reply> HandleAsync(
        Person person,
        RequestId id,
        ChatUser through,
        CancellationToken cancellationToken
    ) => HandleAsync(person, id, through, null, cancellationToken);

    /// <param name="found">What they found; null for the new one.</param>
    private Task<Reply> HandleAsync(
        Person person,
        RequestId id,
        ChatUser through,
        int? found,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync<Reply>(
            async () =>
            {
                var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
                if (request is null)
                    return Unknown;
                var account = await db.Accounts.SingleAsync(a => a.Id == request.Account, cancellationToken);
                var by = await db.StandingAsync(person.Id, account, cancellationToken, through);
                var shown = await ShownAsync(id, cancellationToken);
                var policy = await policies.OfAsync(account, cancellationToken);
                var lived = account.PasswordGeneration;
                var generation = found ?? request.PendingGeneration ?? lived;

                var rotating = request.Found(by, account, generation, shown, policy, db.Now);

                if (rotating is Rotating.Refused refused)
                {
                    await db.RefusedAsync(person.Id, "attestation.refused", request, refused.Why, cancellationToken);
                    return new Reply.Said(Sentences.For(refused.Why));
                }
                if (rotating is Rotating.Said { Before: true } again)
                    return new Reply.Said(Say(again, generation));
                db.Record(
                    "rotation.attested",
                    person.Id,
                    ("request", id),
                    ("account", account.Id),
                    ("generation", generation)
                );
                return await FollowAsync(request, account, rotating, generation, lived, policy, cancellationToken);
            },
            cancellationToken
        );

    private async Task<Reply> FollowAsync(
        Request request,
        Account account,
        Rotating rotating,
        int generation,
        int lived,
        Policy policy,
        CancellationToken cancellationToken
    )
    {
        switch (rotating)
        {
            case Rotating.Rotated rotated:
                End(rotated.Retirement, lived, policy);
                Record("password.promoted", request, account, account.PasswordGeneration);
                if (await db.ProofOfAsync(rotated.Retirement, cancellationToken) is { } proof)
                    db.RecordProven(proof, rotated.Retirement, Recording.System);
                await endWindow.AfterAsync(request, account, "The password is rotated.", cancellationToken);
                return new Reply.Said("Rotated: the new password is the living one, and earlier ones count as dead.");
            case Rotating.NotRotated not:
                if (not.Ended is { } ended)
                {
                    End(ended, lived, policy);
                    Record("password.recognised", request, account, not.Living);
                }
                Record("password.dropped", request, account, request.PendingGeneration!.Value);
                await endWindow.AfterAsync(request, account, "The password was not rotated.", cancellationToken);
                return new Reply.Said(
                    "Settled: AWS does not have the new password, and it is dropped. What was due before is still due."
                );
            case Rotating.Lost:
                db.Record("password.lost", Recording.System, ("request", request.Id), ("account", account.Id));
                await db.TellAsync(request, account, null, cancellationToken);
                await CallForTheWayBackAsync(request, account, cancellationToken);
                var wayBack = ChangingPassword.Of(account).Lost;
                return new Reply.Drawn(new Card("No password signs in", wayBack, [], [Choice.NotMe]));
            default:
                await db.TellAsync(request, account, null, cancellationToken);
                return new Reply.Said(Say((Rotating.Said)rotating, generation));
        }
    }

    private void End(Retirement retirement, int lived, Policy policy)
    {
        if (retirement.Through > 0) // before the first there is nothing to destroy
            db.OldPasswords.Add(OldPasswords.After(retirement, lived, policy));
        db.Retirements.Add(retirement);
    }

    private void Record(string what, Request request, Account account, int generation) =>
        db.Record(
            what,
            Recording.System,
            ("request", request.Id),
            ("account", account.Id),
            ("generation", generation),
            ("proof", "attested by two custodians")
        );

    /// <summary>Only the mailbox brings a root user back to a password that is known, and an administrator of its account an IAM user; who keeps that is called with the duty manager.</summary>
    private async Task CallForTheWayBackAsync(Request request, Account account, CancellationToken cancellationToken)
    {
        var thing = account.User is null ? KeptThing.RootMailbox : KeptThing.AccountAdministration;
        var keepers = await (
            from keeper in db.Keepers
            join person in db.People on keeper.Person equals person.Id
            where keeper.Account == account.Id && keeper.Thing == thing
            orderby person.Name
            select person.Name
        ).ToListAsync(cancellationToken);
        var who =
            keepers.Count > 0 ? string.Join(" or ", keepers)
            : account.User is null ? "whoever keeps it (the register names nobody)"
            : "an administrator of the account (the register names nobody)";
        var how = account.User is { } user
            ? $"they set another password for the IAM user {user}, to be changed at the next sign-in"
            : $"the mail of Forgot password? goes to {account.Email}";
        var why =
            $"Both holders of {request.Name} say that no password of {account.Name} signs in. Bring them together with {who}: {how}.";
        await db.CallDutyAsync(request, account, why, cancellationToken);
    }

    private Task<List<int>> ShownAsync(RequestId id, CancellationToken cancellationToken) =>
        db
            .Exposures.Where(e => e.Request == id && e.Half == Half.Password && e.Outcome != RevealOutcome.NotShown)
            .Select(e => e.Generation)
            .Distinct()
            .Order()
            .ToListAsync(cancellationToken);

    private static List<Option> Answers(Request request, List<int> shown) =>
        [
            .. shown.Select(generation => new Option(
                generation.ToString(CultureInfo.InvariantCulture),
                generation == request.PendingGeneration ? "The new password: it is changed"
                    : shown.Count == 2 ? "The password of before: not changed"
                    : $"Number {shown.IndexOf(generation) + 1} of those that were shown: not changed"
            )),
            new Option(Request.NoneSignsIn.ToString(CultureInfo.InvariantCulture), "None of them signs in"),
        ];

    private static string Say(Rotating.Said said, int generation) =>
        said.Other is null ? "Noted. The other holder has to say so too."
        : said.Other == generation ? "Noted already."
        : "Noted, but the other holder says something else. Look together at the sign-in page, with Not changed or not sure, until you agree.";
}
