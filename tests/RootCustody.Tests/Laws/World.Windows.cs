using RootCustody.Accounts;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Tests.Laws;

public sealed partial class World
{
    public void Wait(TimeSpan time) => Now += time;

    public void OpenDue()
    {
        if (hole == Hole.SilenceIsYes)
            TakeSilenceForYes();
        // more than the job would hand over: the rule decides, not the query
        foreach (var request in requests.OrderBy(r => r.Start).ToList())
        {
            if (BothHalves.All(h => request.ApproverOf(h) is not null))
                Open(request);
        }
    }

    public void ExpireDue()
    {
        foreach (var request in requests.ToList())
            Expire(request);
    }

    private void EscalateDue()
    {
        foreach (var request in requests)
        {
            if (request.Escalate(Now) is { CallDuty: true } && hole != Hole.NobodyIsCalled)
                Chronicle.Called.Add(new Called(request.Id, Now));
        }
        Chronicle.Escalate(Now);
    }

    /// <summary>Lets the clock end what is under way.</summary>
    /// <returns>The accounts that owe then.</returns>
    public List<Account> Settle()
    {
        while (requests.Exists(r => !r.IsOver))
        {
            Wait(TimeSpan.FromHours(8));
            OpenDue();
            ExpireDue();
        }
        return accounts.FindAll(a => a.OwesSince is not null);
    }

    /// <summary>An emergency on the first account that these two have just opened.</summary>
    public Request OpenedBy(string passwordHolder, string mfaHolder, string requester = "Rita")
    {
        Ask(Named(requester).Id, accounts[0], null, 1);
        var request = requests[^1];
        Approve(request, Named(passwordHolder).Id);
        Approve(request, Named(mfaHolder).Id);
        return request;
    }

    private void Expire(Request request)
    {
        if (request.Expire(Now) is not null)
            End(request, Act.ExpireDue, null);
    }

    private void Open(Request request)
    {
        var account = AccountOf(request);
        var other = hole == Hole.WindowsOverlap ? null : OtherOf(request);
        var holders = BothHalves.ToDictionary(h => h, h => StandingOf(request.ApproverOf(h)!.Value, account));
        var flaws = BothHalves.Aggregate(
            Flaws.None,
            (all, h) => all | FlawsOf.Holder(this, request.ApproverOf(h)!.Value, null, request.Id, h)
        );

        var opening = request.Open(holders, other, Now);

        if (opening is Opening.Voided voided)
        {
            Freed(request, voided.Half, this.NameOf(voided.Person), forGood: false);
            Chronicle.Voided++;
        }
        if (opening is not Opening.Opened)
            return;
        if (other is not null)
            End(other, Act.OpenDue, null);
        Chronicle.Opened.Add(
            new Opened(
                request.Id,
                account.Id,
                Now,
                Now + request.Length,
                Chronicle.HolderOf(request.Id, Half.Password),
                Chronicle.HolderOf(request.Id, Half.Mfa),
                flaws,
                Chronicle.Next()
            )
        );
    }

    /// <summary>The request that stands as open on the same account; the job may be late, so that it is tidied here if it is over.</summary>
    private Request? OtherOf(Request request)
    {
        var other = requests.Find(r => r != request && r.Account == request.Account && r.State == RequestState.Open);
        if (other is not null)
            Expire(other);
        return other?.State == RequestState.Open ? other : null;
    }

    private void TakeSilenceForYes()
    {
        foreach (var request in requests.Where(r => r.State == RequestState.Asked && r.AnswerBy <= Now).ToList())
        {
            var account = AccountOf(request);
            foreach (var half in BothHalves.Where(h => request.ApproverOf(h) is null))
            foreach (var member in this.GroupOf(account, half).Members)
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

    public bool Done(Request request, PersonId person)
    {
        var answer = new ClosingAnswer(true, "", "Done.");
        return Ending(
            request,
            person,
            Act.Done,
            () => request.Done(StandingOf(person, AccountOf(request)), answer, Now)
        );
    }

    private bool Revoke(Request request, PersonId person) =>
        Ending(request, person, Act.Revoke, () => request.Revoke(StandingOf(person, AccountOf(request)), Now));

    private bool Ending(Request request, PersonId person, Act act, Func<Closing> end)
    {
        var closing = end();
        if (closing is Closing.Refused)
            return false;
        if (closing is Closing.SteppedBack stepped)
            Freed(request, stepped.Half, this.NameOf(person), forGood: true);
        else
            End(request, act, this.NameOf(person));
        return true;
    }

    /// <summary>As <c>EndWindow.AfterAsync</c>: a living password that was shown, or maybe shown, outside a rotation is a debt.</summary>
    /// <param name="who">Null for the clock.</param>
    private void End(Request request, Act act, string? who)
    {
        if (act != Act.Done || !Chronicle.Over.Exists(o => o.Request == request.Id)) // Done may come late
            Chronicle.Over.Add(new Over(request.Id, Now, request.State, act, who, Chronicle.Next()));
        if (request.Opens is null || request.Kind == RequestKind.Rotation)
            return;
        foreach (var seen in Chronicle.Seen.Where(s => s.Request == request.Id && s.Counts))
            seen.Booked = true;
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
}
