using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RootCustody.Chat;
using RootCustody.Playground;
using RootCustody.Playground.FakeSlack;
using RootCustody.Reveals;
using RootCustody.Slack;
using RootCustody.Slack.Outbound;

namespace RootCustody.Tests.Slack;

[Trait("Law", "4")]
public sealed class SurfaceOutcomeTests
{
    [Theory]
    [InlineData(null, RevealOutcome.Shown)]
    [InlineData(Fault.Throttled, RevealOutcome.NotShown)]
    [InlineData(Fault.FailsBefore, RevealOutcome.MaybeShown)] // a 500 may have taken effect
    [InlineData(Fault.FailsAfter, RevealOutcome.MaybeShown)]
    [InlineData(Fault.DropsBefore, RevealOutcome.MaybeShown)]
    [InlineData(Fault.DropsAfter, RevealOutcome.MaybeShown)]
    public async Task An_answer_through_a_response_url_is_judged_by_what_came_back(Fault? fault, RevealOutcome outcome)
    {
        await using var slack = await FakeSlackPlatform.StartAsync(new FakeTimeProvider(Stage.Noon));
        var url = slack.Api.NewResponseUrl("actions", Bot.Mfa, Cast.MonaInSlack, "D1", "1.1");
        if (fault is { } next)
            slack.Faults.Next("response_url", next);

        Assert.Equal(outcome, await ShowAsync(SurfacesOf(slack).Ephemeral(url)));
    }

    [Fact]
    public async Task A_response_url_that_is_gone_and_a_platform_that_cannot_be_reached_showed_nothing()
    {
        var slack = await FakeSlackPlatform.StartAsync(new FakeTimeProvider(Stage.Noon));
        var surfaces = SurfacesOf(slack);
        var gone = new Uri(slack.Address, "/actions/T0PROVIDER/1/unknown");
        Assert.Equal(RevealOutcome.NotShown, await ShowAsync(surfaces.Ephemeral(gone)));

        await slack.DisposeAsync();

        Assert.Equal(RevealOutcome.NotShown, await ShowAsync(surfaces.Ephemeral(gone)));
    }

    [Fact]
    public async Task A_modal_that_was_closed_showed_nothing_and_cannot_be_cleared()
    {
        await using var slack = await FakeSlackPlatform.StartAsync(new FakeTimeProvider(Stage.Noon));
        var place = new ChatPlace(ChatPlatform.Slack, FakeSlackPlatform.Provider, "D1");
        var surface = SurfacesOf(slack).Modal(Bot.Mfa, place, Cast.MonaInSlack.User, "V-closed");

        Assert.Equal(RevealOutcome.NotShown, await ShowAsync(surface));
        Assert.Equal(Removal.LeftOpen, await surface.RemoveAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("not_in_channel", ChatFailure.Gone)]
    [InlineData("token_revoked", ChatFailure.Gone)]
    [InlineData("ratelimited", ChatFailure.Throttled)]
    [InlineData("internal_error", ChatFailure.Unreachable)]
    [InlineData("invalid_blocks", ChatFailure.Refused)]
    [InlineData("something_new", ChatFailure.Refused)]
    public void Each_error_of_slack_has_its_kind(string code, ChatFailure kind)
    {
        Assert.Equal(kind, SlackErrors.KindOf(code));
    }

    private static async Task<RevealOutcome> ShowAsync(RevealSurface surface)
    {
        using var half = Secret.OfText("123456");
        var showing = new Showing(
            "T",
            "S",
            [new ShownLine("Code", half)],
            Stage.Noon,
            new Choice(Actions.Hide, "Hide", "1")
        );
        return await surface.ShowAsync(showing, TestContext.Current.CancellationToken);
    }

    private static SlackSurfaces SurfacesOf(FakeSlackPlatform slack)
    {
        var settings = new SlackSettings
        {
            ApiAddress = new Uri(slack.Address, "/api/").ToString(),
            Mfa =
            {
                Workspaces =
                {
                    [FakeSlackPlatform.Provider] = FakeSlackPlatform.TokenOf(Bot.Mfa, FakeSlackPlatform.Provider),
                },
            },
        };
        var http = new ServiceCollection()
            .AddHttpClient()
            .BuildServiceProvider()
            .GetRequiredService<IHttpClientFactory>();
        return new SlackSurfaces(new SlackApi(http, settings, TimeProvider.System), settings);
    }
}
