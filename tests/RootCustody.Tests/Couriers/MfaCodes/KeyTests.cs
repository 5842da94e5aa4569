using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.Requests;
using RootCustody.Requests;
using RootCustody.Reveals;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Couriers.MfaCodes;

/// <summary>An account whose MFA is a key that the group keeps itself lives by the same rules as every other.</summary>
public sealed class KeyTests
{
    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task A_key_serves_once_a_custodian_who_did_not_enter_it_has_seen_its_seal()
    {
        await using var stage = await Stage.SetAsync();
        Keys.Said("1 of them can now", await stage.RegisterAsync(Stage.Mona));
        var card = Assert.Single(await CardsAsync(stage, Stage.Mike));
        Assert.Contains(card.Choices, c => c.Action == Actions.Vouch);
        stage.NextCode();

        foreach (var person in (string[])[Stage.Mona, Stage.Paul, Stage.Dora])
            Assert.IsType<Reply.Said>(await stage.VouchForKeyAsync(person));
        Keys.Said("not the number", await stage.VouchForKeyAsync(Stage.Mike, "S-0002"));
        Assert.Equal(DeviceState.Waiting, (await stage.KeyAsync()).State);
        Assert.False(await HasSeenAsync(stage, Stage.Mike));
        Assert.Empty(await stage.InDbAsync(db => db.Keepers.ToListAsync()));
        stage.NextCode();

        Keys.Said("in custody", await stage.VouchForKeyAsync(Stage.Mike));

        Assert.Equal((DeviceState.InUse, -1), ((await stage.KeyAsync()).State, (await stage.KeyAsync()).Generation));
        foreach (var person in (string[])[Stage.Mona, Stage.Mike, Stage.Dora])
            Assert.True(await HasSeenAsync(stage, person), person);
        var keeper = Assert.Single(await stage.InDbAsync(db => db.Keepers.ToListAsync()));
        Assert.Equal((stage.People[Stage.Dora], KeptThing.MfaDevice), (keeper.Person, keeper.Thing));
    }

