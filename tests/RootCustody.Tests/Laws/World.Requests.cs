using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Tests.Laws;

public sealed partial class World
{
    private static readonly Half[] BothHalves = [Half.Password, Half.Mfa];

    public bool Ask(PersonId person, Account account, DateTimeOffset? start, int how)
    {
        var named = how % (start is null ? 3 : 12) == 0 ? NamedBy(person, how / 3) : [];
        var ask = AskOf(account, start, TimeSpan.FromMinutes(10 + (how % 50)), how, named);
        var isTheirs = Request.WhyNotAsk(humans[person], account) is null;
        if (hole == Hole.OtherCustomersAsk)
            isTheirs = humans[person].Customer is not null;
        if (!isTheirs || ask.Faults(policy, Now).Any())
            return false;
        var request = Request.Of(ask, account, person, policy, Now);
        requests.Add(request);
        Chronicle.Named[request.Id] = named;
        return true;
    }

    private Ask AskOf(Account account, DateTimeOffset? start, TimeSpan length, int how, List<PersonId> named) =>
        new(
            account.Id,
            RootTask.Catalogue[how % 5 < 3 ? 0 : 1],
            "The administrator is locked out.",
            null,
            start,
            length,
            hole == Hole.TheNamedTakePart ? [] : named
        );

    private List<PersonId> NamedBy(PersonId requester, int how)
    {
        var danger = humans[linked[identities[how % identities.Count]]];
        return danger == humans[requester] ? [] : [danger.Id];
    }

    public Request? AskForRotation(Account account)
    {
        var asked = requests.Exists(r =>
            r.Account == account.Id
            && (
                r.State == RequestState.Open
                || (r.Kind == RequestKind.Rotation && r.State is RequestState.Asked or RequestState.Approved)
            )
        );
        if (asked || !account.NeedsRotationAt(Now))
            return null;
        var request = Request.Rotation(account, policy, Now);
        requests.Add(request);
        return request;
    }

    /// <summary>More than the desk would begin: it asks first whether something is under way on the account.</summary>
    private bool Drill(PersonId person, Account account)
    {
        if (!humans[person].IsDutyManager && !humans[person].IsAdministrator)
            return false;
        if (humans[person].Suspended || humans[person].FrozenAt is not null) // reception lets neither in
            return false;
        requests.Add(Request.Drill(account, person, policy, Now));
        return true;
    }

    /// <param name="read">What the card said on which they pressed; null for what it says now.</param>
    public Approval Approve(Request request, PersonId person, ChatUser? through = null, int? read = null)
    {
        var account = AccountOf(request);
        var by = StandingOf(person, account, through);
        var edits = Chronicle.EditsOf(request.Id);

        var approval = request.Approve(by, Now, hole == Hole.StaleCardsCount ? request.Edits : read ?? request.Edits);

        var alsoTaken = hole == Hole.TheLastOneWins && approval is Approval.Refused { Why: Refusal.AlreadyTaken };
        if (approval is Approval.Refused && !alsoTaken)
            return approval;
        var half = by.Keeps!.Value;
        Chronicle.Take(
            new Taken(
                this.NameOf(person)!,
                request.Id,
                half,
                Now,
                FlawsOf.Holder(this, person, through, request.Id, half),
                read ?? edits,
                edits,
                false,
                Chronicle.Next()
            )
        );
        if (approval is Approval.Completed)
            Open(request);
        return approval;
    }

    private bool Lengthen(Request request, PersonId person, ChatUser through)
    {
        var by = StandingOf(person, AccountOf(request), through);

        var extension = request.AgreeToExtend(by, Now);

        if (extension is Extension.Refused)
            return false;
        var half = by.Keeps!.Value;
        var flaws = FlawsOf.Holder(this, person, through, request.Id, half);
        Chronicle.Take(new Taken(this.NameOf(person)!, request.Id, half, Now, flaws, 0, 0, true, Chronicle.Next()));
        if (hole == Hole.OneGroupExtends && extension is Extension.Agreed)
            extension = LengthenUnseen(request, half.Other()) ?? extension;
        if (extension is Extension.Granted)
            Extended(request);
        return true;
    }

    /// <summary>Someone of the group agrees to more time, and nobody knows of it.</summary>
    private Extension? LengthenUnseen(Request request, Half half) =>
        this.GroupOf(AccountOf(request), half)
            .Members.Select(m => request.AgreeToExtend(StandingOf(m.Person, AccountOf(request)), Now))
            .FirstOrDefault(e => e is Extension.Granted);

    private void Extended(Request request)
    {
        var opened = Chronicle.Opened.Find(o => o.Request == request.Id)!;
        var until = Chronicle.UntilOf(request.Id)!.Value + Policy.Extension;
        var most = opened.At + Policy.LongestWindow;
        Chronicle.Extended.Add(new Extended(request.Id, Now, until < most ? until : most, Chronicle.Next()));
    }

