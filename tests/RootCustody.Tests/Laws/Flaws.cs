using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Tests.Laws;

/// <summary>What is against a person at one moment, read off the facts one by one; the rules are not asked.</summary>
[Flags]
public enum Flaws
{
    None = 0,
    NotAMember = 1 << 0,

    /// <summary>They have seen the other half, of the account or of its management account.</summary>
    SeenOther = 1 << 1,

    /// <summary>They keep what opens the other half without us.</summary>
    OpensOther = 1 << 2,
    Outsider = 1 << 3,

    /// <summary>They have another part in the same request.</summary>
    OtherPart = 1 << 4,

    /// <summary>They denied it, or gave their half up or lost it.</summary>
    OutAlready = 1 << 5,
    Named = 1 << 6,
    Frozen = 1 << 7,
    Suspended = 1 << 8,
    NewIdentity = 1 << 9,
    Away = 1 << 10,
    Assigned = 1 << 11,
    Administers = 1 << 12,

    /// <summary>They are neither of this customer nor the provider's.</summary>
    Stranger = 1 << 13,

    /// <summary>The time to answer, or the window, is over.</summary>
    TooLate = 1 << 14,
}

public static class FlawsOf
{
    /// <summary>What is against the person, whatever it is that they do.</summary>
    /// <param name="through">The chat identity that they use; null where they are only thought of.</param>
    public static Flaws Anyone(IScene scene, PersonId id, ChatUser? through, RequestId? request)
    {
        var human = scene.HumanOf(id);
        var flaws = Flaws.None;
        if (human.Suspended)
            flaws |= Flaws.Suspended;
        if (human.FrozenAt is not null)
            flaws |= Flaws.Frozen;
        if (IsNew(scene, human, through))
            flaws |= Flaws.NewIdentity;
        if (request is not { } about)
            return flaws;
        foreach (var named in scene.Chronicle.Named.GetValueOrDefault(about, []))
        {
            if (scene.HumanOf(named) == human)
                flaws |= Flaws.Named;
        }
        if (human.Customer is { } customer && scene.RequestOf(about).Customer != customer)
            flaws |= Flaws.Stranger;
        return flaws;
    }

    /// <summary>What is against their approving or holding this half.</summary>
    public static Flaws Holder(IScene scene, PersonId id, ChatUser? through, RequestId about, Half half)
    {
        var human = scene.HumanOf(id);
        var request = scene.RequestOf(about);
        var account = scene.AccountOf(request);
        var flaws = Anyone(scene, id, through, about);
        if (!scene.GroupOf(account, half).Has(human.Id))
            flaws |= Flaws.NotAMember;
        if (HasSeen(scene, human, account, half.Other()))
            flaws |= Flaws.SeenOther;
        if (Opens(scene, human, account, half.Other()))
            flaws |= Flaws.OpensOther;
        if (human.Customer is not null)
            flaws |= Flaws.Outsider;
        if (HasOtherPart(scene, human, request, half))
            flaws |= Flaws.OtherPart;
        if (scene.Chronicle.Freed.Exists(f => f.ForGood && f.Request == about && f.Who == human.Key))
            flaws |= Flaws.OutAlready;
        if (scene.Now >= (scene.Chronicle.UntilOf(about) ?? request.AnswerBy))
            flaws |= Flaws.TooLate;
        if (human.AwayUntil > scene.Now)
            flaws |= Flaws.Away;
        if (scene.Policy.BarAssigned && human.Assignments.Any(a => a.Customer == account.Customer))
            flaws |= Flaws.Assigned;
        if (human.IsAdministrator && !scene.Policy.AdministratorsMayKeep)
            flaws |= Flaws.Administers;
        return flaws;
    }

    private static bool IsNew(IScene scene, Person human, ChatUser? through)
    {
        var until = scene.Chronicle.NewUntil;
        if (until.Count == 0)
            return false;
        return through is null
            ? human.Identities.All(i => scene.Now < until.GetValueOrDefault(i.ChatUser))
            : scene.Now < until.GetValueOrDefault(through);
    }

    private static bool HasSeen(IScene scene, Person human, Account account, Half half)
    {
        foreach (var seen in scene.Chronicle.Seen)
        {
            if (
                seen.Who == human.Key
                && seen.Half == half
                && seen.Counts
                && (seen.Account == account.Id || seen.Account == account.Management)
                && !scene.Chronicle.IsDead(seen)
            )
                return true;
        }
        return false;
    }

    private static bool Opens(IScene scene, Person human, Account account, Half half)
    {
        foreach (var kept in scene.Keepers)
        {
            if (kept.Person != human.Id || (kept.Account != account.Id && kept.Account != account.Management))
                continue;
            if (kept.Thing == KeptThing.ManagementAccount)
                return true;
            if (half == Half.Password ? kept.Thing == KeptThing.RootMailbox : kept.Thing != KeptThing.RootMailbox)
                return true;
        }
        return false;
    }

    private static bool HasOtherPart(IScene scene, Person human, Request request, Half half)
    {
        if (scene.NameOf(request.Requester) == human.Key)
            return true;
        if (scene.Chronicle.HolderOf(request.Id, half.Other()) == human.Key)
            return true;
        var edited = scene.Chronicle.LastEditOf(request.Id);
        return scene.Chronicle.Endorsed.Exists(e => e.Request == request.Id && e.Order > edited && e.Who == human.Key);
    }
}
