using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Tests.Laws;

public sealed partial class World
{
    /// <summary>What has happened to a half but is not written down yet; lost at a restart.</summary>
    private readonly Queue<(Reveal.Granted Granted, RevealOutcome Outcome)> unheard = new();

    /// <summary>Step-ups that were passed and wait for one more press; lost at a restart.</summary>
    private readonly Queue<(RequestId Request, Half Half, ChatUser By)> offers = new();

    /// <summary>What can become of a reveal once it is granted.</summary>
    public enum Fate
    {
        Shown,
        Crash,
        VaultSealed,
        ShownButLate,
        VaultSealedButLate,

        /// <summary>It is shown after one more press.</summary>
        Offered,
    }

    private bool Reveals(Request request, Half half, PersonId person, ChatUser by, Fate fate)
    {
        if (fate != Fate.Offered)
            return Show(request, half, person, fate, by) is Reveal.Granted;
        if (Reveal.WhyNot(request, half, StandingOf(person, AccountOf(request), by), Now) is null)
            offers.Enqueue((request.Id, half, by));
        return false; // nothing is shown yet
    }

    private void Show(string click)
    {
        if (offers.TryDequeue(out var offer))
            Press(
                click,
                Act.Show,
                offer.By,
                offer.Request,
                (r, who) => Show(r, offer.Half, who, Fate.Shown, offer.By) is Reveal.Granted
            );
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
            hole == Hole.NobodyCountsReveals ? 0 : Before(request, half, person),
            policy,
            policy.PasswordOnScreen,
            now
        );

        if (reveal is Reveal.Granted granted)
            HandOver(granted, request, account, fate, FlawsOf.Holder(this, person, through, request.Id, half));
        return reveal;
    }

    private int Before(Request request, Half half, PersonId person) =>
        exposures
            .Where(e =>
                e.Request == request.Id && e.Half == half && e.Person == person && e.Outcome != RevealOutcome.NotShown
            )
            .Select(e => e.At)
            .Distinct()
            .Count();

    /// <summary>As <c>PasswordSource</c>: the new password of a rotation is made before its first reveal is decided.</summary>
    private void Prepare(Request request, Account account, Half half)
    {
        if (half == Half.Password && request.Kind == RequestKind.Rotation && request.PendingGeneration is null)
            request.Prepare(++made[account.Id]);
    }

    /// <summary>As the sources of the two couriers: a drill shows nothing real, a rotation old and new, and all show what earlier rotations may have put in force.</summary>
    private List<int> Generations(Request request, Account account, Half half)
    {
        if (request.Kind == RequestKind.Drill && hole != Hole.DrillsAreReal)
            return [Exposure.Drill];
        var living = account.GenerationOf(half);
        if (half == Half.Mfa)
            return [living];
        var all = exposures
            .Where(e =>
                e.Account == account.Id
                && e.Half == half
                && e.Generation > living
                && e.Outcome != RevealOutcome.NotShown
                && (
                    request.IsPasswordLost
                    || request.Kind == RequestKind.Emergency
                    || !IsDropped(account.Id, e.Generation)
                )
            )
            .Select(e => e.Generation)
            .Append(living);
        return [.. (request.PendingGeneration is { } pending ? all.Append(pending) : all).Distinct().Order()];
    }

    private bool IsDropped(AccountId account, int generation) =>
        Chronicle.Dropped.Exists(d => d.Account == account && generation >= d.From && generation <= d.Through);

    private void HandOver(Reveal.Granted granted, Request request, Account account, Fate fate, Flaws flaws)
    {
        if (hole != Hole.RecordedAfterwards)
            exposures.AddRange(granted.Exposures);

        foreach (var exposure in granted.Exposures)
        {
            seenAs[exposure.Id] = new Seen(
                this.NameOf(exposure.Person)!,
                account.Id,
                exposure.Half,
                exposure.Generation,
                request.Id,
                Now,
                request.Kind,
                exposures.Contains(exposure) && exposure.Outcome == RevealOutcome.MaybeShown,
                Chronicle.Over.Exists(e => e.Request == request.Id),
                Chronicle.HolderOf(request.Id, exposure.Half) == this.NameOf(exposure.Person),
                flaws,
                Chronicle.Next()
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

    private readonly Dictionary<ExposureId, Seen> seenAs = [];

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
                this.RequestOf(exposure.Request!.Value).InHand(exposure.Half, exposure.At);
            seenAs[exposure.Id].Outcome = outcome;
        }
    }
}
