using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Tests.Laws;

public sealed partial class World
{
    /// <summary>A request: most often one that waits for this, now and then one that is over.</summary>
    private Request? RequestAt(Act act, int which)
    {
        var fit = act
            is Act.Approve
                or Act.ApproveUnread
                or Act.ChangeSides
                or Act.Agree
                or Act.Deny
                or Act.Endorse
                or Act.Edit
            ? RequestState.Asked
            : RequestState.Open;
        var among = Requests.Where(r => which % 10 == 0 || (which % 10 < 3 ? !r.IsOver : r.State == fit)).ToList();
        return among.Count == 0 ? null : among[which / 10 % among.Count];
    }

    /// <summary>A chat identity: most often of someone whose turn it is, else of anyone.</summary>
    private ChatUser Someone(Act act, int who, Request? request)
    {
        bool IsTheirTurn(PersonId person) =>
            (act, request) switch
            {
                (Act.AskEmergency or Act.AskPlanned or Act.AskStrict, _) => humans[person].Customer is not null,
                (Act.AskDrill or Act.Replace, _) => humans[person].IsDutyManager,
                (Act.Unfreeze, _) => humans[person].FrozenAt is not null,
                (Act.Reinstate, _) => humans[person].Suspended,
                (Act.Dismiss or Act.Move or Act.Suspend or Act.ChangeSides or Act.Freeze or Act.GoAway, _) => !IsSteady(
                    humans[person]
                ) && Requests.Exists(r => !r.IsOver && r.HeldBy(person) is not null),
                (Act.Admit, _) => !IsSteady(humans[person]),
                (_, null) => false,
                (Act.Endorse, _) => humans[person].IsDutyManager || humans[person].Customer is not null,
                (Act.Edit, _) => request.Requester == person,
                (Act.Approve or Act.ApproveUnread, _) => BothHalves.Any(h =>
                    request.ApproverOf(h) is null && IsIn(AccountOf(request), h, person)
                ),
                _ => request.HeldBy(person) is not null,
            };
        var near = who % 4 == 0 ? [] : identities.Where(i => IsTheirTurn(linked[i])).ToList();
        var among = near.Count == 0 ? identities : near;
        return among[who / 4 % among.Count];
    }

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
                : Accounts.Where(a => a.GroupOf(group.Keeps) == group.Id).Select(a => GroupOf(a, group.Keeps.Other()))
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

    private void ChangeSides(Request request, PersonId person)
    {
        if (request.HeldBy(person) is { } held)
            Move(humans[person], GroupOf(AccountOf(request), held.Other()));
        Approve(request, person);
    }
}
