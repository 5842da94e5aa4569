using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Desk.OnCall;
using RootCustody.Tests.Databases;
using RootCustody.Tests.OnCall;

namespace RootCustody.Tests.Desk.OnCall;

public sealed class OnCallBookTests : IDisposable
{
    private readonly FeedStage stage = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => stage.Dispose();

    [DatabaseFact]
    public async Task In_a_group_without_rota_and_feed_nobody_says_who_is_on_call()
    {
        Weekly();
        var book = stage.Book();

        Assert.Null(await book.KeysAtAsync("mfa", stage.Clock.GetUtcNow(), Cancellation));
        Assert.Null(
            await book.StretchesAsync("mfa", stage.Clock.GetUtcNow(), stage.Clock.GetUtcNow().AddDays(7), Cancellation)
        );
        Assert.Equal([FeedStage.Group], book.Groups);
    }

    [DatabaseFact]
    public async Task A_rota_alone_says_who_is_on_call_and_where_nobody_is()
    {
        Weekly();
        stage.Settings.Shifts.Add(new ShiftSettings { Hours = "Mon 06:00-08:00", Persons = { "pia" } });
        var book = stage.Book();

        Assert.Equal(
            [
                "2026-11-23T05:00Z 2026-11-23T07:00Z pia",
                "2026-11-23T07:00Z 2026-11-23T08:00Z -",
                "2026-11-23T08:00Z 2026-11-30T05:00Z paul",
            ],
            await FeedStage.ToldAsync(book, "2026-11-23T05:00Z", "2026-11-30T05:00Z")
        );
        Assert.Empty((await FeedStage.KeysAsync(book, "2026-11-23T07:30Z"))!);
        Assert.Equal("paul", Told.Persons(await FeedStage.KeysAsync(book, "2026-11-23T08:00Z")));
        Assert.Empty(book.Feeds());
    }

    [DatabaseFact]
    public async Task The_feed_counts_where_it_has_somebody_and_the_rota_elsewhere()
    {
        Weekly();
        stage.Settings.Feed.Names["pia"] = ["Swap: Pia"];
        var book = stage.ReadsEvents(
            "SUMMARY:Swap: Pia\nDTSTART:20261125T100000Z\nDURATION:P1D",
            "SUMMARY:Company party\nDTSTART:20261127T100000Z\nDURATION:P1D" // names nobody
        );

        Assert.Equal(
            [
                "2026-11-23T07:00Z 2026-11-23T08:00Z -",
                "2026-11-23T08:00Z 2026-11-25T10:00Z paul",
                "2026-11-25T10:00Z 2026-11-26T10:00Z pia",
                "2026-11-26T10:00Z 2026-11-30T08:00Z paul",
                "2026-11-30T08:00Z 2026-12-01T00:00Z petra",
            ],
            await FeedStage.ToldAsync(book, "2026-11-23T07:00Z", "2026-12-01")
        );
    }

    [DatabaseFact]
    public async Task A_feed_that_was_never_read_leaves_it_to_the_rota()
    {
        Weekly();
        stage.Settings.Feed.Source = stage.File;
        var book = stage.Book();

        Assert.Equal("paul", Told.Persons(await FeedStage.KeysAsync(book, "2026-11-24")));
        Assert.Equal(
            ["2026-11-24T00:00Z 2026-11-25T00:00Z paul"],
            await FeedStage.ToldAsync(book, "2026-11-24", "2026-11-25")
        );
        Assert.Equal(
            ["The on-call feed of group passwords could not be read: there is no such file."],
            Assert.Single(book.Feeds()).Faults
        );
    }

    [DatabaseFact]
    public async Task A_feed_alone_that_was_never_read_says_nothing()
    {
        stage.Settings.Feed.Source = stage.File;
        var book = stage.Book();

        Assert.Null(await FeedStage.KeysAsync(book, "2026-11-24"));
        Assert.Null(
            await book.StretchesAsync(FeedStage.Group, Told.At("2026-11-24"), Told.At("2026-11-25"), Cancellation)
        );
    }

