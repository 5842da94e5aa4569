using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using RootCustody.Desk.OnCall;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.OnCall;

public sealed class RefreshOnCallTests
{
    [DatabaseFact]
    public async Task The_coming_turns_of_a_group_stand_in_the_database()
    {
        await using var stage = await Stage.SetAsync();

        await RefreshAsync(stage, Turns(Stage.Petra, Stage.Paul));

        Assert.Equal((Stage.Petra, null), await OnCallAtAsync(stage, Stage.Noon.AddDays(1)));
        Assert.Equal((Stage.Paul, null), await OnCallAtAsync(stage, Stage.Noon.AddDays(8)));
    }

    [DatabaseFact]
    public async Task A_change_of_the_rota_replaces_what_stood_there()
    {
        await using var stage = await Stage.SetAsync();
        await RefreshAsync(stage, Turns(Stage.Petra, Stage.Paul));

        await RefreshAsync(stage, Turns(Stage.Paul));

        Assert.Equal((Stage.Paul, null), await OnCallAtAsync(stage, Stage.Noon.AddDays(1)));
    }

    [DatabaseFact]
    public async Task Who_is_not_in_the_group_is_not_on_call_for_it()
    {
        await using var stage = await Stage.SetAsync();

        await RefreshAsync(stage, Turns(Stage.Mona));

        Assert.Empty(await stage.InDbAsync(db => db.OnCallShifts.ToListAsync()));
    }

    [DatabaseFact]
    public async Task A_group_that_has_no_rota_any_more_is_forgotten()
    {
        await using var stage = await Stage.SetAsync();
        await RefreshAsync(stage, Turns(Stage.Paul));

        await stage.InDbAsync(async db =>
        {
            using var none = new OnCallBook([], stage.Clock, NullLogger<OnCallBook>.Instance);
            await new RefreshOnCall(db, none, NullLogger<RefreshOnCall>.Instance).ForgetOthersAsync(
                CancellationToken.None
            );
            return true;
        });

        Assert.Empty(await stage.InDbAsync(db => db.OnCallShifts.ToListAsync()));
    }

    private static OnCallSettings Turns(params string[] persons)
    {
        var settings = new OnCallSettings { HandOver = "Mon 09:00", Start = "2026-11-23" };
        foreach (var person in persons)
            settings.Turns.Add(person);
        return settings;
    }

    private static Task RefreshAsync(Stage stage, OnCallSettings settings) =>
        stage.InDbAsync(async db =>
        {
            using var book = new OnCallBook(
                [KeyValuePair.Create("passwords", settings)],
                stage.Clock,
                NullLogger<OnCallBook>.Instance
            );
            await new RefreshOnCall(db, book, NullLogger<RefreshOnCall>.Instance).HandleAsync(
                "passwords",
                CancellationToken.None
            );
            return true;
        });

    private static Task<(string?, string?)> OnCallAtAsync(Stage stage, DateTimeOffset at) =>
        stage.InDbAsync(async db =>
        {
            var keys = await db
                .OnCallShifts.Where(s => s.From <= at && at < s.Until)
                .Join(db.People, s => s.Person, p => p.Id, (_, person) => person.Key)
                .ToListAsync();
            return (keys.ElementAtOrDefault(0), keys.ElementAtOrDefault(1));
        });
}
