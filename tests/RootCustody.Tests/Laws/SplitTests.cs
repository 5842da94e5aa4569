namespace RootCustody.Tests.Laws;

/// <summary>Law 1: no person is ever shown both halves of one account's credential.</summary>
[Trait("Law", "1")]
public class SplitTests
{
    [Fact]
    public void Nobody_is_ever_shown_both_halves_of_living_generations() => Breach.Never(BothHalves);

    [Fact]
    public void Who_is_barred_is_who_has_seen_a_living_generation() => Breach.Never(WronglyBarred);

    [Theory]
    [InlineData(Hole.NobodyIsBarred)]
    [InlineData(Hole.IdentitiesCount)]
    public void The_law_finds_who_was_shown_both(Hole hole) => Breach.IsFoundWith(hole, BothHalves);

    private static string? BothHalves(World world)
    {
        var living = world.Chronicle.Seen.Where(s => s.Counts && !world.Chronicle.IsDead(s)).ToList();
        return living
            .Where(s => s.Half == Half.Password)
            .Where(s => living.Exists(o => o.Half == Half.Mfa && o.Who == s.Who && o.Account == s.Account))
            .Select(s => $"{s.Who} was shown both halves of {s.Account}.")
            .FirstOrDefault();
    }

    private static string? WronglyBarred(World world)
    {
        foreach (var account in world.Accounts)
        foreach (var person in world.People)
        foreach (var half in (Half[])[Half.Password, Half.Mfa])
        {
            var seen = world.Chronicle.Seen.Exists(s =>
                s.Who == person.Key
                && s.Account == account.Id
                && s.Half == half
                && s.Counts
                && !world.Chronicle.IsDead(s)
            );
            if (seen != world.StandingOf(person.Id, account).HasSeen(half))
                return $"{person.Key} and the {half} of {account.Number}: seen is {seen}.";
        }
        return null;
    }
}
