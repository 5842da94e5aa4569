using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Desk.Requests;

/// <summary>Root is the last answer, not the first.</summary>
public sealed class WithoutRootTests
{
    private const string Reason = "The bucket is in another partition.";

    [DatabaseFact]
    public async Task Whoever_can_do_it_with_less_is_told_the_command_before_anyone_is_asked()
    {
        await using var stage = await MemberAsync();

        var reply = await AskAsync(stage, "s3-unlock");

        var (field, sentence) = Assert.Single(Assert.IsType<Reply.Corrected>(reply).Errors);
        Assert.Equal("rootless", field);
        Assert.Contains("aws sts assume-root --target-principal 111122223333 ", sentence, StringComparison.Ordinal);
        Assert.Contains("root-task/S3UnlockBucketPolicy ", sentence, StringComparison.Ordinal);
        Assert.Contains(" ; then: aws s3api delete-bucket-policy", sentence, StringComparison.Ordinal);
        Assert.False(await stage.InDbAsync(db => db.Requests.AnyAsync()));
        Assert.Empty(await stage.CardsAsync(Purpose.Approval));
    }

    [DatabaseTheory]
    [InlineData("does not", false)] // nine characters
    [InlineData("          does not          ", false)]
    [InlineData(Reason, true)]
    public async Task Whoever_says_why_that_does_not_do_goes_on_to_root_and_the_custodians_read_it(
        string reason,
        bool goesOn
    )
    {
        await using var stage = await MemberAsync();

        var reply = await AskAsync(stage, "s3-unlock", reason);

        Assert.Equal(goesOn, reply is Reply.Said);
        Assert.Equal(goesOn ? 1 : 0, await stage.InDbAsync(db => db.Requests.CountAsync()));
        if (!goesOn)
            return;
        var facts = (await stage.CardsAsync(Purpose.Approval, Stage.Paul)).Single().Facts;
        Assert.Contains(facts, f => f.Name == "Why" && f.Value.EndsWith(Reason, StringComparison.Ordinal));
        Assert.Contains(facts, f => f.Name == "Without root" && f.Value.Contains("deletes the policy"));
        Assert.Contains(facts, f => f.Name == "Risk");
    }

    [DatabaseTheory]
    [InlineData("s3-unlock", false)] // stands alone: only root can
    [InlineData("billing", true)] // a member: only root can
    [InlineData("lock-out", true)] // there is a way, but this cannot wait
    public async Task Nobody_is_held_up_where_only_root_can_or_in_an_emergency_that_cannot_wait(
        string task,
        bool isMember
    )
    {
        await using var stage = isMember ? await MemberAsync() : await Stage.SetAsync();

        Assert.IsType<Reply.Said>(await AskAsync(stage, task));

        Assert.Equal(task, (await stage.InDbAsync(db => db.Requests.SingleAsync())).Task);
    }

    [DatabaseFact]
    public async Task What_is_planned_can_wait()
    {
        await using var stage = await MemberAsync();

        var reply = await AskAsync(stage, "lock-out", plannedAt: Stage.Noon.AddHours(5));

        Assert.Contains(
            "OrganizationAccountAccessRole",
            Assert.IsType<Reply.Corrected>(reply).Errors["rootless"],
            StringComparison.Ordinal
        );
    }

    [DatabaseFact]
    public async Task The_head_of_an_organisation_is_not_sent_to_a_root_session()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DecideAsync(async db =>
        {
            var head = await db.Accounts.SingleAsync();
            var member = OtherAccount(head, "Member", stage.Clock.GetUtcNow());
            member.BelongTo(head.Id);
            db.Accounts.Add(member);
        });

        Assert.IsType<Reply.Said>(await AskAsync(stage, "s3-unlock"));
    }

    [DatabaseFact]
    public async Task Both_holders_read_what_to_do_while_the_window_is_open()
    {
        await using var stage = await Stage.SetAsync();
        await stage.OpenAsync();

        foreach (var holder in (string[])[Stage.Paul, Stage.Mona])
        {
            var lines = (await stage.CardsAsync(Purpose.Approval, holder)).Single().Lines;
            Assert.Contains(lines, l => l.StartsWith("1. Open IAM", StringComparison.Ordinal));
            Assert.Contains(lines, l => l.StartsWith("Done when: ", StringComparison.Ordinal));
        }
        var petra = (await stage.CardsAsync(Purpose.Approval, Stage.Petra)).Single().Lines;
        Assert.DoesNotContain(petra, l => l.StartsWith("1. ", StringComparison.Ordinal));
    }

    private static async Task<Stage> MemberAsync()
    {
        var stage = await Stage.SetAsync();
        await stage.DecideAsync(async db =>
        {
            var member = await db.Accounts.SingleAsync();
            var head = OtherAccount(member, "Head", stage.Clock.GetUtcNow());
            db.Accounts.Add(head);
            member.BelongTo(head.Id);
        });
        return stage;
    }

    private static Account OtherAccount(Account like, string name, DateTimeOffset now) =>
        Account.Of("999988887777", name, "head@acme.example", like.Customer, like.PasswordGroup, like.MfaGroup, now);

    private static Task<Reply> AskAsync(
        Stage stage,
        string task,
        string reason = "",
        DateTimeOffset? plannedAt = null
    ) =>
        stage.ClickAsync(
            Stage.Rita,
            Actions.Request,
            submits: true,
            inputs:
            [
                ("account", stage.Account.ToString()),
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
}
