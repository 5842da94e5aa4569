using RootCustody.Requests;

namespace RootCustody.Tests.Laws;

/// <summary>Law 2: requester, password approver and MFA approver are three people, whatever chat identities they use.</summary>
[Trait("Law", "2")]
public class OnePersonTests
{
    [Fact]
    public void One_person_never_takes_two_parts_in_a_request() => Breach.Never(TwoParts);

    [Fact]
    public void The_law_finds_a_person_who_is_counted_twice() => Breach.IsFoundWith(Hole.IdentitiesCount, TwoParts);

    internal static string? TwoParts(World world) =>
        world
            .Requests.Where(r =>
                Parts(world, r) is var parts && parts.Distinct(StringComparer.Ordinal).Count() < parts.Count
            )
            .Select(r => $"{string.Join(", ", Parts(world, r))} in one {r.Kind}.")
            .FirstOrDefault();

    private static List<string> Parts(World world, Request request) =>
        (
            (string?[])
                [
                    world.NameOf(request.Requester),
                    world.NameOf(request.PasswordApprover),
                    world.NameOf(request.MfaApprover),
                    world.NameOf(request.ContactApprover),
                    world.NameOf(request.DutyApprover),
                ]
        )
            .OfType<string>()
            .ToList();
}
