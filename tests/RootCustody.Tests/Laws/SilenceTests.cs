using CsCheck;
using RootCustody.Requests;

namespace RootCustody.Tests.Laws;

/// <summary>Law 16: nothing is granted by a time-out, an empty list or an unreachable person.</summary>
[Trait("Law", "16")]
public class SilenceTests
{
    [Fact]
    public void No_window_opens_without_two_approvals_in_time() => Breach.Never(OpenedInSilence);

    [Fact]
    public void No_window_opens_while_nobody_approves() => Breach.Never(AnyWindow, Command.WithoutApproval);

    [Theory]
    [InlineData(Half.Password)]
    [InlineData(Half.Mfa)]
    public void No_window_opens_while_one_group_is_silent(Half silent) =>
        Breach.Never(AnyWindow, before: world => world.DismissAll(silent));

    [Fact]
    public void What_is_over_stays_over() =>
        Gen.Select(Breach.Births, Command.Any)
            .Sample(
                (births, commands) =>
                {
                    var world = new World(births);
                    var over = new Dictionary<RequestId, RequestState>();
                    foreach (var command in commands)
                    {
                        world.Play(command);
                        foreach (var request in world.Requests.Where(r => r.IsOver && !over.TryAdd(r.Id, r.State)))
                            Assert.Equal(over[request.Id], request.State);
                        Assert.All(over.Keys, id => Assert.True(world.Requests.Single(r => r.Id == id).IsOver));
                    }
                },
                iter: 700
            );

    [Fact]
    public void The_law_finds_silence_that_is_taken_for_yes() => Breach.IsFoundWith(Hole.SilenceIsYes, OpenedInSilence);

    private static string? AnyWindow(World world) => world.Chronicle.Opened.Count > 0 ? "A window opened." : null;

    internal static string? OpenedInSilence(World world)
    {
        foreach (var opened in world.Chronicle.Opened)
        {
            var request = world.Requests.Single(r => r.Id == opened.Request);
            var approvals = world.Chronicle.Taken.Where(t => t.Request == opened.Request && t.At <= opened.At);
            if (
                approvals.DistinctBy(t => t.Half).Count() < 2
                || opened.PasswordHolder is null
                || opened.MfaHolder is null
            )
                return "A window opened without two approvals.";
            if (opened.At >= request.AnswerBy || opened.At < request.Start)
                return "A window opened out of its time.";
        }
        return null;
    }
}