    [DatabaseFact]
    public void The_stretches_of_feed_and_rota_tile_the_interval_and_agree_with_every_moment()
    {
        Weekly();
        stage.Settings.Shifts.Add(new ShiftSettings { Hours = "Fri-Sun 22:00-06:00", Persons = { "pia" } });
        var book = stage.ReadsEvents(
            "SUMMARY:pia\nDTSTART;TZID=Australia/Lord_Howe:20261001T010000\nDURATION:PT9H\nRRULE:FREQ=DAILY;INTERVAL=3",
            "SUMMARY:petra\nDTSTART;TZID=America/New_York:20261001T200000\nDURATION:PT9H\nRRULE:FREQ=WEEKLY;BYDAY=SA,SU",
            "SUMMARY:pia\nDTSTART;VALUE=DATE:20261101\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1"
        );
        Gen.Select(Gen.Int[0, 300 * 24 * 60], Gen.Int[1, 60 * 24 * 60], Gen.Int[0, 100])
            .Sample(
                (begin, minutes, percent) =>
                {
                    var from = Told.At("2026-11-01").AddMinutes(begin);
                    var until = from.AddMinutes(minutes);
                    var at = from + ((until - from) * (percent / 101.0));

                    var stretches = book.StretchesAsync(FeedStage.Group, from, until, default).Result!;
                    var keys = book.KeysAtAsync(FeedStage.Group, at, default).Result!;

                    Assert.Equal(from, stretches[0].From);
                    Assert.Equal(until, stretches[^1].Until);
                    Assert.All(stretches.Zip(stretches.Skip(1)), p => Assert.Equal(p.First.Until, p.Second.From));
                    Assert.Equal(
                        Told.Persons(keys),
                        Told.Persons(stretches.Single(s => s.From <= at && at < s.Until).Persons)
                    );
                },
                iter: 1_000,
                threads: 1
            );
    }

    [DatabaseFact]
    public async Task An_interval_ends_after_it_begins_and_within_400_days()
    {
        Weekly();
        var book = stage.Book();
        var now = stage.Clock.GetUtcNow();

        Assert.Empty((await book.StretchesAsync(FeedStage.Group, now, now, Cancellation))!);
        Assert.NotEmpty((await book.StretchesAsync(FeedStage.Group, now, now.AddDays(400), Cancellation))!);
        foreach (var until in (DateTimeOffset[])[now.AddTicks(-1), now.AddDays(401), DateTimeOffset.MaxValue])
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
                book.StretchesAsync(FeedStage.Group, now, until, Cancellation)
            );
    }

    [DatabaseFact]
    public async Task At_the_ends_of_the_calendar_nobody_is_on_call()
    {
        Weekly();
        var book = stage.ReadsEvents("SUMMARY:pia\nDTSTART:20261101T000000Z\nDURATION:PT9H\nRRULE:FREQ=DAILY");

        Assert.Empty((await book.KeysAtAsync(FeedStage.Group, DateTimeOffset.MinValue, Cancellation))!);
        Assert.Empty((await book.KeysAtAsync(FeedStage.Group, DateTimeOffset.MaxValue, Cancellation))!);
    }

    [DatabaseFact]
    public async Task It_is_registered_as_one()
    {
        Weekly();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(stage.Clock)
            .AddOnCall([new(FeedStage.Group, stage.Settings)])
            .BuildServiceProvider();

        var book = services.GetRequiredService<OnCallBook>();

        Assert.Same(book, services.GetRequiredService<OnCallBook>());
        Assert.Equal("paul", Told.Persons(await FeedStage.KeysAsync(book, "2026-11-24")));
    }

    private void Weekly()
    {
        stage.Settings.Turns.Add("paul");
        stage.Settings.Turns.Add("petra");
        stage.Settings.HandOver = "Mon 09:00";
        stage.Settings.Start = "2026-11-23";
    }
}
