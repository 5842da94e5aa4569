using RootCustody.Accounts;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Tests.Laws;

/// <summary>What the laws look at: what happened, and the facts as they are stored now. Two are played: the rules in memory, and the house on a database.</summary>
public interface IScene
{
    Chronicle Chronicle { get; }
    DateTimeOffset Now { get; }

    /// <summary>What the provider has set; the rules may have been given something else.</summary>
    Policy Policy { get; }

    IReadOnlyList<Request> Requests { get; }
    IReadOnlyList<Account> Accounts { get; }
    IReadOnlyList<CustodianGroup> Groups { get; }
    IReadOnlyList<Keeper> Keepers { get; }

    /// <summary>The human being whom an id stands for.</summary>
    Person HumanOf(PersonId id);

    Person Named(string key);
}

public static class Scenes
{
    public static Account AccountOf(this IScene scene, Request request)
    {
        foreach (var account in scene.Accounts)
        {
            if (account.Id == request.Account)
                return account;
        }
        throw new InvalidOperationException("There is no such account.");
    }

    public static CustodianGroup GroupOf(this IScene scene, Account account, Half half)
    {
        var id = account.GroupOf(half);
        foreach (var group in scene.Groups)
        {
            if (group.Id == id)
                return group;
        }
        throw new InvalidOperationException("There is no such group.");
    }

    public static Request RequestOf(this IScene scene, RequestId id)
    {
        foreach (var request in scene.Requests)
        {
            if (request.Id == id)
                return request;
        }
        throw new InvalidOperationException("There is no such request.");
    }

    public static string? NameOf(this IScene scene, PersonId? id) => id is { } known ? scene.HumanOf(known).Key : null;
}
