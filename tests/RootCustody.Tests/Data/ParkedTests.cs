using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Data;

/// <summary>What cannot be sent: who is told, and what an operator can do about it.</summary>
public sealed class ParkedTests
{
    [DatabaseFact]
    public async Task The_duty_manager_is_told_of_a_parked_row_without_its_text()
    {
        await using var stage = await Stage.SetAsync();
        var post = await RefusedAsync(stage, "canary");

        var alert = Assert.Single(await stage.CardsAsync(Purpose.Undelivered, Stage.Dora));
        Assert.Equal("A message could not be delivered", alert.Title);
        Assert.Equal(new Fact("Desk on Slack: invalid_blocks", "1"), Assert.Single(alert.Facts));
        Assert.DoesNotContain("canary", string.Concat(alert.Lines), StringComparison.Ordinal);
        var entry = Assert.Single(await EntriesAsync(stage, "outbox.parked"));
        Assert.Contains("\"code\":\"invalid_blocks\"", entry, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", entry, StringComparison.Ordinal);
        Assert.Empty(post.Posted);
    }

    [DatabaseFact]
    public async Task A_flood_of_parked_rows_is_one_alert_now_and_one_after_an_hour()
    {
        await using var stage = await Stage.SetAsync();
        for (var i = 0; i < 5; i++)
            await RefusedAsync(stage, $"notice {i}");
        await AlertAsync(stage);
        Assert.Equal(["A message could not be delivered"], await TitlesAsync(stage));

        stage.Clock.Advance(TimeSpan.FromHours(1));
        await AlertAsync(stage);
        stage.Clock.Advance(TimeSpan.FromHours(2));
        await AlertAsync(stage);

        Assert.Equal(
            ["A message could not be delivered", "4 messages could not be delivered"],
            await TitlesAsync(stage)
        );
    }

    [DatabaseFact]
    public async Task An_alert_that_is_parked_itself_raises_no_other()
    {
        await using var stage = await Stage.SetAsync();
        await stage.ClickAsync(Stage.Dora, Actions.Installed);
        await RefusedAsync(stage, "notice");
        stage.Clock.Advance(TimeSpan.FromHours(2));

        await SendOutboxTests.SendAllAsync(stage, [Bot.Desk], Refusing(ChatPlatform.Teams));
        await AlertAsync(stage);

        Assert.Equal(2, (await EntriesAsync(stage, "outbox.parked")).Count);
        Assert.Single(await TitlesAsync(stage));
    }

    [DatabaseFact]
    public async Task A_row_whose_card_cannot_be_read_is_parked_and_stops_no_other()
    {
        await using var stage = await Stage.SetAsync();
        await NotifyAsync(stage, "poison");
        await NotifyAsync(stage, "well");
        const string NoCard = "{";
        await stage.InDbAsync(db =>
            db.Database.ExecuteSqlAsync($"UPDATE \"Outbox\" SET \"Card\" = {NoCard} WHERE \"Card\" LIKE '%poison%'")
        );
        var post = new Post(ChatPlatform.Slack);

        await SendOutboxTests.SendAllAsync(stage, [Bot.Desk], post);

        Assert.Single(post.Posted);
        var row = await stage.InDbAsync(db => db.Outbox.SingleAsync(r => r.Parked));
        Assert.Equal("card_unreadable", row.LastCode);
        Assert.Single(await TitlesAsync(stage));
    }

    [DatabaseFact]
    public async Task After_a_day_of_trying_in_vain_a_row_is_parked_until_an_operator_wants_it_tried_again()
    {
        await using var stage = await Stage.SetAsync();
        await NotifyAsync(stage, "notice");
        var away = new Post(ChatPlatform.Slack) { Fails = _ => new ChatException(ChatFailure.Unreachable, "http_500") };
        for (var i = 0; i <= 24; i++)
        {
            Assert.False(await stage.InDbAsync(db => db.Outbox.AnyAsync(r => r.Parked)));
            await SendOutboxTests.SendAllAsync(stage, [Bot.Desk], away);
            stage.Clock.Advance(TimeSpan.FromHours(1));
        }
        var back = new Post(ChatPlatform.Slack);
        await SendOutboxTests.SendAllAsync(stage, [Bot.Desk], back);
        Assert.Empty(back.Posted);

        var count = await stage.InDbAsync(db => new RetryOutbox(db).AllAsync(CancellationToken.None));
        await SendOutboxTests.SendAllAsync(stage, [Bot.Desk], back);

        Assert.Equal(1, count);
        Assert.Single(back.Posted);
        Assert.Contains("\"actor\":\"operator\"", Assert.Single(await EntriesAsync(stage, "outbox.retried")));
    }

    [DatabaseFact]
    public async Task A_later_card_of_the_same_place_ends_a_parked_one()
    {
        await using var stage = await Stage.SetAsync();
        await RefusedAsync(stage, "first");
        var parked = await stage.InDbAsync(db => db.Outbox.Include(r => r.Place).SingleAsync(r => r.Parked));
        await stage.DecideAsync(async db =>
            db.Show(await db.CardPlaces.SingleAsync(p => p.Id == parked.PlaceId), Card.Of("second"))
        );

        var refused = await RetryAsync(stage, parked.Id);
        await SendOutboxTests.SendAllAsync(stage, [Bot.Desk], new Post(ChatPlatform.Slack));

        Assert.Contains("not needed any more", Assert.IsType<RowOrder.Refused>(refused).Why, StringComparison.Ordinal);
        var only = await stage.InDbAsync(db => db.Outbox.SingleAsync(r => r.PlaceId == parked.PlaceId));
        Assert.Equal("second", only.Card.Title);
        Assert.IsType<RowOrder.Refused>(await RetryAsync(stage, parked.Id));
    }

    [DatabaseFact]
    public async Task A_row_that_waits_is_tried_again_at_once_when_an_operator_wants_it()
    {
        await using var stage = await Stage.SetAsync();
        await NotifyAsync(stage, "notice");
        var away = new Post(ChatPlatform.Slack)
        {
            Fails = _ => new ChatException(ChatFailure.Throttled, "ratelimited", TimeSpan.FromHours(3)),
        };
        await SendOutboxTests.SendAllAsync(stage, [Bot.Desk], away);
        var back = new Post(ChatPlatform.Slack);

        await RetryAsync(stage, await stage.InDbAsync(db => db.Outbox.Select(r => r.Id).SingleAsync()));
        await SendOutboxTests.SendAllAsync(stage, [Bot.Desk], back);

        Assert.Single(back.Posted);
    }

    [DatabaseFact]
    public async Task Steps_behind_a_dropped_first_message_go_out_without_it()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();
        var away = new Post(ChatPlatform.Slack) { Fails = _ => new ChatException(ChatFailure.Unreachable, "http_500") };
        await SendOutboxTests.SendAllAsync(stage, [Bot.Desk], away);
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        await SendOutboxTests.SendAllAsync(stage, [Bot.Desk], away);
        var slack = new Post(ChatPlatform.Slack);

        foreach (var first in await ListAsync(stage))
        {
            if (first.Purpose == Purpose.Thread)
                Assert.IsType<RowOrder.Done>(await DropAsync(stage, first.Id));
        }
        await SendOutboxTests.SendAllAsync(stage, [Bot.Desk], slack);

        Assert.Single(slack.Posted);
        Assert.Equal(2, (await EntriesAsync(stage, "outbox.dropped")).Count);
    }

