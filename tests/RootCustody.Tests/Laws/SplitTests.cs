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
    [InlineData(Hole.MembersStandAlone)]
    public void The_law_finds_who_was_shown_both(Hole hole) => Breach.IsFoundWith(hole, BothHalves);

    internal static string? BothHalves(World world)
    {
        var living = world.Chronicle.Seen.Where(s => s.Counts && !world.Chronicle.IsDead(s)).ToList();
        for (var later = 0; later < living.Count; later++)
        {
            var two = living[later];
            var one = living.FindIndex(0, later, o => o.Who == two.Who && o.Half != two.Half && IsBarredBy(o, two));
            if (one >= 0)
                return $"{two.Who} was shown both halves of {two.Account}.";
        }
        return null;

        // a member account inherits the bars of its management account, not the other way round
        bool IsBarredBy(Seen first, Seen then) =>
            first.Account == then.Account
            || first.Account == world.Accounts.Single(a => a.Id == then.Account).Management;
    }

    internal static string? WronglyBarred(World world)
    {
        foreach (var account in world.Accounts)
        foreach (var person in world.People)
        foreach (var half in (Half[])[Half.Password, Half.Mfa])
        {
            var seen = world.Chronicle.Seen.Exists(s =>
                s.Who == person.Key
                && (s.Account == account.Id || s.Account == account.Management)
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
