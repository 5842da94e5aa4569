using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Chat;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk;

/// <summary>An IAM user of an older contract who has no MFA device: one half, and approval by both groups or, if policy says so, by one.</summary>
public sealed class IamUserWithoutMfaTests
{
    [DatabaseFact]
    [Trait("Law", "2")]
    public async Task Both_groups_approve_and_the_second_person_gets_nothing_to_see()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.WithoutMfaAsync(stage);
        var id = await AskAsync(stage, user);

        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        Assert.Equal(RequestState.Asked, (await stage.RequestAsync(id)).State);
        Assert.IsNotType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen()));
        await stage.ClickAsync(Stage.Mona, Actions.Approve, id.ToString());
        var code = await stage.RevealAsync(Stage.Mona, id, Half.Mfa, new Screen());
        var password = new Screen();

        Assert.Equal(RequestState.Open, (await stage.RequestAsync(id)).State);
        Assert.Contains("there is no code to show", Assert.IsType<Reply.Said>(code).Text, StringComparison.Ordinal);
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, id, Half.Password, password));
        Assert.Equal(32, Assert.Single(password.Lines).Length);
        Assert.Single(await stage.CardsAsync(Purpose.Pointer));
        Assert.Equal(
            [(stage.People[Stage.Paul], Half.Password)],
            await stage.InDbAsync(async db =>
                (await db.Exposures.Where(e => e.Request == id).ToListAsync()).Select(e => (e.Person, e.Half)).ToArray()
            )
        );
        var card = Assert.Single(await stage.CardsAsync(Purpose.Approval, Stage.Mona));
        Assert.Contains(
            card.Lines,
            l => l.StartsWith("You hold the part of the second person", StringComparison.Ordinal)
        );
        Assert.Contains(card.Facts, f => f.Name == "Second person");
    }

    [DatabaseFact]
    [Trait("Law", "2")]
    public async Task By_policy_the_password_group_alone_approves_and_the_other_group_is_neither_asked_nor_heard()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.WithoutMfaAsync(stage);
        await SetOneGroupAsync(stage);
        var id = await AskAsync(stage, user);

        Assert.Empty(await stage.CardsAsync(Purpose.Approval, Stage.Mona));
        Assert.NotEmpty(await stage.CardsAsync(Purpose.Approval, Stage.Petra));
        var refused = await stage.ClickAsync(Stage.Mona, Actions.Approve, id.ToString());
        var denied = await stage.ClickAsync(
            Stage.Mike,
            Actions.Deny,
            id.ToString(),
            submits: true,
            inputs: [("reason", "Not now.")]
        );
        var own = await stage.ClickAsync(Stage.Rita, Actions.Approve, id.ToString());
        Assert.Equal(RequestState.Asked, (await stage.RequestAsync(id)).State);
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());

        Assert.All(
            [refused, denied],
            reply => Assert.Equal(Sentences.For(Refusal.GroupNotAsked), Assert.IsType<Reply.Said>(reply).Text)
        );
        Assert.Empty((await stage.RequestAsync(id)).Denials);
        Assert.IsNotType<Reply.Drawn>(own);
        var open = await stage.RequestAsync(id);
        Assert.Equal((RequestState.Open, null), (open.State, open.MfaApprover));
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen()));
        Assert.IsNotType<Reply.Shown>(await stage.RevealAsync(Stage.Petra, id, Half.Password, new Screen()));
    }

    [DatabaseFact]
    public async Task One_group_lengthens_the_window_and_its_holder_ends_the_emergency_once_the_password_was_in_hand()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.WithoutMfaAsync(stage);
        await SetOneGroupAsync(stage);
        var id = await AskAsync(stage, user);
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        var closes = (await stage.RequestAsync(id)).Closes;

        await stage.ClickAsync(
            Stage.Paul,
            Actions.Extend,
            id.ToString(),
            submits: true,
            inputs: [("reason", "The release takes longer.")]
        );
        Assert.Equal(closes, (await stage.RequestAsync(id)).Closes);
        await stage.ClickAsync(Stage.Petra, Actions.Lengthen, id.ToString());
        Assert.True((await stage.RequestAsync(id)).Closes > closes);
        var early = await DoneAsync(stage, id);
        await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
        await DoneAsync(stage, id);

        Assert.Equal(Sentences.For(Refusal.NotBothInHand), Assert.IsType<Reply.Said>(early).Text);
        Assert.Equal(RequestState.Closed, (await stage.RequestAsync(id)).State);
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task Its_rotation_takes_both_groups_whatever_policy_says_of_requests()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.WithoutMfaAsync(stage);
        await SetOneGroupAsync(stage);
        await stage.DecideAsync(async db =>
            (await db.Accounts.SingleAsync(a => a.Id == user)).Owe(stage.Policy, db.Now)
        );
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var id = await stage.InDbAsync(db => db.Requests.Select(r => r.Id).SingleAsync());

        await stage.ClickAsync(Stage.Petra, Actions.Approve, id.ToString());
        Assert.Equal(RequestState.Asked, (await stage.RequestAsync(id)).State);
        await stage.ClickAsync(Stage.Mike, Actions.Approve, id.ToString());
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Petra, id, Half.Password, new Screen()));
        await stage.ClickAsync(Stage.Petra, Actions.Rotated, id.ToString());
        Assert.NotNull((await IamUsers.OfAsync(stage, user)).OwesSince);
        var witness = Assert.Single(await stage.CardsAsync(Purpose.Approval, Stage.Mike));
        await stage.ClickAsync(Stage.Mike, Actions.Rotated, id.ToString());

        Assert.Contains(witness.Lines, l => l.StartsWith("There is no code to speak", StringComparison.Ordinal));
        var after = await IamUsers.OfAsync(stage, user);
        Assert.Equal((2, null), (after.PasswordGeneration, after.OwesSince));
    }

    [DatabaseFact]
    public async Task Nobody_of_the_other_group_is_reminded_of_what_one_group_approves()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.WithoutMfaAsync(stage);
        await SetOneGroupAsync(stage);
        await AskAsync(stage, user);

        stage.Clock.Advance(TimeSpan.FromMinutes(11));
        await stage.RunAsync<EscalateRequestsJob>(job => job.RunAsync(CancellationToken.None));

        Assert.NotEmpty(await stage.CardsAsync(Purpose.Reminder, Stage.Paul));
        Assert.Empty(await stage.CardsAsync(Purpose.Reminder, Stage.Mona));
        var call = Assert.Single(await stage.CardsAsync(Purpose.DutyCall));
        Assert.EndsWith("still waits: nobody has taken the password half.", call.Lines[0], StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task The_policy_counts_for_none_who_has_an_MFA_device()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.InCustodyAsync(stage);
        await SetOneGroupAsync(stage);
        var id = await AskAsync(stage, user);

        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());

        Assert.Equal(RequestState.Asked, (await stage.RequestAsync(id)).State);
    }

    [DatabaseFact]
    public async Task Two_administrators_set_it_for_the_account_read_what_it_weakens_and_it_counts_for_its_users()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.WithoutMfaAsync(stage);
        await stage.MakeAsync("set-policy account 111122223333 OneGroupApproves true");

        var id = await AskAsync(stage, user);

        Assert.True((await stage.RequestAsync(id)).ByOneGroup);
        Assert.Contains(
            await stage.InDbAsync(db => db.Proposals.Select(p => p.Change).ToListAsync()),
            t => t.Contains("ATTENTION: this weakens the separation of people.", StringComparison.Ordinal)
        );
    }

    [DatabaseFact]
    public async Task Once_a_device_is_expected_nothing_is_asked_before_it_is_here()
    {
        await using var stage = await Stage.SetAsync();
        var user = await IamUsers.WithoutMfaAsync(stage);
        await stage.DecideAsync(async db => (await db.Accounts.SingleAsync(a => a.Id == user)).ExpectMfa());

        var asked = await IamUsers.SubmitAskAsync(stage, user, RootTask.AsUser.Id);

        Assert.Contains("no complete credential", Words(asked), StringComparison.Ordinal);
        Assert.False(await stage.InDbAsync(db => db.Requests.AnyAsync()));
        Assert.DoesNotContain(
            user,
            await stage.InDbAsync(db => db.Accounts.InCustody().Select(a => a.Id).ToListAsync())
        );
    }

    private static string Words(Reply reply) =>
        reply switch
        {
            Reply.Said said => said.Text,
            Reply.Corrected corrected => string.Join(' ', corrected.Errors.Values),
            _ => reply.ToString()!,
        };

    private static Task<Reply> DoneAsync(Stage stage, RequestId id) =>
        stage.ClickAsync(
            Stage.Paul,
            Actions.Done,
            id.ToString(),
            submits: true,
            inputs: [("log", "Released."), ("signedout", "yes")]
        );

    private static Task SetOneGroupAsync(Stage stage) =>
        stage.DecideAsync(db =>
        {
            db.PolicyOverrides.Add(
                PolicyOverride.Of(PolicyScope.Account, IamUsers.Number, nameof(Policy.OneGroupApproves), "true")
            );
            return Task.CompletedTask;
        });

    private static async Task<RequestId> AskAsync(Stage stage, AccountId user)
    {
        Assert.IsType<Reply.Said>(await IamUsers.SubmitAskAsync(stage, user, RootTask.AsUser.Id));
        return await stage.InDbAsync(db =>
            db.Requests.Where(r => r.Account == user && r.State == RequestState.Asked).Select(r => r.Id).SingleAsync()
        );
    }
}