    [DatabaseFact]
    public async Task Later_cards_behind_a_dropped_one_go_out()
    {
        await using var stage = await Stage.SetAsync();
        await NotifyAsync(stage, "first");
        var row = await stage.InDbAsync(db => db.Outbox.SingleAsync());
        await stage.DecideAsync(async db =>
            db.Show(await db.CardPlaces.SingleAsync(p => p.Id == row.PlaceId), Card.Of("second"))
        );
        var slack = new Post(ChatPlatform.Slack);

        var dropped = Assert.IsType<RowOrder.Done>(await DropAsync(stage, row.Id));
        await SendOutboxTests.SendAllAsync(stage, [Bot.Desk], slack);

        Assert.Contains("A later card of the same place is still sent.", dropped.Text, StringComparison.Ordinal);
        Assert.Single(slack.Posted);
        Assert.Equal("second", (await stage.InDbAsync(db => db.Outbox.SingleAsync())).Card.Title);
    }

    [DatabaseFact]
    public async Task What_is_being_sent_cannot_be_dropped_and_what_was_sent_is_not_there()
    {
        await using var stage = await Stage.SetAsync();
        await NotifyAsync(stage, "notice");
        var row = await stage.InDbAsync(db => db.Outbox.Select(r => r.Id).SingleAsync());
        RowOrder? meanwhile = null;
        var slack = new Post(ChatPlatform.Slack) { PostingAsync = async () => meanwhile = await DropAsync(stage, row) };

        await SendOutboxTests.SendAllAsync(stage, [Bot.Desk], slack);

        Assert.Contains("at this moment", Assert.IsType<RowOrder.Refused>(meanwhile).Why, StringComparison.Ordinal);
        Assert.Contains("No row", Assert.IsType<RowOrder.Refused>(await DropAsync(stage, row)).Why);
        Assert.Empty(await ListAsync(stage));
    }

