using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Tests.Laws;

internal static partial class Lawbook
{
    private static string? FindWronglyOwed(IScene scene)
    {
        foreach (var account in scene.Accounts)
        {
            var (living, owes) = (1, false);
            foreach (var promoted in scene.Chronicle.Promoted)
            {
                if (promoted.Account == account.Id)
                    (living, owes) = (promoted.Generation, promoted.Recognised);
            }
            foreach (var seen in scene.Chronicle.Seen)
                owes |=
                    seen.Account == account.Id
                    && seen.Half == Half.Password
                    && seen.Kind != RequestKind.Rotation
                    && seen.Booked
                    && seen.Generation >= living;
            if (owes != account.OwesSince is not null)
                return $"{account.Number} owes {account.OwesSince:T}, but an exposed password lives: {owes}.";
        }
        return null;
    }

    private static string? FindOneWord(IScene scene)
    {
        foreach (var promoted in scene.Chronicle.Promoted)
        {
            var attested = scene.Chronicle.Attested.Exists(a =>
                a.Half == Half.Password
                && a.Who == promoted.By
                && a.Generation == promoted.Generation
                && scene.Chronicle.Attested.Exists(b =>
                    b.Request == a.Request
                    && b.Half == Half.Mfa
                    && b.Generation == promoted.Generation
                    && b.Who == promoted.AndBy
                    && b.Who != a.Who
                )
            );
            if (!attested)
                return $"Generation {promoted.Generation} was promoted on one word.";
        }
        return null;
    }

    private static string? FindRealDrill(IScene scene)
    {
        foreach (var seen in scene.Chronicle.Seen)
        {
            if ((seen.Kind == RequestKind.Drill) != (seen.Generation == 0))
                return $"{seen.Who} was shown generation {seen.Generation} in a {seen.Kind}.";
        }
        return null;
    }

    private static string? FindEndedAlone(IScene scene)
    {
        foreach (var over in scene.Chronicle.Over)
        {
            var request = scene.RequestOf(over.Request);
            if (request.Kind != RequestKind.Emergency)
                continue;
            var isRight = over.State switch
            {
                RequestState.TimedOut => over.Who is null && over.At >= AnswerBy(scene, request, over),
                RequestState.Closed => over.At >= scene.Chronicle.UntilOf(request.Id)
                    || (over.Who is not null && WasInHand(scene, request, over)),
                RequestState.Denied => MayEnd(scene, request, over.Who) || DeniedByTwo(scene, request),
                RequestState.Withdrawn or RequestState.Revoked => MayEnd(scene, request, over.Who),
                _ => false,
            };
            if (!isRight)
                return $"{over.Who ?? "The clock"} ended an emergency by {over.By}: {over.State}.";
        }
        return null;
    }

    /// <summary>The time to answer runs afresh whenever a half became free, so that nobody ends it by stepping back late.</summary>
    private static DateTimeOffset AnswerBy(IScene scene, Request request, Over over)
    {
        var from = request.AskedAt;
        foreach (var edited in scene.Chronicle.Edited)
        {
            if (edited.Request == request.Id && edited.At > from)
                from = edited.At;
        }
        foreach (var freed in scene.Chronicle.Freed)
        {
            var took = scene.Chronicle.Taken.Exists(t =>
                t.Request == request.Id && t.Who == freed.Who && t.Order < freed.Order
            );
            if (took && freed.Request == request.Id && freed.Order < over.Order && freed.At > from)
                from = freed.At;
        }
        return from + scene.Policy.EmergencyAnswer;
    }

    private static bool WasInHand(IScene scene, Request request, Over over) =>
        Both.All(half =>
            scene.Chronicle.Seen.Exists(s =>
                s.Request == request.Id && s.Half == half && s.Order < over.Order && s.Outcome != RevealOutcome.NotShown
            )
        );

    /// <summary>The requester, a contact of the customer or a duty manager; whoever is named, another law finds.</summary>
    private static bool MayEnd(IScene scene, Request request, string? who)
    {
        if (who is null)
            return false;
        var human = scene.Named(who);
        return scene.NameOf(request.Requester) == who || human.IsDutyManager || human.Customer == request.Customer;
    }

    private static bool DeniedByTwo(IScene scene, Request request) =>
        Both.Any(half =>
            scene.Chronicle.Denied.Where(d => d.Request == request.Id && d.Half == half).DistinctBy(d => d.Who).Count()
            >= 2
        );

    private static string? FindGaveWay(IScene scene)
    {
        foreach (var over in scene.Chronicle.Over)
        {
            if (over.By != Act.OpenDue || scene.RequestOf(over.Request).Kind == RequestKind.Drill)
                continue;
            var account = scene.RequestOf(over.Request).Account;
            var opened = scene.Chronicle.Opened.Find(o => o.Account == account && o.Order > over.Order);
            if (opened is null || scene.RequestOf(opened.Request).Kind != RequestKind.Emergency)
                return $"The window of {over.Request} ended for another that is no emergency.";
        }
        return null;
    }

    private static string? FindUncalled(IScene scene)
    {
        if (!scene.Chronicle.HasJustEscalated(scene.Now))
            return null;
        foreach (var request in scene.Requests)
        {
            if (request.Kind != RequestKind.Emergency)
                continue;
            var opened = scene.Chronicle.Opened.Find(o => o.Request == request.Id);
            var waits = request.State switch
            {
                RequestState.Asked => scene.Now < request.AnswerBy,
                RequestState.Open => scene.Now < request.Closes
                    && !Both.All(h => scene.Chronicle.Seen.Exists(s => s.Request == request.Id && s.Half == h)),
                _ => false,
            };
            var since = opened?.At ?? request.AskedAt;
            if (
                waits
                && scene.Now >= since + scene.Policy.EmergencyDuty
                && !scene.Chronicle.Called.Exists(c => c.Request == request.Id && c.At >= since)
            )
                return $"An emergency has waited since {since:T}, and nobody was called.";
        }
        return null;
    }
}
