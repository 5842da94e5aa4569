using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Tests.Laws;

internal static partial class Lawbook
{
    private static readonly Half[] Both = [Half.Password, Half.Mfa];

    private static string? FindOffTheRecord(IScene scene)
    {
        foreach (var seen in scene.Chronicle.Seen)
        {
            if (!seen.OnRecord)
                return $"{seen.Who} was shown the {seen.Half} with nothing on record.";
        }
        return null;
    }

    private static string? FindOutside(IScene scene)
    {
        foreach (var seen in scene.Chronicle.Seen)
        {
            if (seen.Request is not { } request)
                continue;
            var opened = scene.Chronicle.Opened.Find(o => o.Request == request);
            if (
                seen.AfterTheEnd
                || opened is null
                || seen.At < opened.At
                || seen.At >= scene.Chronicle.UntilOf(request)
            )
                return $"{seen.Who} was shown the {seen.Half} at {seen.At:T}.";
        }
        return null;
    }

    private static string? FindTakenTwice(IScene scene) =>
        scene.Chronicle.TakenTwice is [var taken, ..] ? $"{taken.Who} took what was taken." : null;

    private static string? FindOneClick(IScene scene) =>
        scene.Chronicle.DidTwice is [var did, ..] ? $"{did.Who}: {did.Act} twice by one click." : null;

    private static string? FindOverlap(IScene scene)
    {
        foreach (var request in scene.Requests)
        {
            if (request.State != RequestState.Open)
                continue;
            foreach (var other in scene.Requests)
            {
                if (other != request && other.Account == request.Account && other.State == RequestState.Open)
                    return "Two windows of one account stand as open.";
            }
        }
        foreach (var later in scene.Chronicle.Opened)
        foreach (var earlier in scene.Chronicle.Opened)
        {
            if (
                earlier.Order < later.Order
                && earlier.Account == later.Account
                && scene.Chronicle.UntilOf(earlier.Request) > later.At
                && !scene.Chronicle.Over.Exists(o => o.Request == earlier.Request && o.At <= later.At)
            )
                return "A window opened while another of the account was open.";
        }
        return null;
    }

    private static string? FindBackToLife(IScene scene)
    {
        foreach (var over in scene.Chronicle.Over)
        {
            if (scene.RequestOf(over.Request).State != over.State)
                return $"It was {over.State}, and is {scene.RequestOf(over.Request).State}.";
            if (scene.Chronicle.UntilOf(over.Request) > over.At && scene.RequestOf(over.Request).Closes != over.At)
                return $"It ended at {over.At:T}, and does not say so.";
            if (scene.Chronicle.Over.Exists(o => o.Request == over.Request && o != over))
                return "It ended twice.";
        }
        return null;
    }

    private static string? FindSilence(IScene scene)
    {
        foreach (var opened in scene.Chronicle.Opened)
        {
            var request = scene.RequestOf(opened.Request);
            var edited = scene.Chronicle.LastEditOf(request.Id);
            foreach (var half in Both)
            {
                if (!scene.Chronicle.Taken.Exists(t => t.Request == request.Id && t.Half == half && t.Order > edited))
                    return "A window opened without two approvals of what it was asked for.";
            }
            if (opened.PasswordHolder is null || opened.MfaHolder is null)
                return "A window opened without two approvals.";
            if (opened.At >= request.AnswerBy || opened.At < request.Start)
                return "A window opened out of its time.";
            if (request.Kind == RequestKind.Planned && FindUnendorsed(scene, request, edited) is { } missing)
                return missing;
        }
        return FindUnsaid(scene) ?? FindFlaw(scene, Flaws.TooLate);
    }

    /// <summary>A name stands on a request whose bearer has not said so since it was edited last.</summary>
    private static string? FindUnsaid(IScene scene)
    {
        foreach (var request in scene.Requests)
        {
            if (request.IsOver)
                continue;
            foreach (var half in Both)
            {
                if (scene.NameOf(request.ApproverOf(half)) != scene.Chronicle.HolderOf(request.Id, half))
                    return $"{scene.NameOf(request.ApproverOf(half)) ?? "Nobody"} has the {half} unsaid.";
            }
            var edited = scene.Chronicle.LastEditOf(request.Id);
            foreach (var endorser in (PersonId?[])[request.ContactApprover, request.DutyApprover])
            {
                if (
                    scene.NameOf(endorser) is { } name
                    && !scene.Chronicle.Endorsed.Exists(e =>
                        e.Request == request.Id && e.Order > edited && e.Who == name
                    )
                )
                    return $"{name} approved nothing of what is asked for now.";
            }
        }
        return null;
    }

    /// <summary>What policy wants besides the custodians, of a request that nobody is in a hurry with.</summary>
    private static string? FindUnendorsed(IScene scene, Request request, int edited)
    {
        var endorsed = scene.Chronicle.Endorsed.FindAll(e => e.Request == request.Id && e.Order > edited);
        var first = scene.Chronicle.Taken.Find(t => t.Request == request.Id && t.Order > edited)!;
        if (scene.Policy.CustomerApprover && !endorsed.Exists(e => e.AsContact && e.Order < first.Order))
            return "The custodians were asked before a second contact approved.";
        if (scene.Policy.DutyTasks == request.Task && !endorsed.Exists(e => !e.AsContact))
            return "A window opened without the duty manager's approval.";
        return null;
    }

    private static string? FindUnread(IScene scene)
    {
        foreach (var taken in scene.Chronicle.Taken)
        {
            if (!taken.ForMoreTime && taken.Read != taken.Edits)
                return $"{taken.Who} approved what had been edited since.";
        }
        return null;
    }

    private static string? FindExtendedAlone(IScene scene)
    {
        var chronicle = scene.Chronicle;
        foreach (var asked in chronicle.AskedMore)
        {
            if (!asked.IsTheirs)
                return $"{asked.Who} asked for more time and has no part in it.";
        }
        foreach (var extended in chronicle.Extended)
        {
            var asked =
                chronicle.AskedMore.FindLast(a => a.Request == extended.Request && a.Order < extended.Order)?.Order
                ?? int.MaxValue;
            var agreed = chronicle.Taken.FindAll(t =>
                t.Request == extended.Request && t.ForMoreTime && t.Order > asked && t.Order < extended.Order
            );
            if (agreed is not [var one, var other] || one.Half == other.Half || one.Who == other.Who)
                return "A window became longer, and not by one of each group.";
        }
        foreach (var request in scene.Requests)
        {
            if (request.State == RequestState.Open && request.Closes != chronicle.UntilOf(request.Id))
                return $"A window closes at {request.Closes:T}, and should at {chronicle.UntilOf(request.Id):T}.";
            if (request.Closes > request.Opens + scene.Policy.LongestWindow)
                return "A window is longer than policy allows.";
        }
        return null;
    }

    private static string? FindTooOften(IScene scene)
    {
        foreach (var seen in scene.Chronicle.Seen)
        {
            if (seen.Request is null || seen.Half != Half.Password)
                continue;
            var often = 0;
            var last = DateTimeOffset.MinValue;
            foreach (var other in scene.Chronicle.Seen)
            {
                // old and new password of a rotation are shown together, and count once
                if (
                    other.Request == seen.Request
                    && other.Who == seen.Who
                    && other.Half == Half.Password
                    && other.Outcome != RevealOutcome.NotShown
                    && other.At != last
                )
                {
                    often++;
                    last = other.At;
                }
            }
            if (often > scene.Policy.PasswordReveals)
                return $"{seen.Who} was shown the password {often} times.";
        }
        return null;
    }
}