    [DatabaseFact]
    public async Task The_list_says_what_waits_and_how_it_stands_but_no_text()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        await NotifyAsync(stage, "canary");
        await SendOutboxTests.SendAllAsync(stage, [Bot.Desk], Refusing(ChatPlatform.Slack));

        var rows = await ListAsync(stage);

        Assert.Contains(rows, r => r.What == $"Approval by Desk on Teams about {NameOf(id)} for paul");
        Assert.Contains(rows, r => r.State == "waits until its recipient meets the bot, or its thread begins");
        Assert.Contains(
            rows,
            r => r is { Person: Stage.Rita, State: "parked after 1 tries in vain, last invalid_blocks" }
        );
        Assert.All(rows, r => Assert.DoesNotContain("canary", r.What + r.State + r.Loss, StringComparison.Ordinal));
    }

    [DatabaseFact]
    public async Task What_was_sent_long_ago_is_forgotten_with_the_places_that_nothing_comes_to_any_more()
    {
        await using var stage = await Stage.SetAsync();
        await stage.AskAsync();
        await NotifyAsync(stage, "notice");
        var slack = new Post(ChatPlatform.Slack);
        await SendOutboxTests.SendAllAsync(stage, [Bot.Desk], slack);
        Assert.Equal(2, slack.Posted.Count);
        stage.Clock.Advance(TimeSpan.FromDays(30));
        await ForgetAsync(stage);
        Assert.Equal(2, await SentAsync(stage));

        stage.Clock.Advance(TimeSpan.FromTicks(1));
        await ForgetAsync(stage);

        Assert.Equal(0, await SentAsync(stage));
        Assert.True(await stage.InDbAsync(db => db.Outbox.AnyAsync()), "What still waits must stay.");
        Assert.False(await stage.InDbAsync(db => db.CardPlaces.AnyAsync(p => p.Purpose == Purpose.Notice)));
        Assert.True(await stage.InDbAsync(db => db.CardPlaces.AnyAsync(p => p.Purpose == Purpose.Thread)));
    }

    private static Post Refusing(ChatPlatform platform) =>
        new(platform) { Fails = _ => new ChatException(ChatFailure.Refused, "invalid_blocks") };

    /// <summary>Rita is told something in Slack.</summary>
    private static Task NotifyAsync(Stage stage, string title) =>
        stage.DecideAsync(async db =>
        {
            var rita = stage.People[Stage.Rita];
            db.Notify(await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == rita), Card.Of(title));
        });

    /// <summary>Rita is told something, and Slack refuses it.</summary>
    private static async Task<Post> RefusedAsync(Stage stage, string title)
    {
        await NotifyAsync(stage, title);
        var post = Refusing(ChatPlatform.Slack);
        await SendOutboxTests.SendAllAsync(stage, [Bot.Desk], post);
        return post;
    }

    private static Task AlertAsync(Stage stage) =>
        stage.RunAsync<AlertParked>(job => job.RunAsync(CancellationToken.None));

    private static Task ForgetAsync(Stage stage) =>
        stage.RunAsync<ForgetSent>(job => job.RunAsync(CancellationToken.None));

    private static Task<RowOrder> RetryAsync(Stage stage, long row) =>
        stage.InDbAsync(db => new RetryOutbox(db).OneAsync(row, CancellationToken.None));

    private static Task<RowOrder> DropAsync(Stage stage, long row) =>
        stage.InDbAsync(db => new DropOutbox(db).HandleAsync(row, CancellationToken.None));

    private static Task<List<OutboxEntry>> ListAsync(Stage stage) =>
        stage.InDbAsync(db => new ListOutbox(db).AllAsync(CancellationToken.None));

    private static Task<int> SentAsync(Stage stage) =>
        stage.InDbAsync(db => db.Outbox.CountAsync(r => r.SentAt != null));

    private static async Task<IEnumerable<string>> TitlesAsync(Stage stage) =>
        (await stage.CardsAsync(Purpose.Undelivered)).Select(c => c.Title);

    private static Task<List<string>> EntriesAsync(Stage stage, string what) =>
        stage.InDbAsync(db => db.Audit.Where(a => a.Entry.Contains($"\"{what}\"")).Select(a => a.Entry).ToListAsync());

    private static string NameOf(RequestId id) => RootCustody.Requests.Request.NameOf(id);
}
