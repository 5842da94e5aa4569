using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Requests;

namespace RootCustody.Tests.Laws;

/// <summary>The naive model of who is fit: what was said of people, kept beside the rules and without asking them.</summary>
public sealed partial class World
{
    private readonly HashSet<string> frozen = new(StringComparer.Ordinal);
    private readonly HashSet<string> suspended = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> away = new(StringComparer.Ordinal);
    private readonly Dictionary<ChatUser, DateTimeOffset> cools = [];
    private readonly List<(RequestId Request, Half Half, string Who)> agreed = [];

    /// <summary>Why this person should be let do nothing in this request at all; null if nothing is known against them.</summary>
    private string? WhyUnfit(PersonId person, ChatUser? through, Request request)
    {
        var name = NameOf(person)!;
        return suspended.Contains(name) ? "they are suspended"
            : frozen.Contains(name) ? "they are frozen"
            : through is not null && cools.TryGetValue(through, out var cool) && Now < cool ? "their identity cools off"
            : request.Named.Any(n => NameOf(n.Person) == name) ? "they are named as the danger"
            : null;
    }

    /// <summary>Why this person should not hold this half, or approve for it.</summary>
    private string? WhyUnfit(PersonId person, ChatUser? through, Request request, Half half)
    {
        var (human, account) = (humans[person], AccountOf(request));
        var opens = keepers.Exists(k =>
            k.Person == human.Id
            && (k.Account == account.Id || k.Account == account.Management)
            && (k.Thing == KeptThing.ManagementAccount || (k.Thing == KeptThing.RootMailbox) == (half == Half.Mfa))
        );
        return WhyUnfit(person, through, request)
            ?? (
                human.Customer is not null ? "they are a contact of a customer"
                : opens ? "they keep what opens the other half"
                : away.TryGetValue(human.Key, out var until) && Now < until ? "they are away"
                : assigned.Contains(person) ? "they are assigned to the customer"
                : administrators.Contains(person) ? "they are an administrator"
                : null
            );
    }
}
