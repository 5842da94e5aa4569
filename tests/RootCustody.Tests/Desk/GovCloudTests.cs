using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Desk.Requests;
using RootCustody.People;
using RootCustody.Reveals;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk;

/// <summary>An account of AWS GovCloud (US) beside its commercial account, which is the one of <see cref="Stage"/>.</summary>
public sealed class GovCloudTests
{
    private const string Number = "444455556666";
    private const string User = Number + "/deploy";
    private const string Commercial = "111122223333";
    private const string Other = "999900001111";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [DatabaseFact]
    public async Task The_four_kinds_of_account_are_told_apart()
    {
        await using var stage = await SetAsync();
        await AddAsync(stage, Other);
        await AddAsync(stage, "888877776666");
        await ChangeAsync(stage, Commercial, (a, other) => a.BelongTo(other.Id), Other);

        Assert.Equal(AccountKind.GovCloud, await KindAsync(stage, Number));
        Assert.Equal(AccountKind.Member, await KindAsync(stage, Commercial));
        Assert.Equal(AccountKind.Management, await KindAsync(stage, Other));
        Assert.Equal(AccountKind.Standalone, await KindAsync(stage, "888877776666"));
    }

    [DatabaseFact]
    public async Task One_in_an_organisation_is_of_GovCloud_still()
    {
        await using var stage = await SetAsync();
        await AddAsync(stage, Other);

        await ChangeAsync(stage, Number, (a, other) => a.BelongTo(other.Id), Other);

        Assert.Equal(AccountKind.GovCloud, await KindAsync(stage, Number));
    }

    [DatabaseFact]
    public async Task The_form_offers_it_to_its_customer_though_nothing_of_it_is_in_custody()
    {
        await using var stage = await SetAsync();
        await AddAsync(stage, Other);

        var form = Assert.IsType<Reply.Asked>(await stage.ClickAsync(Stage.Rita, Actions.Request)).Form;

        var accounts = form.Fields.OfType<Field.Pick>().Single(f => f.Id == "account").Options;
        Assert.Contains(accounts, o => o.Text.EndsWith($"({Number})", StringComparison.Ordinal));
        Assert.Contains(accounts, o => o.Text.EndsWith($"({Commercial})", StringComparison.Ordinal));
        Assert.DoesNotContain(accounts, o => o.Text.EndsWith($"({Other})", StringComparison.Ordinal));
    }

