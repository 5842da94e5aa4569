using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People;

[Trait("Law", "15")]
public sealed class EnrolStepUpTests
{
    [DatabaseFact]
    public async Task The_new_key_comes_off_the_screen_by_itself()
    {
        await using var stage = await Stage.SetAsync();
        var screen = new Screen();

        await EnrolAsync(stage, await CodeAsync(stage), screen);
        Assert.Single(screen.Lines);
        stage.Clock.Advance(TimeSpan.FromMinutes(5));

        await Eventually.TrueAsync(() => Task.FromResult(screen.RemovedAfterShown));
    }

    [DatabaseFact]
    public async Task A_code_works_once()
    {
        await using var stage = await Stage.SetAsync();
        var code = await CodeAsync(stage);
        await EnrolAsync(stage, code, new Screen());
        var second = new Screen();

        var reply = await EnrolAsync(stage, code, second);

        Assert.IsType<Reply.Corrected>(reply);
        Assert.Empty(second.Lines);
    }

    [DatabaseFact]
    public async Task A_vault_that_is_away_does_not_cost_the_code()
    {
        await using var stage = await Stage.SetAsync();
        var code = await CodeAsync(stage);
        var key = Path.Combine(stage.VaultDirectory, "stepup.key");
        var saved = await File.ReadAllBytesAsync(key);
        await File.WriteAllBytesAsync(key, []);
        var refused = Assert.IsType<Reply.Said>(await EnrolAsync(stage, code, new Screen()));
        await File.WriteAllBytesAsync(key, saved);
        var screen = new Screen();

        await EnrolAsync(stage, code, screen);

        Assert.Contains("authenticators cannot be reached", refused.Text, StringComparison.Ordinal);
        Assert.Single(screen.Lines);
        Assert.False(await stage.InDbAsync(db => db.EnrolmentCodes.AnyAsync()));
    }

    private static Task<string> CodeAsync(Stage stage) => stage.CodeByTwoAsync($"enrol {Stage.Dora}");

    private static Task<Reply> EnrolAsync(Stage stage, string code, RevealSurface surface) =>
        stage.ClickAsync(Stage.Dora, Actions.Enrol, submits: true, surface: surface, inputs: [("code", code)]);
}
