using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Tests.Laws;

public sealed partial class World
{
    private static readonly Half[] BothHalves = [Half.Password, Half.Mfa];

    public void Play(Command command) => Resolve(command)();

    /// <summary>Binds a command to the request and the person that it means now, so that it can be done twice.</summary>
    public Action Resolve(Command command)
    {
        var request = RequestAt(command.Act, command.Which);
        var identity = Someone(command.Act, command.Who, request);
        var person = linked[identity];
        var account = Accounts[command.Which % 10 < 5 ? 0 : command.Which % Accounts.Count];
        var theirs = groups.Find(g => g.Has(humans[person].Id)) ?? groups[0];
        return (command.Act, request) switch
        {
            (Act.AskEmergency, _) => () => Ask(person, account, null, command.How),
            (Act.AskPlanned, _) => () => Ask(person, account, Now.AddMinutes(1 + (command.How % 60)), command.How),
            (Act.AskForRotation, _) => () => AskForRotation(account),
            (Act.Conclude, _) => Conclude,
            (Act.OpenDue, _) => OpenDue,
            (Act.ExpireDue, _) => ExpireDue,
            (Act.Wait, _) => () => Wait(TimeSpan.FromMinutes(1 + (command.How % 20))),
            (Act.WaitLong, _) => () => Wait(TimeSpan.FromHours(1 + (command.How % 8))),
            (Act.Admit, _) => () => Admit(groups[command.How % groups.Count], humans[person]),
            (Act.Dismiss, _) => () => Dismiss(theirs, humans[person]),
            (Act.Move, _) => () => Move(humans[person], groups[command.How % groups.Count]),
            (Act.Suspend, _) => () => Suspend(person),
            (Act.AskStrict, _) => () => AskStrictly(person, account, command.How),
            (Act.AskDrill, _) => () => AskForDrill(person, account),
            (Act.Freeze, _) => () => Freeze(person),
            (Act.Unfreeze, _) => () => Unfreeze(person),
            (Act.Reinstate, _) => () => Reinstate(person),
            (Act.GoAway, _) => () => GoAway(person, command.How),
            (Act.ComeBack, _) => () => ComeBack(person),
            (Act.Keep, _) => () => Keep(person, account, command.How),
            (Act.Assign, _) => () => Assign(person),
            (Act.Administer, _) => () => Administer(person),
            (Act.Link, _) => () => Link(person),
            (Act.Restart, _) => unheard.Clear,
            (Act.Entrust, _) => () => Entrust(account, groups[command.How % 2], groups[2 + (command.How / 2 % 2)]),
            (Act.Rotate, _) => () => Rotate(account, command.How),
            _ => ResolveOn(command, request, identity),
        };
    }

