namespace RootCustody.EndToEnd;

public sealed class TasksVerbTests
{
    private const string Directory = """
        {
          "customers": [{ "key": "acme", "name": "Acme" }],
          "groups": [
            { "key": "passwords", "name": "Password custodians", "keeps": "password", "members": [] },
            { "key": "mfa", "name": "MFA custodians", "keeps": "mfa", "members": [] }
          ],
          "accounts": [
            { "number": "444455556666", "name": "GovCloud", "email": "gov@acme.example", "customer": "acme",
              "passwordGroup": "passwords", "mfaGroup": "mfa", "govCloudOf": "111122223333" },
            { "number": "111122223333", "name": "Production", "email": "aws@acme.example", "customer": "acme",
              "passwordGroup": "passwords", "mfaGroup": "mfa" }
          ]
        }
        """;

    [Fact]
    public async Task A_task_is_printed_with_its_steps_and_with_the_way_without_root()
    {
        using var console = new ConsoleRuns();

        var (code, output, _) = await console.RunAsync("", [], "tasks", "s3-unlock");

        Assert.Equal(0, code);
        Assert.Contains("Standalone   only root", output, StringComparison.Ordinal);
        Assert.Contains("GovCloud     only root", output, StringComparison.Ordinal);
        Assert.Contains("ask for its commercial account, with the task", output, StringComparison.Ordinal);
        Assert.Contains("root-task/S3UnlockBucketPolicy", output, StringComparison.Ordinal);
        Assert.Contains("Done when    CloudTrail", output, StringComparison.Ordinal);
        Assert.DoesNotContain("mturk", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_one_account_only_its_own_way_is_printed_and_that_of_GovCloud_is_sent_to_its_commercial_account()
    {
        using var console = new ConsoleRuns();
        var people = Path.Combine(console.Directory, "people.json");
        await File.WriteAllTextAsync(people, Directory, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await console.RunAsync("", [], "import", people)).Code);

        var (code, output, _) = await console.RunAsync("", [], "tasks", "close", "--account", "444455556666");
        var (unknown, _, errors) = await console.RunAsync("", [], "tasks", "close", "--account", "999999999999");

        Assert.Equal(0, code);
        Assert.Contains("ask for Production (111122223333), with this same task.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Standalone", output, StringComparison.Ordinal);
        Assert.NotEqual(0, unknown);
        Assert.Contains("There is no account 999999999999.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_task_is_answered_by_those_that_there_are()
    {
        using var console = new ConsoleRuns();

        var (code, output, errors) = await console.RunAsync("", [], "tasks", "bitcoin");

        Assert.NotEqual(0, code);
        Assert.Empty(output);
        Assert.Contains("mturk", errors, StringComparison.Ordinal);
    }
}
