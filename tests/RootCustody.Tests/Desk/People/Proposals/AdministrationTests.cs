using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Desk.People.Proposals;
using RootCustody.People;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.People.Proposals;

[Trait("Law", "15")]
public sealed class AdministrationTests
{
    [DatabaseFact]
    public async Task What_one_administrator_types_waits_for_a_second_one()
    {
        await using var stage = await Stage.SetAsync();

        var id = await stage.ProposeAsync("assign paul acme");

        Assert.False(await IsAssignedAsync(stage));
        Assert.IsType<Reply.Said>(await stage.AgreeAsync(Stage.Abe, id.ToString()));
        Assert.True(await IsAssignedAsync(stage));
        var proposal = await ProposalAsync(stage, id);
        Assert.Equal(
            (stage.People[Stage.Ada], stage.People[Stage.Abe]),
            (proposal.First!.Value, proposal.Second!.Value)
        );
        Assert.Equal(
            ["change.proposed", "change.confirmed", "change.confirmed", "person.assigned", "change.made"],
            await EntriesAsync(stage, id)
        );
    }

    [DatabaseFact]
    public async Task Only_administrators_are_listened_to()
    {
        await using var stage = await Stage.SetAsync();

        foreach (var person in (string[])[Stage.Paul, Stage.Dora, Stage.Rita])
            Assert.Contains("Only administrators", Said(await stage.AdminAsync("assign paul acme", person)), Ordinal);

        Assert.False(await stage.InDbAsync(db => db.Proposals.AnyAsync()));
    }

    [DatabaseFact]
    public async Task A_stolen_chat_account_without_the_authenticator_neither_proposes_nor_confirms()
    {
        await using var stage = await Stage.SetAsync();
        var asked = Assert.IsType<Reply.Asked>(await stage.AdminAsync("assign paul acme"));

        var wrong = await stage.AgreeAsync(Stage.Ada, asked.Form.Subject, code: "000000");
        var draft = await stage.InDbAsync(db => db.Proposals.SingleAsync());
        var id = await stage.ProposeAsync("assign mona acme");
        var also = await stage.AgreeAsync(Stage.Abe, id.ToString(), code: stage.CodeOf(Stage.Alma));

        Assert.IsType<Reply.Corrected>(wrong);
        Assert.Equal(ProposalState.Draft, draft.State);
        Assert.IsType<Reply.Corrected>(also);
        Assert.Equal(ProposalState.Waiting, (await ProposalAsync(stage, id)).State);
    }

    [DatabaseFact]
    public async Task Pressing_Confirm_alone_confirms_nothing()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.ProposeAsync("assign paul acme");

        var reply = await stage.ClickAsync(Stage.Abe, Actions.Agree, id.ToString());

