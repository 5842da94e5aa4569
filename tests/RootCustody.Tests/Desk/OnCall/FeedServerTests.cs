using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RootCustody.Desk.OnCall;
using RootCustody.Playground;
using RootCustody.Tests.OnCall;

namespace RootCustody.Tests.Desk.OnCall;

/// <summary>A feed over HTTP, from a real server on loopback.</summary>
public sealed class FeedServerTests : IAsyncLifetime
{
    private const string Token = "secret-token-in-the-path";
    private const string Paul = "SUMMARY:paul\nDTSTART:20261123T000000Z\nDTEND:20261225T000000Z";
    private const string Petra = "SUMMARY:petra\nDTSTART:20261123T000000Z\nDTEND:20261225T000000Z";

    private readonly FeedStage stage = new();
    private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? server;
    private RequestDelegate answer = Calendar(Paul);
    private int asked;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var (app, address) = await Loopback.StartAsync(app =>
            app.Run(context =>
            {
                Interlocked.Increment(ref asked);
                return answer(context);
            })
        );
        server = app;
        stage.Settings.Feed.Source = new Uri(address, $"/{Token}/on-call.ics?also={Token}").AbsoluteUri;
    }

    public async ValueTask DisposeAsync()
    {
        stage.Dispose();
        await server!.DisposeAsync();
    }

    [Fact]
    public async Task What_was_read_counts_until_it_is_too_old()
    {
        var book = stage.Book();
        Assert.Equal("paul", await OnCallAsync(book));
        answer = Calendar(Petra);

        stage.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromTicks(1));
        Assert.Equal("paul", await OnCallAsync(book));

        stage.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("petra", await OnCallAsync(book));
        Assert.Equal(2, asked);
        Assert.Equal(stage.Clock.GetUtcNow(), Assert.Single(book.Feeds()).ReadAt);
    }

    [Fact]
    public async Task Those_who_ask_at_once_share_one_reading()
    {
        var book = stage.Book();

        var said = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OnCallAsync(book)));

        Assert.All(said, s => Assert.Equal("paul", s));
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData(401, "the server answered 401")]
    [InlineData(404, "the server answered 404")]
    [InlineData(500, "the server answered 500")]
    [InlineData(204, "the server answered 204")]
    public async Task A_server_that_fails_leaves_what_was_read_before(int status, string why)
    {
        var book = stage.Book();
        await OnCallAsync(book);
        answer = Status(status);
        stage.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal("paul", await OnCallAsync(book));

        AssertFault(book, why);
    }

    [Fact]
    public async Task After_a_failure_nobody_waits_for_a_minute_and_then_it_is_tried_again()
    {
        var book = stage.Book();
        answer = Status(503);
        Assert.Null(await FeedStage.KeysAsync(book, "2026-11-24"));
        answer = Calendar(Paul);

        stage.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Null(await FeedStage.KeysAsync(book, "2026-11-24"));
        Assert.Equal(1, asked);

        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("paul", await OnCallAsync(book));
        Assert.Empty(Assert.Single(book.Feeds()).Faults);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_not_reached()
    {
        var book = stage.Book();
        await OnCallAsync(book);
        await server!.StopAsync(Cancellation);
        stage.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal("paul", await OnCallAsync(book));

        AssertFault(book, "the server was not reached");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // its headers come, its body does not
    public async Task A_slow_server_is_waited_for_so_long_and_no_longer(bool begins)
    {
        answer = async context =>
        {
            if (begins)
            {
                await context.Response.WriteAsync("BEGIN:VCALENDAR\r\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
            arrived.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };
        var book = stage.Book();
        var asking = FeedStage.KeysAsync(book, "2026-11-24");
        await arrived.Task.WaitAsync(Cancellation);

        stage.Clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(asking.IsCompleted);
        stage.Clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Null(await asking.WaitAsync(TimeSpan.FromSeconds(20), Cancellation));
        AssertFault(book, "it took longer than 5 seconds");
    }

    [Fact]
    public async Task Who_asks_may_give_up_and_the_next_is_answered()
    {
        answer = async context =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };
        var book = stage.Book();
        using var impatient = new CancellationTokenSource();
        var asking = book.KeysAtAsync(FeedStage.Group, stage.Clock.GetUtcNow(), impatient.Token);
        await arrived.Task.WaitAsync(Cancellation);

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        answer = Calendar(Paul);
        Assert.Equal("paul", await OnCallAsync(book));
        Assert.Empty(stage.Logged);
    }

    [Theory]
    [InlineData(true)] // it says how much
    [InlineData(false)] // it never ends
    public async Task A_huge_answer_is_cut_off(bool sized)
    {
        stage.Settings.Feed.LargestKilobytes = 64;
        answer = async context =>
        {
            if (sized)
                context.Response.ContentLength = 1L << 40;
            var part = new byte[16 * 1024];
            Array.Fill(part, (byte)'\n');
            while (!context.RequestAborted.IsCancellationRequested)
                await context
                    .Response.Body.WriteAsync(part, context.RequestAborted)
                    .AsTask()
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };
        var book = stage.Book();

        Assert.Null(await FeedStage.KeysAsync(book, "2026-11-24"));

        AssertFault(book, "it is larger than 64 KB"); // who read on would never get here
    }

    [Fact]
    public async Task A_calendar_of_just_the_size_is_read()
    {
        stage.Settings.Feed.LargestKilobytes = 1;
        var calendar = FeedStage.Calendar(Paul);
        answer = context => context.Response.WriteAsync(calendar + new string('\n', 1024 - calendar.Length));

        Assert.Equal("paul", await OnCallAsync(stage.Book()));

        answer = context => context.Response.WriteAsync(calendar + new string('\n', 1025 - calendar.Length));
        var book = stage.Book();
        Assert.Null(await FeedStage.KeysAsync(book, "2026-11-24"));
        AssertFault(book, "it is larger than 1 KB");
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_on_the_same_host_is_followed(int status)
    {
        answer = context =>
            context.Request.Path == "/there" ? Calendar(Paul)(context) : Redirect(status, "/there")(context);

        Assert.Equal("paul", await OnCallAsync(stage.Book()));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_not_followed()
    {
        var calls = 0;
        var (other, address) = await Loopback.StartAsync(app =>
            app.Run(context =>
            {
                calls++;
                return Calendar(Petra)(context);
            })
        );
        await using var _ = other;
        string[] places =
        [
            address.AbsoluteUri,
            address.AbsoluteUri.Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
            "https://elsewhere.example/",
            "http://169.254.169.254/latest/meta-data/",
            "//elsewhere.example/on-call.ics",
            stage.Settings.Feed.Source.Replace("http:", "https:", StringComparison.Ordinal),
            "file:///etc/passwd",
        ];
        foreach (var place in places)
        {
            answer = Redirect(302, place);
            var book = stage.Book();

            Assert.Null(await FeedStage.KeysAsync(book, "2026-11-24"));

            AssertFault(book, "the server redirects to another host");
            stage.Logged.Clear();
        }
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task A_redirect_without_end_is_followed_three_times()
    {
        answer = Redirect(302, "/again");
        var book = stage.Book();

        Assert.Null(await FeedStage.KeysAsync(book, "2026-11-24"));

        AssertFault(book, "the server redirects without end");
        Assert.Equal(4, asked);
    }

    [Fact]
    public async Task Cookies_and_traces_are_not_sent_and_no_trace_holds_the_address()
    {
        var traced = new ConcurrentBag<string>(); // other tests beside this one are heard too
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a =>
            {
                foreach (var tag in a.TagObjects)
                    traced.Add($"{a.Source.Name} {tag.Value}");
            },
        };
        ActivitySource.AddActivityListener(listener);
        var headers = new List<string>();
        answer = context =>
        {
            headers.AddRange(context.Request.Headers.Keys);
            context.Response.Cookies.Append("a", "b");
            return Calendar(Paul)(context);
        };
        var book = stage.Book();
        await OnCallAsync(book);
        stage.Clock.Advance(TimeSpan.FromMinutes(15));
        await OnCallAsync(book);

        Assert.Equal(["Accept", "Host", "User-Agent"], headers.Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(
            traced,
            t =>
                t.StartsWith("System.Net.Http", StringComparison.Ordinal) && t.Contains(Token, StringComparison.Ordinal)
        );
    }

    private static async Task<string> OnCallAsync(OnCallBook book) =>
        Told.Persons(await FeedStage.KeysAsync(book, "2026-11-24"));

    private void AssertFault(OnCallBook book, string why)
    {
        Assert.Equal(
            [$"The on-call feed of group passwords could not be read: {why}."],
            Assert.Single(book.Feeds()).Faults
        );
        Assert.Equal(
            [$"Warning The on-call feed of group passwords could not be read: {why}. What it said last counts on."],
            stage.Logged
        );
    }

    private static RequestDelegate Calendar(string entry) =>
        context =>
        {
            context.Response.ContentType = "text/calendar; charset=utf-8";
            return context.Response.WriteAsync(FeedStage.Calendar(entry), context.RequestAborted);
        };

    private static RequestDelegate Status(int status) =>
        context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };

    private static RequestDelegate Redirect(int status, string to) =>
        context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = to;
            return Task.CompletedTask;
        };
}
