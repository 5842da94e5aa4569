using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Playground;
using RootCustody.Playground.FakeSlack;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.EndToEnd;

public sealed class BadInputInTheFlowTests
{
    [Fact]
    [Trait("Law", "9")]
    public async Task A_replayed_form_asks_once()
    {
        await using var play = await Play.OpenAsync();
        await play.AskAsync();

        await play.Slack.ReplayAsync(play.Slack.Last!);
        await play.Slack.ReplayAsync(play.Slack.Last!);

        Assert.Equal(1, await play.InDbAsync(db => db.Requests.CountAsync()));
    }

    [Fact]
    [Trait("Law", "12")]
    public async Task Another_customers_account_cannot_be_asked_for()
    {
        await using var play = await Play.OpenAsync();
        var others = await play.InDbAsync(db => db.Accounts.SingleAsync(a => a.Number == Cast.OthersAccount));
        var modal = await play.FormAsync();
        var forged = modal.View.DeepClone().AsObject();
        forged["blocks"]![1]!["element"]!["initial_option"]!["value"] = others.Id.ToString();

        var answer = await play.Slack.SubmitAsync(
            Cast.Rita,
            modal with
            {
                View = forged,
            },
            ("What only root can do", "Close the account"),
            ("Why", "I want the account of somebody else.")
        );

        Assert.Equal(Sentences.For(Refusal.NotYourAccount), Assert.Single(answer.Errors).Value);
        Assert.False(await play.InDbAsync(db => db.Requests.AnyAsync()));
    }

    [Fact]
    public async Task Wrong_fields_are_told_at_the_fields()
    {
        await using var play = await Play.OpenAsync();
        var modal = await play.FormAsync();

        var answer = await play.Slack.SubmitAsync(
            Cast.Rita,
            modal,
            ("What only root can do", "Close the account"),
            ("Why", "no"),
            ("How urgent", "Planned: at the start below"),
            ("Start", "1")
        );

        Assert.Equal(["start", "why"], answer.Errors.Keys.Order());
    }

    [Fact]
    [Trait("Law", "2")]
    public async Task The_requester_cannot_approve()
    {
        await using var play = await Play.OpenAsync();
        var request = await play.AskAsync();
        var payload = play.Slack.PayloadOf(Cast.Rita, Bot.Desk, "block_actions", Cast.Rita.Workspace);
        payload["container"] = new JsonObject { ["type"] = "message", ["channel_id"] = FakeSlackPlatform.Channel };
        payload["response_url"] = await ResponseUrlAsync(play);
        payload["actions"] = new JsonArray(new JsonObject { ["action_id"] = "approve", ["value"] = request });

        await play.Slack.SendPayloadAsync(Bot.Desk, payload);

        await play.Slack.Api.WaitForEphemeralAsync(Cast.Rita, Sentences.For(Refusal.OwnRequest));
        Assert.Equal(RequestState.Asked, await play.StateAsync(request));
    }

