namespace RootCustody.Tests.Laws;

/// <summary>Law 3: the two groups of an account share nobody, and only a member of a half's group approves or holds it.</summary>
[Trait("Law", "3")]
public class SeparateGroupsTests
{
    [Fact]
    public void The_law_finds_who_is_in_both_groups() =>
        Breach.IsFoundWith(Hole.GroupsTakeAnyone, Lawbook.InBoth.Breach);

    [Fact]
    public void The_law_finds_a_window_that_nobody_of_a_group_approved() =>
        Breach.IsFoundWith(Hole.SilenceIsYes, Lawbook.NotAMember.Breach);
}
