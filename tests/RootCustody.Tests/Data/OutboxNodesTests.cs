using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Slack;
using RootCustody.Slack.Outbound;
using RootCustody.Teams;
using RootCustody.Teams.Outbound;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Data;

/// <summary>Many nodes send one outbox, and any of them may die at any moment.</summary>
[Trait("Law", "9")]
public sealed class OutboxNodesTests
{
    [DatabaseFact]
    public async Task Two_nodes_at_once_send_each_row_once()
    {
        await using var scene = await OutboxScene.SetAsync();
        string[] titles = [.. Enumerable.Range(1, 120).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        foreach (var title in titles)
            await scene.NewPlaceAsync(title);
        scene.Wall.Before = async (_, _) => await Task.Yield();
        await using var one = scene.Node();
        await using var other = scene.Node();

        await Task.WhenAll(Task.Run(one.SendAllAsync), Task.Run(other.SendAllAsync));

        Assert.Equal(titles.Order(), scene.Wall.Messages.Values.Select(Assert.Single).Order());
    }

    [DatabaseFact]
    public async Task A_place_belongs_to_one_node_while_it_sends_there()
    {
        await using var scene = await OutboxScene.SetAsync();
        var place = await scene.NewPlaceAsync("first");
        await using var one = scene.Node();
        await using var other = scene.Node();
        scene.Wall.Before = async (title, _) =>
        {
            if (title != "first")
                return;
            await scene.ShowAsync(place, "second");
            Assert.Equal(0, await other.SendAsync());
        };

        await one.SendAsync();
        await other.SendAsync();

        Assert.Equal(["first", "second"], Assert.Single(scene.Wall.Messages).Value);
    }

    [DatabaseFact]
    public async Task A_node_that_dies_between_post_and_note_leads_to_one_more_card()
    {
        await using var scene = await OutboxScene.SetAsync();
        var place = await scene.NewPlaceAsync("first");
        var doomed = scene.Node();
        scene.Wall.After = async (_, _) => await doomed.DieAsync();
        await Assert.ThrowsAnyAsync<Exception>(doomed.SendAsync);
        scene.Wall.After = null;
        await using var next = scene.Node();
        Assert.Equal(0, await next.SendAsync()); // it cannot know that the other one is dead

        scene.Clock.Advance(SendOutbox.Lease);
        await next.SendAllAsync();
        await scene.ShowAsync(place, "second");
        await next.SendAllAsync();

        Assert.Equal(["first"], scene.Wall.Messages["1"]);
        Assert.Equal(["first", "second"], scene.Wall.Messages["2"]);
        Assert.Equal("2", await scene.StandsAsync(place));
    }

    [DatabaseFact]
    public async Task What_a_slow_node_cannot_send_within_its_claim_another_one_has_at_once()
    {
        await using var scene = await OutboxScene.SetAsync();
        for (var i = 0; i < 5; i++)
            await scene.NewPlaceAsync(i.ToString(CultureInfo.InvariantCulture));
        await using var slow = scene.Node();
        await using var quick = scene.Node();
        scene.Wall.After = (_, _) =>
        {
            scene.Clock.Advance(TimeSpan.FromSeconds(20));
            return Task.CompletedTask;
        };
        Assert.Equal(2, await slow.SendAsync()); // a third call might have outlasted the claim
        scene.Wall.After = null;

        Assert.Equal(3, await quick.SendAsync());
    }

    [DatabaseFact]
    public async Task A_call_without_an_answer_is_cut_and_holds_up_no_other()
    {
        await using var scene = await OutboxScene.SetAsync();
        await scene.NewPlaceAsync("hangs");
        await scene.NewPlaceAsync("goes");
        await using var node = scene.Node();
        scene.Wall.Before = (title, cut) =>
        {
            if (title == "hangs")
                scene.Clock.Advance(SendOutbox.LongestCall);
            cut.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        };

        await node.SendAsync();

        Assert.Equal(["goes"], Assert.Single(scene.Wall.Messages).Value);
        var row = await scene.InDbAsync(db => db.Outbox.SingleAsync(r => r.SentAt == null));
        Assert.Equal(("no_answer_in_time", 1, null), (row.LastCode, row.Tries, row.ClaimedUntil));
    }

    [DatabaseFact]
    public async Task A_change_that_comes_far_too_late_is_covered_by_the_last_card_again()
    {
        await using var scene = await OutboxScene.SetAsync();
        var place = await scene.NewPlaceAsync("first");
        await using var slow = scene.Node();
        await using var quick = scene.Node();
        await slow.SendAllAsync();
        await scene.ShowAsync(place, "second");
        var stands = true;
        scene.Wall.Before = async (_, _) =>
        {
            if (!stands)
                return;
            stands = false; // the machine stood still for a minute
            scene.Clock.Advance(SendOutbox.Lease);
            await scene.ShowAsync(place, "third");
            await quick.SendAllAsync();
        };

        await slow.SendAllAsync();

        Assert.Equal(["first", "second", "third", "second", "third"], Assert.Single(scene.Wall.Messages).Value);
    }

    [DatabaseFact]
    public async Task What_came_of_a_lost_claim_is_noted_if_it_is_news()
    {
        await using var scene = await OutboxScene.SetAsync();
        var place = await scene.NewPlaceAsync("first");
        await using var slow = scene.Node();
        await using var quick = scene.Node();
        scene.Wall.Before = async (_, _) =>
        {
            scene.Wall.Before = (_, _) => throw new ChatException(ChatFailure.Unreachable, "http_500");
            scene.Clock.Advance(SendOutbox.Lease);
            await quick.SendAsync();
        };

        await slow.SendAllAsync();

        Assert.Equal("1", await scene.StandsAsync(place));
        Assert.True(await scene.InDbAsync(db => db.Outbox.AllAsync(r => r.SentAt != null)));
    }

    [Fact]
    public void A_call_ends_by_the_time_outs_of_the_platforms_before_it_is_cut_and_well_within_a_claim()
    {
        var services = new ServiceCollection()
            .AddSlack(new SlackSettings(), new HashSet<Bot>())
            .AddTeams(new TeamsSettings(), new HashSet<Bot>())
            .BuildServiceProvider();
        TimeSpan Longest(string client) =>
            services.GetRequiredService<IHttpClientFactory>().CreateClient(client).Timeout;

        Assert.InRange(Longest(SlackApi.Client), TimeSpan.Zero, SendOutbox.LongestCall);
        Assert.InRange(
            Longest(BotTokens.Client) + Longest(TeamsMessenger.Client),
            TimeSpan.Zero,
            SendOutbox.LongestCall
        );
        Assert.InRange(SendOutbox.LongestCall + SendOutbox.Margin, TimeSpan.Zero, SendOutbox.Lease / 2);
    }
}
