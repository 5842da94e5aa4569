using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Reveals;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Couriers.Handovers;

public sealed class RemovalsTests
{
    [DatabaseFact]
    [Trait("Law", "5")]
    public async Task A_stop_takes_down_what_is_up_and_records_it()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var screen = new Screen();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        await stage.StopAsync();

        Assert.True(screen.Removed);
        Assert.Equal([Removal.Removed], await RemovalsAsync(stage, id));
    }

    [DatabaseFact]
    public async Task A_stop_waits_for_the_removal_that_its_holder_began()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var begun = new TaskCompletionSource();
        var slow = new TaskCompletionSource();
        var screen = new Screen
        {
            Leaving = () =>
            {
                begun.SetResult();
                return slow.Task;
            },
        };
        await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);
        var exposure = await stage.InDbAsync(db => db.Exposures.SingleAsync(e => e.Request == id));
        var hiding = stage.ClickAsync(Stage.Paul, Actions.Hide, exposure.Id.ToString(), Bot.Password);
        await begun.Task;

        var stop = stage.StopAsync();
        var inTheMiddle = await RemovalsAsync(stage, id);
        Assert.False(stop.IsCompleted);
        slow.SetResult();
        await stop;

        Assert.DoesNotContain(Removal.Removed, inTheMiddle);
        Assert.Equal([Removal.Removed], await RemovalsAsync(stage, id));
        await hiding;
    }

    [DatabaseFact]
    public async Task A_stop_does_not_wait_out_the_time_between_two_tries()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var screen = new Screen { RemovalsThatFail = 2 };
        await stage.RevealAsync(Stage.Paul, id, Half.Password, screen);

        await stage.StopAsync(); // the clock of the stage stands

        Assert.True(screen.Removed);
    }

    [DatabaseFact]
    [Trait("Law", "5")]
    public async Task What_comes_up_after_the_stop_began_goes_at_once()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var screen = new Screen();
        await stage.StopAsync();

        await Task.Run(() => stage.RevealAsync(Stage.Paul, id, Half.Password, screen))
            .WaitAsync(TimeSpan.FromSeconds(20));

        await Eventually.TrueAsync(() => Task.FromResult(screen.Removed));
        Assert.True(screen.RemovedAfterShown);
    }

    private static Task<List<Removal>> RemovalsAsync(Stage stage, RequestId id) =>
        stage.InDbAsync(db => db.Exposures.Where(e => e.Request == id).Select(e => e.Removal).ToListAsync());
}