    [DatabaseTheory]
    [InlineData("close", "(111122223333), with this same task.")]
    [InlineData("billing", "(111122223333), with this same task.")]
    [InlineData("s3-unlock", "(111122223333), with the task \"Sign up for GovCloud or its root keys\".")]
    [InlineData("lock-out", "(111122223333), with the task \"Sign up for GovCloud or its root keys\".")] // cannot wait
    [InlineData("kms", "Ask AWS Support how this is done there")]
    public async Task Root_of_it_is_not_asked_for_but_its_commercial_account_by_number(string task, string words)
    {
        await using var stage = await SetAsync();

        var (field, sentence) = await CorrectedAsync(stage, task);

        Assert.Equal("account", field);
        Assert.Contains(words, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("not in custody", sentence, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task What_its_own_administrators_can_do_comes_first_and_whatever_is_said_root_of_it_is_not_asked_for()
    {
        await using var stage = await SetAsync();

        var (rootless, first) = await CorrectedAsync(stage, "lock-out", plannedAt: Stage.Noon.AddHours(5));
        var (account, then) = await CorrectedAsync(
            stage,
            "lock-out",
            "No other administrator is left.",
            Stage.Noon.AddHours(5)
        );

        Assert.Equal(("rootless", "account"), (rootless, account));
        Assert.Contains("arn:aws-us-gov:iam::aws:policy/AdministratorAccess", first, StringComparison.Ordinal);
        Assert.Contains(Commercial, then, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Even_with_both_halves_in_custody_root_of_it_is_not_asked_for()
    {
        await using var stage = await SetAsync();
        await ChangeAsync(
            stage,
            Number,
            (a, _) =>
            {
                a.TakePassword(1, new Policy(), Stage.Noon);
                a.TakeDevice(1);
            }
        );

        Assert.Equal("account", (await CorrectedAsync(stage, "close")).Field);
    }

    [DatabaseFact]
    public async Task A_commercial_account_that_is_not_in_custody_is_said_to_be_so()
    {
        await using var stage = await SetAsync();
        await AddAsync(stage, Other);
        await ChangeAsync(stage, Number, (a, other) => a.PairWith(other.Id), Other);

        var (_, sentence) = await CorrectedAsync(stage, "close");

        Assert.Contains($"({Other})", sentence, StringComparison.Ordinal);
        Assert.Contains("not in custody here", sentence, StringComparison.Ordinal);
    }

    [DatabaseFact]
    [Trait("Law", "12")]
    public async Task Nobody_else_learns_which_is_its_commercial_account()
    {
        await using var stage = await SetAsync();
        await stage.DecideAsync(async db =>
        {
            var stranger = RootCustody.Accounts.Customer.Of("zeta", "Zeta", db.Now);
            db.Customers.Add(stranger);
            (await db.Accounts.SingleAsync(a => a.Number == Number)).MoveTo(stranger.Id);
        });

        var (field, sentence) = await CorrectedAsync(stage, "close");

        Assert.Equal("account", field);
        Assert.Equal(RootCustody.Requests.Sentences.For(RootCustody.Requests.Refusal.NotYourAccount), sentence);
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task What_was_seen_or_is_kept_of_the_commercial_account_bars_at_it_and_not_the_other_way_round()
    {
        await using var stage = await SetAsync();
        await KeepAsync(stage, Commercial, Stage.Paul, KeptThing.RootPhone);
        await SeeAsync(stage, Commercial, Stage.Mona);
        await SeeAsync(stage, Number, Stage.Mike);

        foreach (var number in (string[])[Number, User])
        {
            Assert.True((await StandingAsync(stage, Stage.Paul, number)).OpensMfa);
            Assert.True((await StandingAsync(stage, Stage.Mona, number)).SeenPassword);
            Assert.True((await StandingAsync(stage, Stage.Mike, number)).SeenPassword);
            Assert.False((await StandingAsync(stage, Stage.Petra, number)).OpensMfa);
        }
        Assert.False((await StandingAsync(stage, Stage.Mike, Commercial)).SeenPassword);
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task What_opens_the_commercial_account_opens_it_too()
    {
        await using var stage = await SetAsync();
        await AddAsync(stage, Other);
        await ChangeAsync(stage, Commercial, (a, other) => a.BelongTo(other.Id), Other);
        await KeepAsync(stage, Other, Stage.Mona, KeptThing.RootMailbox);

        Assert.True((await StandingAsync(stage, Stage.Mona, Number)).OpensPassword);
        Assert.True((await StandingAsync(stage, Stage.Mona, User)).OpensPassword);
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Two_that_are_said_to_open_each_other_bar_at_both()
    {
        await using var stage = await SetAsync();
        await ChangeAsync(stage, Commercial, (a, other) => a.BelongTo(other.Id), Number);
        await KeepAsync(stage, Number, Stage.Mona, KeptThing.RootMailbox);

        Assert.True((await StandingAsync(stage, Stage.Mona, Commercial)).OpensPassword);
        Assert.True((await StandingAsync(stage, Stage.Mona, User)).OpensPassword);
    }

    [DatabaseTheory]
    [Trait("Law", "1")]
    [InlineData(Number)]
    [InlineData(User)]
    public async Task Who_comes_to_keep_what_opens_the_commercial_account_is_refused_if_they_open_it_already(
        string number
    )
    {
        await using var stage = await SetAsync();
        await stage.MakeAsync($"add-keeper {number} dora device \"spare key\"");

        var refused = await stage.AdminAsync($"add-keeper {Commercial} dora mailbox aws@");

        Assert.Contains(
            $"open both halves of {number}",
            Assert.IsType<Reply.Said>(refused).Text,
            StringComparison.Ordinal
        );
    }

    [DatabaseTheory]
    [Trait("Law", "1")]
    [InlineData(Number)]
    [InlineData(User)]
    public async Task A_commercial_account_joins_no_organisation_with_which_one_would_open_both_halves_of_it(
        string number
    )
    {
        await using var stage = await SetAsync();
        await AddAsync(stage, Other);
        await stage.MakeAsync($"add-keeper {number} dora device \"spare key\"");
        await stage.MakeAsync($"add-keeper {Other} dora mailbox aws@");

        var refused = await stage.AdminAsync($"join {Commercial} {Other}");

        Assert.Contains(
            $"open both halves of {number}",
            Assert.IsType<Reply.Said>(refused).Text,
            StringComparison.Ordinal
        );
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task An_account_that_goes_to_another_organisation_is_not_held_by_what_opens_the_one_it_leaves()
    {
        await using var stage = await SetAsync();
        await AddAsync(stage, Other);
        await AddAsync(stage, "888877776666");
        await stage.MakeAsync($"join {Commercial} {Other}");
        await stage.MakeAsync($"add-keeper {Other} dora phone one");
        await stage.MakeAsync("add-keeper 888877776666 dora mailbox aws@");

        await stage.MakeAsync($"join {Commercial} 888877776666");

        Assert.True((await StandingAsync(stage, Stage.Dora, Number)).OpensPassword);
        Assert.False((await StandingAsync(stage, Stage.Dora, Number)).OpensMfa);
    }

    [DatabaseFact]
    public async Task A_new_custodian_of_it_is_said_to_have_seen_the_other_half_of_the_commercial_account()
    {
        await using var stage = await SetAsync();
        await SeeAsync(stage, Commercial, Stage.Dora);

        await stage.MakeAsync($"add-member mfas dora");

        var said = await stage.InDbAsync(db => db.Proposals.Select(p => p.Change).SingleAsync());
        Assert.Contains(Number, said, StringComparison.Ordinal);
        Assert.Contains(User, said, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Each_register_names_the_other_and_that_of_GovCloud_misses_no_halves()
    {
        await using var stage = await SetAsync();

        var its = await RegisterAsync(stage, Number);
        var commercial = await RegisterAsync(stage, Commercial);

        Assert.Contains(
            its.Facts,
            f => f.Name == "GovCloud account of" && f.Value.EndsWith($"({Commercial})", StringComparison.Ordinal)
        );
        Assert.Contains(its.Facts, f => f is { Name: "Password", Value: "none: root cannot sign in there" });
        Assert.StartsWith(
            "What opens it is root of its commercial",
            Assert.Single(its.Lines),
            StringComparison.Ordinal
        );
        Assert.Contains(
            commercial.Facts,
            f => f.Name == "Opens the GovCloud account" && f.Value.EndsWith($"({Number})", StringComparison.Ordinal)
        );
    }

    [DatabaseFact]
    public async Task It_is_not_taken_into_custody()
    {
        await using var stage = await SetAsync();
        var id = await stage.InDbAsync(db =>
            db.Accounts.Where(a => a.Number == Number).Select(a => a.Id).SingleAsync()
        );

        var said = await stage.ClickAsync(Stage.Paul, Actions.OnboardBegin, id.ToString());

        Assert.Contains("cannot sign in", Assert.IsType<Reply.Said>(said).Text, StringComparison.Ordinal);
        Assert.Null((await OfAsync(stage, Number)).OnboardingSince);
    }

    [DatabaseFact]
    public async Task A_ceremony_that_had_begun_ends_when_it_turns_out_to_be_of_GovCloud()
    {
        await using var stage = await SetAsync();
        await ChangeAsync(stage, Number, (a, _) => a.BeginOnboarding(Stage.Noon));

        Assert.False((await OfAsync(stage, Number)).IsOnboarding);
        await ChangeAsync(stage, Number, (a, _) => a.PairWith(null));
        Assert.True((await OfAsync(stage, Number)).IsOnboarding);
    }

    private static async Task<Stage> SetAsync()
    {
        var stage = await Stage.SetAsync();
        await AddAsync(stage, Number);
        await ChangeAsync(stage, Number, (a, commercial) => a.PairWith(commercial.Id), Commercial);
        await IamUsers.NewAsync(stage, User);
        return stage;
    }

    private static Task AddAsync(Stage stage, string number) =>
        stage.DecideAsync(async db =>
        {
            var first = await db.Accounts.SingleAsync(a => a.Id == stage.Account);
            db.Accounts.Add(
                Account.Of(
                    number,
                    "Another",
                    "other@acme.example",
                    first.Customer,
                    first.PasswordGroup,
                    first.MfaGroup,
                    db.Now
                )
            );
        });

    private static Task ChangeAsync(
        Stage stage,
        string number,
        Action<Account, Account> change,
        string other = Commercial
    ) =>
        stage.DecideAsync(async db =>
            change(
                await db.Accounts.SingleAsync(a => a.Number == number),
                await db.Accounts.SingleAsync(a => a.Number == other)
            )
        );

    private static Task KeepAsync(Stage stage, string number, string who, KeptThing thing) =>
        stage.DecideAsync(async db =>
            db.Keepers.Add(
                Keeper.Of(
                    (await db.Accounts.SingleAsync(a => a.Number == number)).Id,
                    stage.People[who],
                    thing,
                    "one",
                    db.Now
                )
            )
        );

    private static Task SeeAsync(Stage stage, string number, string who) =>
        stage.DecideAsync(async db =>
            db.Exposures.Add(
                Exposure.FromBirth(
                    (await db.Accounts.SingleAsync(a => a.Number == number)).Id,
                    Half.Password,
                    1,
                    stage.People[who],
                    db.Now
                )
            )
        );

    private static Task<Account> OfAsync(Stage stage, string number) =>
        stage.InDbAsync(db => db.Accounts.AsNoTracking().SingleAsync(a => a.Number == number, Token));

    private static Task<AccountKind> KindAsync(Stage stage, string number) =>
        stage.InDbAsync(async db => (await new ShowTasks(db).OfAsync(number, Token))!.Kind);

    private static Task<Standing> StandingAsync(Stage stage, string who, string number) =>
        stage.InDbAsync(async db =>
            await db.StandingAsync(stage.People[who], await db.Accounts.SingleAsync(a => a.Number == number), Token)
        );

    private static async Task<Card> RegisterAsync(Stage stage, string number) =>
        Assert.IsType<Reply.Drawn>(await stage.TypeAsync(stage.UserOf(Stage.Paul), Actions.Register, number)).Card;

    /// <summary>Rita sends the form for the account of GovCloud, and it comes back with one error.</summary>
    private static async Task<(string Field, string Sentence)> CorrectedAsync(
        Stage stage,
        string task,
        string reason = "",
        DateTimeOffset? plannedAt = null
    )
    {
        var reply = await stage.ClickAsync(
            Stage.Rita,
            Actions.Request,
            submits: true,
            inputs:
            [
                ("account", (await OfAsync(stage, Number)).Id.ToString()),
                ("task", task),
                ("why", "It has to be done today."),
                ("rootless", reason),
                ("kind", plannedAt is null ? "emergency" : "planned"),
                (
                    "start",
                    plannedAt?.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture) ?? ""
                ),
                ("length", "3600"),
            ]
        );
        Assert.False(await stage.InDbAsync(db => db.Requests.AnyAsync()));
        var (field, sentence) = Assert.Single(Assert.IsType<Reply.Corrected>(reply).Errors);
        return (field, sentence);
    }
}
