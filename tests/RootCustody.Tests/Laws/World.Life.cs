using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Requests;

namespace RootCustody.Tests.Laws;

/// <summary>What becomes of a request on its way, beside approvals and reveals.</summary>
public sealed partial class World
{
    private void AskStrictly(PersonId person, Account account, int how) =>
        Ask(person, account, Now.AddMinutes(1 + (how % 60)), how, strict);

    private void AskForDrill(PersonId person, Account account)
    {
        if (Requests.Exists(r => r.Account == account.Id && !r.IsOver))
            return;
        Requests.Add(Request.Drill(account, humans[person].IsDutyManager ? person : null, policy, Now));
    }

    private void Endorse(Request request, PersonId person, ChatUser through)
    {
        var endorsement = request.Endorse(StandingOf(person, AccountOf(request), through), Now);
        if (endorsement is Endorsement.Refused)
            return;
        if (WhyUnfit(person, through, request) is { } why)
            Chronicle.Unfit.Add($"{NameOf(person)} endorsed, though {why}.");
        if (endorsement is Endorsement.ByDutyManager { Completed: true })
            Open(request);
    }

    private void Edit(Request request, PersonId person, int how)
    {
        var account = AccountOf(request);
        var ask = AskFor(
            account,
            request.Kind == RequestKind.Planned ? Now.AddMinutes(1 + (how % 60)) : null,
            how,
            request.Named.Select(n => n.Person)
        );
        var before = (request.PasswordApprover, request.MfaApprover);
        var its = request.NeedsContact || request.NeedsDuty ? strict : policy;
        if (request.Edit(StandingOf(person, account), ask, its, Now) is not Editing.Edited)
            return;
        Chronicle.Vacate(request.Id, Half.Password);
        Chronicle.Vacate(request.Id, Half.Mfa);
        if (hole != Hole.EditsKeepApprovals)
            return;
        foreach (
            var (half, approver) in (ReadOnlySpan<(Half, PersonId?)>)
                [(Half.Password, before.Item1), (Half.Mfa, before.Item2)]
        )
        {
            if (approver is { } kept)
                request.Approve(StandingOf(kept, account), Now, request.Edits);
        }
    }

    private void HandBack(Request request, PersonId person) =>
        Free(request, request.HandBack(StandingOf(person, AccountOf(request)), Now));

    private void Replace(Request request, PersonId person, Half half) =>
        Free(request, request.Replace(StandingOf(person, AccountOf(request)), half, Now));

    private void Free(Request request, HandingBack? handing, string? by = null)
    {
        if (handing is HandingBack.Freed freed)
            Chronicle.Vacate(request.Id, freed.Half);
        if (handing is not HandingBack.Ended)
            return;
        Chronicle.Ended.Add(new Ended(request.Id, Now, by, InHand(request)));
        AfterEnd(request);
    }

    private void AskToExtend(Request request, PersonId person)
    {
        if (request.AskToExtend(StandingOf(person, AccountOf(request)), policy, Now) is Extension.Asked)
            agreed.RemoveAll(a => a.Request == request.Id);
    }

    private void Lengthen(Request request, PersonId person, ChatUser through)
    {
        var by = StandingOf(person, AccountOf(request), through);

        var extension = request.AgreeToExtend(by, Now);

        if (extension is Extension.Refused)
            return;
        if (WhyUnfit(person, through, request, by.Keeps!.Value) is { } why)
            Chronicle.Unfit.Add($"{NameOf(person)} agreed to more time, though {why}.");
        agreed.Add((request.Id, by.Keeps!.Value, NameOf(person)!));
        if (
            hole == Hole.OneGroupExtends
            && extension is Extension.Agreed
            && request.ApproverOf(by.Keeps!.Value.Other()) is { } other
        )
            extension = request.AgreeToExtend(StandingOf(other, AccountOf(request)), Now);
        if (extension is Extension.Granted granted)
            Note(request, granted.Window.Closes);
    }

    /// <summary>Writes down that a window became longer, and who had agreed to it.</summary>
    private void Note(Request request, DateTimeOffset until)
    {
        string? Who(Half half) => agreed.Find(a => a.Request == request.Id && a.Half == half).Who;
        Chronicle.Extended.Add(new Extended(request.Id, until, Who(Half.Password), Who(Half.Mfa)));
        var at = Chronicle.Opened.FindIndex(o => o.Request == request.Id);
        Chronicle.Opened[at] = Chronicle.Opened[at] with { Until = until };
    }

    private void Escalate(Request request) => request.Escalate(Now);

    private void Freeze(PersonId person)
    {
        var human = humans[person];
        if (IsSteady(human) || !human.Freeze(Now))
            return;
        frozen.Add(human.Key);
        LoseParts(person, frozen: true);
    }

    private void Unfreeze(PersonId person)
    {
        humans[person].Unfreeze();
        frozen.Remove(humans[person].Key);
    }

    private void Reinstate(PersonId person)
    {
        humans[person].Reinstate();
        suspended.Remove(humans[person].Key);
    }

    private void Suspend(PersonId person)
    {
        if (IsSteady(humans[person]))
            return;
        humans[person].Suspend();
        suspended.Add(humans[person].Key);
        LoseParts(person, frozen: false);
    }

    private void LoseParts(PersonId person, bool frozen)
    {
        foreach (var request in Requests.ToList())
            Free(request, request.Lose(person, frozen, Now), NameOf(person));
    }

    private void GoAway(PersonId person, int how)
    {
        if (IsSteady(humans[person]))
            return;
        var until = Now.AddMinutes(5 + (how % 300));
        humans[person].GoAway(until);
        away[humans[person].Key] = until;
    }

    private void ComeBack(PersonId person)
    {
        humans[person].ComeBack();
        away.Remove(humans[person].Key);
    }

    private void Keep(PersonId person, Account account, int how)
    {
        var human = humans[person];
        if (IsSteady(human) || keepers.RemoveAll(k => k.Person == human.Id && k.Account == account.Id) > 0)
            return;
        keepers.Add((account.Id, human.Id, (KeptThing)(1 + (how % 4))));
    }

    private void Assign(PersonId person)
    {
        if (!IsSteady(humans[person]) && !assigned.Remove(person))
            assigned.Add(person);
    }

    private void Administer(PersonId person)
    {
        if (!IsSteady(humans[person]) && !administrators.Remove(person))
            administrators.Add(person);
    }

    private void Link(PersonId person)
    {
        var identity = new ChatUser(ChatPlatform.Slack, $"new-{identities.Count}", humans[person].Key);
        humans[person].Link(identity, Now, Now + policy.CoolOff);
        identities.Add(identity);
        linked.Add(identity, person);
        cools[identity] = Now + policy.CoolOff;
    }

    private bool InHand(Request request) =>
        BothHalves.All(half =>
            Chronicle.Seen.Exists(s =>
                s.Request == request.Id && s.Half == half && s.Outcome != RootCustody.Reveals.RevealOutcome.NotShown
            )
        );
}
