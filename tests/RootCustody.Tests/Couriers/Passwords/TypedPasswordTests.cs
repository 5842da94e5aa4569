using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Accounts;
using RootCustody.Couriers.Passwords;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.People;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Couriers.Passwords;

/// <summary>A password from an older vault: two people, measured, and nobody else's.</summary>
public sealed class TypedPasswordTests
{
    private const string First = "444455556666";
    private const string Second = "777788889999";
    private const string Strong = "vR7#qLm2!zXw9@Ke4$";

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Who_typed_it_and_who_was_there_know_it_from_birth_and_its_rotation_is_due()
    {
        await using var stage = await SetAsync();

        var taken = Assert.IsType<TakePassword.Outcome.Taken>(await TypeAsync(stage, First, Strong));

        Assert.Null(taken.Weakness);
        Assert.True((await StandingAsync(stage, First, Stage.Paul)).SeenPassword);
        Assert.True((await StandingAsync(stage, First, Stage.Petra)).SeenPassword);
        Assert.NotNull((await AccountAsync(stage, First)).OwesSince);
        Assert.Equal(1, await EntriesAsync(stage, "password.typed"));
    }

    [DatabaseTheory]
    [InlineData(Stage.Paul, Stage.Paul)]
    [InlineData(Stage.Paul, "nobody")]
    [InlineData("nobody", Stage.Paul)]
    public async Task It_takes_two_people_whom_we_know(string by, string witness)
    {
        await using var stage = await SetAsync();

        var refused = Assert.IsType<TakePassword.Outcome.Refused>(await TypeAsync(stage, First, Strong, by, witness));

        Assert.True(
            refused.Why.Contains("two people", StringComparison.Ordinal)
                || refused.Why.Contains("'nobody'", StringComparison.Ordinal)
        );
        Assert.Equal(0, (await AccountAsync(stage, First)).PasswordGeneration);
        Assert.False((await StandingAsync(stage, First, Stage.Paul)).SeenPassword);
    }

