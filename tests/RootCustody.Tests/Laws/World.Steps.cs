using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Tests.Laws;

public sealed partial class World
{
    private readonly List<(string Key, Action<string> Step)> played = [];
    private int steps;

    public void Play(Command command)
    {
        var (key, step) = (NextKey(), Bind(command));
        step(key);
        played.Add((key, step));
    }

    public string NextKey() => $"{++steps}";

    /// <summary>Binds a command to the request and the person that it means now, so that it can be done twice: with a new key, or with the same one as a click that comes again.</summary>
    public Action<string> Bind(Command command)
    {
        var request = Choice.RequestAt(this, command.Act, command.Which);
        var by = Choice.Someone(this, identities, i => linked[i], command, request);
        return request is null ? BindAlone(command, by) : BindTo(request.Id, request.Edits, command, by);
    }

    /// <summary>What is about one request.</summary>
    /// <param name="edits">What the cards say that are drawn now.</param>
    private Action<string> BindTo(RequestId id, int edits, Command command, ChatUser by)
    {
        var how = command.How;
        var read = how % 9 == 0 ? Math.Max(0, edits - 1) : edits;
        return command.Act switch
        {
            Act.Agree => key => Agree(key, id, how),
            Act.AgreeToMore => key => AgreeToMore(key, id, how),
            Act.Approve => key => PressApprove(key, by, id, read),
            Act.ChangeSides => key => ChangeSides(key, by, id, read),
            Act.Endorse => key => Press(key, Act.Endorse, by, id, (r, who) => Endorse(r, who, by)),
            Act.Edit => key => Press(key, Act.Edit, by, id, (r, who) => Edit(r, who, how)),
            Act.Deny => key => Press(key, Act.Deny, by, id, Deny),
            Act.Reveal => key =>
                Press(key, Act.Reveal, by, id, (r, who) => Reveals(r, HalfFor(r, who, how), who, by, (Fate)(how % 6))),
            Act.AskMore => key => Press(key, Act.AskMore, by, id, AskMore),
            Act.Lengthen => key => Press(key, Act.Lengthen, by, id, (r, who) => Lengthen(r, who, by)),
            Act.HandBack => key => Press(key, Act.HandBack, by, id, HandBack),
            Act.Replace => key => Press(key, Act.Replace, by, id, (r, who) => Replace(r, who, BothHalves[how % 2])),
            Act.Done => key => Press(key, Act.Done, by, id, Done),
            Act.Revoke => key => Press(key, Act.Revoke, by, id, Revoke),
            Act.Rotated => key =>
                Press(
                    key,
                    Act.Rotated,
                    by,
                    id,
                    (r, who) => Found(r, who, FindingOf(r, how), by) is not Rotating.Refused
                ),
            _ => BindAlone(command, by),
        };
    }

    /// <summary>What is about no request.</summary>
    private Action<string> BindAlone(Command command, ChatUser by)
    {
        var how = command.How;
        var account = accounts[command.Which % 10 < 7 ? 0 : command.Which % accounts.Count].Id;
        return command.Act switch
        {
            Act.AskEmergency => key => PressAsk(key, by, account, planned: false, how),
            Act.AskPlanned => key => PressAsk(key, by, account, planned: true, how),
            Act.Alarm => key => Alarm(key, by, account, how),
            Act.Drill => key => PressDrill(key, by, account),
            Act.AskForRotation => _ => AskForRotation(Find(account)),
            Act.Rotate => key => Rotate(key, account, how),
            Act.Show => Show,
            Act.Conclude => _ => Conclude(),
            Act.OpenDue => _ => OpenDue(),
            Act.ExpireDue => _ => ExpireDue(),
            Act.EscalateDue => _ => EscalateDue(),
            Act.Wait => _ => Wait(TimeSpan.FromMinutes(1 + (how % 20))),
            Act.WaitLong => _ => Wait(TimeSpan.FromHours(1 + (how % 8))),
            Act.Restart => _ => Restart(),
            Act.Again => _ => Redeliver(how),
            _ => BindPeople(command, by, account),
        };
    }