        var form = Assert.IsType<Reply.Asked>(reply).Form;
        Assert.Contains("ada has confirmed it. With your code it is made at once.", form.Lines);
        Assert.Equal(ProposalState.Waiting, (await ProposalAsync(stage, id)).State);
    }

    [DatabaseFact]
    public async Task Nobody_confirms_twice_or_what_is_about_themselves()
    {
        await using var stage = await Stage.SetAsync();
        var own = await stage.AdminAsync("enrol ada");
        var id = await stage.ProposeAsync("appoint abe auditor");
        stage.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Contains("about yourself", Said(own), Ordinal);
        Assert.Contains(
            "The second one has to be someone else",
            Said(await stage.AgreeAsync(Stage.Ada, id.ToString())),
            Ordinal
        );
        Assert.Contains("about yourself", Said(await stage.AgreeAsync(Stage.Abe, id.ToString())), Ordinal);
        Assert.Equal(ProposalState.Waiting, (await ProposalAsync(stage, id)).State);
        Assert.Equal("P", (await ProposalAsync(stage, id)).Name[..1]);
        Assert.Contains("is made", Said(await stage.AgreeAsync(Stage.Alma, id.ToString())), Ordinal);
    }

    [DatabaseFact]
    public async Task Every_administrator_has_a_card_and_sees_the_outcome_on_it()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.ProposeAsync("assign paul acme");
        var asked = await CardsAsync(stage, id);

        await stage.AgreeAsync(Stage.Alma, id.ToString());

        Assert.Equal(3, asked.Count);
        Assert.All(
            asked,
            card =>
            {
                Assert.EndsWith("ada confirmed, waits for a second administrator", card.Title, Ordinal);
                Assert.Equal(["Assign paul (paul) to customer acme."], card.Lines);
                Assert.Equal([Actions.Agree, Actions.Reject, Actions.NotMe], card.Choices.Select(c => c.Action));
            }
        );
        Assert.All(
            await CardsAsync(stage, id),
            card =>
            {
                Assert.EndsWith("made, confirmed by ada and alma", card.Title, Ordinal);
                Assert.Empty(card.Choices);
            }
        );
    }

    [DatabaseFact]
    public async Task Rejecting_ends_it_and_is_seen()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.ProposeAsync("assign paul acme");

        var reply = await stage.ClickAsync(Stage.Alma, Actions.Reject, id.ToString());
        var late = await stage.AgreeAsync(Stage.Abe, id.ToString());

        Assert.EndsWith("rejected by alma", Assert.IsType<Reply.Drawn>(reply).Card.Title, Ordinal);
        Assert.Contains("has been decided already", Assert.IsType<Reply.Drawn>(late).Card.Lines[0], Ordinal);
        Assert.False(await IsAssignedAsync(stage));
        Assert.All(await CardsAsync(stage, id), card => Assert.EndsWith("rejected by alma", card.Title, Ordinal));
        Assert.IsType<Reply.Said>(await stage.ClickAsync(Stage.Paul, Actions.Reject, id.ToString()));
    }

    [DatabaseFact]
    [Trait("Law", "9")]
    public async Task Of_many_confirmations_at_once_one_makes_it()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.ProposeAsync("assign paul acme");
        string[] both = [Stage.Abe, Stage.Alma];

        await Task.WhenAll(both.Concat(both).Select(who => Task.Run(() => stage.AgreeAsync(who, id.ToString()))));

        Assert.Single(await EntriesAsync(stage, id), "change.made");
        Assert.Single(await EntriesAsync(stage, id), "person.assigned");
    }

    [DatabaseFact]
    [Trait("Law", "9")]
    public async Task The_same_click_again_has_no_second_effect()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.ProposeAsync("enrol paul");

        var first = await stage.AgreeAsync(Stage.Abe, id.ToString(), key: "same");
        var again = await stage.AgreeAsync(Stage.Abe, id.ToString(), key: "same");

        Assert.Contains("one-time code", Said(first), Ordinal);
        Assert.StartsWith("Already answered", Said(again), Ordinal);
    }

    [DatabaseFact]
    public async Task Typing_what_waits_already_asks_to_confirm_that()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.ProposeAsync("assign paul acme");

        var asked = Assert.IsType<Reply.Asked>(await stage.AdminAsync("assign paul acme", Stage.Abe));

        Assert.Equal(id.ToString(), asked.Form.Subject);
        Assert.Equal(1, await stage.InDbAsync(db => db.Proposals.CountAsync()));
    }

    [DatabaseFact]
    public async Task What_cannot_be_made_any_more_is_not_made_and_says_why()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.ProposeAsync("add-member passwords dora");
        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        await stage.MakeAsync("add-member mfas dora");

        var reply = await stage.AgreeAsync(Stage.Abe, id.ToString());

        Assert.Contains("dora (dora) is in group mfas", Said(reply), Ordinal);
        Assert.Equal(ProposalState.Failed, (await ProposalAsync(stage, id)).State);
        Assert.All(await CardsAsync(stage, id), card => Assert.EndsWith("not made", card.Title, Ordinal));
        Assert.Contains("change.failed", await EntriesAsync(stage, id));
    }

    [DatabaseFact]
    public async Task Nothing_is_made_but_what_was_shown()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.ProposeAsync("set-policy provider Window 00:30:00");
        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        await stage.MakeAsync("set-policy provider Window 02:00:00");

        var reply = await stage.AgreeAsync(Stage.Abe, id.ToString());

        Assert.Contains("is not what was shown", Said(reply), Ordinal);
        Assert.Equal("02:00:00", await stage.InDbAsync(db => db.PolicyOverrides.Select(o => o.Value).SingleAsync()));
    }

    [DatabaseFact]
    [Trait("Law", "16")]
    public async Task After_its_time_it_is_not_made_though_no_job_ran()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.ProposeAsync("assign paul acme");
        stage.Clock.Advance(stage.Policy.ProposalLife);

        Assert.Contains("is over", Said(await stage.AgreeAsync(Stage.Abe, id.ToString())), Ordinal);
        Assert.False(await IsAssignedAsync(stage));
    }

    [DatabaseFact]
    public async Task The_job_closes_what_is_over_and_forgets_drafts()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.ProposeAsync("assign paul acme");
        await stage.AdminAsync("assign mona acme");
        stage.Clock.Advance(Proposal.DraftLife);
        await stage.RunAsync<ExpireProposalsJob>(job => job.RunAsync(CancellationToken.None));
        Assert.Equal(id, await stage.InDbAsync(db => db.Proposals.Select(p => p.Id).SingleAsync()));

        stage.Clock.Advance(stage.Policy.ProposalLife);
        await stage.RunAsync<ExpireProposalsJob>(job => job.RunAsync(CancellationToken.None));
        await stage.RunAsync<ExpireProposalsJob>(job => job.RunAsync(CancellationToken.None));

        Assert.Equal(ProposalState.Expired, (await ProposalAsync(stage, id)).State);
        Assert.Single(await EntriesAsync(stage, id), "change.expired");
        Assert.All(await CardsAsync(stage, id), card => Assert.EndsWith("nothing was changed", card.Title, Ordinal));
    }

    [DatabaseFact]
    public async Task The_waiting_ones_are_listed()
    {
        await using var stage = await Stage.SetAsync();
        Assert.Equal("No proposal waits.", Said(await stage.AdminAsync("proposals")));
        var id = await stage.ProposeAsync("assign paul acme");

        var card = Assert.IsType<Reply.Drawn>(await stage.AdminAsync("proposals", Stage.Abe)).Card;

        Assert.Equal("Assign paul (paul) to customer acme.", Assert.Single(card.Facts).Value);
        Assert.Equal((Actions.Agree, id.ToString()), (card.Choices[0].Action, card.Choices[0].Subject));
    }

    [DatabaseFact]
    public async Task A_made_up_id_or_a_button_of_another_kind_does_nothing()
    {
        await using var stage = await Stage.SetAsync();
        var request = await stage.AskAsync();

        foreach (var subject in (string[])["", "nonsense", Guid.NewGuid().ToString(), request.ToString()])
        {
            Assert.Equal("There is no such proposal.", Said(await stage.AgreeAsync(Stage.Ada, subject)));
            Assert.Equal(
                "There is no such proposal.",
                Said(await stage.ClickAsync(Stage.Ada, Actions.Reject, subject))
            );
        }
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static string Said(Reply reply) => Assert.IsType<Reply.Said>(reply).Text;

    private static Task<Proposal> ProposalAsync(Stage stage, ProposalId id) =>
        stage.InDbAsync(db => db.Proposals.SingleAsync(p => p.Id == id));

    private static Task<bool> IsAssignedAsync(Stage stage) =>
        stage.InDbAsync(async db => (await db.People.SingleAsync(p => p.Key == Stage.Paul)).Assignments.Count == 1);

    /// <summary>What each card of the proposal shows last.</summary>
    private static Task<List<Card>> CardsAsync(Stage stage, ProposalId id) =>
        stage.InDbAsync(async db =>
        {
            var rows = await db.Outbox.Include(r => r.Place).Where(r => r.Place.Proposal == id).ToListAsync();
            Assert.All(rows, r => Assert.Equal(Purpose.Proposal, r.Place.Purpose));
            return rows.GroupBy(r => r.PlaceId).Select(g => g.MaxBy(r => r.Id)!.Card).ToList();
        });

    private static Task<List<string>> EntriesAsync(Stage stage, ProposalId id) =>
        stage.InDbAsync(async db =>
            (
                await db
                    .Audit.Where(a => a.Entry.Contains($"\"proposal\":\"{id}\""))
                    .OrderBy(a => a.Id)
                    .Select(a => a.Entry)
                    .ToListAsync()
            )
                .Select(e => System.Text.Json.JsonDocument.Parse(e).RootElement.GetProperty("what").GetString()!)
                .ToList()
        );
}
