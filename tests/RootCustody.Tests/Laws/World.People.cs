using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Tests.Laws;

public sealed partial class World
{
    /// <summary>Leaves two people in each group.</summary>
    public void DismissAllButTheSteady()
    {
        foreach (var group in groups)
        foreach (var person in People)
            Dismiss(group, person);
    }

    /// <summary>Leaves nobody, not even the steady, in the groups of one half.</summary>
    public void DismissAll(Half half)
    {
        foreach (var group in groups.Where(g => g.Keeps == half))
        foreach (var person in People)
            group.Dismiss(person.Id);
    }

    /// <summary>As the import does it: law 3 is asked of every account whose half the group keeps.</summary>
    private void Admit(CustodianGroup group, Person person) =>
        group.Admit(
            person.Id,
            hole == Hole.GroupsTakeAnyone
                ? []
                : accounts
                    .Where(a => a.GroupOf(group.Keeps) == group.Id)
                    .Select(a => this.GroupOf(a, group.Keeps.Other()))
        );

    /// <summary>As the import does it: groups that share someone are refused (law 3).</summary>
    private void Entrust(Account account, CustodianGroup passwordGroup, CustodianGroup mfaGroup)
    {
        if (hole == Hole.GroupsTakeAnyone || !passwordGroup.Members.Any(m => mfaGroup.Has(m.Person)))
            account.EntrustTo(passwordGroup.Id, mfaGroup.Id);
    }

    private static void Dismiss(CustodianGroup group, Person person)
    {
        if (!IsSteady(person))
            group.Dismiss(person.Id);
    }

    /// <summary>Changes sides: out of every group and into this one.</summary>
    private void Move(Person person, CustodianGroup to)
    {
        foreach (var group in groups)
            Dismiss(group, person);
        Admit(to, person);
    }

    private void ChangeSides(string key, ChatUser by, RequestId id, int read)
    {
        if (!linked.TryGetValue(by, out var person))
            return;
        var request = this.RequestOf(id);
        Press($"{key}/before", Act.Lengthen, by, id, (r, who) => Lengthen(r, who, by));
        var account = AccountOf(request);
        foreach (var half in BothHalves.Where(h => this.GroupOf(account, h).Has(humans[person].Id)).Take(1))
            Move(humans[person], this.GroupOf(account, half.Other()));
        PressApprove(key, by, id, read);
        Press($"{key}/after", Act.Lengthen, by, id, (r, who) => Lengthen(r, who, by));
    }

    private void Suspend(Person person)
    {
        if (IsSteady(person))
            return;
        person.Suspend();
        Lose(person, Act.Suspend, frozen: false);
    }

    /// <param name="atOnce">Said to the desk; a courier only freezes, and a job does the rest.</param>
    private void Freeze(Person person, bool atOnce)
    {
        person.Freeze(Now);
        if (atOnce)
            Settle(person);
    }

    private void SettleFrozen()
    {
        foreach (var person in People)
            Settle(person);
    }

    private void Settle(Person person)
    {
        if (person.FreezeWaitsSince is null)
            return;
        Lose(person, Act.Freeze, frozen: true);
        person.FreezeIsSettled();
    }

    /// <summary>As <c>LoseParts</c>.</summary>
    private void Lose(Person person, Act act, bool frozen)
    {
        foreach (var request in requests.ToList())
        {
            switch (request.Lose(person.Id, frozen, Now))
            {
                case HandingBack.Freed freed:
                    Freed(request, freed.Half, person.Key, forGood: true, frozen);
                    break;
                case HandingBack.Ended:
                    End(request, act, person.Key);
                    break;
            }
        }
    }

    private ChatUser LinkNew(Person person, string key)
    {
        var identity = new ChatUser(ChatPlatform.Slack, "home", $"{person.Key}-{key}");
        if (linked.ContainsKey(identity))
            return identity; // the ceremony is done once
        person.Link(identity, Now, Now + policy.CoolOff);
        Chronicle.NewUntil[identity] = Now + Policy.CoolOff;
        Link(person, identity);
        return identity;
    }

    private void Relink(Person person, string key)
    {
        var kept = LinkNew(person, key);
        foreach (var identity in person.Identities.Select(i => i.ChatUser).Where(i => i != kept).ToList())
        {
            person.Unlink(identity, Now);
            identities.Remove(identity);
            linked.Remove(identity);
        }
    }

    private void Keep(Person person, AccountId account, int how)
    {
        var thing = (KeptThing)(1 + (how % 4));
        if (!keepers.Exists(k => k.Account == account && k.Person == person.Id && k.Thing == thing))
            keepers.Add(Keeper.Of(account, person.Id, thing, "of old", Now));
    }

    private void GiveUp(int how)
    {
        if (keepers.Count > 0)
            keepers.RemoveAt(how % keepers.Count);
    }

    private static void Assign(Person person, CustomerId customer, bool on)
    {
        if (on)
            person.Assign(customer);
        else
            foreach (var assignment in person.Assignments.ToList())
                person.Unassign(assignment.Customer);
    }

    /// <summary>Only the provider's people have such parts.</summary>
    private static void Appoint(Person person, bool on)
    {
        if (on && person.Customer is null)
            person.Appoint(PersonRole.Administrator);
        else
            person.Dismiss(PersonRole.Administrator);
    }
}
