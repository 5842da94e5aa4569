using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk;

public sealed class WholeFlowTests
{
    [DatabaseFact]
    public async Task An_emergency_runs_from_the_asking_to_the_paid_debt()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var (password, code) = (new Screen(), new Screen());

        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, id, Half.Password, password));
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Mona, id, Half.Mfa, code));
        Assert.Equal(32, Assert.Single(password.Lines).Length);
        Assert.Equal(6, Assert.Single(code.Lines).Length);

        stage.Clock.Advance(TimeSpan.FromMinutes(61));
        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        Assert.Equal(RequestState.Closed, (await stage.RequestAsync(id)).State);
        Assert.NotNull((await stage.InDbAsync(db => db.Accounts.SingleAsync())).OwesSince);

        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var rotation = await stage.InDbAsync(db => db.Requests.SingleAsync(r => r.Kind == RequestKind.Rotation));
        await stage.ClickAsync(Stage.Petra, Actions.Approve, rotation.Id.ToString());
        await stage.ClickAsync(Stage.Mike, Actions.Approve, rotation.Id.ToString());
        var both = new Screen();
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Petra, rotation.Id, Half.Password, both));
        Assert.Equal(2, both.Lines.Count);
        Assert.Equal(password.Lines[0], both.Lines[0]);

        await stage.ClickAsync(Stage.Petra, Actions.Rotated, rotation.Id.ToString());
        await stage.ClickAsync(Stage.Mike, Actions.Rotated, rotation.Id.ToString());

        var account = await stage.InDbAsync(db => db.Accounts.SingleAsync());
        Assert.Equal(2, account.PasswordGeneration);
        Assert.Null(account.OwesSince);
        Assert.Equal(
            2,
            await stage.InDbAsync(db => db.Exposures.CountAsync(e => e.Half == Half.Password && e.Generation == 1))
        );
    }
}