    [DatabaseFact]
    public async Task The_whole_flow_goes_with_nothing_but_a_key()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OnlyKeyAsync();
        var id = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
        var recorded = 0;
        var screen = new Screen
        {
            Meanwhile = async () =>
                recorded = await stage.InDbAsync(db =>
                    db.Exposures.CountAsync(e => e.Request == id && e.Half == Half.Mfa)
                ),
        };

        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Mona, id, Half.Mfa, screen));

        Assert.Equal(1, recorded); // law 4
        Assert.Equal([Keys.Place, Keys.Seal, Stage.Dora], screen.Lines);
        var exposure = await stage.InDbAsync(db =>
            db.Exposures.SingleAsync(e => e.Request == id && e.Half == Half.Mfa)
        );
        Assert.Equal(
            (-1, RevealOutcome.Shown, TimeSpan.FromMinutes(1)),
            (exposure.Generation, exposure.Outcome, exposure.Until - exposure.At)
        );
        Assert.Equal(stage.People[Stage.Mona], (await stage.PageAsync()).OutWith);
        Assert.NotNull((await stage.RequestAsync(id)).MfaInHandAt);
    }

    [DatabaseFact]
    public async Task The_holder_picks_one_of_several_keys_and_is_told_of_that_one_only()
    {
        await using var stage = await Stage.SetAsync();
        await stage.InRegisterAsync();
        await stage.RegisterAsync(Stage.Mona, "Spare", "Safe 4", "T-1");
        Keys.Said("in custody", await stage.VouchForKeyAsync(Stage.Mike, "T-1"));
        stage.NextCode();
        await stage.RetireAsync(Stage.Device);
        var id = await stage.OpenAsync();
        var asked = await stage.ClickAsync(Stage.Mona, Actions.Reveal, id.ToString(), Bot.Mfa);
        var pick = Assert.IsType<Field.Pick>(Assert.IsType<Reply.Asked>(asked).Form.Fields[0]);
        Assert.Equal([Keys.Label, "Spare"], pick.Options.Select(o => o.Text));
        var screen = new Screen(offers: true);

        await PickAsync(stage, id, pick.Options[1].Value, screen);
        await stage.ClickAsync(Stage.Mona, Actions.Show, screen.Offer!, Bot.Mfa, surface: screen);

        Assert.Equal(["Safe 4", "T-1", Stage.Dora], screen.Lines);
        var seen = await stage.InDbAsync(db =>
            db.Exposures.Where(e => e.Request == id && e.Half == Half.Mfa).Select(e => e.Generation).ToListAsync()
        );
        Assert.Equal([-2], seen); // only what was shown bars
        var taken = await stage.InDbAsync(db => db.HeldKeys.SingleAsync(k => k.OutWith != null));
        Assert.Equal("T-1", taken.Seal);
    }

    [DatabaseTheory]
    [InlineData("1")]
    [InlineData("-2")]
    [InlineData("0")]
    [InlineData("-2147483648")]
    [Trait("Law", "4")]
    public async Task A_pick_that_is_no_key_of_the_account_tells_and_records_nothing(string pick)
    {
        await using var stage = await Stage.SetAsync();
        await stage.OnlyKeyAsync(); // generation -1; the seed that was generation 1 is gone
        var id = await stage.OpenAsync();
        var screen = new Screen();

        Keys.Said("not in use any more", await PickAsync(stage, id, pick, screen));

        Assert.Empty(screen.Lines);
        Assert.Empty(
            await stage.InDbAsync(db => db.Exposures.Where(e => e.Request == id && e.Half == Half.Mfa).ToListAsync())
        );
        Assert.Null((await stage.PageAsync()).OutWith);
    }

    [DatabaseFact]
    [Trait("Law", "4")]
    public async Task A_key_serves_where_it_is_picked_though_the_vault_of_the_other_device_is_away()
    {
        await using var stage = await Stage.SetAsync();
        await stage.InRegisterAsync();
        Directory.Move(Path.Combine(stage.VaultDirectory, "mfa"), Path.Combine(stage.VaultDirectory, "away"));
        var id = await stage.OpenAsync();
        var asked = await stage.ClickAsync(Stage.Mona, Actions.Reveal, id.ToString(), Bot.Mfa);
        var pick = Assert.IsType<Field.Pick>(Assert.IsType<Reply.Asked>(asked).Form.Fields[0]);
        Assert.Equal(
            [(Stage.Device, false), (Keys.Label, true)],
            pick.Options.Select(o => (o.Text, o.Description?.Contains("seal", StringComparison.Ordinal) == true))
        );
        Assert.Equal("1", pick.Initial);

        var screen = new Screen();
        Assert.IsType<Reply.Said>(await stage.RevealAsync(Stage.Mona, id, Half.Mfa, screen));
        Assert.Null((await stage.PageAsync()).OutWith);
        stage.NextCode();
        await PickAsync(stage, id, "-1", screen);

        Assert.Equal([Keys.Place, Keys.Seal, Stage.Dora], screen.Lines);
        Assert.Equal(stage.People[Stage.Mona], (await stage.PageAsync()).OutWith);
        var exposure = await stage.InDbAsync(db =>
            db.Exposures.SingleAsync(e => e.Request == id && e.Half == Half.Mfa && e.Generation == -1)
        );
        Assert.Equal(TimeSpan.FromMinutes(1), exposure.Until - exposure.At);
    }

    [DatabaseFact]
    public async Task What_was_picked_stays_picked_when_the_own_code_was_wrong()
    {
        await using var stage = await Stage.SetAsync();
        await stage.InRegisterAsync();
        var id = await stage.OpenAsync();

        var reply = await stage.ClickAsync(
            Stage.Mona,
            Actions.Reveal,
            id.ToString(),
            Bot.Mfa,
            submits: true,
            surface: new Screen(),
            inputs: [("pick", "-1"), ("code", "000000")]
        );

        Assert.Equal("-1", Assert.IsType<Field.Pick>(Assert.IsType<Reply.Corrected>(reply).Form.Fields[0]).Initial);
    }

    [DatabaseFact]
    public async Task Its_holder_or_its_keeper_confirms_it_back_under_a_new_seal()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OnlyKeyAsync();
        await stage.RevealAsync(Stage.Mona, await stage.OpenAsync(), Half.Mfa, new Screen());
        stage.NextCode();
        var card = Assert.Single(await stage.CardsAsync(Purpose.KeyOut, Stage.Mona));
        Assert.Contains(card.Choices, c => c.Action == Actions.Sealed);

        Keys.Said("last told", await stage.ReturnAsync(Stage.Mike, "S-0002"));
        Assert.Equal("seal", Error(await stage.ReturnAsync(Stage.Mona, Keys.Seal)).Key);
        stage.NextCode();
        Assert.Equal("isback", Error(await stage.ReturnAsync(Stage.Mona, "S-0002", back: "")).Key);
        Keys.Said("back in its place", await stage.ReturnAsync(Stage.Mona, "S-0002"));

        Assert.Equal(("S-0002", null), ((await stage.PageAsync()).Seal, (await stage.PageAsync()).OutWith));
        Assert.DoesNotContain(
            Assert.Single(await stage.CardsAsync(Purpose.KeyOut)).Choices,
            c => c.Action == Actions.Sealed
        );
    }

    [DatabaseFact]
    public async Task A_key_that_is_not_confirmed_back_when_the_window_ends_calls_the_duty_manager_until_it_is()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OnlyKeyAsync();
        var id = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, new Screen());
        var asked = Assert.IsType<Reply.Asked>(await stage.ClickAsync(Stage.Paul, Actions.Done, id.ToString()));
        Assert.Contains(Keys.Label, Assert.Single(asked.Form.Lines), StringComparison.Ordinal);

        await stage.ClickAsync(
            Stage.Paul,
            Actions.Done,
            id.ToString(),
            submits: true,
            inputs: [("log", "Done."), ("signedout", "yes")]
        );

        var call = Assert.Single(await stage.CardsAsync(Purpose.DutyCall, Stage.Dora));
        Assert.Contains("not confirmed back", string.Join(' ', call.Lines), StringComparison.Ordinal);
        Assert.Contains(await ReadinessAsync(stage), s => s.Contains("not confirmed back", StringComparison.Ordinal));
        var status = Assert.IsType<Reply.Drawn>(await stage.ClickAsync(Stage.Dora, Actions.Status)).Card;
        Assert.Contains(status.Facts, f => f.Name.Contains("out with mona", StringComparison.Ordinal));

        stage.NextCode();
        await stage.ReturnAsync(Stage.Dora, "S-0002"); // its keeper
        Assert.DoesNotContain(
            await ReadinessAsync(stage),
            s => s.Contains("not confirmed back", StringComparison.Ordinal)
        );
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Whoever_has_had_it_in_hand_gets_no_password_before_two_others_say_that_it_is_gone()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OnlyKeyAsync();
        await MoveToPasswordsAsync(stage, Stage.Dora);
        Assert.Equal(Refusal.OpensTheOtherHalf, await WhyNotPasswordAsync(stage, Stage.Dora, seen: false));

        await stage.MoveKeyAsync(Stage.Mona, "Bank in Zug", "S-0009", keeper: Stage.Mike);
        Keys.Said("has moved", await stage.VouchForKeyAsync(Stage.Mike, "S-0009"));
        stage.NextCode();

        Assert.Equal(stage.People[Stage.Mike], (await stage.InDbAsync(db => db.Keepers.SingleAsync())).Person);
        Assert.Equal(Refusal.HasSeenTheOtherHalf, await WhyNotPasswordAsync(stage, Stage.Dora)); // she had it

        await stage.RegisterAsync(Stage.Mona, "Spare", "Safe 4", "T-1", Stage.Mike);
        await stage.DecideAsync(async db =>
        {
            var spare = await db.MfaDevices.SingleAsync(d => d.Label == "Spare");
            spare.Vouch(
                new RootCustody.People.Standing(stage.People[Stage.Mike], Half.Mfa),
                await db.Accounts.SingleAsync(),
                db.Now,
                out _
            );
        });
        stage.NextCode();
        await stage.RetireAsync(Keys.Label);

        Assert.Null(await WhyNotPasswordAsync(stage, Stage.Dora));
        Assert.Empty(await stage.InDbAsync(db => db.Keepers.Where(k => k.Label == Keys.Label).ToListAsync()));
    }

    [DatabaseTheory]
    [InlineData(Stage.Petra)]
    [InlineData(Stage.Rita)]
    [InlineData("nobody")]
    [Trait("Law", "1")]
    public async Task Nobody_of_the_other_half_or_of_a_customer_keeps_a_key(string keeper)
    {
        await using var stage = await Stage.SetAsync();

        Assert.Equal("keeper", Error(await stage.RegisterAsync(Stage.Mona, keeper: keeper)).Key);

        Assert.Empty(await stage.InDbAsync(db => db.HeldKeys.ToListAsync()));
        Assert.DoesNotContain(await stage.InDbAsync(db => db.Exposures.ToListAsync()), e => e.Generation < 0);
    }

    [DatabaseFact]
    [Trait("Law", "11")]
    public async Task Without_the_store_of_the_authenticators_no_key_is_entered_and_it_is_said()
    {
        await using var stage = await Stage.SetAsync();
        File.Delete(Path.Combine(stage.VaultDirectory, "stepup.key"));

        Keys.Said("Not now: ", await stage.RegisterAsync(Stage.Mona, code: "123456"));

        Assert.Empty(await stage.InDbAsync(db => db.HeldKeys.ToListAsync()));
    }

    [DatabaseTheory]
    [InlineData(Stage.Paul, "account")]
    [InlineData(Stage.Rita, "account")]
    [InlineData(Stage.Ada, "account")]
    [Trait("Law", "12")]
    public async Task Others_enter_no_key(string person, string field)
    {
        await using var stage = await Stage.SetAsync();

        Assert.Equal(field, Error(await stage.RegisterAsync(person)).Key);

        Assert.Empty(await stage.InDbAsync(db => db.HeldKeys.ToListAsync()));
    }

    [DatabaseTheory]
    [InlineData("place", "Safe 3\nupper shelf")]
    [InlineData("place", "Safe\u202e3")]
    [InlineData("place", "")]
    [InlineData("place", "long")]
    [InlineData("seal", "S\u0000")]
    [InlineData("seal", "\ud800")]
    [InlineData("label", "Yubi\tKey")]
    public async Task Text_that_is_not_one_readable_line_is_refused(string field, string text)
    {
        await using var stage = await Stage.SetAsync();
        text = text == "long" ? new string('x', KeyPlace.LongestWords + 1) : text;

        var reply = await stage.RegisterAsync(
            Stage.Mona,
            field == "label" ? text : Keys.Label,
            field == "place" ? text : Keys.Place,
            field == "seal" ? text : Keys.Seal
        );

        Assert.Equal(field, Error(reply).Key);
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task Nothing_is_done_without_a_step_up_or_at_another_bot()
    {
        await using var stage = await Stage.SetAsync();

        Assert.Equal("code", Error(await stage.RegisterAsync(Stage.Mona, code: "000000")).Key);
        await stage.RegisterAsync(Stage.Mona, bot: Bot.Desk);
        await stage.RegisterAsync(Stage.Mona, bot: Bot.Password);

        Assert.Empty(await stage.InDbAsync(db => db.HeldKeys.ToListAsync()));
    }

    [DatabaseFact]
    [Trait("Law", "5")]
    public async Task Its_place_is_told_in_the_window_to_its_holder_after_their_step_up_and_to_nobody_else()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OnlyKeyAsync();
        var id = await stage.OpenAsync();
        var screen = new Screen();

        foreach (var person in (string[])[Stage.Mike, Stage.Paul, Stage.Dora])
            Assert.IsType<Reply.Said>(await stage.RevealAsync(person, id, Half.Mfa, screen));
        Assert.IsType<Reply.Corrected>(await stage.RevealAsync(Stage.Mona, id, Half.Mfa, screen, "000000"));
        stage.Clock.Advance(TimeSpan.FromHours(2));
        Keys.Said(Sentences.For(Refusal.WindowOver), await stage.RevealAsync(Stage.Mona, id, Half.Mfa, screen));

        Assert.Empty(screen.Lines);
        Assert.Null((await stage.PageAsync()).OutWith);
    }

    [DatabaseFact]
    public async Task It_is_told_at_once_also_while_a_code_would_be_about_to_end()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OnlyKeyAsync();
        var id = await stage.OpenAsync();
        stage.Clock.Advance(TimeSpan.FromSeconds(28 - (stage.Clock.GetUtcNow().Second % 30)));

        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Mona, id, Half.Mfa, new Screen()));
    }

    [DatabaseFact]
    public async Task Where_a_seed_is_in_the_vault_its_code_is_shown_and_the_key_left_in_its_place()
    {
        await using var stage = await Stage.SetAsync();
        await stage.InRegisterAsync();
        var id = await stage.OpenAsync();
        var screen = new Screen();

        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, screen);

        Assert.Matches("^[0-9]{6}$", Assert.Single(screen.Lines));
        Assert.Null((await stage.PageAsync()).OutWith);
    }

    [DatabaseFact]
    public async Task Until_the_second_word_on_a_move_both_places_are_told()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OnlyKeyAsync();
        await stage.MoveKeyAsync(Stage.Mona, "Bank in Zug", "S-0009");
        stage.NextCode();
        var id = await stage.OpenAsync();
        var (before, after) = (new Screen(), new Screen());

        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, before);
        await stage.ClickAsync(Stage.Mike, Actions.Disown, (await stage.KeyAsync()).Id.ToString(), Bot.Mfa);
        stage.NextCode();
        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, after);

        Assert.Contains(Keys.Place, before.Lines);
        Assert.Contains("Bank in Zug", before.Lines);
        Assert.Contains(Keys.Place, after.Lines);
        Assert.DoesNotContain("Bank in Zug", after.Lines);
    }

    [DatabaseFact]
    public async Task A_seal_that_was_broken_without_a_window_is_on_record_and_told_to_the_next_holder()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OnlyKeyAsync();
        Assert.Equal("account", Error(await stage.ReportAsync(Stage.Paul)).Key);

        Keys.Said("on record", await stage.ReportAsync(Stage.Mike));

        Assert.Contains(
            await stage.CardsAsync(Purpose.Notice, Stage.Dora),
            c => c.Title.Contains("found broken", StringComparison.Ordinal)
        );
        Assert.Equal(1, await stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains("key.seal-broken"))));
        Assert.Contains(await ReadinessAsync(stage), s => s.Contains("found broken", StringComparison.Ordinal));
        var (id, screen) = (await stage.OpenAsync(), new Screen());
        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, screen);
        Assert.Contains("Its seal was found broken", screen.Labels);
    }

    [DatabaseFact]
    public async Task The_next_holder_is_told_who_has_not_confirmed_it_back()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OnlyKeyAsync();
        var first = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Mona, first, Half.Mfa, new Screen());
        stage.Clock.Advance(TimeSpan.FromHours(2));
        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        var (second, screen) = (await stage.OpenAsync(mfa: Stage.Mike), new Screen());

        await stage.RevealAsync(Stage.Mike, second, Half.Mfa, screen);

        Assert.Contains("taken by mona", screen.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(stage.People[Stage.Mike], (await stage.PageAsync()).OutWith);
    }

    [DatabaseFact]
    public async Task A_drill_tells_no_place_and_takes_no_key()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OnlyKeyAsync();
        await stage.ClickAsync(Stage.Dora, Actions.Drill, inputs: [("text", Keys.Number)]);
        var id = await stage.InDbAsync(db => db.Requests.Select(r => r.Id).SingleAsync());
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, id.ToString());
        var screen = new Screen();

        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, screen);

        Assert.Equal("DRILL-ONLY", Assert.Single(screen.Lines));
        Assert.Null((await stage.PageAsync()).OutWith);
    }

    [DatabaseFact]
    [Trait("Law", "8")]
    public async Task Place_and_seal_stand_on_no_card_and_in_no_log_entry()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OnlyKeyAsync();
        var id = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, new Screen());
        stage.NextCode();
        await stage.MoveKeyAsync(Stage.Mona, "Bank in Zug", "S-0009");

        var cards = await stage.InDbAsync(db => db.Outbox.ToListAsync());
        var written = cards.Select(c => System.Text.Json.JsonSerializer.Serialize(c.Card));
        var entries = await stage.InDbAsync(db => db.Audit.Select(a => a.Entry).ToListAsync());
        foreach (var secret in (string[])[Keys.Place, Keys.Seal, "Bank in Zug", "S-0009"])
            Assert.DoesNotContain(written.Concat(entries), text => text.Contains(secret, StringComparison.Ordinal));
    }

    [DatabaseFact]
    public async Task A_seed_that_comes_after_a_key_has_the_number_that_its_vault_gives_it()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OnlyKeyAsync();

        var account = await stage.InDbAsync(db => db.Accounts.SingleAsync());

        Assert.True(account.IsInCustody);
        Assert.Equal(1, account.MfaGeneration); // the one that was there; only its device says that it is gone
    }

    [DatabaseFact]
    public async Task What_the_register_says_is_changed_there_and_nowhere_else()
    {
        await using var stage = await Stage.SetAsync();
        await stage.InRegisterAsync();

        var reply = await stage.ClickAsync(
            Stage.Ada,
            Actions.Admin,
            inputs: [("text", $"remove-keeper {Keys.Number} {Stage.Dora} device {Keys.Label}")]
        );

        Keys.Said("The register of keys says", reply);
    }

    [DatabaseFact]
    public async Task Who_goes_leaves_behind_what_they_keep_and_have_in_hand()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OnlyKeyAsync();
        var id = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, new Screen());

        var (mona, dora) = (await KeepsAsync(stage, Stage.Mona), await KeepsAsync(stage, Stage.Dora));

        Assert.Contains("not confirmed back", Assert.Single(mona), StringComparison.Ordinal);
        Assert.Contains(Keys.Label, Assert.Single(dora), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> KeepsAsync(Stage stage, string person)
    {
        IReadOnlyList<string> keeps = [];
        await stage.RunAsync<RootCustody.Desk.People.LeaverReport>(async report =>
        {
            var id = stage.People[person];
            var who = await stage.InDbAsync(db => db.People.SingleAsync(p => p.Id == id));
            keeps = (await report.AfterAsync(who, null, CancellationToken.None)).Keeps;
        });
        return keeps;
    }

    private static async Task<IReadOnlyList<string>> ReadinessAsync(Stage stage)
    {
        IReadOnlyList<string> sentences = [];
        await stage.RunAsync<CheckReadiness>(async check =>
            sentences = await check.SentencesAsync(CancellationToken.None)
        );
        return sentences;
    }

    private static Task MoveToPasswordsAsync(Stage stage, string person) =>
        stage.DecideAsync(async db =>
        {
            var groups = await db.Groups.Include(g => g.Members).ToListAsync();
            groups
                .Single(g => g.Key == "passwords")
                .Admit(stage.People[person], groups.Where(g => g.Key != "passwords"));
        });

    private static Task<Refusal?> WhyNotPasswordAsync(Stage stage, string person, bool seen = true) =>
        stage.InDbAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync();
            var by = await db.StandingAsync(stage.People[person], account, CancellationToken.None);
            var request = Request.Drill(account, null, stage.Policy, db.Now);
            return Eligibility.WhyNot(request, Half.Password, seen ? by : by with { SeenMfa = false });
        });

    private static Task<bool> HasSeenAsync(Stage stage, string person) =>
        stage.InDbAsync(db =>
            db.Exposures.AnyAsync(e => e.Person == stage.People[person] && e.Generation == -1 && e.Half == Half.Mfa)
        );

    private static async Task<List<Card>> CardsAsync(Stage stage, string person) =>
        (await stage.CardsAsync(Purpose.Device, person)).FindAll(c => c.Facts.Any(f => f.Value == Keys.Label));

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

    private static KeyValuePair<string, string> Error(Reply reply) =>
        Assert.Single(Assert.IsType<Reply.Corrected>(reply).Errors);
}