    /// <summary>What is done to one request.</summary>
    private Action ResolveOn(Command command, Request? request, ChatUser identity)
    {
        var person = linked[identity];
        return (command.Act, request) switch
        {
            (_, null) => () => { },
            (Act.Agree, _) => () => Agree(request, command.How),
            (Act.Approve, _) => () => Approve(request, person, identity),
            (Act.ApproveUnread, _) => () => Approve(request, person, identity, request.Edits - 1),
            (Act.Endorse, _) => () => Endorse(request, person, identity),
            (Act.Edit, _) => () => Edit(request, person, command.How),
            (Act.HandBack, _) => () => HandBack(request, person),
            (Act.Replace, _) => () => Replace(request, person, command.How % 2 == 0 ? Half.Password : Half.Mfa),
            (Act.AskToExtend, _) => () => AskToExtend(request, person),
            (Act.Lengthen, _) => () => Lengthen(request, person, identity),
            (Act.Escalate, _) => () => Escalate(request),
            (Act.ChangeSides, _) => () => ChangeSides(request, person),
            (Act.Deny, _) => () => Deny(request, person),
            (Act.Reveal, _) => () =>
                Show(request, HalfFor(request, person, command.How), person, (Fate)(command.How % 5), identity),
            (Act.Done, _) => () => Done(request, person),
            (Act.Revoke, _) => () => Revoke(request, person),
            (Act.Rotated, _) => () => Rotated(request, person),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Half HalfFor(Request request, PersonId person, int how) =>
        how % 7 == 0 ? Half.Password
        : how % 7 == 1 ? Half.Mfa
        : request.HeldBy(person) ?? Half.Password;

    public void Wait(TimeSpan time) => Now += time;

    public void Ask(PersonId person, Account account, DateTimeOffset? start, int how, Policy? its = null)
    {
        PersonId[] named = start is null && how % 10 == 7 ? [linked[identities[how % identities.Count]]] : [];
        var ask = AskFor(account, start, how, named);
        if (Request.WhyNotAsk(humans[person], account) is null && !ask.Faults(policy, Now).Any())
            Requests.Add(Request.Of(ask, account, person, its ?? policy, Now));
    }

    private static Ask AskFor(Account account, DateTimeOffset? start, int how, IEnumerable<PersonId> named) =>
        new(
            account.Id,
            RootTask.Catalogue[0],
            "The administrator is locked out.",
            null,
            start,
            TimeSpan.FromMinutes(10 + (how % 50)),
            [.. named]
        );

    public Request? AskForRotation(Account account)
    {
        var asked = Requests.Exists(r =>
            r.Account == account.Id
            && (
                r.State == RequestState.Open
                || (r.Kind == RequestKind.Rotation && r.State is RequestState.Asked or RequestState.Approved)
            )
        );
        if (asked || !account.NeedsRotationAt(Now))
            return null;
        var request = Request.Rotation(account, policy, Now);
        Requests.Add(request);
        return request;
    }

    public Approval Approve(Request request, PersonId person, ChatUser? through = null, int? read = null)
    {
        var account = AccountOf(request);
        var by = StandingOf(person, account, through);

        var approval = request.Approve(by, Now, read ?? request.Edits);

        if (approval is not Approval.Refused)
        {
            if (WhyUnfit(person, through, request, by.Keeps!.Value) is { } why)
                Chronicle.Unfit.Add($"{NameOf(person)} approved the {by.Keeps}, though {why}.");
            if (read is { } old && old != request.Edits)
                Chronicle.Unfit.Add($"{NameOf(person)} approved what they had not read.");
        }
        var alsoTaken = hole == Hole.TheLastOneWins && approval is Approval.Refused { Why: Refusal.AlreadyTaken };
        if (approval is not Approval.Refused || alsoTaken)
            Chronicle.Take(
                new Taken(NameOf(person)!, request.Id, by.Keeps!.Value, Now, IsIn(account, by.Keeps!.Value, person))
            );
        if (approval is Approval.Completed)
            Open(request);
        return approval;
    }

    private void Agree(Request request, int how)
    {
        foreach (var half in BothHalves)
        {
            var members = GroupOf(AccountOf(request), half).Members;
            if (members.Count > 0)
                Approve(request, linked[identities.Find(i => i.User == NameOf(members[how % members.Count].Person))!]);
        }
    }

    private void Rotate(Account account, int how)
    {
        AskForRotation(account);
        var rotation = Requests.Find(r => r.Account == account.Id && r.Kind == RequestKind.Rotation && !r.IsOver);
        if (rotation is null)
            return;
        Agree(rotation, how);
        foreach (var half in BothHalves)
        {
            if (rotation.ApproverOf(half) is not { } holder)
                continue;
            Show(rotation, half, holder, (Fate)(how % 11 % 5));
            Rotated(rotation, holder);
        }
    }

    public void OpenDue()
    {
        if (hole == Hole.SilenceIsYes)
            TakeSilenceForYes();
        // more than the job would hand over: the rule decides, not the query
        foreach (var request in Requests.OrderBy(r => r.Start).ToList())
        {
            if (BothHalves.All(h => request.ApproverOf(h) is not null))
                Open(request);
        }
    }

    public void ExpireDue()
    {
        foreach (var request in Requests.ToList())
            Expire(request);
    }

    /// <summary>Lets the clock end what is under way.</summary>
    /// <returns>The accounts that owe then.</returns>
    public List<Account> Settle()
    {
        while (Requests.Exists(r => !r.IsOver))
        {
            Wait(TimeSpan.FromHours(8));
            OpenDue();
            ExpireDue();
        }
        return [.. Accounts.Where(a => a.OwesSince is not null)];
    }

    /// <summary>An emergency on the first account that these two have just opened.</summary>
    public Request OpenedBy(string passwordHolder, string mfaHolder, string requester = "Rita")
    {
        Ask(Named(requester).Id, Accounts[0], null, 0);
        var request = Requests[^1];
        Approve(request, Named(passwordHolder).Id);
        Approve(request, Named(mfaHolder).Id);
        return request;
    }

    private void Expire(Request request)
    {
        if (request.Expire(Now) is not null)
            AfterEnd(request);
    }

    private void Open(Request request)
    {
        var account = AccountOf(request);
        var other = Requests.Find(r => r != request && r.Account == account.Id && r.State == RequestState.Open);
        if (other is not null)
            Expire(other); // the job may be late, and one account has one open window
        other = other?.State == RequestState.Open ? other : null;
        var holders = BothHalves.ToDictionary(h => h, h => StandingOf(request.ApproverOf(h)!.Value, account));

        var opening = request.Open(holders, other, Now);

        if (opening is Opening.Opened)
        {
            foreach (var half in BothHalves)
            {
                if (WhyUnfit(request.ApproverOf(half)!.Value, null, request, half) is { } why)
                    Chronicle.Unfit.Add($"A window opened to the holder of the {half}, though {why}.");
            }
        }
        if (opening is Opening.Voided voided)
        {
            Chronicle.Vacate(request.Id, voided.Half);
            Chronicle.Voided++;
        }
        if (opening is not Opening.Opened)
            return;
        Chronicle.Opened.Add(
            new Opened(
                request.Id,
                Now,
                Now + request.Length,
                Chronicle.HolderOf(request.Id, Half.Password),
                Chronicle.HolderOf(request.Id, Half.Mfa)
            )
        );
        if (other is not null)
        {
            Chronicle.Ended.Add(new Ended(other.Id, Now));
            AfterEnd(other);
        }
    }

    private void TakeSilenceForYes()
    {
        foreach (var request in Requests.Where(r => r.State == RequestState.Asked && r.AnswerBy <= Now).ToList())
        {
            var account = AccountOf(request);
            foreach (var half in BothHalves.Where(h => request.ApproverOf(h) is null))
            foreach (var member in GroupOf(account, half).Members)
                request.Approve(StandingOf(member.Person, account), request.AskedAt, request.Edits);
            if (request.State == RequestState.Approved)
            {
                var now = Now;
                Now = request.AnswerBy.AddTicks(-1);
                Open(request);
                Now = now;
            }
        }
    }

    private void Deny(Request request, PersonId person)
    {
        var held = request.HeldBy(person);
        if (request.Deny(StandingOf(person, AccountOf(request)), "Not now.", Now) is not Denying.SteppedBack)
            return;
        if (held is { } half)
            Chronicle.Vacate(request.Id, half);
    }

    public void Done(Request request, PersonId person)
    {
        if (!humans[person].Suspended) // reception lets no suspended person in
            Ending(
                request,
                person,
                () => request.Done(StandingOf(person, AccountOf(request)), new(true, "", "Done."), Now)
            );
    }

    private void Revoke(Request request, PersonId person) =>
        Ending(
            request,
            person,
            () =>
            {
                var by = StandingOf(person, AccountOf(request));
                return request.Revoke(by with { IsDutyManager = by.IsDutyManager || EndsAlone(request, person) }, Now);
            }
        );

    private bool EndsAlone(Request request, PersonId person) =>
        hole == Hole.HoldersEndEmergencies && request.HeldBy(person) is not null;

    private void Ending(Request request, PersonId person, Func<Closing> end)
    {
        var wasOpen = request.State == RequestState.Open && request.Window!.IsOpenAt(Now);
        var inHand = InHand(request);
        var closing = end();
        if (closing is Closing.SteppedBack stepped)
            Chronicle.Vacate(request.Id, stepped.Half);
        if (closing is Closing.Refused or Closing.SteppedBack)
            return;
        if (wasOpen || closing is Closing.Withdrawn)
            Chronicle.Ended.Add(new Ended(request.Id, Now, NameOf(person), inHand));
        AfterEnd(request);
    }

    public Closing Rotated(Request request, PersonId person)
    {
        var account = AccountOf(request);
        var held = request.HeldBy(person);
        var shown = exposures.Exists(e =>
            e.Request == request.Id
            && e.Half == Half.Password
            && e.Generation == request.PendingGeneration
            && e.Outcome != RevealOutcome.NotShown
        );

        var closing = request.Rotated(StandingOf(person, account), account, shown, policy, Now);

        if (closing is not Closing.Refused)
            Chronicle.Attested.Add(new Attested(NameOf(person)!, request.Id, held!.Value));
        if (hole == Hole.OneWordIsEnough && closing is Closing.HalfRotated)
        {
            var other = request.ApproverOf(held!.Value.Other())!.Value;
            closing = request.Rotated(StandingOf(other, account), account, shown, policy, Now);
        }
        if (closing is Closing.Rotated rotated)
        {
            retirements.Add(rotated.Retirement);
            Chronicle.Ended.Add(new Ended(request.Id, Now));
            Chronicle.Promoted.Add(
                new Promoted(
                    account.Id,
                    made[account.Id],
                    Chronicle.HolderOf(request.Id, Half.Password),
                    Chronicle.HolderOf(request.Id, Half.Mfa)
                )
            );
            AfterEnd(request);
        }
        return closing;
    }

    /// <summary>As <c>EndWindow.AfterAsync</c>: a living password that was shown, or maybe shown, outside a rotation is a debt.</summary>
    private void AfterEnd(Request request)
    {
        if (request.Opens is null || request.Kind == RequestKind.Rotation)
            return;
        foreach (var seen in Chronicle.Seen.Where(s => s.Request == request.Id && s.Counts))
            seen.Booked = true;
        if (request.Kind == RequestKind.Drill)
            return;
        var account = AccountOf(request);
        var owes = exposures.Exists(e =>
            e.Request == request.Id
            && e.Half == Half.Password
            && e.Outcome != RevealOutcome.NotShown
            && (e.Generation >= account.PasswordGeneration || hole == Hole.PaidIsOwedAgain)
        );
        if (owes && hole != Hole.NothingIsOwed)
            account.Owe(policy, Now);
    }

    private bool IsIn(Account account, Half half, PersonId person) => GroupOf(account, half).Has(humans[person].Id);
}
