using RootCustody.Accounts;
using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>What came of a holder's word on which password AWS has now.</summary>
public abstract record Rotating
{
    private Rotating() { } // closed: these and no other

    /// <summary>One of the two holders has said it; the other has not, or says something else.</summary>
    /// <param name="Before">They had said the same before.</param>
    /// <param name="Other">What the other holder says; null if nothing yet.</param>
    public sealed record Said(Half Half, bool Before, int? Other) : Rotating;

    /// <summary>Both say that the new generation is in force: it is the living one, and the debt is paid.</summary>
    public sealed record Rotated(Retirement Retirement) : Rotating;

    /// <summary>Both say that an earlier one is in force. What was owed stands, and the later ones are dropped. Who saw them stays barred: the two may be wrong, and a dropped one prove to be in force (law 1).</summary>
    /// <param name="Ended">What ended because a generation of a rotation that had stopped proved to be the living one; null if the one that we took for it still is.</param>
    public sealed record NotRotated(int Living, Retirement? Ended) : Rotating;

    /// <summary>Both say that none of the passwords signs in: a new one has to be set by the mailbox, or for an IAM user by an administrator.</summary>
    public sealed record Lost : Rotating;

    public sealed record Refused(Refusal Why) : Rotating;
}

public sealed partial class Request
{
    /// <summary>A holder's word that none of the passwords that were shown signs in.</summary>
    public const int NoneSignsIn = 0;

    /// <summary>The generation that the password courier made for this rotation; null until then.</summary>
    public int? PendingGeneration { get; private set; }

    /// <summary>The generation that the password holder says AWS has, or <see cref="NoneSignsIn"/>; null while they have not said.</summary>
    public int? PasswordFound { get; private set; }

    /// <summary>The same by the MFA holder, who saw the sign-in.</summary>
    public int? MfaFound { get; private set; }

    public int? FoundBy(Half half) =>
        half switch
        {
            Half.Password => PasswordFound,
            Half.Mfa => MfaFound,
        };

    /// <summary>Both holders say the same, and it is a password that we have.</summary>
    public bool IsSettled => PasswordFound is > NoneSignsIn && PasswordFound == MfaFound;

    /// <summary>Somebody says that no password signs in: what was dropped earlier may be the one after all.</summary>
    public bool IsPasswordLost => PasswordFound == NoneSignsIn || MfaFound == NoneSignsIn;

    /// <summary>The password courier has made the new password of this rotation.</summary>
    public void Prepare(int pendingGeneration) => PendingGeneration ??= pendingGeneration;

    /// <summary>A holder says which password AWS has: the new one, if all went well. Two of them settle it (law 14); until then each may say something else.</summary>
    /// <param name="generation">What signs in, or <see cref="NoneSignsIn"/>.</param>
    /// <param name="shown">The generations that were shown, or maybe shown, in this window.</param>
    public Rotating Found(
        Standing by,
        Account account,
        int generation,
        IReadOnlyCollection<int> shown,
        Policy policy,
        DateTimeOffset now
    )
    {
        if (Kind != RequestKind.Rotation)
            return new Rotating.Refused(Refusal.NotARotation);
        if (HeldBy(by.Person) is not { } half)
            return new Rotating.Refused(Refusal.NotTheHolder);
        if (State != RequestState.Open || !Window!.IsOpenAt(now))
            return new Rotating.Refused(Window is null ? Refusal.NotOpenYet : Refusal.WindowOver);
        if (Eligibility.WhyNot(this, half, by) is { } why)
            return new Rotating.Refused(why);
        if (PendingGeneration is not { } pending || !shown.Contains(pending))
            return new Rotating.Refused(Refusal.NewPasswordNotShown);
        if (generation != NoneSignsIn && !shown.Contains(generation))
            return new Rotating.Refused(Refusal.NewPasswordNotShown);

        var before = FoundBy(half) == generation;
        if (half == Half.Password)
            PasswordFound = generation;
        else
            MfaFound = generation;
        if (PasswordFound != MfaFound)
            return new Rotating.Said(half, before, FoundBy(half.Other()));
        if (generation == NoneSignsIn)
            return before ? new Rotating.Said(half, before, generation) : new Rotating.Lost();
        EndWindow(RequestState.Closed, now);
        return Settle(account, generation, pending, policy, now);
    }

    private Rotating Settle(Account account, int generation, int pending, Policy policy, DateTimeOffset now)
    {
        var (by, andBy) = (PasswordApprover!.Value, MfaApprover!.Value);
        if (generation == pending)
            return new Rotating.Rotated(account.Promote(pending, by, andBy, policy, now));
        return new Rotating.NotRotated(
            generation,
            generation > account.PasswordGeneration ? account.Recognise(generation, by, andBy, policy, now) : null
        );
    }
}
