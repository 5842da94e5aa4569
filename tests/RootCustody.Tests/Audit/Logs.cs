using System.Text;
using CsCheck;
using RootCustody.Audit;

namespace RootCustody.Tests.Audit;

/// <summary>Audit logs to try the verifier on.</summary>
internal static class Logs
{
    public static DateTimeOffset Noon { get; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Any text that a person can type, astral characters and control characters included.</summary>
    public static Gen<string> Text { get; } =
        Gen.Frequency((8, Gen.Char[' ', '~']), (1, Gen.Char), (1, Gen.OneOf('"', '\\', '\n', '\u2028', '\0', 'é')))
            .Array[0, 12]
            .Select(chars => new string(chars));

    /// <summary>A sound log of 1 to 6 entries.</summary>
    public static Gen<IReadOnlyList<SequencedEntry>> Sound { get; } =
        Text.Array[1, 6].Select(texts => Chain.Number(ChainHead.Genesis, [.. texts.Select(Entry)]));

    public static string Entry(string reason, int minute) =>
        AuditText.Of(Noon.AddMinutes(minute), "request.asked", "system", [new("reason", reason)]);

    public static IReadOnlyList<SequencedEntry> Of(params string[] reasons) =>
        Chain.Number(ChainHead.Genesis, [.. reasons.Select(Entry)]);

    public static Task<byte[]> ExportAsync(IReadOnlyList<SequencedEntry> log) =>
        ExportAsync(log, log.Count == 0 ? ChainHead.Genesis : log[^1].Head);

    public static async Task<byte[]> ExportAsync(IReadOnlyList<SequencedEntry> log, ChainHead head)
    {
        using var export = new MemoryStream();
        await ExportWriter.WriteAsync(export, head, log.ToAsyncEnumerable(), Noon, CancellationToken.None);
        return export.ToArray();
    }

    public static async Task<Verification> VerifyAsync(byte[] export, ChainHead? known = null)
    {
        using var stream = new MemoryStream(export);
        return await Verifier.VerifyAsync(stream, known, CancellationToken.None);
    }

    /// <summary>The lines of an export, each with its newline.</summary>
    public static List<byte[]> Split(byte[] export) =>
        [
            .. Encoding
                .Latin1.GetString(export)
                .TrimEnd('\n')
                .Split('\n')
                .Select(l => Encoding.Latin1.GetBytes(l + "\n")),
        ];
}
