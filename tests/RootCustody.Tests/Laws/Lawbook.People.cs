using RootCustody.Requests;

namespace RootCustody.Tests.Laws;

internal static partial class Lawbook
{
    private static string? FindBothHalves(IScene scene)
    {
        var chronicle = scene.Chronicle;
        foreach (var later in chronicle.Seen)
        {
            if (!later.Counts)
                continue;
            foreach (var earlier in chronicle.Seen)
            {
                if (earlier.Order >= later.Order)
                    break;
                if (
                    earlier.Half != later.Half
                    && earlier.Account == later.Account
                    && earlier.Counts
                    && earlier.Who == later.Who
                    && !chronicle.IsDead(earlier, later.Order)
                )
                    return $"{later.Who} was shown both halves of {later.Account}.";
            }
        }
        return null;
    }

    private static string? FindTwoParts(IScene scene)
    {
        foreach (var request in scene.Requests)
        {
            PersonId?[] parts =
            [
                request.Requester,
                request.PasswordApprover,
                request.MfaApprover,
                request.ContactApprover,
                request.DutyApprover,
            ];
            for (var i = 0; i < parts.Length; i++)
            for (var j = 0; j < i; j++)
            {
                if (parts[i] is not null && parts[j] is not null && scene.NameOf(parts[i]) == scene.NameOf(parts[j]))
                    return $"{scene.NameOf(parts[i])} has two parts in one {request.Kind}.";
            }
        }
        return null;
    }

    private static string? FindInBoth(IScene scene)
    {
        foreach (var account in scene.Accounts)
        {
            var mfaGroup = scene.GroupOf(account, Half.Mfa);
            foreach (var member in scene.GroupOf(account, Half.Password).Members)
            {
                if (mfaGroup.Has(member.Person))
                    return $"The groups of {account.Number} share a member.";
            }
        }
        return null;
    }

    private static string? FindNotAMember(IScene scene)
    {
        foreach (var seen in scene.Chronicle.Seen)
        {
            if (!seen.Holder)
                return $"{seen.Who} was shown the {seen.Half} of another.";
        }
        foreach (var opened in scene.Chronicle.Opened)
        {
            if (opened.PasswordHolder is null || opened.MfaHolder is null)
                return "A window opened to a holder who never approved.";
        }
        return FindFlaw(scene, Flaws.NotAMember);
    }

    private static string? FindStranger(IScene scene)
    {
        foreach (var request in scene.Requests)
        {
            if (
                (request.Kind is RequestKind.Emergency or RequestKind.Planned)
                && scene.HumanOf(request.Requester!.Value).Customer != request.Customer
            )
                return $"{scene.NameOf(request.Requester)} asked for the account of another.";
        }
        foreach (var denied in scene.Chronicle.Denied)
        {
            if (scene.Named(denied.Who).Customer is not null)
                return $"{denied.Who} is a contact, and denied what only custodians deny.";
        }
        return FindAct(scene, Flaws.Stranger);
    }

    private static string? FindNewIdentity(IScene scene)
    {
        foreach (var did in scene.Chronicle.Did)
        {
            if (
                (did.Flaws & Flaws.NewIdentity) != Flaws.None
                && (did.Act is Act.Approve or Act.Lengthen or Act.Endorse or Act.Reveal or Act.Show or Act.Rotated)
            )
                return $"{did.Who}: {did.Act} through a new identity.";
        }
        return null;
    }

    /// <summary>Once what "not me" asks for is done: a window was ended, an emergency's half is with others.</summary>
    private static string? FindFrozenHolder(IScene scene)
    {
        foreach (var request in scene.Requests)
        {
            if (request.IsOver || request.Closes <= scene.Now)
                continue;
            foreach (var half in Both)
            {
                if (
                    request.ApproverOf(half) is { } holder
                    && scene.HumanOf(holder) is { FrozenAt: not null, FreezeWaitsSince: null } human
                )
                    return $"{human.Key} is frozen and holds the {half}.";
            }
        }
        foreach (var freed in scene.Chronicle.Freed)
        {
            if (
                freed.Frozen
                && scene.RequestOf(freed.Request).Kind != RequestKind.Emergency
                && scene.Chronicle.Opened.Exists(o => o.Request == freed.Request && o.Order < freed.Order)
            )
                return $"{freed.Who} was frozen, and the window that they held goes on.";
        }
        return null;
    }

    private static string? FindNamed(IScene scene) => FindFlaw(scene, Flaws.Named) ?? FindAct(scene, Flaws.Named);
}
