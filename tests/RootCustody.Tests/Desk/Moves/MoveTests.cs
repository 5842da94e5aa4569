using System.Text;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Audit;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.Moves;
using RootCustody.Desk.People;
using RootCustody.Moves;
using RootCustody.People;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.Moves;

/// <summary>The root mailbox goes from Dora to Mike, who keeps an MFA half: begun by Ada, confirmed by Abe.</summary>
public sealed class MoveTests
{
    private const string Number = "111122223333";
    private const string Text = "Forwarding and old sessions are gone.";
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static readonly string[] Events = ["move.begun", "move.handed-over", "move.taken", "move.ended"];

    [DatabaseFact]
    [Trait("Law", "10")]
    public async Task From_the_first_word_to_the_register_with_a_new_process_after_each_step()
    {
        await using var stage = await SetAsync();
        foreach (var step in Steps(stage))
        {
            Assert.Equal([Stage.Dora], await KeepersAsync(stage));
            Assert.IsType<Reply.Said>(await step());
            await stage.RestartAsync();
            stage.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Equal([Stage.Mike], await KeepersAsync(stage));
        var entries = await stage.InDbAsync(db => db.Audit.OrderBy(a => a.Id).Select(a => a.Entry).ToListAsync());
        Assert.Equal(Events, entries.Select(e => AuditText.Read(e)["what"]).Where(w => w.StartsWith("move.", Ordinal)));
        var fact = (await RegisterAsync(stage)).Facts.Single(f => f.Name == "Kept: root mailbox");
        Assert.Equal(
            $"aws@ in Mike's care, by mike, since 2026-11-23; tried by them on 2026-11-23 ({Text}), confirmed by abe",
            fact.Value
        );
        Assert.DoesNotContain(await LinesAsync(stage), l => l.Contains("being moved", Ordinal));
    }

    [DatabaseFact]
    public async Task It_is_seen_where_it_stopped()
    {
        await using var stage = await SetAsync();
        await stage.DecideAsync(async db => (await db.Accounts.SingleAsync()).BeginOnboarding(db.Now));
        string[] stands = ["waits for dora", "waits for mike", "waits for another administrator"];
        foreach (var (step, stand) in Steps(stage).Zip(stands))
        {
            await step();
            var card = await CardAsync(stage, Stage.Alma);
            Assert.Contains(card.Lines, l => l.EndsWith(stand, Ordinal));
            Assert.Contains(
                await LinesAsync(stage),
                l => l.StartsWith("The root mailbox is being moved to mike", Ordinal)
            );
            var onboarding = Assert.IsType<Reply.Drawn>(
                await stage.TypeAsync(stage.UserOf(Stage.Paul), Actions.Onboard, Number)
            );
            Assert.Contains("root mailbox is being moved", AllOf(onboarding.Card), Ordinal);
            stage.Clock.Advance(TimeSpan.FromMinutes(2));
        }
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task From_the_handing_over_to_the_end_both_are_barred_by_it()
    {
        await using var stage = await SetAsync();
        (bool Dora, bool Mike)[] bars = [(true, false), (true, false), (true, true), (true, true), (false, true)];
        Assert.Equal(bars[0], await BarsAsync(stage));
        foreach (var (step, expected) in Steps(stage).Zip(bars.Skip(1)))
        {
            await step();
            Assert.Equal(expected, await BarsAsync(stage));
            stage.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        await using var other = await SetAsync();
        await PlayAsync(other, 2);
        var request = await other.AskAsync();
        await other.ClickAsync(Stage.Mike, Actions.Approve, request.ToString());
        Assert.Null((await other.RequestAsync(request)).MfaApprover);
    }

    [DatabaseFact]
    [Trait("Law", "2")]
    public async Task The_wrong_person_does_no_step()
    {
        await using var stage = await SetAsync();
        foreach (var person in (string[])[Stage.Dora, Stage.Mike, Stage.Paul, Stage.Rita])
            await BeginAsync(stage, person);
        Assert.Contains("yours then", Said(await BeginAsync(stage, Stage.Ada, to: Stage.Ada)), Ordinal);
        Assert.Contains("keep it already", Said(await BeginAsync(stage, Stage.Ada, to: Stage.Dora)), Ordinal);
        Assert.False(await stage.InDbAsync(db => db.Moves.AnyAsync()));

        await PlayAsync(stage, 1);
        foreach (var person in (string[])[Stage.Mike, Stage.Abe, Stage.Ada, Stage.Paul, Stage.Rita])
            await HandAsync(stage, person);
        await TakeAsync(stage, Stage.Mike); // not before it is handed over
        await EndAsync(stage, Stage.Abe);
        Assert.Equal(MoveStep.HandOver, (await OnlyAsync(stage)).Next);

        await PlayAsync(stage, 2, from: 1);
        foreach (var person in (string[])[Stage.Dora, Stage.Abe, Stage.Ada])
            await TakeAsync(stage, person);
        await EndAsync(stage, Stage.Abe);
        await HandAsync(stage, Stage.Dora); // once is enough
        Assert.Equal(MoveStep.Take, (await OnlyAsync(stage)).Next);

        await PlayAsync(stage, 3, from: 2);
        foreach (var person in (string[])[Stage.Dora, Stage.Mike, Stage.Paul, Stage.Ada])
            await EndAsync(stage, person);
        await stage.ChangeAsync(Stage.Mike, p => p.Appoint(PersonRole.Administrator));
        Assert.Contains("yours then", Said(await EndAsync(stage, Stage.Mike)), Ordinal);
        foreach (var person in (string[])[Stage.Dora, Stage.Paul, Stage.Rita])
            await CancelAsync(stage, person);
        Assert.Equal(MoveStep.End, (await OnlyAsync(stage)).Next);
        Assert.Equal([Stage.Dora], await KeepersAsync(stage));
        Assert.True(await stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains("\"move.refused\""))) >= 15);
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task Who_begins_who_has_it_and_who_confirms_prove_themselves()
    {
        await using var stage = await SetAsync();
        Assert.IsType<Reply.Corrected>(await BeginAsync(stage, Stage.Ada, code: "000000"));
        Assert.False(await stage.InDbAsync(db => db.Moves.AnyAsync()));
        stage.Clock.Advance(TimeSpan.FromMinutes(2));
        await PlayAsync(stage, 2);
        Assert.IsType<Reply.Corrected>(await TakeAsync(stage, Stage.Mike, code: ""));
        Assert.Equal(MoveStep.Take, (await OnlyAsync(stage)).Next);
        stage.Clock.Advance(TimeSpan.FromMinutes(2));
        await PlayAsync(stage, 3, from: 2);
        Assert.IsType<Reply.Corrected>(await EndAsync(stage, Stage.Abe, code: "000000"));
        Assert.Equal(MoveStep.End, (await OnlyAsync(stage)).Next);
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task A_word_of_somebody_who_is_frozen_since_does_not_count_at_the_end()
    {
        foreach (var frozen in (string[])[Stage.Ada, Stage.Mike])
        {
            await using var stage = await SetAsync();
            await PlayAsync(stage, 3);
            await stage.ChangeAsync(frozen, p => p.Freeze(stage.Clock.GetUtcNow()));

            await EndAsync(stage, Stage.Abe);

            Assert.Equal([Stage.Dora], await KeepersAsync(stage));
        }
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Nobody_gets_it_who_opens_the_other_half_neither_at_the_start_nor_at_the_end()
    {
        await using var stage = await SetAsync();
        await KeepAsync(stage, Stage.Petra, KeptThing.RootPhone);
        Assert.Contains("could then open both", Said(await BeginAsync(stage, Stage.Ada, to: Stage.Petra)), Ordinal);
        Assert.False(await stage.InDbAsync(db => db.Moves.AnyAsync()));

        await PlayAsync(stage, 3);
        await KeepAsync(stage, Stage.Mike, KeptThing.RootPhone); // past all orders
        Assert.Contains("could then open both", Said(await EndAsync(stage, Stage.Abe)), Ordinal);
        Assert.Equal(MoveStep.End, (await OnlyAsync(stage)).Next);

        await using var loud = await SetAsync(new Policy { OneMayOpenBoth = true });
        await KeepAsync(loud, Stage.Mike, KeptThing.RootPhone);
        Assert.Contains("ATTENTION", Said(await BeginAsync(loud, Stage.Ada)), Ordinal);
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task What_is_on_the_move_counts_where_others_ask_who_opens_both_halves()
    {
        await using var stage = await SetAsync();
        await KeepAsync(stage, Stage.Petra, KeptThing.RootPhone);
        await PlayAsync(stage, 1);

        var phone = await BeginAsync(stage, Stage.Abe, KeptThing.RootPhone, Stage.Petra);

        Assert.Contains("could then open both", Said(phone), Ordinal);
        await stage.DecideAsync(async db =>
            db.Keepers.Remove(await db.Keepers.SingleAsync(k => k.Thing == KeptThing.RootPhone))
        );
        Assert.Contains(
            "could then open both",
            Said(await stage.AdminAsync($"add-keeper {Number} mike phone one")),
            Ordinal
        );
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Who_has_seen_the_other_half_gets_it_loudly_as_by_the_order()
    {
        await using var stage = await SetAsync();
        var request = await stage.OpenAsync(mfa: Stage.Mike);
        await stage.RevealAsync(Stage.Mike, request, Half.Mfa, new Screen());
        stage.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Contains($"seen the other half of {Number}", Said(await BeginAsync(stage, Stage.Ada)), Ordinal);
    }

    [DatabaseFact]
    public async Task Cancelled_before_it_is_handed_over_nothing_changes_and_it_can_be_begun_anew()
    {
        await using var stage = await SetAsync();
        await PlayAsync(stage, 1);
        Assert.Contains("is being moved", Said(await BeginAsync(stage, Stage.Abe)), Ordinal);

        Assert.Contains("stays as it is", Said(await CancelAsync(stage, Stage.Alma)), Ordinal);

        Assert.Equal([Stage.Dora], await KeepersAsync(stage));
        Assert.Equal((true, false), await BarsAsync(stage));
        await HandAsync(stage, Stage.Dora);
        Assert.Null((await OnlyAsync(stage)).HandedAt);
        stage.Clock.Advance(TimeSpan.FromMinutes(2));
        await PlayAsync(stage, 4);
        Assert.Equal([Stage.Mike], await KeepersAsync(stage));
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task Cancelled_afterwards_both_stand_in_the_register_until_two_put_it_right()
    {
        foreach (var steps in (int[])[2, 3])
        {
            await using var stage = await SetAsync();
            await PlayAsync(stage, steps);

            Assert.Contains("names both", Said(await CancelAsync(stage, Stage.Ada)), Ordinal);

            Assert.Equal([Stage.Dora, Stage.Mike], await KeepersAsync(stage));
            Assert.Equal((true, true), await BarsAsync(stage));
            await EndAsync(stage, Stage.Abe);
            Assert.Equal([Stage.Dora, Stage.Mike], await KeepersAsync(stage));
            stage.Clock.Advance(TimeSpan.FromMinutes(2));
            await stage.MakeAsync($"remove-keeper {Number} dora mailbox \"shared mailbox\"");
            Assert.Equal((false, true), await BarsAsync(stage));
        }
    }

    [DatabaseFact]
    public async Task For_a_keeper_who_is_gone_a_second_administrator_hands_it_over()
    {
        await using var stage = await SetAsync();
        await PlayAsync(stage, 1);
        await stage.ChangeAsync(Stage.Dora, p => p.Suspend());

        Assert.Contains("began this yourself", Said(await HandAsync(stage, Stage.Ada)), Ordinal);
        await HandAsync(stage, Stage.Mike);
        Assert.Equal(MoveStep.HandOver, (await OnlyAsync(stage)).Next);
        await HandAsync(stage, Stage.Abe);
        await PlayAsync(stage, 4, from: 2);

        Assert.Equal([Stage.Mike], await KeepersAsync(stage));
    }

    [DatabaseFact]
    public async Task The_order_is_for_what_nobody_keeps_or_nobody_can_hand_over()
    {
        await using var stage = await SetAsync();
        var order = $"add-keeper {Number} petra mailbox box";
        Assert.Contains($"channel {Number}", Said(await stage.AdminAsync(order)), Ordinal);
        await stage.MakeAsync($"add-keeper {Number} mike phone one"); // nobody keeps it

        await stage.ChangeAsync(Stage.Dora, p => p.Suspend());
        await stage.MakeAsync(order);

        Assert.Equal([Stage.Dora, Stage.Petra], await KeepersAsync(stage));
    }

    [DatabaseFact]
    public async Task While_it_is_on_the_move_no_order_touches_it()
    {
        await using var stage = await SetAsync();
        await PlayAsync(stage, 1);
        await stage.ChangeAsync(Stage.Dora, p => p.Suspend());

        foreach (
            var order in (string[])
                [$"add-keeper {Number} petra mailbox box", $"remove-keeper {Number} dora mailbox \"shared mailbox\""]
        )
            Assert.Contains("is being moved", Said(await stage.AdminAsync(order)), Ordinal);
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task An_import_file_moves_nothing_and_knows_what_is_on_the_move()
    {
        await using var stage = await SetAsync();
        Assert.Contains("keeps the root mailbox", await ImportAsync(stage, Stage.Petra, "mailbox"), Ordinal);
        await PlayAsync(stage, 2);
        Assert.Contains("could open both halves", await ImportAsync(stage, Stage.Mike, "phone"), Ordinal);
    }

    /// <summary>What is wrong with a file that names a keeper.</summary>
    private static async Task<string> ImportAsync(Stage stage, string person, string thing)
    {
        var file = $$"""
            { "keepers": [{ "account": "{{Number}}", "person": "{{person}}", "thing": "{{thing}}", "label": "one" }] }
            """;
        Import? import = null;
        await stage.RunAsync<ImportDirectory>(async job =>
            import = await job.HandleAsync(Encoding.UTF8.GetBytes(file), CancellationToken.None)
        );
        return string.Join('\n', Assert.IsType<Import.Refused>(import).Errors);
    }

    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task An_organisation_is_not_joined_if_somebody_would_open_both_halves_by_what_moves_to_them()
    {
        await using var stage = await SetAsync();
        await stage.DecideAsync(async db =>
        {
            var member = await db.Accounts.SingleAsync();
            var management = Account.Of(
                "444455556666",
                "Management",
                "m@acme.example",
                stage.Customer,
                member.PasswordGroup,
                member.MfaGroup,
                db.Now
            );
            db.Accounts.Add(management);
            db.Keepers.Add(Keeper.Of(management.Id, stage.People[Stage.Mike], KeptThing.RootPhone, "one", db.Now));
        });
        await PlayAsync(stage, 1);

        var said = Said(await stage.AdminAsync($"join {Number} 444455556666"));

        Assert.Contains("could then open both halves", said, Ordinal);
    }

    [DatabaseFact]
    public async Task Those_whose_turn_it_is_are_told_and_again_after_three_days()
    {
        await using var stage = await SetAsync();
        string[][] told =
        [
            [Stage.Dora],
            [Stage.Mike],
            [Stage.Abe, Stage.Alma],
            [Stage.Ada, Stage.Dora, Stage.Mike],
        ];
        foreach (var (step, who) in Steps(stage).Zip(told))
        {
            var before = await CountAsync(stage);
            await step();
            Assert.Equal(who, await MoreAsync(stage, before));

            before = await CountAsync(stage);
            stage.Clock.Advance(TimeSpan.FromHours(71));
            await RemindAsync(stage);
            Assert.Empty(await MoreAsync(stage, before));
            stage.Clock.Advance(TimeSpan.FromHours(1));
            await RemindAsync(stage);
            await RemindAsync(stage);
            Assert.Equal(who is [_, _, _] ? [] : who, await MoreAsync(stage, before)); // the end is told once
        }
        Assert.Equal(3, await stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains("\"move.reminded\""))));
    }

    [DatabaseFact]
    [Trait("Law", "12")]
    public async Task Who_has_nothing_to_do_with_it_learns_nothing()
    {
        await using var stage = await SetAsync();
        await PlayAsync(stage, 1, to: Stage.Rita);
        Assert.Contains("moves to rita", AllOf(await CardAsync(stage, Stage.Rita)), Ordinal); // she is to keep it

        Assert.Contains("no such account", Said(await TypeAsync(stage, Stage.Ravi)), Ordinal);

        Assert.Contains("no such account", Said(await TypeAsync(stage, Stage.Ada, "999999999999")), Ordinal);
        Assert.Equal(
            "No root mailbox and no root phone is being moved",
            (await CardAsync(stage, Stage.Ravi, "")).Title
        );
        Assert.Equal("Being moved: 1", (await CardAsync(stage, Stage.Dora, "")).Title);
    }

    [DatabaseFact]
    public async Task Each_presses_only_what_is_theirs()
    {
        await using var stage = await SetAsync();
        Assert.Equal([Actions.ChannelMove], await ChoicesAsync(stage, Stage.Abe));
        Assert.Empty(await ChoicesAsync(stage, Stage.Dora));
        await PlayAsync(stage, 1);
        Assert.Equal([Actions.ChannelHanded], await ChoicesAsync(stage, Stage.Dora));
        Assert.Equal([Actions.ChannelCancel], await ChoicesAsync(stage, Stage.Abe));
        await PlayAsync(stage, 2, from: 1);
        Assert.Equal([Actions.ChannelTaken], await ChoicesAsync(stage, Stage.Mike));
        await PlayAsync(stage, 3, from: 2);
        Assert.Equal([Actions.ChannelEnd, Actions.ChannelCancel], await ChoicesAsync(stage, Stage.Abe));
        Assert.Equal([Actions.ChannelCancel], await ChoicesAsync(stage, Stage.Ada));
    }

    [DatabaseFact]
    public async Task What_says_too_little_is_asked_again()
    {
        await using var stage = await SetAsync();
        var begin = Assert.IsType<Reply.Corrected>(
            await stage.ClickAsync(
                Stage.Ada,
                Actions.ChannelMove,
                $"{stage.Account}.{KeptThing.RootMailbox}.{stage.People[Stage.Dora]}",
                submits: true,
                inputs: [("to", "mike"), ("label", ""), ("text", "so"), ("code", stage.CodeOf(Stage.Ada))]
            )
        );
        Assert.Equal(["label", "text"], begin.Errors.Keys.Order(StringComparer.Ordinal));
        var nobody = Assert.IsType<Reply.Corrected>(await BeginAsync(stage, Stage.Ada, to: "nobody"));
        Assert.Equal("There is no person nobody.", Assert.Single(nobody.Errors).Value);
        await PlayAsync(stage, 1);
        var handed = await SendAsync(stage, Stage.Dora, Actions.ChannelHanded, ("text", "so"));
        Assert.Equal("text", Assert.Single(Assert.IsType<Reply.Corrected>(handed).Errors).Key);
        Assert.Null((await OnlyAsync(stage)).HandedAt);
    }

    private static async Task<Stage> SetAsync(Policy? policy = null)
    {
        var stage = await Stage.SetAsync(policy);
        await KeepAsync(stage, Stage.Dora, KeptThing.RootMailbox);
        return stage;
    }

    private static Task KeepAsync(Stage stage, string person, KeptThing thing) =>
        stage.DecideAsync(db =>
        {
            db.Keepers.Add(Keeper.Of(stage.Account, stage.People[person], thing, "shared mailbox", db.Now));
            return Task.CompletedTask;
        });

    private static async Task PlayAsync(Stage stage, int until, int from = 0, string to = Stage.Mike)
    {
        foreach (var step in Steps(stage, to).Take(until).Skip(from))
        {
            Assert.IsType<Reply.Said>(await step());
            stage.Clock.Advance(TimeSpan.FromSeconds(60)); // the codes are used up
        }
    }

    /// <summary>1 begun, 2 handed over, 3 taken, 4 ended.</summary>
    private static IEnumerable<Func<Task<Reply>>> Steps(Stage stage, string to = Stage.Mike)
    {
        yield return () => BeginAsync(stage, Stage.Ada, to: to);
        yield return () => HandAsync(stage, Stage.Dora);
        yield return () => TakeAsync(stage, to);
        yield return () => EndAsync(stage, Stage.Abe);
    }

    private static async Task<Reply> BeginAsync(
        Stage stage,
        string person,
        KeptThing thing = KeptThing.RootMailbox,
        string? from = null,
        string to = Stage.Mike,
        string? code = null
    ) =>
        await stage.ClickAsync(
            person,
            Actions.ChannelMove,
            $"{stage.Account}.{thing}.{stage.People[from ?? Stage.Dora]}",
            submits: true,
            inputs:
            [
                ("to", to),
                ("label", "aws@ in Mike's care"),
                ("text", "Dora goes to another team."),
                ("code", code ?? stage.CodeOf(person)),
            ]
        );

    private static Task<Reply> HandAsync(Stage stage, string person) =>
        SendAsync(stage, person, Actions.ChannelHanded, ("text", Text));

    private static Task<Reply> TakeAsync(Stage stage, string person, string? code = null) =>
        SendAsync(stage, person, Actions.ChannelTaken, ("text", Text), ("code", code ?? stage.CodeOf(person)));

    private static Task<Reply> EndAsync(Stage stage, string person, string? code = null) =>
        SendAsync(stage, person, Actions.ChannelEnd, ("code", code ?? stage.CodeOf(person)));

    private static Task<Reply> CancelAsync(Stage stage, string person) =>
        SendAsync(stage, person, Actions.ChannelCancel, ("text", "It was a mistake."));

    private static async Task<Reply> SendAsync(
        Stage stage,
        string person,
        string action,
        params (string, string)[] inputs
    ) => await stage.ClickAsync(person, action, (await OnlyAsync(stage)).Id.ToString(), submits: true, inputs: inputs);

    /// <summary>The newest.</summary>
    private static Task<Move> OnlyAsync(Stage stage) =>
        stage.InDbAsync(db => db.Moves.OrderByDescending(m => m.BegunAt).FirstAsync());

    private static string Said(Reply reply) => Assert.IsType<Reply.Said>(reply).Text;

    private static Task<Reply> TypeAsync(Stage stage, string person, string number = Number) =>
        stage.TypeAsync(stage.UserOf(person), Actions.Channel, number);

    private static async Task<Card> CardAsync(Stage stage, string person, string number = Number) =>
        Assert.IsType<Reply.Drawn>(await TypeAsync(stage, person, number)).Card;

    private static async Task<List<string>> ChoicesAsync(Stage stage, string person) =>
        [.. (await CardAsync(stage, person)).Choices.Select(c => c.Action).Where(a => a != Actions.NotMe)];

    private static async Task<Card> RegisterAsync(Stage stage) =>
        Assert.IsType<Reply.Drawn>(await stage.TypeAsync(stage.UserOf(Stage.Paul), Actions.Register, Number)).Card;

    private static async Task<IReadOnlyList<string>> LinesAsync(Stage stage) => (await RegisterAsync(stage)).Lines;

    private static string AllOf(Card card) =>
        string.Join('\n', card.Lines.Concat(card.Facts.Select(f => f.Value)).Prepend(card.Title));

    private static Task<List<string>> KeepersAsync(Stage stage) =>
        stage.InDbAsync(db =>
            db.Keepers.Where(k => k.Thing == KeptThing.RootMailbox)
                .Join(db.People, k => k.Person, p => p.Id, (_, p) => p.Key)
                .Order()
                .ToListAsync()
        );

    /// <summary>Whether Dora and Mike count as those who can open the password half.</summary>
    private static Task<(bool Dora, bool Mike)> BarsAsync(Stage stage) =>
        stage.InDbAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync(a => a.Id == stage.Account);
            var dora = await db.StandingAsync(stage.People[Stage.Dora], account, CancellationToken.None);
            var mike = await db.StandingAsync(stage.People[Stage.Mike], account, CancellationToken.None);
            return (dora.OpensPassword, mike.OpensPassword);
        });

    private static Task RemindAsync(Stage stage) =>
        stage.RunAsync<RemindOfMoves>(job => job.RunAsync(CancellationToken.None));

    /// <summary>How many cards of moves each person has.</summary>
    private static async Task<Dictionary<string, int>> CountAsync(Stage stage)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var person in stage.People.Keys)
            counts[person] = (await stage.CardsAsync(Purpose.Notice, person)).Count(c =>
                c.Title.Contains("root mailbox of", Ordinal)
            );
        return counts;
    }

    /// <summary>Who got one more.</summary>
    private static async Task<string[]> MoreAsync(Stage stage, Dictionary<string, int> before) =>
        [
            .. (await CountAsync(stage))
                .Where(c => c.Value == before[c.Key] + 1)
                .Select(c => c.Key)
                .Order(StringComparer.Ordinal),
        ];
}
