using CsCheck;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Data.Databases;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Laws;

[Trait("Law", "9")]
public sealed class OneEffectTests
{
    [DatabaseFact]
    public async Task The_same_click_again_has_no_second_effect()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();

        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString(), key: "same");
        var again = await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString(), key: "same");

        Assert.StartsWith("Already answered", Assert.IsType<Reply.Said>(again).Text, StringComparison.Ordinal);
        Assert.Equal(1, await stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains("request.approved"))));
    }

    [DatabaseFact]
    public async Task Of_many_approvals_at_once_one_of_each_half_counts()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();
        string[] everyone = [Stage.Paul, Stage.Petra, Stage.Mona, Stage.Mike];

        await Task.WhenAll(
            everyone
                .Concat(everyone)
                .Concat(everyone)
                .Select(who => Task.Run(() => stage.ClickAsync(who, Actions.Approve, id.ToString())))
        );

        Assert.Equal(RequestState.Open, (await stage.RequestAsync(id)).State);
        Assert.Equal(2, await stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains("request.approved"))));
        Assert.Equal(1, await stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains("window.opened"))));
    }

    [DatabaseFact]
    public async Task Whatever_is_clicked_at_once_leaves_one_outcome() =>
        await Gen.Select(
                Pick(Stage.Paul, Stage.Petra, Stage.Mona, Stage.Mike, Stage.Dora, Stage.Rita),
                Pick(Actions.Approve, Actions.Deny, Actions.Revoke)
            )
            .List[2, 8]
            .SampleAsync(
                async clicks =>
                {
                    await using var stage = await Stage.SetAsync();
                    var id = await stage.AskAsync(plannedAt: Stage.Noon.AddHours(2));

                    await Task.WhenAll(
                        clicks.Select(c =>
                            Task.Run(() =>
                                stage.ClickAsync(
                                    c.Item1,
                                    c.Item2,
                                    id.ToString(),
                                    submits: c.Item2 != Actions.Approve,
                                    inputs: [("reason", "no")]
                                )
                            )
                        )
                    );

                    var request = await stage.RequestAsync(id);
                    var entries = await stage.InDbAsync(db => db.Audit.Select(a => a.Entry).ToListAsync());
                    var ends = entries.Count(e => e.Contains("request.denied") || e.Contains("request.withdrawn"));
                    Assert.Equal(request.IsOver ? 1 : 0, ends);
                    Assert.True(entries.Count(e => e.Contains("request.approved")) <= 2);
                    Assert.True(request.PasswordApprover is null || request.PasswordApprover != request.MfaApprover);
                },
                iter: 12,
                threads: 1
            );

    [DatabaseFact]
    public async Task Whatever_is_done_at_once_to_an_open_window_has_each_effect_once() =>
        await Gen.Select(
                Pick(Stage.Paul, Stage.Petra, Stage.Mona, Stage.Mike, Stage.Dora, Stage.Rita),
                Pick(
                    Actions.Approve,
                    Actions.HandBack,
                    Actions.Lengthen,
                    Actions.Replace,
                    Actions.Extend,
                    Actions.Revoke,
                    Actions.Done
                )
            )
            .List[3, 10]
            .SampleAsync(
                async clicks =>
                {
                    await using var stage = await Stage.SetAsync();
                    var id = await stage.OpenAsync();
                    var closes = (await stage.RequestAsync(id)).Closes;
                    await Send(stage, id, Stage.Paul, Actions.Extend);

                    await Task.WhenAll(clicks.Select(c => Task.Run(() => Send(stage, id, c.Item1, c.Item2))));

                    await EachEffectOnceAsync(stage, id, closes!.Value);
                },
                iter: 15,
                threads: 1
            );

    [DatabaseFact]
    public async Task The_same_request_sent_at_once_to_two_processes_is_one()
    {
        await using var stage = await Stage.SetAsync();
        await using var other = stage.Beside();

        await Task.WhenAll(
            Enumerable.Range(0, 6).Select(at => Task.Run(() => (at % 2 == 0 ? stage : other).SubmitAskAsync()))
        );

        Assert.Equal(1, await stage.InDbAsync(db => db.Requests.CountAsync()));
        Assert.Equal(5, await stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains("request.repeated"))));
    }

    [DatabaseFact]
    public async Task Of_many_drills_begun_at_once_in_two_processes_one_begins()
    {
        await using var stage = await Stage.SetAsync();
        await using var other = stage.Beside();
        string[] whoMay = [Stage.Dora, Stage.Ada, Stage.Abe];

        var said = await Task.WhenAll(
            whoMay
                .Concat(whoMay)
                .Select(
                    (who, at) =>
                        Task.Run(() =>
                            (at % 2 == 0 ? stage : other).TypeAsync(stage.UserOf(who), Actions.Drill, "111122223333")
                        )
                )
        );

        Assert.Equal(1, await stage.InDbAsync(db => db.Requests.CountAsync()));
        Assert.Equal(5, said.Count(s => ((Reply.Said)s).Text.Contains("under way", StringComparison.Ordinal)));
        Assert.Equal(1, await stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains("drill.begun"))));
    }

    [DatabaseFact]
    public async Task Whom_an_emergency_names_is_frozen_once_however_often_it_is_pressed_in_two_processes()
    {
        await using var stage = await Stage.SetAsync();
        await using var other = stage.Beside();
        var id = await stage.AskAsync(named: stage.People[Stage.Ravi].ToString());

        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(at => Task.Run(() => Send(at % 2 == 0 ? stage : other, id, Stage.Dora, Actions.Bar)))
        );

        Assert.Equal(1, await stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains("person.frozen"))));
        var frozen = await stage.InDbAsync(db => db.People.SingleAsync(p => p.FrozenAt != null));
        Assert.Equal(stage.People[Stage.Ravi], frozen.Id);
    }

    private static async Task EachEffectOnceAsync(Stage stage, RequestId id, DateTimeOffset closes)
    {
        var request = await stage.RequestAsync(id);
        var entries = await stage.InDbAsync(db => db.Audit.Select(a => a.Entry).ToListAsync());
        int Count(string what) => entries.Count(e => e.Contains($"\"{what}\"", StringComparison.Ordinal));
        Assert.Equal(request.StepBacks.Count, Count("half.handedback") + Count("holder.replaced"));
        Assert.Equal(
            request.StepBacks.Count,
            Count("half.replaced") + (request.PasswordApprover is null ? 1 : 0) + (request.MfaApprover is null ? 1 : 0)
        );
        Assert.True(request.IsOver || request.Closes <= closes + (stage.Policy.Extension * 3));
        // a holder may answer once for a window that somebody else has ended
        var (revoked, closed) = (Count("window.revoked"), Count("window.closed"));
        Assert.True(revoked <= 1 && closed <= 1, $"It ended {revoked} and {closed} times.");
        Assert.Equal(request.IsOver, revoked + closed > 0);
        Assert.True(request.PasswordApprover is null || request.PasswordApprover != request.MfaApprover);
    }

    private static Task<Reply> Send(Stage stage, RequestId id, string who, string action) =>
        stage.ClickAsync(
            who,
            action,
            id.ToString(),
            submits: action is not (Actions.Approve or Actions.Lengthen),
            inputs: [("reason", "no"), ("half", "password"), ("log", "Done."), ("signedout", "yes")]
        );

    private static Gen<string> Pick(params string[] from) => Gen.Int[0, from.Length - 1].Select(i => from[i]);

    /// <summary>Of two that cannot both be true PostgreSQL ends the one that commits later: a slow decision would lose to quick ones again and again.</summary>
    [Fact, Trait("Database", nameof(DatabaseProvider.PostgreSql))]
    public async Task A_slow_decision_does_not_lose_to_quick_ones_for_ever()
    {
        await using var stage = await Stage.SetAsync();
        await using var other = stage.Beside();
        var tries = 0;

        await stage.DecideAsync(async db =>
        {
            var seen = await db.SeenClicks.CountAsync();
            // as long as it may, another process is quicker with what this one has read, and reads what this one writes
            if (++tries <= 5)
                await other.DecideAsync(async quick =>
                    quick.SeenClicks.Add(SeenClick.Of($"quick-{await quick.SeenClicks.CountAsync()}", quick.Now))
                );
            db.SeenClicks.Add(SeenClick.Of($"slow-{seen}", db.Now));
        });

        Assert.Equal(6, tries);
        Assert.Equal(
            6,
            await stage.InDbAsync(db =>
                db.SeenClicks.CountAsync(s => s.Key.StartsWith("quick-") || s.Key.StartsWith("slow-"))
            )
        );
    }
}
