using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Rotation;

namespace RootCustody.Desk.Rotation;

/// <summary>A custodian puts a rotation off, with a reason; never a debt, and never past its limit.</summary>
public sealed class SnoozeRotation(CustodyDb db, Policies policies)
{
    private const string DaysField = "days";
    private const string WhyField = "why";
    private const int LongestWhy = 500;

    private static readonly Reply NotYours = new Reply.Said(
        "There is no password among the accounts whose halves you keep that falls due soon."
    );

    /// <summary>Asks which, for how long and why.</summary>
    public async Task<Reply> AskAsync(Person person, CancellationToken cancellationToken)
    {
        var offered = await db.OfferedAsync(person.Id, policies, cancellationToken);
        return offered.Count == 0 ? NotYours : new Reply.Asked(FormOf(offered));
    }

    public async Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        var why = click.Inputs.GetValueOrDefault(WhyField, "").Trim();
        if (Id.Read<AccountId>(click.Inputs.GetValueOrDefault(RotateNow.AccountField)) is not { } id)
            return NotYours;
        if (
            !int.TryParse(
                click.Inputs.GetValueOrDefault(DaysField),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var days
            ) || days is < 1 or > 366
        )
            return new Reply.Said("Say for how many days, in digits.");
        if (why.Length is 0 or > LongestWhy)
            return new Reply.Said($"Say why, in at most {LongestWhy} characters.");
        return await db.DecideAsync(
            () => DecideAsync(person, id, TimeSpan.FromDays(days), why, click.By, cancellationToken),
            cancellationToken
        );
    }

    private Form FormOf(IReadOnlyList<DueHalf> offered) =>
        new(
            Actions.Snooze,
            "",
            "Put off a rotation",
            "Put off",
            ["Policy says for how long in all, and its limit stays. Who put it off and why stands in the audit log."],
            [
                RotateNow.AccountPick(offered, db.Now),
                new Field.Text(DaysField, "For how many days", null, false, false, 3),
                new Field.Text(WhyField, "Why", null, false, true, LongestWhy),
            ]
        );

    private async Task<Reply> DecideAsync(
        Person person,
        AccountId id,
        TimeSpan length,
        string why,
        ChatUser through,
        CancellationToken cancellationToken
    )
    {
        var offered = await db.OfferedAsync(person.Id, policies, cancellationToken);
        if (!offered.Exists(d => d.Account.Id == id))
            return NotYours;
        var account = await db.Accounts.SingleAsync(a => a.Id == id, cancellationToken);
        var by = await db.StandingAsync(person.Id, account, cancellationToken, through);
        if (by.CoolsOff)
            return new Reply.Said(Sentences.For(Refusal.CoolsOff)); // law 15
        var begun = await db
            .Requests.Running()
            .Where(r => r.Account == id && r.Kind == RequestKind.Rotation)
            .AnyAsync(r => r.PasswordApprover != null || r.MfaApprover != null, cancellationToken);
        if (begun)
            return new Reply.Said("A rotation of this account has begun already.");
        var date = await db.RotationDates.SingleAsync(
            d => d.Account == id && d.Half == Half.Password,
            cancellationToken
        );
        var policy = await policies.OfAsync(account, cancellationToken);
        var until = (date.DueAt > db.Now ? date.DueAt : db.Now) + length;
        if (Snoozing.WhyNot(date, account, until, policy, db.Now) is { } refused)
            return new Reply.Said(Snoozing.Say(refused));

        var tellFrom = DigestDay.At(await policies.OfProviderAsync(cancellationToken), db.Now).Next;
        date.Snooze(until, policy, RotationDays.Of(policy), tellFrom);
        db.Record(
            "rotation.snoozed",
            person.Id,
            ("account", id),
            ("until", until.UtcDateTime.ToString("O")),
            ("why", why)
        );
        return new Reply.Drawn(
            new Card("Put off", [why], [RotationCards.FactOf(account, date, db.Now)], [Choice.NotMe])
        );
    }
}
