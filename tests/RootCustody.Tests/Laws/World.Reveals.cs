using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Tests.Laws;

public sealed partial class World
{
    /// <summary>What can become of a reveal once it is granted.</summary>
    public enum Fate
    {
        Shown,
        Crash,
        VaultSealed,
        ShownButLate,
        VaultSealedButLate,
    }

    public Reveal Show(Request request, Half half, PersonId person, Fate fate = Fate.Shown, ChatUser? through = null)
    {
        var account = AccountOf(request);
        var by = StandingOf(person, account, through);
        var now = hole == Hole.TheJobDecides && request.State == RequestState.Open ? request.Opens!.Value : Now;

        if (Reveal.WhyNot(request, half, by, now) is null)
            Prepare(request, account, half);
        var reveal = Reveal.Decide(
            request,
            account,
            half,
            by,
            Generations(request, account, half),
            exposures
                .Where(e =>
                    e.Request == request.Id
                    && e.Half == half
                    && e.Person == person
                    && e.Outcome != RevealOutcome.NotShown
                )
                .Select(e => e.At)
                .Distinct()
                .Count(),
            policy,
            policy.PasswordOnScreen,
            now
        );

        if (reveal is Reveal.Granted granted)
        {
            if (WhyUnfit(person, through, request, half) is { } why)
                Chronicle.Unfit.Add($"{NameOf(person)} was shown the {half}, though {why}.");
            HandOver(granted, request, account, fate);
        }
        return reveal;
    }

    /// <summary>As <c>PasswordSource</c>: the new password of a rotation is made before its first reveal is decided.</summary>
    private void Prepare(Request request, Account account, Half half)
    {
        if (half == Half.Password && request.Kind == RequestKind.Rotation && request.PendingGeneration is null)
            request.Prepare(++made[account.Id]);
    }

    /// <summary>As the sources of the two couriers: a rotation shows old, new, and what earlier rotations may have put in force.</summary>
    private List<int> Generations(Request request, Account account, Half half)
    {
        if (request.Kind == RequestKind.Drill && hole != Hole.DrillsShowHalves)
            return [Exposure.Drill];
        var living = account.GenerationOf(half);
        if (half == Half.Mfa || request.PendingGeneration is not { } pending)
            return [living];
        var later = exposures
            .Where(e =>
                e.Account == account.Id
                && e.Half == half
                && e.Generation > living
                && e.Outcome != RevealOutcome.NotShown
            )
            .Select(e => e.Generation);
        return [.. later.Append(living).Append(pending).Distinct().Order()];
    }

    private void HandOver(Reveal.Granted granted, Request request, Account account, Fate fate)
    {
        if (hole != Hole.RecordedAfterwards)
            exposures.AddRange(granted.Exposures);

        foreach (var exposure in granted.Exposures)
        {
            seenAs[exposure.Id] = new Seen(
                NameOf(exposure.Person)!,
                account.Id,
                exposure.Half,
                exposure.Generation,
                request.Id,
                Now,
                request.Kind == RequestKind.Rotation,
                exposures.Contains(exposure) && exposure.Outcome == RevealOutcome.MaybeShown,
                Chronicle.Ended.Exists(e => e.Request == request.Id),
                IsIn(account, exposure.Half, exposure.Person),
                Chronicle.HolderOf(request.Id, exposure.Half) == NameOf(exposure.Person)
            );
            Chronicle.Seen.Add(seenAs[exposure.Id]);
        }

        var outcome = fate switch
        {
            Fate.VaultSealed or Fate.VaultSealedButLate => RevealOutcome.NotShown,
            Fate.Crash => RevealOutcome.MaybeShown,
            _ => RevealOutcome.Shown,
        };
        if (fate is Fate.ShownButLate or Fate.VaultSealedButLate)
            unheard.Enqueue((granted, outcome));
        else if (fate != Fate.Crash)
            Conclude(granted, outcome);
    }

    private void Conclude()
    {
        if (unheard.TryDequeue(out var heard))
            Conclude(heard.Granted, heard.Outcome);
    }

    private void Conclude(Reveal.Granted granted, RevealOutcome outcome)
    {
        if (hole == Hole.RecordedAfterwards)
            exposures.AddRange(granted.Exposures);
        foreach (var exposure in granted.Exposures)
        {
            exposure.Conclude(outcome);
            exposure.Conclude(RevealOutcome.NotShown); // a later word changes nothing
            if (outcome != RevealOutcome.NotShown)
                Requests.Single(r => r.Id == exposure.Request).InHand(exposure.Half, exposure.At);
            seenAs[exposure.Id].Outcome = outcome;
        }
    }
}
