using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Couriers.Intake;

[Trait("Law", "1")]
public sealed class IntakeTests
{
    private const string Fresh = "444455556666";

    [DatabaseFact]
    public async Task Who_is_refused_as_typist_is_on_record_as_knowing_the_password()
    {
        await using var stage = await Stage.SetAsync();
        var account = await FreshAccountAsync(stage);
        Assert.IsType<TakeSeed.Outcome.Taken>(await SeedAsync(stage, Stage.Mona));

        Assert.IsType<TakePassword.Outcome.Refused>(await TypeAsync(stage, Stage.Mona));
        Assert.IsType<TakePassword.Outcome.Taken>(await TypeAsync(stage, Stage.Petra));

        var standing = await StandingAsync(stage, account, Stage.Mona);
        Assert.True(standing.SeenPassword && standing.SeenMfa); // so she may hold neither half
    }

    [DatabaseFact]
    public async Task Who_is_refused_with_a_seed_is_on_record_as_knowing_it()
    {
        await using var stage = await Stage.SetAsync();
        var account = await FreshAccountAsync(stage);
        Assert.IsType<TakePassword.Outcome.Taken>(await TypeAsync(stage, Stage.Paul));

        Assert.IsType<TakeSeed.Outcome.Refused>(await SeedAsync(stage, Stage.Paul));
        Assert.IsType<TakeSeed.Outcome.Taken>(await SeedAsync(stage, Stage.Mike));

        var standing = await StandingAsync(stage, account, Stage.Paul);
        Assert.True(standing.SeenPassword && standing.SeenMfa);
    }

    [DatabaseFact]
    public async Task What_a_typist_knows_is_recorded_even_if_the_vault_then_fails()
    {
        await using var stage = await Stage.SetAsync();
        var account = await FreshAccountAsync(stage);
        File.Delete(Path.Combine(stage.VaultDirectory, "password.key"));

        await Assert.ThrowsAsync<VaultException>(() => TypeAsync(stage, Stage.Petra));

        Assert.True((await StandingAsync(stage, account, Stage.Petra)).SeenPassword);
    }

    [DatabaseFact]
    public async Task A_vault_that_is_older_than_the_database_makes_no_new_password()
    {
        await using var stage = await Stage.SetAsync();
        await stage.InDbAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync();
            account.Promote(3, stage.People[Stage.Paul], stage.People[Stage.Mona], stage.Policy, Stage.Noon);
            account.Owe(stage.Policy, Stage.Noon);
            return await db.SaveChangesAsync();
        });
        await stage.RunAsync<RootCustody.Desk.Rotation.AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var rotation = await stage.InDbAsync(db => db.Requests.SingleAsync(r => r.Kind == RequestKind.Rotation));
        await stage.ClickAsync(Stage.Petra, Actions.Approve, rotation.Id.ToString());
        await stage.ClickAsync(Stage.Mike, Actions.Approve, rotation.Id.ToString());
        var screen = new Screen();

        var reply = await stage.RevealAsync(Stage.Petra, rotation.Id, Half.Password, screen);

        Assert.Contains("older than the database", Assert.IsType<Reply.Said>(reply).Text, StringComparison.Ordinal);
        Assert.Empty(screen.Lines);
        Assert.Null((await stage.RequestAsync(rotation.Id)).PendingGeneration);
    }

    [DatabaseFact]
    public void A_generation_that_is_not_newer_is_never_promoted()
    {
        var account = Account.Of("111122223333", "A", "a@b.example", default, default, default, Stage.Noon);
        account.TakePassword(2, new Policy(), Stage.Noon);

        Assert.Throws<ArgumentOutOfRangeException>(() =>
            account.Promote(2, PersonId.New(Stage.Noon), PersonId.New(Stage.Noon), new Policy(), Stage.Noon)
        );
    }

    private static Task<AccountId> FreshAccountAsync(Stage stage) =>
        stage.InDbAsync(async db =>
        {
            var other = await db.Accounts.SingleAsync();
            var account = Account.Of(
                Fresh,
                "Fresh",
                "b@c.example",
                other.Customer,
                other.PasswordGroup,
                other.MfaGroup,
                Stage.Noon
            );
            db.Accounts.Add(account);
            await db.SaveChangesAsync();
            return account.Id;
        });

    private static async Task<TakePassword.Outcome> TypeAsync(Stage stage, string person)
    {
        await using var scope = stage.Scope();
        using var typed = Secret.OfText("Typed-Password-77!");
        return await scope
            .ServiceProvider.GetRequiredService<TakePassword>()
            .TypedAsync(Fresh, typed, person, Stage.Dora, CancellationToken.None);
    }

    private static async Task<TakeSeed.Outcome> SeedAsync(Stage stage, string person)
    {
        await using var scope = stage.Scope();
        var bytes = Enumerable.Range(7, 20).Select(i => (byte)i).ToArray();
        var totp = new Totp([.. bytes]);
        var now = stage.Clock.GetUtcNow().UtcDateTime;
        using var seed = new SeedText.Accepted(Secret.Take(bytes), TotpShape.Usual);
        return await scope
            .ServiceProvider.GetRequiredService<TakeSeed>()
            .HandleAsync(
                Fresh,
                "Phone",
                seed,
                (totp.ComputeTotp(now.AddSeconds(-30)), totp.ComputeTotp(now)),
                stage.People[person],
                stage.UserOf(person),
                CancellationToken.None
            );
    }

    private static Task<RootCustody.People.Standing> StandingAsync(Stage stage, AccountId id, string person) =>
        stage.InDbAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync(a => a.Id == id);
            return await db.StandingAsync(stage.People[person], account, CancellationToken.None);
        });
}
