using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Tests.Laws;

/// <summary>Reads a command's numbers as one of the requests and one of the people that are there: mostly those whose turn it is, so that much comes to pass.</summary>
internal static class Choice
{
    private static readonly Half[] BothHalves = [Half.Password, Half.Mfa];

    /// <summary>A request: most often one that waits for this, now and then one that is over.</summary>
    public static Request? RequestAt(IScene scene, Act act, int which)
    {
        var among = scene
            .Requests.Where(r => which % 10 == 0 || (which % 10 < 3 ? !r.IsOver : WaitsFor(r, act)))
            .ToList();
        return among.Count == 0 ? null : among[which / 10 % among.Count];
    }

    /// <summary>A chat identity: most often of someone whose turn it is, else of anyone.</summary>
    /// <param name="whose">Whose the identities are.</param>
    public static ChatUser Someone(
        IScene scene,
        IReadOnlyList<ChatUser> identities,
        Func<ChatUser, PersonId> whose,
        Command command,
        Request? request
    )
    {
        var near =
            command.Who % 4 == 0
                ? []
                : identities.Where(i => IsTheirTurn(scene, command.Act, request, whose(i))).ToList();
        var among = near.Count == 0 ? identities : near;
        return among[command.Who / 4 % among.Count];
    }

    private static bool WaitsFor(Request request, Act act) =>
        act switch
        {
            Act.Approve or Act.Agree => request.State == RequestState.Asked
                || (
                    request.State == RequestState.Open
                    && (request.PasswordApprover is null || request.MfaApprover is null)
                ),
            Act.Lengthen => request.State == RequestState.Open && request.ExtendBy is not null,
            Act.Endorse => request.AwaitsContact || request.AwaitsDuty,
            Act.ChangeSides => request.State == RequestState.Asked || request.ExtendBy is not null,
            Act.Deny or Act.Edit => request.State == RequestState.Asked,
            Act.HandBack or Act.Replace => !request.IsOver
                && (request.PasswordApprover is not null || request.MfaApprover is not null),
            _ => request.State == RequestState.Open,
        };

    private static bool IsTheirTurn(IScene scene, Act act, Request? request, PersonId id)
    {
        var human = scene.HumanOf(id);
        return (act, request) switch
        {
            (Act.AskEmergency or Act.AskPlanned or Act.Alarm, _) => human.Customer is not null,
            (Act.Drill, _) => human.IsDutyManager || human.IsAdministrator,
            (Act.Dismiss or Act.Move or Act.Suspend, _) => !World.IsSteady(human) && HoldsNow(scene, id),
            (Act.Freeze or Act.GoAway or Act.Relink or Act.Link, _) => HoldsNow(scene, id),
            (Act.Unfreeze, _) => human.FrozenAt is not null,
            (Act.Reinstate, _) => human.Suspended,
            (Act.ComeBack, _) => human.AwayUntil is not null,
            (Act.Admit, _) => !World.IsSteady(human),
            (Act.Keep or Act.Assign, _) => human.Customer is null,
            (_, null) => false,
            (Act.ChangeSides, _) => !World.IsSteady(human)
                && (
                    request.ExtendBy is null
                        ? request.HeldBy(id) is not null
                        : IsAsked(scene, request, human, half => request.ExtenderOf(half) is null)
                ),
            (Act.Approve, _) => IsAsked(scene, request, human, half => request.ApproverOf(half) is null),
            (Act.Lengthen, _) => IsAsked(scene, request, human, half => request.ExtenderOf(half) is null),
            (Act.Endorse, _) => request.AwaitsContact ? human.Customer == request.Customer : human.IsDutyManager,
            (Act.Edit, _) => request.Requester == id,
            (Act.Replace, _) => human.IsDutyManager,
            (Act.AskMore or Act.Revoke, _) => request.HeldBy(id) is not null
                || request.Requester == id
                || human.IsDutyManager,
            _ => request.HeldBy(id) is not null,
        };
    }

    private static bool HoldsNow(IScene scene, PersonId id) =>
        scene.Requests.Any(r => !r.IsOver && r.HeldBy(id) is not null);

    private static bool IsAsked(IScene scene, Request request, Person human, Predicate<Half> isFree)
    {
        var account = scene.AccountOf(request);
        return BothHalves.Any(half => isFree(half) && scene.GroupOf(account, half).Has(human.Id));
    }
}
