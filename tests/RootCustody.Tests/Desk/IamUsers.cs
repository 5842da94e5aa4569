using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.Vault;
using RootCustody.Requests;

namespace RootCustody.Tests.Desk;

/// <summary>The IAM user deploy of the account of <see cref="Stage"/>, kept by the same groups.</summary>
internal static class IamUsers
{
    public const string Number = "111122223333/deploy";

    private static readonly byte[] Seed = [.. Enumerable.Range(101, 20).Select(i => (byte)i)];

    /// <summary>Adds it, without its halves.</summary>
    public static Task<AccountId> NewAsync(Stage stage, string number = Number, bool withoutMfa = false) =>
        stage.InDbAsync(async db =>
        {
            var root = await db.Accounts.SingleAsync(a => a.Id == stage.Account);
            var user = Account.Of(
                number,
                "Deployer",
                "",
                root.Customer,
                root.PasswordGroup,
                root.MfaGroup,
                db.Now,
                withoutMfa
            );
            db.Accounts.Add(user);
            await db.SaveChangesAsync();
            return user.Id;
        });

    /// <summary>Adds it as one without an MFA device, its password in custody.</summary>
    public static async Task<AccountId> WithoutMfaAsync(Stage stage)
    {
        var id = await NewAsync(stage, withoutMfa: true);
        await using var scope = stage.Scope();
        Assert.IsType<TakePassword.Outcome.Taken>(
            await scope.ServiceProvider.GetRequiredService<TakePassword>().MakeAsync(Number, CancellationToken.None)
        );
        return id;
    }

    /// <summary>Adds it with both halves in custody.</summary>
    public static async Task<AccountId> InCustodyAsync(Stage stage)
    {
        var id = await NewAsync(stage);
        await using var scope = stage.Scope();
        Assert.IsType<TakePassword.Outcome.Taken>(
            await scope.ServiceProvider.GetRequiredService<TakePassword>().MakeAsync(Number, CancellationToken.None)
        );
        var now = stage.Clock.GetUtcNow().UtcDateTime;
        var totp = new Totp([.. Seed]);
        using var seed = new SeedText.Accepted(Secret.Take([.. Seed]), TotpShape.Usual);
        var taken = Assert.IsType<TakeSeed.Outcome.Taken>(
            await scope
                .ServiceProvider.GetRequiredService<TakeSeed>()
                .HandleAsync(
                    Number,
                    Stage.Device,
                    seed,
                    (totp.ComputeTotp(now.AddSeconds(-30)), totp.ComputeTotp(now)),
                    stage.People[Stage.Dora],
                    stage.UserOf(Stage.Dora),
                    CancellationToken.None
                )
        );
        Assert.IsType<VouchForDevice.Outcome.Done>(
            await scope
                .ServiceProvider.GetRequiredService<VouchForDevice>()
                .HandleAsync(
                    taken.Device,
                    "",
                    stage.People[Stage.Mona],
                    stage.UserOf(Stage.Mona),
                    CancellationToken.None
                )
        );
        return id;
    }

    /// <summary>Rita sends the form.</summary>
    public static Task<Reply> SubmitAskAsync(Stage stage, AccountId account, string task) =>
        stage.ClickAsync(
            Stage.Rita,
            Actions.Request,
            submits: true,
            inputs:
            [
                ("account", account.ToString()),
                ("task", task),
                ("why", "The release of tonight has to go out."),
                ("kind", "emergency"),
                ("length", "3600"),
            ]
        );

    /// <summary>Rita asks, one of each group approves, the window is open.</summary>
    public static async Task<RequestId> OpenAsync(
        Stage stage,
        AccountId user,
        string password = Stage.Paul,
        string mfa = Stage.Mona
    )
    {
        Assert.IsType<Reply.Said>(await SubmitAskAsync(stage, user, RootTask.AsUser.Id));
        var id = await stage.InDbAsync(db =>
            db.Requests.Where(r => r.Account == user && r.State == RequestState.Asked).Select(r => r.Id).SingleAsync()
        );
        await ApproveAsync(stage, id, password, mfa);
        return id;
    }

    public static async Task ApproveAsync(Stage stage, RequestId id, string password, string mfa)
    {
        await stage.ClickAsync(password, Actions.Approve, id.ToString());
        await stage.ClickAsync(mfa, Actions.Approve, id.ToString());
        Assert.Equal(RequestState.Open, (await stage.RequestAsync(id)).State);
    }

    public static Task<Account> OfAsync(Stage stage, AccountId id) =>
        stage.InDbAsync(db => db.Accounts.AsNoTracking().SingleAsync(a => a.Id == id));
}
