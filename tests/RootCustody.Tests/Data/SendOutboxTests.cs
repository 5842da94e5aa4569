using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Data;

public sealed class SendOutboxTests
{
    private static readonly Bot[] AllBots = [Bot.Desk, Bot.Password, Bot.Mfa];

    [DatabaseFact]
    public async Task Each_row_goes_out_with_its_own_bot_to_where_its_person_was_heard()
    {
        await using var stage = await Stage.SetAsync();
        await HeardAsync(stage);
        await stage.OpenAsync();
        var teams = new Post(ChatPlatform.Teams);
        var slack = new Post(ChatPlatform.Slack);

        await SendAllAsync(stage, AllBots, teams, slack);

        Assert.Contains((Bot.Password, "chat-paul-Password"), teams.Posted);
        Assert.Contains((Bot.Mfa, "chat-mona-Mfa"), teams.Posted);
        Assert.DoesNotContain(teams.Posted, p => p.Bot == Bot.Password && p.Where != "chat-paul-Password");
        Assert.All(slack.Posted, p => Assert.Equal(Bot.Desk, p.Bot));
    }

    [DatabaseFact]
    public async Task A_process_sends_the_rows_of_its_own_bots_only()
    {
        await using var stage = await Stage.SetAsync();
        await HeardAsync(stage);
        await stage.OpenAsync();
        var teams = new Post(ChatPlatform.Teams);

        await SendAllAsync(stage, [Bot.Mfa], teams, new Post(ChatPlatform.Slack));

        Assert.All(teams.Posted, p => Assert.Equal(Bot.Mfa, p.Bot));
        Assert.Single(teams.Posted);
    }

    [DatabaseFact]
    public async Task A_card_is_changed_where_it_was_posted()
    {
        await using var stage = await Stage.SetAsync();
        await HeardAsync(stage);
        var id = await stage.AskAsync();
        var teams = new Post(ChatPlatform.Teams);
        await SendAllAsync(stage, AllBots, teams, new Post(ChatPlatform.Slack));
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());

        await SendAllAsync(stage, AllBots, teams, new Post(ChatPlatform.Slack));

