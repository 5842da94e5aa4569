using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Couriers.StepUp;

/// <summary>Step-up by the codes of a person's own authenticator (RFC 6238). A code counts once, on whichever node and for whichever half.</summary>
public sealed class AuthenticatorStepUp(CustodyDb db, StepUpSeeds seeds, Policies policies, TimeProvider clock)
    : IStepUp
{
    public async Task<StepUpOutcome> CheckAsync(PersonId person, string code, CancellationToken cancellationToken)
    {
        if (!seeds.Has(person))
            return StepUpOutcome.NotEnrolled;
        var step = await seeds.MatchAsync(person, code, clock.GetUtcNow(), cancellationToken);
        return await TakeAsync(person, step, "stepup", cancellationToken);
    }

    public Task<Secret> BeginAsync(PersonId person, CancellationToken cancellationToken) =>
        seeds.BeginAsync(person, cancellationToken);

    public async Task<StepUpOutcome> ConfirmAsync(PersonId person, string code, CancellationToken cancellationToken)
    {
        var step = await seeds.MatchPendingAsync(person, code, clock.GetUtcNow(), cancellationToken);
        var outcome = await TakeAsync(person, step, "stepup.enrolment", cancellationToken);
        if (outcome == StepUpOutcome.Passed)
            await seeds.ConfirmAsync(person, cancellationToken);
        return outcome;
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
                return outcome;
            },
            cancellationToken
        );
}
