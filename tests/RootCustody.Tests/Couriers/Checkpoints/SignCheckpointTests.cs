using RootCustody.Audit;
using RootCustody.AuditTool;
using RootCustody.Couriers.Checkpoints;
using RootCustody.Couriers.Vault.Http;
using RootCustody.Tests.Couriers.Vault.Http;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Checkpoints;

/// <summary>Checkpoints signed by the vault, and what an auditor finds out with one and the public key, without any of us.</summary>
[Trait("Law", "13")]
public sealed class SignCheckpointTests : IAsyncLifetime
{
    private readonly TempFolder temp = new();
    private HttpVaults vaults = null!;
    private SignCheckpoint sign = null!;

    public async ValueTask InitializeAsync()
    {
        vaults = await HttpVaults.OpenAsync();
        sign = SignerOf("rootcustody.example/audit");
    }

    public async ValueTask DisposeAsync()
    {
        await vaults.DisposeAsync();
        temp.Dispose();
    }

    [Fact]
    public async Task A_log_that_only_grew_since_is_sound()
    {
        await CheckpointAsync(Log("a", "b"));

        Assert.Equal(AuditCommand.Sound, (await VerifyAsync(Log("a", "b", "c"))).Code);
    }

    [Theory]
    [InlineData("written anew", "a", "x", "c")]
    [InlineData("cut", "a")]
    public async Task A_log_that_was_changed_or_cut_before_it_is_broken(string _, params string[] entries)
    {
        await CheckpointAsync(Log("a", "b"));

        var (code, said) = await VerifyAsync(Log(entries));

        Assert.Equal(AuditCommand.Broken, code);
        Assert.Contains("known head", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("head")]
    [InlineData("name")]
    [InlineData("signature")]
    [InlineData("more")]
    [InlineData("rubbish")]
    public async Task A_checkpoint_that_was_changed_proves_nothing(string what)
    {
        await CheckpointAsync(Log("a", "b"));
        var note = await File.ReadAllTextAsync(temp.In("note"), Cancel);
        var other = Log("x")[^1].Head.ToString();
        note = what switch
        {
            "head" => note.Replace(Log("a", "b")[^1].Head.ToString(), other, StringComparison.Ordinal),
            "name" => note.Replace("rootcustody.example", "elsewhere.example", StringComparison.Ordinal),
            "signature" => note.Replace(note[^20..^10], "AAAAAAAAAA", StringComparison.Ordinal),
            "more" => note + "more\n",
            _ => "rubbish",
        };
        await File.WriteAllTextAsync(temp.In("note"), note, Cancel);

        Assert.Equal(AuditCommand.Unreadable, (await VerifyAsync(Log("a", "b"))).Code);
    }

    [Fact]
    public async Task A_checkpoint_of_an_older_version_of_the_key_is_checked_with_that_and_no_other()
    {
        await CheckpointAsync(Log("a"));
        await vaults.Prepared.Operator.WriteAsync("rc-audit/keys/checkpoint/rotate");

        var keys = await sign.KeysAsync(Cancel);

        Assert.Equal(2, keys.Count);
        Assert.Equal(AuditCommand.Sound, (await VerifyAsync(Log("a"), keys[0])).Code);
        Assert.Equal(AuditCommand.Unreadable, (await VerifyAsync(Log("a"), keys[1])).Code);
    }

    [Fact]
    public async Task A_key_reads_as_it_is_written_and_with_nothing_changed()
    {
        var text = (await sign.KeysAsync(Cancel))[0].ToString();

        Assert.True(CheckpointKey.TryParse(text, out var key));
        Assert.Equal(text, key.ToString());
        for (var at = 0; at < text.Length; at++)
            Assert.False(CheckpointKey.TryParse(text.Remove(at, 1), out _));
    }

    [Theory]
    [InlineData("--key")]
    [InlineData("--checkpoint")]
    public async Task A_checkpoint_without_a_key_is_a_mistake_and_so_is_a_key_alone(string option)
    {
        var key = (await sign.KeysAsync(Cancel))[0].ToString();
        using var errors = new StringWriter();

        var code = await AuditCommand.RunAsync(
            ["verify", "-", option, option == "--key" ? key : "note"],
            Stream.Null,
            TextWriter.Null,
            errors
        );

        Assert.Equal(AuditCommand.Unreadable, code);
        Assert.Contains("give --checkpoint and --key", errors.ToString(), StringComparison.Ordinal);
    }

    private SignCheckpoint SignerOf(string name)
    {
        var settings = vaults.Prepared.Checkpoints;
        var identity = VaultIdentity.OfCheckpoints(
            "AuditVault",
            settings,
            "checkpoint",
            "rc-password",
            "rc-mfa",
            "rc-stepup"
        );
        return new SignCheckpoint(new TransitSigner(vaults.ClientOf(identity), settings.Mount, "checkpoint"), name);
    }

    private static IReadOnlyList<SequencedEntry> Log(params string[] entries) =>
        Chain.Number(
            ChainHead.Genesis,
            [.. entries.Select(e => $$"""{"at":"2026-11-26T12:00:00.000Z","kind":"{{e}}"}""")]
        );

    private async Task CheckpointAsync(IReadOnlyList<SequencedEntry> log) =>
        await File.WriteAllTextAsync(temp.In("note"), await sign.HandleAsync(log[^1].Head, Cancel), Cancel);

    private async Task<(int Code, string Said)> VerifyAsync(
        IReadOnlyList<SequencedEntry> log,
        CheckpointKey? key = null
    )
    {
        using var export = new MemoryStream();
        await ExportWriter.WriteAsync(export, log[^1].Head, log.ToAsyncEnumerable(), Noon, Cancel);
        export.Position = 0;
        using var said = new StringWriter();
        var known = (key ?? (await sign.KeysAsync(Cancel))[0]).ToString();
        var code = await AuditCommand.RunAsync(
            ["verify", "-", "--checkpoint", temp.In("note"), "--key", known],
            export,
            said,
            said
        );
        return (code, said.ToString());
    }
}
