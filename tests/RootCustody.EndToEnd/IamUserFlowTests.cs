using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
using RootCustody.Playground;
using RootCustody.Requests;

namespace RootCustody.EndToEnd;

/// <summary>An IAM user of Acme's account, from Rita's form in Slack to the rotated password, over HTTP.</summary>
public sealed class IamUserFlowTests
{
    private const string Number = $"{Cast.Account}/deploy";

    [Fact]
    public async Task An_IAM_user_goes_from_the_form_to_the_closed_window_and_the_paid_debt()
    {
        await using var play = await Play.OpenAsync();
        var user = await InCustodyAsync(play);
        var request = await AskAsync(play, user);
        await play.ApproveAsync(Cast.Paul, request);
        Assert.Contains("window open", (await play.ApproveAsync(Cast.Mona, request)).Text, StringComparison.Ordinal);
        await play.Teams.Connector.WaitForAsync(
            Cast.Paul,
            Bot.Password,
            $"deploy at https://{Cast.Account}.signin.aws.amazon.com/console",
            "Reveal password"
        );

        var password = Play.HalfIn(await play.RevealPasswordAsync(request), "Password");
        var code = await play.RevealAsync(Cast.Mona, Bot.Mfa, request, "mona");
        Assert.Equal(32, password.Length);
        Assert.Matches("(?m)^[0-9]{6}$", code.Text);

        play.Clock.Advance(TimeSpan.FromHours(1));
        await play.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        await play.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        await RotateAsync(play, user, password);

        var account = await play.InDbAsync(db => db.Accounts.SingleAsync(a => a.Id == user));
        Assert.Equal((2, null), (account.PasswordGeneration, account.OwesSince));
        Assert.Equal(
            1,
            await play.InDbAsync(db =>
                db.Accounts.Where(a => a.Number == Cast.Account).Select(a => a.PasswordGeneration).SingleAsync()
            )
        );
    }

    [Fact]
    public async Task Without_MFA_and_by_one_group_one_custodian_approves_and_sees_the_password()
    {
        await using var play = await Play.OpenAsync();
        var user = await EnterAsync(play, withoutMfa: true);
        await play.InDbAsync(async db =>
        {
            db.PolicyOverrides.Add(
                PolicyOverride.Of(PolicyScope.Account, Number, nameof(Policy.OneGroupApproves), "true")
            );
            return await db.SaveChangesAsync();
        });
        var request = await AskAsync(play, user);

        var card = await play.ApproveAsync(Cast.Paul, request);
        var password = Play.HalfIn(await play.RevealPasswordAsync(request), "Password");

        Assert.Contains("window open", card.Text, StringComparison.Ordinal);
        Assert.Contains("There is no other half", card.Text, StringComparison.Ordinal);
        Assert.Equal(32, password.Length);
        Assert.Equal(RequestState.Open, await play.StateAsync(request));
        Assert.DoesNotContain(
            play.Teams.Connector.ChatOf(Cast.Mona, Bot.Desk),
            c => c.Text.Contains(Number, StringComparison.Ordinal)
        );
    }

    private static async Task<string> AskAsync(Play play, AccountId user)
    {
        var answer = await play.Slack.SubmitAsync(
            Cast.Rita,
            await play.FormAsync(),
            ("Account", $"Acme deployer ({Number})"),
            ("What has to be done", RootTask.AsUser.Name),
            ("Why", "The release of tonight has to go out.")
        );
        Assert.Empty(answer.Errors);
        return (await play.InDbAsync(db => db.Requests.SingleAsync(r => r.Account == user))).Id.ToString();
    }

    private static async Task RotateAsync(Play play, AccountId user, string old)
    {
        var rotation = await play.InDbAsync(db =>
            db.Requests.SingleAsync(r => r.Kind == RequestKind.Rotation && r.Account == user)
        );
        await play.ApproveAsync(Cast.Paul, rotation.Id.ToString());
        await play.ApproveAsync(Cast.Mona, rotation.Id.ToString());
        var shown = await play.RevealPasswordAsync(rotation.Id.ToString());
        Assert.Equal(old, Play.HalfIn(shown, "Password"));
        foreach (var holder in new[] { Cast.Paul, Cast.Mona })
        {
            var card = await play.Teams.Connector.WaitForAsync(
                holder,
                Bot.Desk,
                holder == Cast.Paul ? "Update password at Console sign-in" : "Speak a code",
                "Password is changed"
            );
            Assert.Contains(Number, card.Text, StringComparison.Ordinal);
            await play.Teams.PressAsync(holder, card, "Password is changed");
        }
        await play.UntilAsync(async () => await play.StateAsync(rotation.Id.ToString()) == RequestState.Closed);
    }

    private static async Task<AccountId> InCustodyAsync(Play play)
    {
        var id = await EnterAsync(play, withoutMfa: false);
        await TakeSeedAsync(play);
        return id;
    }

    /// <summary>With its password.</summary>
    private static async Task<AccountId> EnterAsync(Play play, bool withoutMfa)
    {
        var id = await play.InDbAsync(async db =>
        {
            var root = await db.Accounts.SingleAsync(a => a.Number == Cast.Account);
            var user = Account.Of(
                Number,
                "Acme deployer",
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
        await play.RunAsync<TakePassword>(async take =>
            Assert.IsType<TakePassword.Outcome.Taken>(await take.MakeAsync(Number, CancellationToken.None))
        );
        return id;
    }

    private static async Task TakeSeedAsync(Play play)
    {
        byte[] bytes = [.. Enumerable.Range(101, 20).Select(i => (byte)i)];
        var totp = new Totp([.. bytes]);
        var now = play.Clock.GetUtcNow().UtcDateTime;
        var (dora, mike) = await play.InDbAsync(async db =>
        {
            var people = await db
                .People.Include(p => p.Identities)
                .ToDictionaryAsync(p => p.Key, StringComparer.Ordinal);
            return (people["dora"], people["mike"]);
        });
        using var seed = new SeedText.Accepted(Secret.Take(bytes), TotpShape.Usual);
        await using var scope = play.Theatre.Host.Services.CreateAsyncScope();
        var taken = Assert.IsType<TakeSeed.Outcome.Taken>(
            await scope
                .ServiceProvider.GetRequiredService<TakeSeed>()
                .HandleAsync(
                    Number,
                    "Authenticator",
                    seed,
                    (totp.ComputeTotp(now.AddSeconds(-30)), totp.ComputeTotp(now)),
                    dora.Id,
                    dora.Identities[0].ChatUser,
                    CancellationToken.None
                )
        );
        Assert.IsType<VouchForDevice.Outcome.Done>(
            await scope
                .ServiceProvider.GetRequiredService<VouchForDevice>()
                .HandleAsync(taken.Device, "", mike.Id, mike.Identities[0].ChatUser, CancellationToken.None)
        );
    }
}
