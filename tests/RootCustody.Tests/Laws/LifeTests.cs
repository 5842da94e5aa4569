using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Tests.Laws;

/// <summary>What holds on the whole way of a request, said over the chronicle alone.</summary>
public class LifeTests
{
    [Fact, Trait("Law", "15")]
    public void Nothing_is_granted_to_who_is_not_fit_for_it() => Breach.Never(Unfit);

    [Theory]
    [InlineData(Hole.EveryoneIsFit)]
    [InlineData(Hole.NobodyKeepsAnything)]
    [InlineData(Hole.ContactsCount)]
    public void The_law_finds_who_was_not_fit(Hole hole) => Breach.IsFoundWith(hole, Unfit);

    [Fact]
    public void No_custodian_ends_an_emergency_alone_and_whom_it_names_never_does() => Breach.Never(EndedAlone);

    [Fact]
    public void The_law_finds_a_holder_who_ended_an_emergency() =>
        Breach.IsFoundWith(Hole.HoldersEndEmergencies, EndedAlone);

    [Fact]
    public void A_window_is_longer_only_by_the_word_of_both_groups() => Breach.Never(ExtendedByOne);

    [Fact]
    public void The_law_finds_a_window_that_one_group_made_longer() =>
        Breach.IsFoundWith(Hole.OneGroupExtends, ExtendedByOne);

    [Fact]
    public void The_law_finds_approvals_that_outlived_an_edit() =>
        Breach.IsFoundWith(Hole.EditsKeepApprovals, SilenceTests.OpenedInSilence);

    [Fact]
    public void The_law_finds_a_drill_that_showed_a_half() =>
        Breach.IsFoundWith(Hole.DrillsShowHalves, DebtTests.WronglyOwed);

    [Fact]
    public void The_password_is_shown_to_a_holder_as_often_as_policy_allows() => Breach.Never(ShownTooOften);

    internal static string? Unfit(World world) => world.Chronicle.Unfit.FirstOrDefault();

    internal static string? EndedAlone(World world)
    {
        foreach (var ended in world.Chronicle.Ended.Where(e => e.By is not null))
        {
            var request = world.Requests.Single(r => r.Id == ended.Request);
            var by = world.Named(ended.By!);
            if (request.Named.Any(n => world.NameOf(n.Person) == by.Key))
                return $"{by.Key} ended what names them as the danger.";
            if (request.Kind == RequestKind.Emergency && !by.IsDutyManager && by.Customer is null && !ended.InHand)
                return $"{by.Key} ended an emergency alone.";
        }
        return null;
    }

    internal static string? ExtendedByOne(World world) =>
        world.Chronicle.Extended.Find(e => e.Password is null || e.Mfa is null || e.Password == e.Mfa) is { } extended
            ? $"A window became longer by the word of {extended.Password} and {extended.Mfa}."
            : null;

    internal static string? ShownTooOften(World world) =>
        world
            .Chronicle.Seen.Where(s =>
                s.Request is not null && s.Half == Half.Password && s.Outcome != RevealOutcome.NotShown
            )
            .GroupBy(s => (s.Request, s.Who))
            .Where(shown => shown.Select(s => s.At).Distinct().Count() > new Policy().PasswordReveals)
            .Select(shown => $"{shown.Key.Who} was shown the password {shown.Count()} times.")
            .FirstOrDefault();
}
