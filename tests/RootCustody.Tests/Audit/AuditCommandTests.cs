using RootCustody.AuditTool;

namespace RootCustody.Tests.Audit;

public class AuditCommandTests
{
    [Fact]
    public async Task A_sound_export_is_told_with_its_head()
    {
        var log = Logs.Of("one", "two");

        var (code, output, errors) = await RunAsync(await Logs.ExportAsync(log), "verify", "-");

        Assert.Equal(AuditCommand.Sound, code);
        Assert.Equal(
            $"""
            Sound: 2 entries, each as it was written and in its place.
            First: 2026-03-02 12:00:00.000 UTC
            Last:  2026-03-02 12:01:00.000 UTC
            Head:  2:{log[1].Hash}

            """,
            output,
            ignoreLineEndingDifferences: true
        );
        Assert.Empty(errors);
    }

    [Fact]
    public async Task A_broken_export_is_told_with_its_line()
    {
        var export = await Logs.ExportAsync(Logs.Of("one", "two"));

        var (code, output, _) = await RunAsync(export[..^100], "verify", "-");

        Assert.Equal(AuditCommand.Broken, code);
        Assert.StartsWith("Broken at line 3: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_without_the_known_head_is_broken()
    {
        var log = Logs.Of("one", "two");
        var known = Logs.Of("one", "other")[1].Head;

        var (code, output, _) = await RunAsync(await Logs.ExportAsync(log), "verify", "-", "--head", known.ToString());

        Assert.Equal(AuditCommand.Broken, code);
        Assert.StartsWith("Broken at line 2: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_read_by_its_name()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllBytesAsync(
            file,
            await Logs.ExportAsync(Logs.Of("one")),
            TestContext.Current.CancellationToken
        );

        var (code, _, _) = await RunAsync([], "verify", file);
        File.Delete(file);

        Assert.Equal(AuditCommand.Sound, code);
    }

    [Theory]
    [InlineData("verify", "no-such-file.jsonl")]
    [InlineData("verify", ".")]
    [InlineData("verify", "")]
    [InlineData("verify", "\0")]
    public async Task What_cannot_be_read_is_said_in_one_sentence(params string[] args)
    {
        var (code, output, errors) = await RunAsync([], args);

        Assert.Equal(AuditCommand.Unreadable, code);
        Assert.Empty(output);
        Assert.StartsWith("Cannot read the export: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("verify")]
    [InlineData("verify", "-", "--head")]
    [InlineData("verify", "-", "--head", "12")]
    [InlineData("verify", "-", "--head", "1:00", "--head", "2:00")]
    [InlineData("prove", "-")]
    public async Task A_mistyped_command_line_never_looks_like_a_broken_log(params string[] args)
    {
        var (code, _, errors) = await RunAsync([], args);

        Assert.Equal(AuditCommand.Unreadable, code);
        Assert.NotEmpty(errors);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("verify", "--help")]
    public async Task Help_is_no_error(params string[] args)
    {
        var (code, output, _) = await RunAsync([], args);

        Assert.Equal(AuditCommand.Sound, code);
        Assert.Contains("verify", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(byte[] input, params string[] args)
    {
        using var stream = new MemoryStream(input);
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await AuditCommand.RunAsync(args, stream, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