    private void Agree(string key, RequestId id, int how)
    {
        foreach (var name in (string[])[how % 2 == 0 ? "Ravi" : "Rita", "Bea", "Dora"])
        {
            var by = IdentityOf(people[name]);
            if (this.RequestOf(id) is { AwaitsContact: true } or { AwaitsDuty: true })
                Press($"{key}/{name}", Act.Endorse, by, id, (r, who) => Endorse(r, who, by));
        }
        foreach (var (half, by) in OneOfEach(id, how))
            PressApprove($"{key}/{half}", by, id, this.RequestOf(id).Edits);
    }

    private void AgreeToMore(string key, RequestId id, int how)
    {
        if (this.NameOf(this.RequestOf(id).Requester) is not { } requester)
            return;
        Press($"{key}/more", Act.AskMore, IdentityOf(people[requester]), id, AskMore);
        foreach (var (half, by) in OneOfEach(id, how))
            Press($"{key}/{half}", Act.Lengthen, by, id, (r, who) => Lengthen(r, who, by));
    }

    /// <summary>Someone of each group of the account.</summary>
    private List<(Half Half, ChatUser By)> OneOfEach(RequestId id, int how) =>
        [
            .. BothHalves
                .Select(half => (half, this.GroupOf(AccountOf(this.RequestOf(id)), half).Members))
                .Where(of => of.Members.Count > 0)
                .Select(of => (of.half, IdentityOf(humans[of.Members[how % of.Members.Count].Person]))),
        ];

    private void Alarm(string key, ChatUser by, AccountId account, int how)
    {
        var before = requests.Count;
        PressAsk(key, by, account, planned: false, how);
        if (requests.Count > before)
            Agree(key, requests[^1].Id, how);
    }

    private bool Endorse(Request request, PersonId person, ChatUser by)
    {
        var asContact = request.NeedsContact && request.ContactApprover is null;

        var endorsement = request.Endorse(StandingOf(person, AccountOf(request), by), Now);

        if (endorsement is Endorsement.Refused)
            return false;
        Chronicle.Endorsed.Add(new Endorsed(this.NameOf(person)!, request.Id, asContact, Chronicle.Next()));
        if (endorsement is Endorsement.ByDutyManager { Completed: true })
            Open(request);
        return true;
    }

    private bool Edit(Request request, PersonId person, int how)
    {
        var start = request.Kind == RequestKind.Planned ? Now.AddMinutes(1 + (how % 60)) : (DateTimeOffset?)null;
        var named = request.Kind == RequestKind.Emergency && how % 4 == 0 ? NamedBy(person, how / 4) : [];
        var ask = AskOf(AccountOf(request), start, TimeSpan.FromMinutes(10 + (how % 70)), how, named);
        if (ask.Faults(policy, Now).Any())
            return false;
        var approvers = BothHalves.Select(request.ApproverOf).ToList();

        if (request.Edit(StandingOf(person, AccountOf(request)), ask, policy, Now) is Editing.Refused)
            return false;

        Chronicle.Edited.Add(new Edited(request.Id, Now, Chronicle.Next()));
        Chronicle.Named[request.Id] = named;
        foreach (var half in BothHalves)
            Chronicle.Vacate(request.Id, half);
        if (hole == Hole.EditsKeepApprovals)
            foreach (var approver in approvers.OfType<PersonId>())
                request.Approve(StandingOf(approver, AccountOf(request)), Now, request.Edits);
        return true;
    }

    private bool Deny(Request request, PersonId person)
    {
        var by = StandingOf(person, AccountOf(request));
        var held = request.HeldBy(person);

        var denying = request.Deny(by, "Not now.", Now);

        if (denying is Denying.Refused)
            return false;
        var name = this.NameOf(person)!;
        Chronicle.Denied.Add(
            new Denied(name, request.Id, humans[person].IsDutyManager ? null : by.Keeps, Chronicle.Next())
        );
        if (denying is Denying.Ended)
            End(request, Act.Deny, name);
        else if (held is { } half)
            Freed(request, half, name, forGood: true);
        else
            Chronicle.Freed.Add(new Freed(name, request.Id, Now, true, Chronicle.Next()));
        return true;
    }

    private bool AskMore(Request request, PersonId person)
    {
        if (request.AskToExtend(StandingOf(person, AccountOf(request)), policy, Now) is Extension.Refused)
            return false;
        var name = this.NameOf(person)!;
        var isTheirs =
            humans[person].IsDutyManager
            || this.NameOf(request.Requester) == name
            || BothHalves.Any(h => Chronicle.HolderOf(request.Id, h) == name);
        Chronicle.AskedMore.Add(new AskedMore(name, request.Id, isTheirs, Chronicle.Next()));
        return true;
    }

