using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.People;
using RootCustody.Reveals;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Couriers.MfaCodes;

/// <summary>MFA devices get in and out at the bot of the MFA courier.</summary>
public sealed class DeviceTests
{
    private const string Number = "111122223333";
    private static readonly byte[] Seed = [.. Enumerable.Range(101, 20).Select(i => (byte)i)];

    [DatabaseFact]
    public async Task A_second_device_gives_the_code_that_was_given_to_somebody_else_of_the_first()
    {
        await using var stage = await Stage.SetAsync();
        await BringInAsync(stage, Stage.Mona);
        await VouchAsync(stage, Stage.Mike);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        var (first, second) = await PassOnAsync(stage);

        Assert.IsType<Reply.Shown>(second.Reply);
        Assert.StartsWith(
            $"Code of {Stage.Device}, good for ",
            Assert.Single(first.Screen.Labels),
            StringComparison.Ordinal
        );
        Assert.StartsWith("Code of Spare, good for ", Assert.Single(second.Screen.Labels), StringComparison.Ordinal);
        Assert.Equal(CodeOf(Seed, stage.Clock.GetUtcNow()), Assert.Single(second.Screen.Lines));
    }

    [DatabaseFact]
    [Trait("Law", "9")]
    public async Task A_code_is_not_given_twice_to_different_people()
    {
        await using var stage = await Stage.SetAsync();
        var (first, second) = await PassOnAsync(stage);
        Assert.IsType<Reply.Shown>(first.Reply);

        Assert.Contains(
            "given to somebody else",
            Assert.IsType<Reply.Said>(second.Reply).Text,
            StringComparison.Ordinal
        );
        Assert.Empty(second.Screen.Lines);
        Assert.DoesNotContain(stage.People[Stage.Mike], await ExposedAsync(stage, second.Request));

        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Mike, second.Request, Half.Mfa, second.Screen));
    }

    [DatabaseFact]
    public async Task The_same_person_may_see_the_same_code_again()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, new Screen());
        await stage.InDbAsync(db => db.StepUps.ExecuteUpdateAsync(s => s.SetProperty(r => r.LastStep, 0)));

        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Mona, id, Half.Mfa, new Screen()));
    }

    [DatabaseFact]
    [Trait("Law", "4")]
    public async Task A_code_that_turns_out_to_be_given_is_withheld_and_counts_as_maybe_shown()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var step = stage.Clock.GetUtcNow().ToUnixTimeSeconds() / 30;
        await stage.DecideAsync(async db => (await db.MfaDevices.SingleAsync()).Give(step, stage.People[Stage.Mike]));
        await using var scope = stage.Scope();
        var source = scope.ServiceProvider.GetRequiredService<CodeSource>();
        var request = await stage.RequestAsync(id);
        var account = await stage.InDbAsync(db => db.Accounts.SingleAsync());
        List<ShownLine> lines = [];

        var refused = await Assert.ThrowsAsync<VaultException>(() =>
            source.ReadAsync(request, account, [1], lines, CancellationToken.None)
        );

        Assert.Empty(lines);
        Assert.False(refused.GaveNoHalf);
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task A_device_makes_no_codes_before_a_custodian_who_did_not_bring_it_in_vouches_for_it()
    {
        await using var stage = await Stage.SetAsync();
        var told = Assert.IsType<Reply.Said>(await BringInAsync(stage, Stage.Mona)).Text;
        Assert.Contains("agrees with ours", told, StringComparison.Ordinal);
        Assert.Contains("1 of them can now", told, StringComparison.Ordinal);
        var id = (await DeviceAsync(stage)).Id.ToString();
        stage.Clock.Advance(TimeSpan.FromSeconds(30));

        foreach (var person in (string[])[Stage.Mona, Stage.Paul, Stage.Dora])
            Assert.IsType<Reply.Said>(await ClickAsync(stage, person, Actions.Vouch, id));
        Assert.Equal(DeviceState.Waiting, (await DeviceAsync(stage)).State);
        var card = Assert.Single(await SpareCardsAsync(stage, Stage.Mike));
        Assert.Empty(await SpareCardsAsync(stage, Stage.Mona));
        Assert.Contains(card.Choices, c => c.Action == Actions.Vouch && c.Subject == id);

        await VouchAsync(stage, Stage.Mike);

        Assert.Equal(DeviceState.InUse, (await DeviceAsync(stage)).State);
        Assert.DoesNotContain(
            Assert.Single(await SpareCardsAsync(stage, Stage.Mike)).Choices,
            c => c.Action == Actions.Vouch
        );
        Assert.True(await HasSeenMfaAsync(stage, Stage.Mona));
        Assert.False(await HasSeenMfaAsync(stage, Stage.Mike));
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Two_who_attest_that_a_device_is_gone_lift_the_bar_of_others_and_of_that_device_only()
    {
        await using var stage = await Stage.SetAsync();
        await BringInAsync(stage, Stage.Mona);
        await VouchAsync(stage, Stage.Mike);
        Assert.True(await HasSeenMfaAsync(stage, Stage.Dora)); // of the first device

        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        var retire = await SubmitAsync(
            stage,
            Stage.Mona,
            Actions.Retire,
            "",
            ("account", Number),
            ("label", Stage.Device)
        );
        Assert.Contains("has to say so too", Assert.IsType<Reply.Said>(retire).Text, StringComparison.Ordinal);
        Assert.True(await HasSeenMfaAsync(stage, Stage.Dora)); // one word is not enough
        var first = await stage.InDbAsync(db => db.MfaDevices.SingleAsync(d => d.Label == Stage.Device));
        Assert.IsType<Reply.Said>(await SubmitAsync(stage, Stage.Mike, Actions.Vouch, first.Id.ToString()));

        Assert.False(await HasSeenMfaAsync(stage, Stage.Dora));
        Assert.True(await HasSeenMfaAsync(stage, Stage.Mona)); // she brought in the other one
        var id = await stage.OpenAsync();
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        var screen = new Screen();
        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, screen);
        Assert.StartsWith("Code of Spare", Assert.Single(screen.Labels), StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task A_clock_that_runs_off_is_told_and_refused_beyond_what_AWS_takes()
    {
        await using var stage = await Stage.SetAsync();

        var refused = Assert.IsType<Reply.Corrected>(await BringInAsync(stage, Stage.Mona, ahead: 10));
        Assert.Contains("5 minutes ahead", Assert.Single(refused.Errors).Value, StringComparison.Ordinal);

        var taken = Assert.IsType<Reply.Said>(await BringInAsync(stage, Stage.Mona, ahead: 1)); // the same step-up: it was not used up
        Assert.Contains("30 seconds ahead", taken.Text, StringComparison.Ordinal);
        Assert.Equal(1, (await DeviceAsync(stage)).Drift);
    }

    [DatabaseFact]
    public async Task Each_device_has_a_seed_and_a_name_of_its_own()
    {
        await using var stage = await Stage.SetAsync();
        byte[] firsts = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

        var name = Assert.IsType<Reply.Corrected>(await BringInAsync(stage, Stage.Mona, label: "authenticator"));
        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        var seed = Assert.IsType<Reply.Corrected>(await BringInAsync(stage, Stage.Mona, seed: firsts));

        Assert.Equal("label", Assert.Single(name.Errors).Key);
        Assert.Contains(Stage.Device, seed.Errors["seed"], StringComparison.Ordinal);
        Assert.Equal(1, await stage.InDbAsync(db => db.MfaDevices.CountAsync()));
    }

    [DatabaseFact]
    public async Task An_account_has_no_more_devices_than_AWS_allows()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DecideAsync(db =>
        {
            db.AddRange(
                Enumerable
                    .Range(2, MfaDevice.Most - 1)
                    .Select(g => MfaDevice.Expected(stage.Account, g, $"D{g}", 0, stage.People[Stage.Dora], db.Now))
            );
            return Task.CompletedTask;
        });

        var refused = Assert.IsType<Reply.Corrected>(await BringInAsync(stage, Stage.Mona));

        Assert.Contains("AWS allows no more", refused.Errors["account"], StringComparison.Ordinal);
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task Nothing_about_a_device_is_done_without_a_step_up()
    {
        await using var stage = await Stage.SetAsync();

        var refused = Assert.IsType<Reply.Corrected>(await BringInAsync(stage, Stage.Mona, code: "000000"));
        Assert.Equal("code", Assert.Single(refused.Errors).Key);
        await BringInAsync(stage, Stage.Dora);
        var device = await DeviceAsync(stage);
        await SubmitAsync(stage, Stage.Mike, Actions.Vouch, device.Id.ToString(), ("code", "000000"));

        Assert.Equal(DeviceState.Waiting, (await DeviceAsync(stage)).State);
    }

    [DatabaseFact]
    [Trait("Law", "8")]
    public async Task A_seed_that_was_typed_as_a_message_is_called_lost()
    {
        await using var stage = await Stage.SetAsync();

        var asked = await stage.ClickAsync(Stage.Mona, Actions.Device, bot: Bot.Mfa);
        var told = await stage.ClickAsync(
            Stage.Mona,
            Actions.Device,
            bot: Bot.Mfa,
            inputs: ("text", Base32Encoding.ToString(Seed))
        );

        Assert.IsType<Reply.Asked>(asked);
        Assert.Contains("remove that device at AWS", Assert.IsType<Reply.Said>(told).Text, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    [InlineData(Bot.Desk)]
    [InlineData(Bot.Password)]
    [Trait("Law", "7")]
    public async Task No_other_bot_takes_a_seed(Bot bot)
    {
        await using var stage = await Stage.SetAsync();

        var asked = await stage.ClickAsync(Stage.Mona, Actions.Device, bot: bot);
        await BringInAsync(stage, Stage.Mona, bot: bot);

        Assert.IsNotType<Reply.Asked>(asked);
        Assert.Equal(1, await stage.InDbAsync(db => db.MfaDevices.CountAsync()));
    }

    [DatabaseFact]
    public async Task The_holder_picks_the_device_and_gets_its_code_also_by_way_of_an_offer()
    {
        await using var stage = await Stage.SetAsync();
        await BringInAsync(stage, Stage.Mona);
        await VouchAsync(stage, Stage.Mike);
        var id = await stage.OpenAsync();
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        var asked = await ClickAsync(stage, Stage.Mona, Actions.Reveal, id.ToString());
        var form = Assert.IsType<Reply.Asked>(asked).Form;
        var pick = Assert.IsType<Field.Pick>(form.Fields[0]);
        Assert.Equal([Stage.Device, "Spare"], pick.Options.Select(o => o.Text));

        var screen = new Screen(offers: true);
        await PickAsync(stage, id, pick.Options[1].Value, screen);
        await stage.ClickAsync(Stage.Mona, Actions.Show, screen.Offer!, Bot.Mfa, surface: screen);

        Assert.Equal("Code of Spare, good for 30 s", Assert.Single(screen.Labels));
        Assert.Equal(CodeOf(Seed, stage.Clock.GetUtcNow()), Assert.Single(screen.Lines));
        Assert.Equal([2], await GenerationsOfAsync(stage, id)); // only what was shown bars
    }

    [DatabaseFact]
    [Trait("Law", "4")]
    public async Task A_picked_device_whose_code_somebody_else_was_given_records_nothing()
    {
        await using var stage = await Stage.SetAsync();
        await BringInAsync(stage, Stage.Dora);
        await VouchAsync(stage, Stage.Mike);
        var id = await stage.OpenAsync();
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        var step = stage.Clock.GetUtcNow().ToUnixTimeSeconds() / 30;
        await stage.DecideAsync(async db =>
            (await db.MfaDevices.SingleAsync(d => d.Generation == 1)).Give(step, stage.People[Stage.Mike])
        );

        var reply = await PickAsync(stage, id, "1", new Screen());

        Assert.Contains("given to somebody else", Assert.IsType<Reply.Said>(reply).Text, StringComparison.Ordinal);
        Assert.Empty(await GenerationsOfAsync(stage, id)); // and not that of the other device
    }

    [DatabaseTheory]
    [InlineData("2")]
    [InlineData("3")]
    [InlineData("0")]
    [InlineData("2147483647")]
    [Trait("Law", "4")]
    public async Task A_pick_that_is_no_device_shows_and_records_nothing(string pick)
    {
        await using var stage = await Stage.SetAsync();
        await BringInAsync(stage, Stage.Mona); // generation 2, which waits
        var id = await stage.OpenAsync();
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        var screen = new Screen();

        var reply = await PickAsync(stage, id, pick, screen);

        Assert.Contains("not in use any more", Assert.IsType<Reply.Said>(reply).Text, StringComparison.Ordinal);
        Assert.Empty(screen.Lines);
        Assert.Empty(await GenerationsOfAsync(stage, id));
    }

    [DatabaseTheory]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    [Trait("Law", "10")]
    public async Task A_death_on_the_way_into_the_vault_is_told_once_and_leaves_room_for_another(
        bool isInTheVault,
        int next
    )
    {
        await using var stage = await Stage.SetAsync();
        var vault = isInTheVault
            ? new VaultOf(stage) { After = () => throw new InvalidOperationException("dies") }
            : new VaultOf(stage) { Before = () => throw new InvalidOperationException("dies") };
        await Assert.ThrowsAsync<InvalidOperationException>(() => TakeAsync(stage, vault));

        await stage.RunAsync<StrandDevices>(job => job.RunAsync(CancellationToken.None));
        Assert.Equal(DeviceState.Arriving, (await DeviceAsync(stage)).State); // it may still be on its way
        stage.Clock.Advance(MfaDevice.ArrivesWithin);
        await stage.RunAsync<StrandDevices>(job => job.RunAsync(CancellationToken.None));
        await stage.RunAsync<StrandDevices>(job => job.RunAsync(CancellationToken.None));

        Assert.Equal(DeviceState.Stranded, (await DeviceAsync(stage)).State);
        Assert.Single(await StrandedAsync(stage));
        Assert.True(await HasSeenMfaAsync(stage, Stage.Mona));
        Assert.IsType<Reply.Said>(await BringInAsync(stage, Stage.Mike, label: "Another", seed: [.. Seed.Reverse()]));
        Assert.Equal(
            next,
            await stage.InDbAsync(db =>
                db.MfaDevices.Where(d => d.Label == "Another").Select(d => d.Generation).SingleAsync()
            )
        );
    }

    [DatabaseFact]
    [Trait("Law", "11")]
    public async Task A_vault_that_refuses_the_seed_strands_it_at_once()
    {
        await using var stage = await Stage.SetAsync();
        var vault = new VaultOf(stage)
        {
            Before = () => throw new VaultException(VaultFailure.Unreachable, gaveNoHalf: true, "It is away."),
        };

        await Assert.ThrowsAsync<VaultException>(() => TakeAsync(stage, vault));

        Assert.Equal(DeviceState.Stranded, (await DeviceAsync(stage)).State);
        Assert.Single(await StrandedAsync(stage));
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task Who_says_not_me_while_the_seed_is_on_its_way_proposes_nothing()
    {
        await using var stage = await Stage.SetAsync();
        var vault = new VaultOf(stage) { After = () => stage.ClickAsync(Stage.Mona, Actions.NotMe, bot: Bot.Mfa) };

        Assert.IsType<TakeSeed.Outcome.Refused>(await TakeAsync(stage, vault));

        Assert.Equal(DeviceState.Stranded, (await DeviceAsync(stage)).State);
        Assert.Empty(await SpareCardsAsync(stage, Stage.Mike));
    }

    [DatabaseFact]
    [Trait("Law", "9")]
    public async Task Two_at_once_do_not_go_in_under_the_same_generation()
    {
        await using var stage = await Stage.SetAsync();
        Reply? other = null;
        var vault = new VaultOf(stage)
        {
            Before = async () =>
                other = await BringInAsync(stage, Stage.Mike, label: "Another", seed: [.. Seed.Reverse()]),
        };

        Assert.IsType<TakeSeed.Outcome.Taken>(await TakeAsync(stage, vault));

        Assert.Contains(
            "on its way into the vault",
            Assert.Single(Assert.IsType<Reply.Corrected>(other).Errors).Value,
            StringComparison.Ordinal
        );
    }

    [DatabaseFact]
    [Trait("Law", "9")]
    public async Task A_form_that_is_delivered_twice_brings_in_one_device()
    {
        await using var stage = await Stage.SetAsync();

        await BringInAsync(stage, Stage.Mona, key: "the-same");
        await BringInAsync(stage, Stage.Mona, key: "the-same");

        Assert.Equal(2, await stage.InDbAsync(db => db.MfaDevices.CountAsync()));
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task A_seed_that_was_taken_out_never_comes_back()
    {
        await using var stage = await Stage.SetAsync();
        await BringInAsync(stage, Stage.Mona);
        await VouchAsync(stage, Stage.Mike);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await SubmitAsync(stage, Stage.Mona, Actions.Retire, "", ("account", Number), ("label", Stage.Device));
        var first = await stage.InDbAsync(db => db.MfaDevices.SingleAsync(d => d.Label == Stage.Device));
        await SubmitAsync(stage, Stage.Mike, Actions.Vouch, first.Id.ToString());
        stage.Clock.Advance(TimeSpan.FromMinutes(1));

        // Dora knows it since she brought it in, and is barred no longer
        var again = await BringInAsync(
            stage,
            Stage.Mike,
            label: "Again",
            seed: [.. Enumerable.Range(1, 20).Select(i => (byte)i)]
        );

        Assert.Contains(
            "known to others",
            Assert.IsType<Reply.Corrected>(again).Errors["seed"],
            StringComparison.Ordinal
        );
    }

    [DatabaseFact]
    public async Task A_vault_that_has_lost_a_device_takes_no_other_under_its_generation()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DecideAsync(db =>
        {
            var lost = MfaDevice.Expected(stage.Account, 2, "Lost", 0, stage.People[Stage.Dora], db.Now);
            lost.GotIn(db.Now);
            db.Add(lost);
            return Task.CompletedTask;
        });

        var refused = Assert.IsType<Reply.Corrected>(await BringInAsync(stage, Stage.Mona));

        Assert.Contains("lost the seed of Lost", refused.Errors["account"], StringComparison.Ordinal);
    }

    [DatabaseTheory]
    [InlineData("seed", "GEZDGNBVGY3TQOJ0GEZDGNBVGY3TQOJQ", "seed", "no Base32")]
    [InlineData("seed", "otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=1", "seed", "counter-based")]
    [InlineData("seed", "", "seed", "no seed")]
    [InlineData("seed", "GEZD\0GNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "seed", "no Base32")]
    [InlineData("seed", "long", "seed", "too long")]
    [InlineData("second", "first", "second", "not two consecutive")]
    [InlineData("first", "second", "second", "not two consecutive")]
    [InlineData("first", "12345", "second", "not two consecutive")]
    [InlineData("first", "\u0661\u0662\u0663\u0664\u0665\u0666", "second", "not two consecutive")]
    [InlineData("label", "", "label", "name of 1 to")]
    [InlineData("label", "Spa\u202Ere", "label", "name of 1 to")]
    [InlineData("label", "Spa\u200Bre", "label", "name of 1 to")]
    [InlineData("label", "Spa\nre", "label", "name of 1 to")]
    [InlineData("label", "long", "label", "name of 1 to")]
    [InlineData("account", "11112222333", "account", "12 digits")]
    [InlineData("account", "999922223333", "account", "no such account")]
    public async Task Rubbish_is_refused_at_its_field_and_nothing_gets_in(
        string field,
        string value,
        string at,
        string words
    )
    {
        await using var stage = await Stage.SetAsync();
        var typed =
            value == "long" ? new string('A', 3000)
            : value == "first" ? CodeOf(Seed, stage.Clock.GetUtcNow().AddSeconds(-30))
            : value == "second" ? CodeOf(Seed, stage.Clock.GetUtcNow())
            : value;

        var refused = Assert.IsType<Reply.Corrected>(await BringInAsync(stage, Stage.Mona, change: (field, typed)));

        Assert.Contains(words, refused.Errors[at], StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await stage.InDbAsync(db => db.MfaDevices.CountAsync()));
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Nobody_else_brings_in_a_device_and_whoever_tried_is_barred_as_one_who_knows_its_seed()
    {
        await using var stage = await Stage.SetAsync();

        foreach (var person in (string[])[Stage.Paul, Stage.Ada])
        {
            var refused = Assert.IsType<Reply.Corrected>(await BringInAsync(stage, person));
            Assert.Equal("account", Assert.Single(refused.Errors).Key);
            Assert.True(await HasSeenMfaAsync(stage, person));
        }
        Assert.Contains(
            "no such account",
            Assert.Single(Assert.IsType<Reply.Corrected>(await BringInAsync(stage, Stage.Rita)).Errors).Value,
            StringComparison.Ordinal
        );

        Assert.Equal(1, await stage.InDbAsync(db => db.MfaDevices.CountAsync()));
    }

    [DatabaseFact]
    [Trait("Law", "3")]
    public async Task Custodians_of_another_account_neither_bring_in_nor_vouch()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DecideAsync(async db =>
        {
            var others = CustodianGroup.Of("others", "Other MFA custodians", Half.Mfa, db.Now);
            others.Admit(stage.People[Stage.Ada], []);
            var account = await db.Accounts.SingleAsync();
            db.AddRange(
                others,
                Account.Of(
                    "444455556666",
                    "Other",
                    "b@c.example",
                    account.Customer,
                    account.PasswordGroup,
                    others.Id,
                    db.Now
                )
            );
        });

        Assert.IsType<Reply.Corrected>(await BringInAsync(stage, Stage.Ada));
        Assert.IsType<Reply.Corrected>(await BringInAsync(stage, Stage.Mike, change: ("account", "444455556666")));
        await BringInAsync(stage, Stage.Mona);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await SubmitAsync(stage, Stage.Ada, Actions.Vouch, (await DeviceAsync(stage)).Id.ToString());

        Assert.Equal(DeviceState.Waiting, (await DeviceAsync(stage)).State);
    }

    [DatabaseFact]
    [Trait("Law", "11")]
    public async Task Without_the_store_of_the_authenticators_nothing_is_taken_and_it_is_said()
    {
        await using var stage = await Stage.SetAsync();
        File.Delete(Path.Combine(stage.VaultDirectory, "stepup.key"));

        var told = Assert.IsType<Reply.Said>(await BringInAsync(stage, Stage.Mona, code: "123456")).Text;

        Assert.StartsWith("Not now: ", told, StringComparison.Ordinal);
        Assert.Equal(1, await stage.InDbAsync(db => db.MfaDevices.CountAsync()));
    }

    private static Task<Reply> PickAsync(Stage stage, RequestId id, string pick, Screen screen) =>
        stage.ClickAsync(
            Stage.Mona,
            Actions.Reveal,
            id.ToString(),
            Bot.Mfa,
            submits: true,
            surface: screen,
            inputs: [("pick", pick), ("code", stage.CodeOf(Stage.Mona))]
        );

    private static Task<List<int>> GenerationsOfAsync(Stage stage, RequestId id) =>
        stage.InDbAsync(db => db.Exposures.Where(e => e.Request == id).Select(e => e.Generation).ToListAsync());

    private static async Task<List<Card>> StrandedAsync(Stage stage) =>
        (await stage.CardsAsync(Purpose.Notice, Stage.Dora)).FindAll(c =>
            c.Title.Contains("did not get into custody", StringComparison.Ordinal)
        );

    /// <summary>Mona's form, sent to a courier with this vault.</summary>
    private static async Task<TakeSeed.Outcome> TakeAsync(Stage stage, VaultOf vault)
    {
        await using var scope = stage.Scope();
        vault.Inner = scope.ServiceProvider.GetRequiredService<MfaVault>();
        var now = stage.Clock.GetUtcNow();
        using var seed = new SeedText.Accepted(Secret.Take([.. Seed]), TotpShape.Usual);
        return await ActivatorUtilities
            .CreateInstance<TakeSeed>(scope.ServiceProvider, vault)
            .HandleAsync(
                Number,
                "Spare",
                seed,
                (CodeOf(Seed, now.AddSeconds(-30)), CodeOf(Seed, now)),
                stage.People[Stage.Mona],
                stage.UserOf(Stage.Mona),
                CancellationToken.None
            );
    }

    /// <summary>The real vault, with what happens right before and after a seed goes in.</summary>
    private sealed class VaultOf(Stage stage) : MfaVault
    {
        public MfaVault Inner { private get; set; } = null!;

        /// <summary>How far its clock is ahead.</summary>
        public TimeSpan Ahead { private get; init; }
        public Func<Task> Before { private get; init; } = () => Task.CompletedTask;
        public Func<Task> After { private get; init; } = () => Task.CompletedTask;

        public override Task LookAsync(CancellationToken cancellationToken) => Inner.LookAsync(cancellationToken);

        public override Task<IReadOnlyDictionary<AccountId, int>> NewestAsync(CancellationToken cancellationToken) =>
            Inner.NewestAsync(cancellationToken);

        public override Task<IReadOnlyList<StoredSecret>> ListAsync(CancellationToken cancellationToken) =>
            Inner.ListAsync(cancellationToken);

        protected override Task<int> FindLatestAsync(AccountId account, CancellationToken cancellationToken) =>
            Inner.LatestAsync(account, cancellationToken);

        protected override Task EraseAsync(AccountId account, CancellationToken cancellationToken) =>
            Inner.EndAsync(account, cancellationToken);

        protected override async Task<int> KeepAsync(
            AccountId account,
            int expectedLatest,
            Secret seed,
            TotpShape shape,
            CancellationToken cancellationToken
        )
        {
            // what is not committed by now is lost if the process dies here
            Assert.Equal(
                DeviceState.Arriving,
                await stage.InDbAsync(db =>
                    db.MfaDevices.Where(d => d.Generation == expectedLatest + 1).Select(d => d.State).SingleAsync()
                )
            );
            await Before();
            var generation = await Inner.SetSeedAsync(account, expectedLatest, seed, shape, cancellationToken);
            await After();
            return generation;
        }

        protected override Task<MfaCode> MakeAsync(
            AccountId account,
            int generation,
            DateTimeOffset now,
            CancellationToken cancellationToken
        ) => Inner.CodeAsync(account, generation, now + Ahead, cancellationToken);
    }

    [DatabaseTheory]
    [InlineData(0, "good for 30 s", null)]
    [InlineData(30, "the clock of the vault is ahead", null)]
    [InlineData(120, null, "about 120 seconds ahead of ours")]
    [InlineData(-30, null, "about 30 seconds behind ours")]
    [Trait("Law", "11")]
    public async Task A_vault_whose_clock_runs_off_is_told(int ahead, string? label, string? refusal)
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await using var scope = stage.Scope();
        var vault = new VaultOf(stage)
        {
            Inner = scope.ServiceProvider.GetRequiredService<MfaVault>(),
            Ahead = TimeSpan.FromSeconds(ahead),
        };
        var source = ActivatorUtilities.CreateInstance<CodeSource>(scope.ServiceProvider, vault);
        var (request, account) = (await stage.RequestAsync(id), await stage.InDbAsync(db => db.Accounts.SingleAsync()));
        List<ShownLine> lines = [];

        var said = await Record.ExceptionAsync(() =>
            source.ReadAsync(request, account, [1], lines, CancellationToken.None)
        );

        Assert.Equal(refusal is null ? 1 : 0, lines.Count);
        Assert.Contains(label ?? refusal!, said?.Message ?? lines[0].Label, StringComparison.Ordinal);
    }

    /// <summary>Mona sees a code, gives her half back, and Mike takes it: all within one time step.</summary>
    private static async Task<(Seen First, Seen Second)> PassOnAsync(Stage stage)
    {
        var id = await stage.OpenAsync();
        var (first, second) = (new Screen(), new Screen());
        var shown = await stage.RevealAsync(Stage.Mona, id, Half.Mfa, first);
        await stage.ClickAsync(
            Stage.Mona,
            Actions.HandBack,
            id.ToString(),
            submits: true,
            inputs: ("reason", "I have to go.")
        );
        await stage.ClickAsync(Stage.Mike, Actions.Approve, id.ToString());
        var again = await stage.RevealAsync(Stage.Mike, id, Half.Mfa, second);
        return (new Seen(shown, first, id), new Seen(again, second, id));
    }

    private sealed record Seen(Reply Reply, Screen Screen, RequestId Request);

    private static Task<List<PersonId>> ExposedAsync(Stage stage, RequestId id) =>
        stage.InDbAsync(db =>
            db.Exposures.Where(e => e.Request == id && e.Outcome != RevealOutcome.NotShown)
                .Select(e => e.Person)
                .ToListAsync()
        );

    private static async Task<List<Card>> SpareCardsAsync(Stage stage, string person) =>
        (await stage.CardsAsync(Purpose.Device, person)).FindAll(c => c.Facts.Any(f => f.Value == "Spare"));

    private static Task<MfaDevice> DeviceAsync(Stage stage) =>
        stage.InDbAsync(db => db.MfaDevices.SingleAsync(d => d.Label == "Spare"));

    private static Task<bool> HasSeenMfaAsync(Stage stage, string person) =>
        stage.InDbAsync(async db =>
            (
                await db.StandingAsync(stage.People[person], await db.Accounts.SingleAsync(), CancellationToken.None)
            ).SeenMfa
        );

    private static Task<Reply> BringInAsync(
        Stage stage,
        string person,
        string label = "Spare",
        int ahead = 0,
        byte[]? seed = null,
        string? code = null,
        Bot bot = Bot.Mfa,
        string? key = null,
        (string Field, string Value)? change = null
    )
    {
        var theirs = stage.Clock.GetUtcNow().AddSeconds(30 * ahead);
        (string Field, string Value)[] inputs =
        [
            ("account", Number),
            ("label", label),
            ("seed", $"otpauth://totp/AWS:root?secret={Base32Encoding.ToString(seed ?? Seed)}&issuer=AWS"),
            ("first", CodeOf(seed ?? Seed, theirs.AddSeconds(-30))),
            ("second", CodeOf(seed ?? Seed, theirs)),
            ("code", code ?? stage.CodeOf(person)),
        ];
        return stage.ClickAsync(
            person,
            Actions.Device,
            bot: bot,
            submits: true,
            key: key,
            inputs: [.. inputs.Select(i => i.Field == change?.Field ? change.Value : i)]
        );
    }

    private static async Task VouchAsync(Stage stage, string person) =>
        Assert.Contains(
            "makes codes from now on",
            Assert
                .IsType<Reply.Said>(
                    await SubmitAsync(stage, person, Actions.Vouch, (await DeviceAsync(stage)).Id.ToString())
                )
                .Text,
            StringComparison.Ordinal
        );

    private static Task<Reply> ClickAsync(Stage stage, string person, string action, string subject) =>
        stage.ClickAsync(person, action, subject, Bot.Mfa);

    private static Task<Reply> SubmitAsync(
        Stage stage,
        string person,
        string action,
        string subject,
        params (string, string)[] inputs
    ) =>
        stage.ClickAsync(
            person,
            action,
            subject,
            Bot.Mfa,
            submits: true,
            inputs: inputs.Any(i => i.Item1 == "code") ? inputs : [("code", stage.CodeOf(person)), .. inputs]
        );

    private static string CodeOf(byte[] seed, DateTimeOffset at) => new Totp([.. seed]).ComputeTotp(at.UtcDateTime);
}