    [DatabaseTheory]
    [InlineData(Stage.Dora, Stage.Paul)] // Dora brought in the seed of the first account
    [InlineData(Stage.Paul, Stage.Dora)]
    [Trait("Law", "1")]
    public async Task Neither_of_them_may_know_the_MFA_half(string by, string witness)
    {
        await using var stage = await SetAsync();
        await stage.DecideAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync(a => a.Number == First);
            db.Exposures.Add(
                RootCustody.Reveals.Exposure.FromBirth(account.Id, Half.Mfa, 1, stage.People[Stage.Dora], db.Now)
            );
        });

        var refused = Assert.IsType<TakePassword.Outcome.Refused>(await TypeAsync(stage, First, Strong, by, witness));

        Assert.StartsWith("dora knows the MFA half", refused.Why, StringComparison.Ordinal);
        Assert.True((await StandingAsync(stage, First, Stage.Paul)).SeenPassword); // both know what AWS may have
        Assert.True((await StandingAsync(stage, First, Stage.Dora)).SeenPassword);
        Assert.Equal(0, (await AccountAsync(stage, First)).PasswordGeneration);
    }

    [DatabaseFact]
    [Trait("Law", "8")]
    public async Task One_that_another_account_has_is_refused_without_saying_which_and_those_in_charge_are_told()
    {
        await using var stage = await SetAsync();
        await TypeAsync(stage, First, Strong);

        var refused = Assert.IsType<TakePassword.Outcome.Refused>(
            await TypeAsync(stage, Second, Strong, Stage.Abe, Stage.Alma)
        );

        Assert.DoesNotContain(First, refused.Why, StringComparison.Ordinal);
        Assert.DoesNotContain(Strong, refused.Why, StringComparison.Ordinal);
        Assert.Equal(0, (await AccountAsync(stage, Second)).PasswordGeneration);
        Assert.Equal(1, await EntriesAsync(stage, "password.reused"));
        var told = await stage.CardsAsync(Purpose.Notice, Stage.Dora);
        Assert.Contains(told, c => c.Title.Contains(First, StringComparison.Ordinal));
        // they know what the first account has, and it can be another's half no more
        Assert.True((await StandingAsync(stage, First, Stage.Abe)).SeenPassword);
        Assert.True((await StandingAsync(stage, First, Stage.Alma)).SeenPassword);
    }

    [DatabaseFact]
    public async Task What_was_typed_for_an_account_and_not_taken_can_be_typed_for_it_again()
    {
        await using var stage = await SetAsync();
        await stage.RunAsync<BookPassword>(async book =>
        {
            using var typed = Secret.OfText(Strong);
            var account = await AccountAsync(stage, First);
            Assert.Null(await book.HandleAsync(account.Id, 1, typed, CancellationToken.None));
        });

        Assert.IsType<TakePassword.Outcome.Taken>(await TypeAsync(stage, First, Strong));
    }

    [DatabaseFact]
    public async Task Nothing_is_taken_for_an_account_that_is_closed_or_whose_root_user_cannot_sign_in()
    {
        await using var stage = await SetAsync();
        await stage.DecideAsync(async db =>
        {
            (await db.Accounts.SingleAsync(a => a.Number == First)).Close(db.Now);
            (await db.Accounts.SingleAsync(a => a.Number == Second)).PairWith(stage.Account);
        });

        foreach (var (number, why) in new[] { (First, "is closed"), (Second, "cannot sign in") })
        {
            var refused = Assert.IsType<TakePassword.Outcome.Refused>(await TypeAsync(stage, number, Strong));
            Assert.Contains(why, refused.Why, StringComparison.Ordinal);
            Assert.Equal(0, (await AccountAsync(stage, number)).PasswordGeneration);
        }
    }

    [DatabaseFact]
    public async Task Every_password_that_is_made_is_known_by_its_fingerprint()
    {
        await using var stage = await SetAsync();

        await stage.RunAsync<TakePassword>(async take =>
            Assert.IsType<TakePassword.Outcome.Taken>(await take.MakeAsync(First, CancellationToken.None))
        );

        var accounts = await stage.InDbAsync(db => db.KnownPasswords.Select(k => k.Account).ToListAsync());
        Assert.Equivalent((AccountId[])[stage.Account, (await AccountAsync(stage, First)).Id], accounts, strict: true);
    }

    [DatabaseFact]
    [Trait("Law", "8")]
    public async Task A_weak_one_is_taken_and_told_and_nothing_of_it_is_on_record()
    {
        const string Weak = "Password123!";
        await using var stage = await SetAsync();

        var taken = Assert.IsType<TakePassword.Outcome.Taken>(await TypeAsync(stage, First, Weak));

        Assert.Contains("easily guessed", taken.Weakness, StringComparison.Ordinal);
        Assert.DoesNotContain(Weak, taken.Weakness, StringComparison.Ordinal);
        Assert.Contains(
            await stage.CardsAsync(Purpose.Notice, Stage.Dora),
            c => c.Title.Contains("is weak", StringComparison.Ordinal)
        );
        var stored = System.Text.Encoding.UTF8.GetString(await stage.DatabaseBytesAsync());
        Assert.DoesNotContain(Weak, stored, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vR7#qLm2!zXw9@Ke4$", null)]
    [InlineData("Password123!", "common words")]
    [InlineData("Production2024", "common words")] // the account's own name
    [InlineData("aws@acme.example", "common words")]
    [InlineData("qwertyuiop", "fewer than three kinds")]
    [InlineData("xkvqjzwpmrtbhgdlncfsy", "fewer than three kinds")]
    public void Why_one_is_weak_is_said_without_it(string text, string? why)
    {
        using var typed = Secret.OfText(text);
        var account = Account.Of(First, "Production", "aws@acme.example", default, default, default, Stage.Noon);

        var weakness = TypedPassword.WeaknessOf(typed, account);

        if (why is null)
            Assert.Null(weakness);
        else
            Assert.Contains(why, weakness, StringComparison.Ordinal);
        Assert.DoesNotContain(text, weakness ?? "", StringComparison.Ordinal);
    }

    private static async Task<Stage> SetAsync()
    {
        var stage = await Stage.SetAsync();
        await stage.DecideAsync(async db =>
        {
            var other = await db.Accounts.SingleAsync();
            foreach (var number in (string[])[First, Second])
                db.Accounts.Add(
                    Account.Of(
                        number,
                        "Fresh",
                        "b@c.example",
                        other.Customer,
                        other.PasswordGroup,
                        other.MfaGroup,
                        Stage.Noon
                    )
                );
        });
        return stage;
    }

    private static async Task<TakePassword.Outcome> TypeAsync(
        Stage stage,
        string account,
        string text,
        string by = Stage.Paul,
        string witness = Stage.Petra
    )
    {
        await using var scope = stage.Scope();
        using var typed = Secret.OfText(text);
        return await scope
            .ServiceProvider.GetRequiredService<TakePassword>()
            .TypedAsync(account, typed, by, witness, CancellationToken.None);
    }

    private static Task<Account> AccountAsync(Stage stage, string number) =>
        stage.InDbAsync(db => db.Accounts.SingleAsync(a => a.Number == number));

    private static Task<Standing> StandingAsync(Stage stage, string number, string person) =>
        stage.InDbAsync(async db =>
            await db.StandingAsync(
                stage.People[person],
                await db.Accounts.SingleAsync(a => a.Number == number),
                CancellationToken.None
            )
        );

    private static Task<int> EntriesAsync(Stage stage, string what) =>
        stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains(what)));
}
