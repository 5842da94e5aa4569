namespace RootCustody.EndToEnd;

public sealed class TasksVerbTests
{
    [Fact]
    public async Task A_task_is_printed_with_its_steps_and_with_the_way_without_root()
    {
        using var console = new ConsoleRuns();

        var (code, output, _) = await console.RunAsync("", [], "tasks", "s3-unlock");

        Assert.Equal(0, code);
        Assert.Contains("Standalone   only root", output, StringComparison.Ordinal);
        Assert.Contains("root-task/S3UnlockBucketPolicy", output, StringComparison.Ordinal);
        Assert.Contains("Done when    CloudTrail", output, StringComparison.Ordinal);
        Assert.DoesNotContain("mturk", output, StringComparison.Ordinal);
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
