namespace RootCustody.Tests.Laws;

/// <summary>Law 3: the two groups of an account share nobody, and only a member of a half's group approves or holds it.</summary>
[Trait("Law", "3")]
public class SeparateGroupsTests
{
    [Fact]
    public void Nobody_is_in_both_groups_of_an_account() => Breach.Never(InBoth);

    [Fact]
    public void Only_members_of_its_group_approve_and_are_shown_a_half() => Breach.Never(NotAMember);

    [Fact]
    public void The_law_finds_who_is_in_both_groups() => Breach.IsFoundWith(Hole.GroupsTakeAnyone, InBoth);

    [Fact]
    public void The_law_finds_a_window_that_nobody_of_a_group_approved() =>
        Breach.IsFoundWith(Hole.SilenceIsYes, NotAMember);

    internal static string? InBoth(World world) =>
        world
            .Accounts.Where(a =>
                world
                    .GroupOf(a, Half.Password)
                    .Members.Select(m => m.Person)
                    .Intersect(world.GroupOf(a, Half.Mfa).Members.Select(m => m.Person))
                    .Any()
            )
            .Select(a => $"The groups of {a.Number} share a member.")
            .FirstOrDefault();

    internal static string? NotAMember(World world) =>
        world.Chronicle.Taken.Find(t => !t.Member) is { } taken ? $"{taken.Who} approved the {taken.Half}."
        : world.Chronicle.Seen.Find(s => s.Request is not null && !(s.Member && s.Holder)) is { } seen
            ? $"{seen.Who} was shown the {seen.Half}."
        : world.Chronicle.Opened.Find(o => o.PasswordHolder is null || o.MfaHolder is null) is not null
            ? "A window opened to a holder who never approved."
        : null;
}