    /// <summary>What happens to people, groups and accounts.</summary>
    private Action<string> BindPeople(Command command, ChatUser by, AccountId account)
    {
        var how = command.How;
        var name = humans[linked[by]].Key;
        var group = how % groups.Count;
        var theirs = Math.Max(0, groups.FindIndex(g => g.Has(people[name].Id)));
        var (isAdministrator, isAssigned) = (people[name].IsAdministrator, people[name].Assignments.Count > 0);
        var isMember = accounts[1].Management is not null;
        return command.Act switch
        {
            Act.Admit => _ => Admit(groups[group], people[name]),
            Act.Dismiss => _ => Dismiss(groups[theirs], people[name]),
            Act.Move => _ => Move(people[name], groups[group]),
            Act.Suspend => _ => Suspend(people[name]),
            Act.Reinstate => _ => people[name].Reinstate(),
            Act.Freeze => _ => Freeze(people[name], atOnce: how % 3 > 0),
            Act.SettleFrozen => _ => SettleFrozen(),
            Act.Unfreeze => _ => people[name].Unfreeze(),
            Act.GoAway => _ => people[name].GoAway(Now.AddMinutes(20 + (how % 200))),
            Act.ComeBack => _ => people[name].ComeBack(),
            Act.Link => key => LinkNew(people[name], key),
            Act.Relink => key => Relink(people[name], key),
            Act.Keep => _ => Keep(people[name], account, how),
            Act.GiveUp => _ => GiveUp(how),
            Act.Join => _ => accounts[1].BelongTo(isMember ? null : accounts[0].Id),
            Act.Assign => _ => Assign(people[name], Find(account).Customer, !isAssigned),
            Act.Appoint => _ => Appoint(people[name], !isAdministrator),
            Act.Entrust => _ => Entrust(Find(account), groups[how % 2], groups[2 + (how / 2 % 2)]),
            _ => _ => { }, // it is about a request, and there is none
        };
    }

    /// <summary>As reception and a use case: a click counts once; whether what it asks for is done, the rules say.</summary>
    private bool Press(string click, Act act, ChatUser by, RequestId? about, Func<PersonId, bool> effect)
    {
        if (!linked.TryGetValue(by, out var person) || (!clicks.Add(click) && hole != Hole.ClicksAreForgotten))
            return false;
        var flaws = FlawsOf.Anyone(this, person, by, about);
        if (!effect(person))
            return false;
        Chronicle.Do(new Did(humans[person].Key, act, about, click, flaws, Chronicle.Next()));
        return true;
    }

    private bool Press(string click, Act act, ChatUser by, RequestId about, Func<Request, PersonId, bool> effect) =>
        Press(click, act, by, about, person => effect(this.RequestOf(about), person));

    private bool PressApprove(string click, ChatUser by, RequestId id, int read) =>
        Press(click, Act.Approve, by, id, (r, who) => Approve(r, who, by, read) is not Approval.Refused);

    private void PressAsk(string click, ChatUser by, AccountId account, bool planned, int how) =>
        Press(
            click,
            planned ? Act.AskPlanned : Act.AskEmergency,
            by,
            null,
            who => Ask(who, Find(account), planned ? Now.AddMinutes(1 + (how % 60)) : null, how)
        );

    private void PressDrill(string click, ChatUser by, AccountId account) =>
        Press(click, Act.Drill, by, null, who => Drill(who, Find(account)));

    private void Redeliver(int how)
    {
        if (played.Count == 0)
            return;
        var (key, step) = played[how % played.Count];
        if (!clicks.Contains(key))
            return; // no click: clock, jobs and the like come as often as they do
        Chronicle.Redelivered++;
        step(key);
    }

    /// <summary>Everything that is only in memory is gone; the rest is as it was stored.</summary>
    private void Restart()
    {
        Chronicle.Restarts++;
        unheard.Clear();
        offers.Clear();
        if (hole == Hole.RestartLosesExposures)
            exposures.RemoveAll(e => e.Outcome == RevealOutcome.MaybeShown);
        Reload(accounts);
        Reload(requests);
        Reload(groups);
        Reload(keepers);
        Reload(exposures);
        Reload(retirements);
        foreach (var key in people.Keys.ToList())
            people[key] = Stored.Again(people[key]);
        foreach (var (id, human) in humans.ToList())
            humans[id] = people[human.Key];
    }

    private static void Reload<T>(List<T> entities)
        where T : class
    {
        for (var i = 0; i < entities.Count; i++)
            entities[i] = Stored.Again(entities[i]);
    }

    private Account Find(AccountId id) => accounts.Find(a => a.Id == id)!;

    private static Half HalfFor(Request request, PersonId person, int how) =>
        how % 7 == 0 ? Half.Password
        : how % 7 == 1 ? Half.Mfa
        : request.HeldBy(person) ?? Half.Password;
}
