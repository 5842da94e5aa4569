using RootCustody.Accounts;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Reveals;

/// <summary>What came of one click on Reveal, before the vault is asked.</summary>
public abstract record Reveal
{
    private Reveal() { } // closed: these and no other

    /// <summary>The exposures are to be committed; only then may the half leave the vault (law 4).</summary>
    /// <param name="Exposures">One for each generation that will be shown: in a rotation the password holder sees old and new.</param>
    public sealed record Granted(IReadOnlyList<Exposure> Exposures, DateTimeOffset Until) : Reveal;

    public sealed record Refused(Refusal Why) : Reveal;

    /// <summary>Says why this person is not shown this half now, or null (laws 1, 2, 3, 5).</summary>
    public static Refusal? WhyNot(Request request, Half half, Standing by, DateTimeOffset now)
    {
        if (by.Suspended)
            return Refusal.Suspended;
        if (by.Frozen)
            return Refusal.Frozen; // law 15
        if (request.HolderOf(half) != by.Person)
            return request.GoesToContacts ? Refusal.GoesToContact : Refusal.NotTheHolder;
        if (!request.Shows(half))
            return Refusal.HasNoMfa;
        if (request.Window is not { } window)
            return request.IsOver ? Refusal.AlreadyOver : Refusal.NotOpenYet;
        if (now < window.Opens)
            return Refusal.ClockBehind; // law 11
        if (request.State != RequestState.Open || !window.IsOpenAt(now))
            return Refusal.WindowOver; // law 5: the clock, not the job
        if (!request.GoesToContacts)
            return Eligibility.WhyNot(request, half, by);
        return request.ApproverOf(half) is null ? Refusal.ApprovalLacks : Receiving.WhyNot(half, by)?.Refusal();
    }

    /// <summary>Decides one reveal.</summary>
    /// <param name="before">How often this person was shown this half in this window before; the password policy allows only so often.</param>
    /// <param name="generations">The generations of this half that the holder needs to see, oldest first.</param>
    /// <param name="onScreen">How long the half may stay on screen; the end of the window cuts it short.</param>
    public static Reveal Decide(
        Request request,
        Account account,
        Half half,
        Standing by,
        IReadOnlyList<int> generations,
        int before,
        Policy policy,
        TimeSpan onScreen,
        DateTimeOffset now
    )
    {
        if (WhyNot(request, half, by, now) is { } why)
            return new Refused(why);
        if (account.HandedOverAt is not null)
            return new Refused(Refusal.HandedOver); // its requests ended with it; this does not rest on that
        if (half == Half.Password && before >= policy.PasswordReveals)
            return new Refused(Refusal.TooManyReveals);
        if (generations.Count == 0)
            return new Refused(Refusal.NothingInCustody);

        var until = now + onScreen < request.Window!.Closes ? now + onScreen : request.Window.Closes;
        return new Granted(
            [.. generations.Select(g => Exposure.Of(account.Id, half, g, by.Person, request.Id, now, until))],
            until
        );
    }
}