        Assert.Equal(4, teams.Posted.Count);
        Assert.Equal(4, teams.Updated.Count);
    }

    [DatabaseFact]
    public async Task A_place_that_fails_holds_up_no_other_and_is_tried_again_later()
    {
        await using var stage = await Stage.SetAsync();
        await HeardAsync(stage);
        await stage.AskAsync();
        var throttled = new Post(ChatPlatform.Teams)
        {
            Fails = where =>
                where == "chat-paul-Desk"
                    ? new ChatException(ChatFailure.Throttled, "429", TimeSpan.FromSeconds(30))
                    : null,
        };
        await SendAllAsync(stage, AllBots, throttled, new Post(ChatPlatform.Slack));
        var well = new Post(ChatPlatform.Teams);
        stage.Clock.Advance(TimeSpan.FromSeconds(29));
        await SendAllAsync(stage, AllBots, well, new Post(ChatPlatform.Slack));
        Assert.Empty(well.Posted); // the platform said when to come back

        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        await SendAllAsync(stage, AllBots, well, new Post(ChatPlatform.Slack));

        Assert.Equal(3, throttled.Posted.Count);
        Assert.Equal((Bot.Desk, "chat-paul-Desk"), Assert.Single(well.Posted));
    }

    [DatabaseFact]
    public async Task A_channel_that_shuts_the_bot_out_is_replaced_by_the_requesters_direct_messages()
    {
        await using var stage = await Stage.SetAsync();
        await stage.AskAsync();
        var slack = new Post(ChatPlatform.Slack)
        {
            Fails = where => where == "chat-rita-Desk" ? new ChatException(ChatFailure.Gone, "not_in_channel") : null,
        };

        await SendAllAsync(stage, AllBots, new Post(ChatPlatform.Teams), slack);
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        await SendAllAsync(stage, AllBots, new Post(ChatPlatform.Teams), slack);

        Assert.Equal((Bot.Desk, "U0RITA"), Assert.Single(slack.Posted));
    }

    [DatabaseFact]
    public async Task A_row_that_the_platform_refuses_for_good_is_parked()
    {
        await using var stage = await Stage.SetAsync();
        await stage.AskAsync();
        var slack = new Post(ChatPlatform.Slack)
        {
            Fails = _ => new ChatException(ChatFailure.Refused, "invalid_blocks"),
        };

        await SendAllAsync(stage, AllBots, new Post(ChatPlatform.Teams), slack); // in the channel
        await SendAllAsync(stage, AllBots, new Post(ChatPlatform.Teams), slack); // in the direct messages

        var row = await stage.InDbAsync(db => db.Outbox.SingleAsync(r => r.Place.Platform == ChatPlatform.Slack));
        Assert.True(row.Parked);
        Assert.Equal("invalid_blocks", row.LastCode);
    }

    [DatabaseFact]
    public async Task A_card_for_someone_who_has_not_met_the_bot_goes_out_when_they_meet()
    {
        await using var stage = await Stage.SetAsync();
        await stage.AskAsync();
        var teams = new Post(ChatPlatform.Teams);
        await SendAllAsync(stage, AllBots, teams);
        Assert.Empty(teams.Posted);

        await stage.ClickAsync(Stage.Paul, Actions.Installed);
        await SendAllAsync(stage, AllBots, teams);

        Assert.Equal((Bot.Desk, "chat-paul-Desk"), Assert.Single(teams.Posted));
    }

    [DatabaseFact]
    public async Task Rows_that_wait_for_a_meeting_crowd_out_no_other()
    {
        await using var stage = await Stage.SetAsync();
        for (var i = 0; i < 30; i++)
            await stage.AskAsync(); // 120 cards that cannot be sent yet
        await SendAllAsync(stage, AllBots, new Post(ChatPlatform.Teams));
        await stage.ClickAsync(Stage.Mike, Actions.Installed);
        var teams = new Post(ChatPlatform.Teams);

        await SendAllAsync(stage, AllBots, teams);

        Assert.Equal(30, teams.Posted.Count);
    }

    [DatabaseFact]
    public async Task People_who_met_the_bot_before_they_were_linked_are_reached()
    {
        await using var stage = await Stage.SetAsync();
        var late = new ChatUser(ChatPlatform.Teams, Stage.ProviderRealm, "aad-late");
        await stage.InDbAsync(db => db.Realms.ExecuteDeleteAsync()); // before the first import
        await stage.ClickAsync("late", Actions.Installed);

        var known = await stage.InDbAsync(db => db.ChatAddresses.SingleAsync(a => a.User == late.User));

        Assert.Equal("chat-late-Desk", known.Conversation);
    }

    [DatabaseFact]
    public async Task A_post_that_has_begun_is_finished_and_noted_when_the_process_stops()
    {
        await using var stage = await Stage.SetAsync();
        await HeardAsync(stage);
        await stage.AskAsync();
        using var stopping = new CancellationTokenSource();
        var teams = new Post(ChatPlatform.Teams) { Posting = stopping.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            SendAllAsync(stage, AllBots, stopping.Token, teams)
        );

        Assert.Single(teams.Posted);
        Assert.Equal(1, await stage.InDbAsync(db => db.Outbox.CountAsync(r => r.SentAt != null)));
    }

    [DatabaseFact]
    public async Task A_poisoned_row_stops_no_other()
    {
        await using var stage = await Stage.SetAsync();
        await HeardAsync(stage);
        await stage.AskAsync();
        var teams = new Post(ChatPlatform.Teams)
        {
            Fails = where => where == "chat-paul-Desk" ? new InvalidOperationException("poison") : null,
        };

        await SendAllAsync(stage, AllBots, teams);

        Assert.Equal(3, teams.Posted.Count);
        Assert.Equal(1, await stage.InDbAsync(db => db.Outbox.CountAsync(r => r.LastCode != null)));
    }

    [DatabaseTheory]
    [InlineData(ChatFailure.Throttled)]
    [InlineData(ChatFailure.Unreachable)]
    public async Task A_platform_that_is_away_for_days_loses_nothing(ChatFailure failure)
    {
        await using var stage = await Stage.SetAsync();
        await HeardAsync(stage);
        await stage.AskAsync();
        for (var i = 0; i < 30; i++)
        {
            await SendAllAsync(
                stage,
                AllBots,
                new Post(ChatPlatform.Teams) { Fails = _ => new ChatException(failure, "x") }
            );
            stage.Clock.Advance(TimeSpan.FromHours(2));
        }
        var back = new Post(ChatPlatform.Teams);

        await SendAllAsync(stage, AllBots, back);

        Assert.Equal(4, back.Posted.Count);
    }

    [DatabaseFact]
    public async Task A_thread_whose_first_message_is_refused_goes_on_without_it()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        var refusing = new Post(ChatPlatform.Slack)
        {
            Fails = _ => new ChatException(ChatFailure.Refused, "invalid_blocks"),
        };
        await SendAllAsync(stage, AllBots, refusing);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        var slack = new Post(ChatPlatform.Slack);
        await stage.ClickAsync(Stage.Mona, Actions.Approve, id.ToString());

        await SendAllAsync(stage, AllBots, slack);

        Assert.NotEmpty(slack.Posted);
        Assert.All(slack.Posted, p => Assert.Equal("U0RITA", p.Where));
    }

    [DatabaseFact]
    public async Task A_change_of_the_thread_hurries_no_step_that_the_platform_has_put_off()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();
        await SendAllAsync(stage, AllBots, new Post(ChatPlatform.Slack));
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        var throttled = new Post(ChatPlatform.Slack)
        {
            Fails = _ => new ChatException(ChatFailure.Throttled, "ratelimited", TimeSpan.FromSeconds(30)),
        };
        await SendAllAsync(stage, AllBots, throttled);
        var slack = new Post(ChatPlatform.Slack);

        await stage.ClickAsync(
            Stage.Petra,
            Actions.Deny,
            id.ToString(),
            submits: true,
            inputs: [("reason", "Use IAM.")]
        );
        await SendAllAsync(stage, AllBots, slack);

        Assert.Single(slack.Updated);
        Assert.Single(slack.Posted); // the new step; the one that was put off waits its 30 seconds
    }

    /// <summary>Everyone has met every bot in Teams.</summary>
    private static async Task HeardAsync(Stage stage)
    {
        foreach (var bot in AllBots)
        {
            foreach (var person in (string[])[Stage.Paul, Stage.Petra, Stage.Mona, Stage.Mike])
                await stage.ClickAsync(person, Actions.Installed, bot: bot);
        }
    }

    private static Task SendAllAsync(Stage stage, IReadOnlyCollection<Bot> bots, params IMessenger[] messengers) =>
        SendAllAsync(stage, bots, CancellationToken.None, messengers);

    private static async Task SendAllAsync(
        Stage stage,
        IReadOnlyCollection<Bot> bots,
        CancellationToken stopping,
        params IMessenger[] messengers
    )
    {
        await using var scope = stage.Scope();
        var db = scope.ServiceProvider.GetRequiredService<CustodyDb>();
        var send = new SendOutbox(db, messengers, NullLogger<SendOutbox>.Instance);
        foreach (var messenger in messengers)
        {
            while (await send.RunAsync(bots, messenger.Platform, stopping) > 0) { }
        }
    }

    private sealed class Post(ChatPlatform platform) : IMessenger
    {
        public ChatPlatform Platform => platform;
        public List<(Bot Bot, string Where)> Posted { get; } = [];
        public List<(Bot Bot, string Message)> Updated { get; } = [];
        public Func<string, Exception?>? Fails { get; init; }
        public Action? Posting { get; init; }

        public Task<PostedMessage> PostAsync(
            Bot bot,
            ChatPlace place,
            Card card,
            PostedMessage? inThreadOf,
            CancellationToken cancellationToken
        )
        {
            if (Fails?.Invoke(place.Conversation) is { } failure)
                throw failure;
            Posting?.Invoke();
            cancellationToken.ThrowIfCancellationRequested();
            Posted.Add((bot, place.Conversation));
            return Task.FromResult(new PostedMessage(place, $"message-{Posted.Count}"));
        }

        public Task UpdateAsync(Bot bot, PostedMessage message, Card card, CancellationToken cancellationToken)
        {
            Updated.Add((bot, message.Message));
            return Task.CompletedTask;
        }
    }
}
