using RootCustody.Chat;
using RootCustody.Desk.Requests;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.Requests;

/// <summary>Whatever one person does to an emergency, the others get their halves in hand (design 3).</summary>
public sealed class InsiderTests
{
    private static readonly Dictionary<string, Func<Stage, RequestId, Task>> Known = new(StringComparer.Ordinal)
    {
        ["denies"] = Denies,
        ["approves and denies"] = async (stage, id) =>
        {
            await ApproveAsync(stage, id, Stage.Paul);
            await Denies(stage, id);
        },
        ["approves and waits"] = async (stage, id) =>
        {
            await ApproveAsync(stage, id, Stage.Paul, Stage.Mona);
            stage.Clock.Advance(stage.Policy.EmergencyDuty);
            await stage.RunAsync<EscalateRequestsJob>(job => job.RunAsync(CancellationToken.None));
            (string, string)[] form = [("half", "password"), ("reason", "Does not answer.")];
            await SendAsync(stage, Stage.Dora, Actions.Replace, id, form);
        },
        ["approves and hands back at the last moment"] = async (stage, id) =>
        {
            await ApproveAsync(stage, id, Stage.Paul);
            stage.Clock.SetUtcNow((await stage.RequestAsync(id)).AnswerBy.AddSeconds(-1));
            await SendAsync(stage, Stage.Paul, Actions.HandBack, id);
            stage.Clock.Advance(TimeSpan.FromSeconds(310)); // after the old time to answer, early in the life of a code
            await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
        },
        ["approves and ends it"] = async (stage, id) =>
        {
            await ApproveAsync(stage, id, Stage.Paul, Stage.Mona);
            await SendAsync(stage, Stage.Paul, Actions.Revoke, id);
        },
        ["says done at once"] = async (stage, id) =>
        {
            await ApproveAsync(stage, id, Stage.Paul, Stage.Mona);
            await SendAsync(stage, Stage.Paul, Actions.Done, id, ("log", "Nothing."), ("signedout", "yes"));
            await SendAsync(stage, Stage.Paul, Actions.HandBack, id);
        },
        ["is suspended before it opens"] = async (stage, id) =>
        {
            await ApproveAsync(stage, id, Stage.Paul);
            await stage.ChangeAsync(Stage.Paul, paul => paul.Suspend());
            await ApproveAsync(stage, id, Stage.Mona); // the opening asks again: Paul's approval is void
        },
    };

    public static TheoryData<string> Attacks => [.. Known.Keys];

    [DatabaseTheory]
    [MemberData(nameof(Attacks))]
    public async Task One_custodian_blocks_no_emergency(string attack)
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.AskAsync();

        await Known[attack](stage, id);

        await stage.ClickAsync(Stage.Petra, Actions.Approve, id.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, id.ToString());
        var (password, code) = (new Screen(), new Screen());
        await stage.RevealAsync(Stage.Petra, id, Half.Password, password);
        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, code);
        Assert.Single(password.Lines);
        Assert.Single(code.Lines);
        Assert.Equal(RequestState.Open, (await stage.RequestAsync(id)).State);
    }

    [DatabaseFact]
    public async Task Two_denials_from_one_group_end_it_and_so_does_the_duty_managers()
    {
        await using var stage = await Stage.SetAsync();
        var first = await stage.AskAsync();
        await SendAsync(stage, Stage.Paul, Actions.Deny, first, ("reason", "No."));
        await SendAsync(stage, Stage.Mona, Actions.Deny, first, ("reason", "No."));
        Assert.Equal(RequestState.Asked, (await stage.RequestAsync(first)).State);
        await SendAsync(stage, Stage.Petra, Actions.Deny, first, ("reason", "No."));

        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await stage.AskAsync();
        await SendAsync(stage, Stage.Dora, Actions.Deny, second, ("reason", "No."));

        Assert.Equal(RequestState.Denied, (await stage.RequestAsync(first)).State);
        Assert.Equal(RequestState.Denied, (await stage.RequestAsync(second)).State);
    }

    private static Task Denies(Stage stage, RequestId id) =>
        SendAsync(stage, Stage.Paul, Actions.Deny, id, ("reason", "No."));

    private static async Task ApproveAsync(Stage stage, RequestId id, params string[] who)
    {
        foreach (var key in who)
            await stage.ClickAsync(key, Actions.Approve, id.ToString());
    }

    private static Task<Reply> SendAsync(
        Stage stage,
        string who,
        string action,
        RequestId id,
        params (string, string)[] inputs
    ) => stage.ClickAsync(who, action, id.ToString(), submits: true, inputs: inputs);
}
