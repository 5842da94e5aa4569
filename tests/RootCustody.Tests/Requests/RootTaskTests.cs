using RootCustody.Accounts;
using RootCustody.Requests;

namespace RootCustody.Tests.Requests;

public sealed class RootTaskTests
{
    /// <summary>The root sessions that AWS has a policy for (IAM User Guide, "Perform a privileged task").</summary>
    private static readonly string[] RootSessions =
    [
        "IAMAuditRootUserCredentials",
        "IAMCreateRootUserPassword",
        "IAMDeleteRootUserCredentials",
        "S3UnlockBucketPolicy",
        "SQSUnlockQueuePolicy",
    ];

    /// <summary>The first command of each way, null where only root can; then what to ask of the commercial account of one of GovCloud, null where only AWS Support can say.</summary>
    [Theory]
    [InlineData(
        "lock-out",
        "aws iam attach-user-policy",
        "aws sts assume-role",
        "aws iam attach-user-policy",
        "aws iam attach-user-policy",
        "govcloud"
    )]
    [InlineData(
        "abuse",
        "aws iam update-access-key",
        "aws organizations attach-policy",
        "aws iam update-access-key",
        "aws iam update-access-key",
        "govcloud"
    )]
    [InlineData("root-email", null, "aws account start-primary-email-update", null, null, null)]
    [InlineData("root-password", null, "aws sts assume-root", null, null, "govcloud")]
    [InlineData("s3-unlock", null, "aws sts assume-root", null, null, "govcloud")]
    [InlineData("sqs-unlock", null, "aws sts assume-root", null, null, "govcloud")]
    [InlineData("s3-mfa-delete", null, null, null, null, null)]
    [InlineData("billing", null, null, null, null, "billing")]
    [InlineData("tax-invoice", null, null, null, null, "tax-invoice")]
    [InlineData("close", null, "aws organizations close-account", null, null, "close")]
    [InlineData("kms", null, null, null, null, null)]
    [InlineData("ri-seller", null, null, null, null, null)]
    [InlineData("govcloud", null, null, null, null, "govcloud")]
    [InlineData("mturk", null, null, null, null, null)]
    public void The_least_power_depends_on_where_the_account_stands(
        string id,
        string? alone,
        string? member,
        string? management,
        string? govCloud,
        string? ofCommercial
    )
    {
        var task = RootTask.Find(id)!;

        Assert.Equal(
            [alone, member, management, govCloud],
            Enum.GetValues<AccountKind>().Select(kind => First(task.WayOf(kind)))
        );
        Assert.Equal(ofCommercial, task.AskCommercial);

        static string? First(WeakerWay? way) =>
            way is null ? null : string.Join(' ', way.Commands[0].Split(' ').Take(3));
    }

    [Fact]
    public void Work_as_an_IAM_user_is_no_root_task_and_root_tasks_are_not_for_IAM_users()
    {
        var root = Account.Of("111122223333", "Shop", "root@shop.example", default, default, default, Cast.Noon);
        var user = Account.Of("111122223333/deploy", "Deployer", "", default, default, default, Cast.Noon);

        Assert.DoesNotContain(RootTask.AsUser, RootTask.Catalogue);
        Assert.Same(RootTask.AsUser, RootTask.Find("iam-user"));
        Assert.All(RootTask.Catalogue, t => Assert.Equal((true, false), (t.IsFor(root), t.IsFor(user))));
        Assert.Equal((false, true), (RootTask.AsUser.IsFor(root), RootTask.AsUser.IsFor(user)));
    }

    [Fact]
    public void The_table_above_has_every_task()
    {
        var told = typeof(RootTaskTests)
            .GetMethod(nameof(The_least_power_depends_on_where_the_account_stands))!
            .GetCustomAttributesData()
            .Where(a => a.AttributeType == typeof(InlineDataAttribute))
            .Select(a =>
                (string)
                    ((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)[
                        0
                    ].Value!
            );

        Assert.Equal(RootTask.Catalogue.Select(t => t.Id), told);
    }

    [Fact]
    public void Each_task_says_what_to_prepare_what_to_do_how_it_is_proven_and_what_can_go_wrong() =>
        Assert.All(
            RootTask.Catalogue,
            task =>
                Assert.All(
                    [task.Name, task.Prepare, task.Proof, task.Risk, task.Steps[0], .. task.Steps],
                    text => Assert.Matches("^[A-Z].{5,}$", text)
                )
        );

    [Fact]
    public void A_root_session_is_one_of_those_that_AWS_has_and_only_into_a_member()
    {
        var sessions =
            from task in RootTask.Catalogue
            from kind in Enum.GetValues<AccountKind>()
            from command in task.WayOf(kind)?.Commands ?? []
            where command.Contains("assume-root ", StringComparison.Ordinal)
            select (kind, Policy: command.Split("root-task/")[1]);

        Assert.NotEmpty(sessions);
        Assert.All(sessions, session => Assert.Equal(AccountKind.Member, session.kind));
        Assert.All(sessions, session => Assert.Contains(session.Policy, RootSessions));
    }

    [Theory]
    [InlineData("close", "leaves this to its commercial account: ask for Shop (111122223333), with this same task.")]
    [InlineData("s3-unlock", "ask for Shop (111122223333), with the task \"Sign up for GovCloud or its root keys\".")]
    [InlineData("kms", "Ask AWS Support how this is done there")]
    public void Root_of_a_commercial_account_is_asked_for_what_it_does_for_its_account_of_GovCloud(
        string id,
        string words
    ) => Assert.Contains(words, RootTask.Find(id)!.ByCommercial("Shop (111122223333)"), StringComparison.Ordinal);

    [Fact]
    public void A_policy_of_AWS_is_named_in_the_partition_of_the_account()
    {
        var named =
            from task in RootTask.Catalogue
            from kind in Enum.GetValues<AccountKind>()
            from command in task.WayOf(kind)?.Commands ?? []
            where command.Contains("policy/AdministratorAccess", StringComparison.Ordinal)
            select (kind == AccountKind.GovCloud, command.Contains("arn:aws-us-gov:iam:", StringComparison.Ordinal));

        Assert.Equal([(false, false), (true, true)], named.Distinct());
    }

    [Fact]
    public void A_command_is_told_for_the_account_that_it_is_about()
    {
        var way = RootTask.Find("close")!.WayOf(AccountKind.Member)!;

        Assert.Equal(["aws organizations close-account --account-id 111122223333"], way.CommandsFor("111122223333"));
    }
}
