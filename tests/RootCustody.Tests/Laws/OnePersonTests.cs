namespace RootCustody.Tests.Laws;

/// <summary>Law 2: requester, the approvers of the two halves, second contact and duty manager are different people, whatever chat identities they use.</summary>
[Trait("Law", "2")]
public class OnePersonTests
{
    [Fact]
    public void The_law_finds_a_person_who_is_counted_twice() =>
        Breach.IsFoundWith(Hole.IdentitiesCount, Lawbook.TwoParts.Breach);
}
