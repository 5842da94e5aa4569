using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.Requests;

/// <summary>A list in a form has 100 options, and a customer may have more accounts.</summary>
public sealed class ManyAccountsTests
{
    private const string TooMany = "are too many for one list";
    private const string Missed = "None of your accounts has what you typed";

    [DatabaseFact]
    public async Task The_form_says_that_there_are_more_accounts_and_how_to_get_to_them()
    {
        await using var stage = await SetAsync(101);

        var form = await AskAsync(stage, "");

        Assert.Equal(100, AccountsOf(form).Options.Count);
        Assert.Contains(form.Lines, l => l.StartsWith($"102 accounts {TooMany}", StringComparison.Ordinal));
        Assert.DoesNotContain(form.Lines, l => l.Contains(Missed, StringComparison.Ordinal));
    }

    [DatabaseFact]
    public async Task As_many_as_the_list_can_have_are_all_there()
    {
        await using var stage = await SetAsync(99);

        var form = await AskAsync(stage, "");

        Assert.Equal(100, AccountsOf(form).Options.Count);
        Assert.DoesNotContain(form.Lines, l => l.Contains(TooMany, StringComparison.Ordinal));
    }

    [DatabaseTheory]
    [InlineData("500000000101")]
    [InlineData("5000-0000-0101")]
    [InlineData("  SHOP\t101 ")]
    [InlineData("0101")]
    public async Task Its_number_or_a_part_of_its_name_leads_to_any_account(string typed)
    {
        await using var stage = await SetAsync(101);

        var form = await AskAsync(stage, typed);
        var accounts = AccountsOf(form);

        Assert.Contains(form.Lines, l => l.Contains("are here: 1 of 102.", StringComparison.Ordinal));
        var only = Assert.Single(accounts.Options);
        Assert.Equal("Shop 101 (500000000101)", only.Text);
        Assert.Equal(only.Value, accounts.Initial);
    }

    [DatabaseTheory]
    [InlineData("as soon as possible, please")]
    [InlineData("-")]
    [InlineData("1111-2222-3333-4444")]
    [InlineData("%")]
    [InlineData("_")]
    public async Task Words_that_lead_to_no_account_leave_all_of_them(string typed)
    {
        await using var stage = await SetAsync(1);

        var form = await AskAsync(stage, typed);

        Assert.Equal(2, AccountsOf(form).Options.Count);
        Assert.Contains(form.Lines, l => l.Contains(Missed, StringComparison.Ordinal));
    }

    [DatabaseFact]
    [Trait("Law", "12")]
    public async Task No_words_lead_to_the_account_of_another_customer()
    {
        await using var stage = await SetAsync(1);
        await stage.DecideAsync(async db =>
        {
            var other = Customer.Of("other", "Other", db.Now);
            db.Add(other);
            (await db.Accounts.SingleAsync(a => a.Number == "500000000001")).MoveTo(other.Id);
        });

        var form = await AskAsync(stage, "500000000001");

        Assert.Equal("Production (111122223333)", Assert.Single(AccountsOf(form).Options).Text);
    }

    [DatabaseFact]
    public async Task A_form_that_comes_back_still_has_the_account_that_was_chosen()
    {
        await using var stage = await SetAsync(101);
        var far = AccountsOf(await AskAsync(stage, "500000000101")).Options[0].Value;

        var reply = await stage.ClickAsync(
            Stage.Rita,
            Actions.Request,
            submits: true,
            inputs:
            [
                ("account", far),
                ("task", "lock-out"),
                ("why", "short"),
                ("kind", "emergency"),
                ("length", "3600"),
            ]
        );

        var corrected = Assert.IsType<Reply.Corrected>(reply);
        Assert.Equal(["why"], corrected.Errors.Keys);
        Assert.Equal(100, AccountsOf(corrected.Form).Options.Count);
        Assert.Contains(AccountsOf(corrected.Form).Options, o => o.Value == far);
    }

    /// <summary>Rita's customer has so many accounts besides the one that is there anyway.</summary>
    private static async Task<Stage> SetAsync(int more)
    {
        var stage = await Stage.SetAsync();
        await stage.DecideAsync(async db =>
        {
            var first = await db.Accounts.SingleAsync();
            for (var i = 1; i <= more; i++)
            {
                var account = Account.Of(
                    $"{500_000_000_000 + i}",
                    $"Shop {i:000}",
                    $"aws+{i}@acme.example",
                    first.Customer,
                    first.PasswordGroup,
                    first.MfaGroup,
                    db.Now
                );
                account.TakePassword(1, stage.Policy, db.Now);
                account.TakeDevice(1);
                db.Accounts.Add(account);
            }
        });
        return stage;
    }

    private static async Task<Form> AskAsync(Stage stage, string typed) =>
        Assert.IsType<Reply.Asked>(await stage.TypeAsync(stage.UserOf(Stage.Rita), Actions.Request, typed)).Form;

    private static Field.Pick AccountsOf(Form form) => form.Fields.OfType<Field.Pick>().Single(f => f.Id == "account");
}