    [Fact]
    [Trait("Law", "9")]
    public async Task A_double_click_and_two_colleagues_at_once_have_one_effect()
    {
        await using var play = await Play.OpenAsync();
        var request = await play.AskAsync();

        var seen = await Task.WhenAll(
            play.ApproveAsync(Cast.Paul, request),
            play.ApproveAsync(Cast.Paul, request),
            play.ApproveAsync(Cast.Petra, request),
            play.ApproveAsync(Cast.PaulAgain, request)
        );

        Assert.Equal(
            1,
            seen.Count(s =>
                s.Text.Contains("You approved the password half. The other group", StringComparison.Ordinal)
            )
        );
        Assert.Equal(1, await play.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains("request.approved"))));
    }

    [Fact]
    public async Task A_click_on_an_old_card_shows_how_it_stands_now()
    {
        await using var play = await Play.OpenAsync();
        var request = await play.AskAsync();
        var old = await play.ApprovalCardAsync(Cast.Petra);
        await play.ApproveAsync(Cast.Paul, request);
        await play.ApproveAsync(Cast.Mona, request);

        var seen = await play.Teams.PressAsync(Cast.Petra, old, "Approve");

        Assert.Contains(Sentences.For(Refusal.AlreadyDecided), seen.Text, StringComparison.Ordinal);
        Assert.Contains("window open", seen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_approves_after_a_denial()
    {
        await using var play = await Play.OpenAsync();
        var request = await play.AskAsync(plannedAt: Play.Noon.AddHours(2));
        var asked = await play.Teams.FetchAsync(Cast.Petra, Bot.Desk, Play.Data(Actions.Deny, request));
        var empty = await play.Teams.SubmitAsync(Cast.Petra, asked.Dialog!, ("Reason", "  "));
        Assert.Contains("A denial needs a reason", empty.Text, StringComparison.Ordinal);
        await play.Teams.SubmitAsync(Cast.Petra, asked.Dialog!, ("Reason", "IAM can do it."));

        var seen = await play.ApproveAsync(Cast.Paul, request);

        Assert.Contains(Sentences.For(Refusal.AlreadyDecided), seen.Text, StringComparison.Ordinal);
        Assert.Equal(RequestState.Denied, await play.StateAsync(request));
    }

    [Fact]
    [Trait("Law", "1")]
    public async Task Nobody_but_the_holder_is_shown_a_half()
    {
        await using var play = await Play.OpenAsync();
        var request = await play.OpenWindowAsync();

        var petra = await play.Teams.FetchAsync(Cast.Petra, Bot.Password, Play.Data(Actions.Reveal, request));
        var mona = await play.Teams.FetchAsync(Cast.Mona, Bot.Password, Play.Data(Actions.Reveal, request));
        var paulsSecondAccount = await play.RevealAsync(Cast.PaulAgain, Bot.Mfa, request, "paul");

        foreach (var seen in (string[])[petra.Text, mona.Text, paulsSecondAccount.Text])
            Assert.Equal(Sentences.For(Refusal.NotTheHolder), seen);
        Assert.Equal(0, await play.ExposuresAsync(request));
    }

    [Fact]
    [Trait("Law", "5")]
    public async Task Nothing_is_shown_after_the_window_though_the_form_was_open_before()
    {
        await using var play = await Play.OpenAsync();
        var request = await play.OpenWindowAsync();
        var asked = await play.Teams.FetchAsync(Cast.Paul, Bot.Password, Play.Data(Actions.Reveal, request));
        play.Clock.Advance(TimeSpan.FromHours(1));

        var seen = await play.Teams.SubmitAsync(
            Cast.Paul,
            asked.Dialog!,
            (Play.CodeLabel, play.Theatre.CodeOf("paul"))
        );

        Assert.Equal(Sentences.For(Refusal.WindowOver), seen.Text);
        Assert.Equal(0, await play.ExposuresAsync(request));
    }

    [Fact]
    [Trait("Law", "15")]
    public async Task A_wrong_or_used_step_up_code_shows_nothing()
    {
        await using var play = await Play.OpenAsync();
        var request = await play.OpenWindowAsync();
        var code = play.Theatre.CodeOf("paul");
        var wrong = await play.RevealPasswordAsync(request, "000000");
        var others = await play.RevealPasswordAsync(request, play.Theatre.CodeOf("mona"));
        play.Clock.Advance(TimeSpan.FromSeconds(2)); // the pause after two wrong ones
        await play.RevealPasswordAsync(request, code);

        var used = await play.RevealPasswordAsync(request, code);

        Assert.Contains("not the current code", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("not the current code", others.Text, StringComparison.Ordinal);
        Assert.Contains("has been used already", used.Text, StringComparison.Ordinal);
        Assert.Equal(1, await play.ExposuresAsync(request));
    }

    [Theory]
    [Trait("Law", "8")]
    [InlineData(false, FakeSlackPlatform.Provider)] // on a message that stays
    [InlineData(true, FakeSlackPlatform.Customer)] // a response_url of another workspace
    public async Task A_half_goes_to_no_response_url_that_is_not_of_this_persons_ephemeral(
        bool ephemeral,
        string workspace
    )
    {
        await using var play = await Play.OpenAsync();
        var request = await play.OpenWindowAsync();
        var direct = Cast.MonaInSlack.DirectWith(Bot.Mfa);
        var pointer = await play.Slack.Api.WaitForMessageAsync(direct, "your half is ready");
        await play.Slack.PressAsync(Cast.MonaInSlack, pointer, "Reveal code");
        var modal = await play.Slack.Api.WaitForModalAsync(Cast.MonaInSlack, "Prove that it is you");
        await play.Slack.SubmitAsync(Cast.MonaInSlack, modal, (Play.CodeLabel, play.Theatre.CodeOf("mona")));
        var offer = await play.Slack.Api.WaitForEphemeralAsync(Cast.MonaInSlack, "Your half is ready");
        var payload = play.Slack.PayloadOf(Cast.MonaInSlack, Bot.Mfa, "block_actions", FakeSlackPlatform.Provider);
        payload["container"] = new JsonObject
        {
            ["type"] = "message",
            ["channel_id"] = direct,
            ["is_ephemeral"] = ephemeral,
        };
        payload["response_url"] = await ResponseUrlAsync(play, workspace);
        payload["actions"] = new JsonArray(
            new JsonObject
            {
                ["action_id"] = "show:0",
                ["value"] = offer.Blocks[^1]!["elements"]![0]!["value"]!.DeepClone(),
                ["action_ts"] = "1.1",
            }
        );

        await play.Slack.SendPayloadAsync(Bot.Mfa, payload);
        await play.Slack.CommandAsync(Cast.Rita, "help"); // what came before has been worked on when this is answered
        await play.Slack.Api.WaitForEphemeralAsync(Cast.Rita, "break the glass");

        Assert.Equal(0, await play.ExposuresAsync(request));
        Assert.All(play.Slack.Api.Ephemerals, e => Assert.Empty(e.Literals));
    }

    [Fact]
    [Trait("Law", "1")]
    public async Task Two_reveals_of_different_halves_at_once_never_show_one_person_both()
    {
        await using var play = await Play.OpenAsync();
        var request = await play.OpenWindowAsync();
        await TamperAsync(play); // Paul is now in both groups and stands as holder of both halves

        var seen = await Task.WhenAll(
            play.RevealAsync(Cast.Paul, Bot.Password, request, "paul"),
            play.RevealAsync(Cast.PaulAgain, Bot.Mfa, request, "paul")
        );

        Assert.Contains(seen, s => !s.Text.Contains("For you alone", StringComparison.Ordinal));
        var halves = await play.InDbAsync(db =>
            db.Exposures.Where(e => e.Request != null).Select(e => e.Half).Distinct().CountAsync()
        );
        Assert.True(halves <= 1);
    }

    [Theory]
    [Trait("Law", "11")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_vault_file_that_is_missing_or_damaged_costs_nothing_and_the_click_works_later(bool damaged)
    {
        await using var play = await Play.OpenAsync();
        var request = await play.OpenWindowAsync();
        var file = Directory
            .EnumerateFiles(Path.Combine(play.Theatre.Directory, "vault", "passwords"))
            .Single(f => !Path.GetFileName(f).StartsWith("fingerprints", StringComparison.Ordinal));
        var whole = await File.ReadAllBytesAsync(file);
        File.Delete(file);
        if (damaged)
            await File.WriteAllBytesAsync(file, [.. whole[..^1], (byte)(whole[^1] ^ 1)]);

        var broken = await play.RevealPasswordAsync(request);
        await File.WriteAllBytesAsync(file, whole);
        play.Clock.Advance(TimeSpan.FromSeconds(30));
        var later = await play.RevealPasswordAsync(request);

        Assert.Contains("Not now, and nothing was shown", broken.Text, StringComparison.Ordinal);
        Assert.Contains("For you alone", later.Text, StringComparison.Ordinal);
        // the outcome is recorded once the answer is out
        await play.UntilAsync(() =>
            play.InDbAsync(db => db.Exposures.AllAsync(e => e.Outcome != RevealOutcome.MaybeShown))
        );
        var outcomes = await play.InDbAsync(db =>
            db.Exposures.Where(e => e.Request != null).OrderBy(e => e.At).Select(e => e.Outcome).ToListAsync()
        );
        Assert.Equal([RevealOutcome.NotShown, RevealOutcome.Shown], outcomes);
    }

    [Fact]
    [Trait("Law", "11")]
    public async Task With_a_clock_that_is_behind_nothing_is_shown_and_the_human_is_told()
    {
        await using var play = await Play.OpenAsync();
        var request = await play.OpenWindowAsync();
        play.Clock.AdjustTime(Play.Noon.AddMinutes(-10));

        var seen = await play.RevealPasswordAsync(request);

        Assert.Equal(Sentences.For(Refusal.ClockBehind), seen.Text);
        Assert.Equal(0, await play.ExposuresAsync(request));
    }

    [Fact]
    public async Task A_form_filled_in_too_late_for_the_trigger_costs_nothing()
    {
        await using var play = await Play.OpenAsync();
        play.Slack.Faults.Next("views.open", Fault.FailsBefore);

        await play.Slack.CommandAsync(Cast.Rita, "request");

        await play.Slack.Api.WaitForEphemeralAsync(Cast.Rita, "Not now: something on our side is broken");
    }

    [Fact]
    public async Task Messages_that_a_platform_refuses_for_a_while_arrive_later()
    {
        await using var play = await Play.OpenAsync();
        play.Teams.Faults.Next("post", Fault.FailsBefore, 2);
        play.Slack.Faults.Next("chat.postMessage", Fault.Throttled);
        await play.AskAsync();

        await play.UntilAsync(() => play.InDbAsync(db => db.Outbox.AllAsync(r => r.SentAt != null)));

        foreach (var person in (Playground.FakeTeams.TeamsPerson[])[Cast.Paul, Cast.Petra, Cast.Mona, Cast.Mike])
            await play.ApprovalCardAsync(person);
        await play.Slack.Api.WaitForMessageAsync(FakeSlackPlatform.Channel, "waits for approvals");
        Assert.True(await play.InDbAsync(db => db.Outbox.AnyAsync(r => r.Tries > 0)));
    }

    [Fact]
    public async Task A_platform_that_hangs_delays_no_card_on_the_other()
    {
        await using var play = await Play.OpenAsync();
        play.Slack.Faults.Next("chat.postMessage", Fault.Hangs);

        await play.AskAsync();

        await play.ApprovalCardAsync(Cast.Paul);
        Assert.True(await play.InDbAsync(db => db.Outbox.AnyAsync(r => r.SentAt == null)));
        play.Slack.Faults.Release();
        await play.Slack.Api.WaitForMessageAsync(FakeSlackPlatform.Channel, "waits for approvals");
    }

    [Fact]
    public async Task A_form_that_takes_longer_than_slack_waits_is_done_all_the_same()
    {
        await using var play = await Play.OpenAsync();
        var modal = await play.FormAsync();
        var turn = await play.Theatre.Host.Services.GetRequiredService<WriterTurn>().TakeAsync(CancellationToken.None);

        var submitting = play.Slack.SubmitAsync(
            Cast.Rita,
            modal,
            ("What only root can do", "Restore permissions of a locked-out administrator"),
            ("Why", "All administrators are locked out.")
        );
        while (!submitting.IsCompleted)
        {
            play.Clock.Advance(TimeSpan.FromMicroseconds(100)); // small steps: the signature must not grow stale meanwhile
            await Task.Yield();
        }
        turn.Dispose();

        Assert.Contains("takes longer", (await submitting).Body, StringComparison.Ordinal);
        await play.UntilAsync(() => play.InDbAsync(db => db.Requests.AnyAsync()));
    }

    /// <summary>A response_url that Slack would give to Rita, or one of another workspace.</summary>
    private static async Task<string> ResponseUrlAsync(Play play, string workspace = FakeSlackPlatform.Customer)
    {
        await play.Slack.CommandAsync(Cast.Rita, "help");
        var form = play
            .Slack.Last!.Body.Split('&')
            .Single(f => f.StartsWith("response_url=", StringComparison.Ordinal));
        var url = Uri.UnescapeDataString(form["response_url=".Length..]);
        return workspace == FakeSlackPlatform.Customer
            ? url
            : url.Replace(FakeSlackPlatform.Customer, workspace, StringComparison.Ordinal);
    }

    /// <summary>Behind the back of the code, with the constraints of the database switched off.</summary>
    private static Task<int> TamperAsync(Play play) =>
        play.InDbAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await db.Database.ExecuteSqlAsync($"PRAGMA ignore_check_constraints = 1");
            var mfa = await db.Groups.SingleAsync(g => g.Key == "mfa");
            var paul = await db.People.SingleAsync(p => p.Key == "paul");
            await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO "Memberships" ("Group", "Person") VALUES ({mfa.Id.Value}, {paul.Id.Value})"""
            );
            return await db.Database.ExecuteSqlAsync($"""UPDATE "Requests" SET "MfaApprover" = "PasswordApprover" """);
        });
}