    private bool HandBack(Request request, PersonId person)
    {
        if (request.HandBack(StandingOf(person, AccountOf(request)), Now) is not HandingBack.Freed freed)
            return false;
        Freed(request, freed.Half, this.NameOf(person), forGood: true);
        return true;
    }

    private bool Replace(Request request, PersonId person, Half half)
    {
        if (request.Replace(StandingOf(person, AccountOf(request)), half, Now) is not HandingBack.Freed freed)
            return false;
        Freed(request, freed.Half, this.NameOf(freed.Person), forGood: true);
        return true;
    }

    private void Freed(Request request, Half half, string? who, bool forGood, bool frozen = false)
    {
        Chronicle.Vacate(request.Id, half);
        Chronicle.Freed.Add(new Freed(who, request.Id, Now, forGood, Chronicle.Next(), frozen));
    }

    /// <param name="generation">What they say that AWS has.</param>
    public Rotating Found(Request request, PersonId person, int generation, ChatUser? through = null)
    {
        var account = AccountOf(request);
        var held = request.HeldBy(person);
        var shown = ShownIn(request);

        var rotating = request.Found(StandingOf(person, account, through), account, generation, shown, policy, Now);

        if (rotating is not Rotating.Refused)
            Chronicle.Attested.Add(new Attested(this.NameOf(person)!, request.Id, held!.Value, generation));
        if (
            hole == Hole.OneWordIsEnough
            && rotating is Rotating.Said
            && request.ApproverOf(held!.Value.Other()) is { } other
        )
            rotating = request.Found(StandingOf(other, account), account, generation, shown, policy, Now);
        if (rotating is Rotating.Rotated rotated)
        {
            Live(request, rotated.Retirement, recognised: false);
            End(request, Act.Rotated, this.NameOf(person));
        }
        if (rotating is Rotating.NotRotated not)
        {
            if (not.Ended is { } ended)
                Live(request, ended, recognised: true);
            Chronicle.Dropped.Add(new Dropped(account.Id, not.Living + 1, request.PendingGeneration!.Value));
            End(request, Act.NotRotated, this.NameOf(person));
        }
        return rotating;
    }

    private List<int> ShownIn(Request request) =>
        [
            .. exposures
                .Where(e => e.Request == request.Id && e.Half == Half.Password && e.Outcome != RevealOutcome.NotShown)
                .Select(e => e.Generation)
                .Distinct()
                .Order(),
        ];

    private void Live(Request request, Retirement retirement, bool recognised)
    {
        retirements.Add(retirement);
        Chronicle.Promoted.Add(
            new Promoted(
                retirement.Account,
                retirement.Through + 1,
                Chronicle.HolderOf(request.Id, Half.Password),
                Chronicle.HolderOf(request.Id, Half.Mfa),
                recognised,
                Chronicle.Next()
            )
        );
    }

    /// <summary>What a holder says that AWS has: mostly the new one, sometimes another that was shown, or none.</summary>
    private int FindingOf(Request request, int how)
    {
        var shown = ShownIn(request);
        if (how % 3 > 0 || shown.Count == 0)
            return request.PendingGeneration ?? Request.NoneSignsIn;
        return how % 5 == 0 ? Request.NoneSignsIn : shown[how / 3 % shown.Count];
    }

    private void Rotate(string key, AccountId id, int how)
    {
        AskForRotation(Find(id));
        var rotation = requests.Find(r => r.Account == id && r.Kind == RequestKind.Rotation && !r.IsOver);
        if (rotation is null)
            return;
        Agree(key, rotation.Id, how);
        ConfirmBoth($"{key}/1", rotation, how, handsBack: how % 3 == 0);
        if (how % 3 > 0)
            return;
        Agree($"{key}/again", rotation.Id, how + 1);
        ConfirmBoth($"{key}/2", rotation, how, handsBack: false);
    }

    /// <summary>Both holders reveal, and say that the password is changed.</summary>
    /// <param name="handsBack">The holder of the password gives it back after that, before the other has said so.</param>
    private void ConfirmBoth(string key, Request rotation, int how, bool handsBack)
    {
        foreach (var half in BothHalves)
        {
            if (rotation.ApproverOf(half) is not { } holder || !humans.TryGetValue(holder, out var human))
                continue;
            var by = IdentityOf(human);
            var fate = (Fate)(how % 13 % 6);
            Press($"{key}/reveal {half}", Act.Reveal, by, rotation.Id, (r, who) => Reveals(r, half, who, by, fate));
            Press(
                $"{key}/rotated {half}",
                Act.Rotated,
                by,
                rotation.Id,
                (r, who) => Found(r, who, FindingOf(r, how / 3), by) is not Rotating.Refused
            );
            if (!handsBack)
                continue;
            Press($"{key}/back", Act.HandBack, by, rotation.Id, HandBack);
            return;
        }
    }
}
