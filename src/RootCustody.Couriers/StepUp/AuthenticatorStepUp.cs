using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.People;

namespace RootCustody.Couriers.StepUp;

/// <summary>Step-up by the codes of a person's own authenticator (RFC 6238). A code counts once, on whichever node and for whichever half.</summary>
public sealed class AuthenticatorStepUp(CustodyDb db, StepUpSeeds seeds, Policies policies, TimeProvider clock)
    : IStepUp
{
    public Task<bool> IsEnrolledAsync(PersonId person, CancellationToken cancellationToken) =>
        AskAsync(() => seeds.HasAsync(person, cancellationToken));

    public async Task<StepUpOutcome> CheckAsync(PersonId person, string code, CancellationToken cancellationToken)
    {
        if (!await IsEnrolledAsync(person, cancellationToken))
            return StepUpOutcome.NotEnrolled;
        var step = await AskAsync(() => seeds.MatchAsync(person, code, clock.GetUtcNow(), cancellationToken));
        return await TakeAsync(person, step, "stepup", cancellationToken);
    }

    public Task<Secret> BeginAsync(PersonId person, CancellationToken cancellationToken) =>
        AskAsync(() => seeds.BeginAsync(person, cancellationToken));

    public async Task<StepUpOutcome> ConfirmAsync(PersonId person, string code, CancellationToken cancellationToken)
    {
        var step = await AskAsync(() => seeds.MatchPendingAsync(person, code, clock.GetUtcNow(), cancellationToken));
        var outcome = await TakeAsync(person, step, "stepup.enrolment", cancellationToken);
        if (outcome == StepUpOutcome.Passed)
            await AskAsync(async () =>
            {
                await seeds.ConfirmAsync(person, cancellationToken);
                return true;
            });
        return outcome;
    }

    /// <summary>Those who ask know nothing of vaults.</summary>
    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (VaultException refused)
        {
            throw new StepUpAwayException(refused.Message, refused);
        }
    }

    private Task<StepUpOutcome> TakeAsync(
        PersonId person,
        long? step,
        string what,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync(
            async () =>
            {
                var record = await db.StepUps.SingleOrDefaultAsync(r => r.Person == person, cancellationToken);
                if (record is null)
                    db.StepUps.Add(record = StepUpRecord.Of(person));

                var policy = await policies.OfProviderAsync(cancellationToken);
                var outcome = record.Take(step, policy, db.Now);

                db.Record(what, person, ("outcome", outcome));
                if (outcome == StepUpOutcome.Wrong && record.IsLockedAt(db.Now))
                    await AlertAsync(person, record, policy, cancellationToken);
                return outcome;
            },
            cancellationToken
        );

    /// <summary>Someone guesses: the person and the duty managers are told, once for each lock.</summary>
    private async Task AlertAsync(PersonId id, StepUpRecord record, Policy policy, CancellationToken cancellationToken)
    {
        var person = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id, cancellationToken);
        var card = new Card(
            $"Wrong step-up codes for {person.Name}",
            [$"{policy.StepUpTries} wrong codes in a row were typed, so no code is taken for a while."],
            [Fact.At("Locked until", record.Guesses.LockedUntil!.Value)],
            []
        );
        db.Record("stepup.locked", Recording.System, ("person", id));
        db.Notify(
            person,
            card with
            {
                Lines = [.. card.Lines, "If that was not you, someone has one of your chat accounts: press Not me."],
                Choices = [Choice.NotMe],
            }
        );
        await db.AlertDutyAsync(card, cancellationToken);
    }
}
