using System.Text;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Desk.Rotation;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.Rotation;

public sealed class CalendarTests
{
    [DatabaseFact]
    public async Task A_custodian_reads_what_falls_due_for_them()
    {
        await using var stage = await Stage.SetAsync();
        await PlanAsync(stage);
        var due = await stage.InDbAsync(db => db.RotationDates.SingleAsync(d => d.Half == Half.Password));

        var text = await ReadAsync(stage, await TokenAsync(stage, Stage.Paul));

        var calendar = Ical.Net.Calendar.Load(text!)!;
        Assert.Equal(
            ["Rotate the MFA of Production (111122223333)", "Rotate the password of Production (111122223333)"],
            calendar.Events.Select(e => e.Summary).Order(StringComparer.Ordinal)
        );
        Assert.Contains(calendar.Events, e => e.Start!.AsUtc == due.DueAt.UtcDateTime);
    }

    [DatabaseFact]
    public async Task Who_keeps_nothing_reads_nothing()
    {
        await using var stage = await Stage.SetAsync();
        await PlanAsync(stage);

        var text = await ReadAsync(stage, await TokenAsync(stage, Stage.Ada));

        Assert.Empty(Ical.Net.Calendar.Load(text!)!.Events);
    }

    [DatabaseFact]
    public async Task The_mark_changes_only_with_what_falls_due()
    {
        await using var stage = await Stage.SetAsync();
        await PlanAsync(stage);
        var token = await TokenAsync(stage, Stage.Mona);
        var first = await MarkAsync(stage, token);

        stage.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal(first, await MarkAsync(stage, token));

        await stage.DecideAsync(async db => (await db.Accounts.SingleAsync()).Rename("Renamed"));
        Assert.NotEqual(first, await MarkAsync(stage, token));
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task An_address_is_worth_nothing_once_it_is_revoked_renewed_or_a_year_old_or_its_person_frozen_or_suspended()
    {
        await using var stage = await Stage.SetAsync();
        var old = await TokenAsync(stage, Stage.Paul);
        var token = await TokenAsync(stage, Stage.Paul);
        Assert.Null(await ReadAsync(stage, old));
        Assert.NotNull(await ReadAsync(stage, token));

        await stage.ChangeAsync(Stage.Paul, p => p.Suspend());
        Assert.Null(await ReadAsync(stage, token));
        await stage.ChangeAsync(Stage.Paul, p => p.Reinstate());
        await stage.ChangeAsync(Stage.Paul, p => p.Freeze(stage.Clock.GetUtcNow()));
        Assert.Null(await ReadAsync(stage, token));
        await stage.ChangeAsync(Stage.Paul, p => p.Unfreeze());
        Assert.NotNull(await ReadAsync(stage, token));

        stage.Clock.Advance(TimeSpan.FromDays(366));
        Assert.Null(await ReadAsync(stage, token));
        var another = await TokenAsync(stage, Stage.Paul);
        await stage.ClickAsync(Stage.Paul, Actions.Calendar, inputs: [("text", "revoke")]);
        Assert.Null(await ReadAsync(stage, another));
    }

    [DatabaseFact]
    [Trait("Law", "8")]
    public async Task The_address_stands_nowhere_in_the_database()
    {
        await using var stage = await Stage.SetAsync();

        var token = await TokenAsync(stage, Stage.Paul);

        Assert.DoesNotContain(
            token,
            Encoding.UTF8.GetString(await stage.DatabaseBytesAsync()),
            StringComparison.Ordinal
        );
    }

    [DatabaseFact]
    [Trait("Law", "12")]
    public async Task A_customer_gets_none()
    {
        await using var stage = await Stage.SetAsync();

        var reply = await stage.ClickAsync(Stage.Rita, Actions.Calendar);

        Assert.StartsWith(
            "Only the provider's people",
            Assert.IsType<Reply.Said>(reply).Text,
            StringComparison.Ordinal
        );
        Assert.False(await stage.InDbAsync(db => db.CalendarLinks.AnyAsync()));
    }

    private static async Task<string> TokenAsync(Stage stage, string person)
    {
        var said = Assert.IsType<Reply.Said>(await stage.ClickAsync(person, Actions.Calendar)).Text;
        var address = said.Split(' ').Single(word => word.StartsWith("https://", StringComparison.Ordinal));
        return Path.GetFileNameWithoutExtension(new Uri(address).LocalPath);
    }

    private static Task PlanAsync(Stage stage) =>
        stage.RunAsync<PlanRotationsJob>(job => job.RunAsync(CancellationToken.None));

    private static async Task<string?> ReadAsync(Stage stage, string token) =>
        await ContentAsync(stage, token) is { } content ? Encoding.UTF8.GetString(content.Text) : null;

    private static async Task<string> MarkAsync(Stage stage, string token) => (await ContentAsync(stage, token))!.Mark;

    private static async Task<DueCalendar.Content?> ContentAsync(Stage stage, string token)
    {
        DueCalendar.Content? content = null;
        await stage.RunAsync<DueCalendar>(async calendar =>
            content = await calendar.ReadAsync(token, CancellationToken.None)
        );
        return content;
    }
}
