using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Databases;

namespace RootCustody.Tests.Databases;

/// <summary>Who judges the time. The tests' clock stands at noon of a day in 2026, which is far from any server's.</summary>
public sealed class DatabaseTimeTests
{
    private const string PostgreSql = nameof(DatabaseProvider.PostgreSql);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task With_SQLite_the_clock_of_the_machine_is_the_database_s()
    {
        await using var database = await TestDb.NewAsync();
        await using var db = database.Open();
        var time = new DatabaseTime(database.Clock, Limit);

        await time.LookAsync(db, CancellationToken.None);
        database.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(database.Clock.GetUtcNow(), time.GetUtcNow());
        Assert.Null(time.Doubt);
    }

    [Fact, Trait("Database", PostgreSql)]
    public async Task A_server_s_clock_judges_carried_on_by_the_monotonic_one_of_the_machine()
    {
        await using var database = await TestDb.NewAsync();
        await using var db = database.Open();
        var node = new FakeTimeProvider(database.Clock.GetUtcNow());
        var time = new DatabaseTime(node, Limit);

        await time.LookAsync(db, CancellationToken.None);
        var seen = time.GetUtcNow();
        node.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(seen + TimeSpan.FromSeconds(7), time.GetUtcNow());
        Assert.Equal(await db.ServerTimeAsync(CancellationToken.None) ?? default, seen, TimeSpan.FromMinutes(1));
    }

    [Fact, Trait("Database", PostgreSql), Trait("Law", "11")]
    public async Task A_machine_whose_clock_lies_apart_is_in_doubt_and_says_how_far()
    {
        await using var database = await TestDb.NewAsync();
        await using var db = database.Open();
        var right = await db.ServerTimeAsync(CancellationToken.None) ?? default;
        var node = new FakeTimeProvider(right - TimeSpan.FromMinutes(10));
        var time = new DatabaseTime(node, Limit);

        await time.LookAsync(db, CancellationToken.None);

        Assert.InRange(time.Skew ?? default, TimeSpan.FromMinutes(-11), TimeSpan.FromMinutes(-9));
        Assert.Contains("seconds apart", time.Doubt, StringComparison.Ordinal);
    }

    [Fact, Trait("Database", PostgreSql), Trait("Law", "11")]
    public async Task A_database_that_was_not_seen_for_long_leaves_the_time_in_doubt()
    {
        await using var database = await TestDb.NewAsync();
        await using var db = database.Open();
        var node = new FakeTimeProvider(await db.ServerTimeAsync(CancellationToken.None) ?? default);
        var time = new DatabaseTime(node, TimeSpan.FromMinutes(1));
        await time.LookAsync(db, CancellationToken.None);
        Assert.Null(time.Doubt);

        node.Advance(DatabaseTime.Memory + TimeSpan.FromSeconds(1));

        Assert.Contains("not seen for", time.Doubt, StringComparison.Ordinal);
    }

    [Fact, Trait("Database", PostgreSql), Trait("Law", "11")]
    public async Task In_doubt_about_the_time_no_half_is_shown_and_the_same_click_works_again()
    {
        await using var stage = await Stage.SetAsync();
        var right = await stage.InDbAsync(db => db.ServerTimeAsync(CancellationToken.None)) ?? default;
        stage.Clock.SetUtcNow(right - TimeSpan.FromSeconds(30));
        var id = await stage.OpenAsync();
        await using (var scope = stage.Scope())
            await scope
                .ServiceProvider.GetRequiredService<DatabaseTime>()
                .LookAsync(scope.ServiceProvider.GetRequiredService<CustodyDb>(), CancellationToken.None);

        var reply = await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());

        Assert.StartsWith("Not now, and nothing was shown: The clocks", Assert.IsType<Reply.Said>(reply).Text);
        Assert.False(await stage.InDbAsync(db => db.Exposures.AnyAsync(e => e.Request == id)));
    }
}
