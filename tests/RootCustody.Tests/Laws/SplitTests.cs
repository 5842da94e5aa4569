using RootCustody.Accounts;

namespace RootCustody.Tests.Laws;

/// <summary>Law 1: no person is ever shown both halves of one account's credential.</summary>
[Trait("Law", "1")]
public class SplitTests
{
    [Fact]
    public void Who_is_barred_is_who_has_seen_a_living_generation() => Breach.Never(WronglyBarred);

    [Theory]
    [InlineData(Hole.NobodyIsBarred)]
    [InlineData(Hole.IdentitiesCount)]
    public void The_law_finds_who_was_shown_both(Hole hole) => Breach.IsFoundWith(hole, Lawbook.BothHalves.Breach);

    [Theory]
    [InlineData(Hole.KeepersAreForgotten)]
    [InlineData(Hole.MembersInheritNothing)]
    public void The_law_finds_a_holder_who_opens_the_other_half(Hole hole) =>
        Breach.IsFoundWith(hole, Lawbook.BarredHolder.Breach);

    [Theory]
    [InlineData(Hole.MembersInheritNothing)]
    [InlineData(Hole.RestartLosesExposures)]
    public void The_law_finds_who_is_wrongly_free(Hole hole) => Breach.IsFoundWith(hole, WronglyBarred);

    private static string? WronglyBarred(World world) =>
        world.Accounts.Select(account => WronglyBarred(world, account)).FirstOrDefault(breach => breach is not null);

    /// <summary>Said of the rules themselves: they bar exactly whom the chronicle bars.</summary>
    internal static string? WronglyBarred(World world, Account account)
    {
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
