using System.Text;
using RootCustody.Audit;
using RootCustody.AuditTool;
using RootCustody.Couriers.Checkpoints;
using RootCustody.Couriers.Vault.Http;
using RootCustody.Tests.Couriers;
using RootCustody.Tests.Couriers.Vault.Http;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Audit;

/// <summary>A certificate signed by the vault, and what a customer finds out with it and the public key, without any of us.</summary>
[Trait("Law", "13")]
public sealed class CertificateTests : IAsyncLifetime
{
    private static readonly IReadOnlyList<SequencedEntry> Log = Chain.Number(
        ChainHead.Genesis,
        [.. Enumerable.Range(1, 6).Select(EntryOf)]
    );

    private static readonly Certificate Sample = new(
        [
            new("Account", "111122223333"),
            new("Receiver", "Receiver Ltd\nHead of the audit log: forged \u00e9 \"quoted\""),
        ],
        [Log[1], Log[3]],
        Log[4].Head
    );

    private readonly TempFolder temp = new();
    private HttpVaults vaults = null!;
    private string key = "";

    public async ValueTask InitializeAsync()
    {
        vaults = await HttpVaults.OpenAsync();
        var settings = vaults.Prepared.Checkpoints;
        var identity = VaultIdentity.OfCheckpoints(
            "AuditVault",
            settings,
            "checkpoint",
            "rc-password",
            "rc-mfa",
            "rc-stepup"
        );
        var signer = new SignCheckpoint(
            new TransitSigner(vaults.ClientOf(identity), settings.Mount, "checkpoint"),
            "rootcustody.example/audit"
        );
        key = (await signer.KeysAsync(Cancel))[0].ToString();
        await WriteAsync("c.json", Sample.Json + "\n");
        await WriteAsync("c.txt", await signer.SignAsync(Sample, Cancel));
        await WriteAsync("log", await ExportAsync(Log));
    }

    public async ValueTask DisposeAsync()
    {
        await vaults.DisposeAsync();
        temp.Dispose();
    }

    [Fact]
    public async Task As_it_was_made_it_is_sound()
    {
        var (code, said) = await CheckAsync("--note", temp.In("c.txt"), "--key", key, "--export", temp.In("log"));

        Assert.Equal(AuditCommand.Sound, code);
        Assert.Contains("Signed: yes", said, StringComparison.Ordinal);
        Assert.Contains("In the log: each entry", said, StringComparison.Ordinal);
        Assert.Contains("Account: 111122223333", said, StringComparison.Ordinal);
    }

    [Fact]
    public void It_reads_back_as_it_was_and_nothing_typed_looks_like_a_line_of_ours()
    {
        Assert.True(Certificate.TryRead(Sample.Json, out var read));
        Assert.Equal(Sample.Json, read.Json);
        Assert.Equal(Sample.Facts, read.Facts);
        Assert.Single(
            Sample.TextFor("x").Split('\n'),
            line => line.StartsWith("Head of the audit log", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("111122223333", "999922223333", AuditCommand.Broken)] // a fact: the text is another's
    [InlineData("event 2", "event 9", AuditCommand.Unreadable)] // an entry
    [InlineData("{\"kind\"", "{ \"kind\"", AuditCommand.Unreadable)] // another form
    [InlineData("]", "", AuditCommand.Unreadable)]
    public async Task Changed_json_is_found(string from, string to, int expected)
    {
        await WriteAsync("c.json", Sample.Json.Replace(from, to, StringComparison.Ordinal));

        Assert.Equal(expected, (await CheckAsync("--note", temp.In("c.txt"), "--key", key)).Code);
    }

    [Theory]
    [InlineData("111122223333", "999922223333")]
    [InlineData("rootcustody.example", "elsewhere.example")]
    public async Task A_changed_text_is_found(string from, string to)
    {
        var text = await File.ReadAllTextAsync(temp.In("c.txt"), Cancel);
        await WriteAsync("c.txt", text.Replace(from, to, StringComparison.Ordinal));

        Assert.Equal(AuditCommand.Broken, (await CheckAsync("--note", temp.In("c.txt"), "--key", key)).Code);
    }

    [Fact]
    public async Task A_signed_head_is_no_certificate_and_a_certificate_no_head()
    {
        var note = await File.ReadAllTextAsync(temp.In("c.txt"), Cancel);
        Assert.True(CheckpointKey.TryParse(key, out var known));
        Assert.Null(Checkpoint.Read(note, known, out _));
    }

    [Fact]
    public async Task A_log_that_lacks_an_entry_or_was_written_anew_is_found()
    {
        await WriteAsync("log", await ExportAsync([.. Log.Take(3)]));
        Assert.Equal(AuditCommand.Broken, (await CheckAsync("--export", temp.In("log"))).Code);

        await WriteAsync(
            "log",
            await ExportAsync(Chain.Number(ChainHead.Genesis, [.. Enumerable.Range(11, 6).Select(EntryOf)]))
        );
        Assert.Equal(AuditCommand.Broken, (await CheckAsync("--export", temp.In("log"))).Code);
    }

    [Fact]
    public async Task An_entry_that_was_never_in_the_log_is_found()
    {
        var forged = Chain.Number(Log[1].Head, [EntryOf(77)]);
        await WriteAsync("c.json", (Sample with { Entries = [Log[1], .. forged] }).Json);

        var (code, said) = await CheckAsync("--export", temp.In("log"));

        Assert.Equal(AuditCommand.Broken, code);
        Assert.Contains("Entry 3 of the certificate does not stand in the log", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"kind\":\"RootCustody transfer certificate\",\"facts\":{},\"entries\":[],\"head\":\"0:0\"}")]
    [InlineData("{\"kind\":1,\"facts\":[1],\"entries\":[{}],\"head\":2}")]
    public async Task Rubbish_is_none(string json)
    {
        await WriteAsync("c.json", json);

        Assert.Equal(AuditCommand.Unreadable, (await CheckAsync()).Code);
    }

    private static string EntryOf(int number) =>
        AuditText.Of(
            DateTimeOffset.UnixEpoch.AddSeconds(number),
            "thing.done",
            "system",
            [new("what2", $"event {number}")]
        );

    private static async Task<string> ExportAsync(IReadOnlyList<SequencedEntry> entries)
    {
        using var export = new MemoryStream();
        await ExportWriter.WriteAsync(
            export,
            entries[^1].Head,
            entries.ToAsyncEnumerable(),
            DateTimeOffset.UnixEpoch,
            Cancel
        );
        return Encoding.UTF8.GetString(export.ToArray());
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(temp.In(name), text, Cancel);

    private async Task<(int Code, string Said)> CheckAsync(params string[] options)
    {
        await using var output = new StringWriter();
        var code = await AuditCommand.RunAsync(
            ["certificate", temp.In("c.json"), .. options],
            Stream.Null,
            output,
            output
        );
        return (code, output.ToString());
    }
}
