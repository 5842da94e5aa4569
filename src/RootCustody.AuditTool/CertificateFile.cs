using RootCustody.Audit;

namespace RootCustody.AuditTool;

/// <summary>A transfer certificate that somebody was given, and what they are told of it.</summary>
internal sealed class CertificateFile(string path, TextWriter output, TextWriter errors)
{
    /// <param name="note">The signed text; null if there is none.</param>
    /// <param name="key">Whose signature it has to bear; null without a text.</param>
    /// <param name="export">The log; null if there is none to look into.</param>
    public async Task<int> CheckAsync(
        string? note,
        CheckpointKey? key,
        string? export,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (!Certificate.TryRead(await ReadAsync(path, cancellationToken), out var certificate))
                return await UnreadableAsync(
                    "That is no transfer certificate, or it was changed: an entry does not have its hash."
                );
            if (note is not null && !await IsSignedAsync(certificate, note, key!, cancellationToken))
                return await BrokenAsync(
                    "The text is not that of this certificate, or is not signed by this key. Nothing was learnt from it."
                );
            if (export is not null && await FaultInAsync(certificate, export, cancellationToken) is { } fault)
                return await BrokenAsync(fault);
            await TellAsync(certificate, note is not null, export is not null);
            return AuditCommand.Sound;
        }
        catch (Exception unreadable)
            when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return await UnreadableAsync($"Cannot read it: {unreadable.Message}");
        }
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken) =>
        new FileInfo(file).Length <= Certificate.Longest
            ? (await File.ReadAllTextAsync(file, cancellationToken)).TrimEnd('\n')
            : "";

    private static async Task<bool> IsSignedAsync(
        Certificate certificate,
        string note,
        CheckpointKey key,
        CancellationToken cancellationToken
    ) =>
        new FileInfo(note).Length <= Certificate.Longest
        && SignedNote.Read(await File.ReadAllTextAsync(note, cancellationToken), key, out var signatures) is { } text
        && text == certificate.TextFor(key.Name)
        && signatures.Any(s => SignedCheckpoint.IsSigned(text, key, s));

    /// <returns>What is wrong; null if each entry stands in the log.</returns>
    private static async Task<string?> FaultInAsync(
        Certificate certificate,
        string export,
        CancellationToken cancellationToken
    )
    {
        await using var log = File.OpenRead(export);
        if (await Verifier.VerifyAsync(log, certificate.Head, cancellationToken) is Verification.Broken broken)
            return $"The log is broken at line {broken.Line}: {broken.Sentence}";
        log.Position = 0;
        var missing = certificate.Entries.Select(e => e.Head).ToHashSet();
        await foreach (var entry in ExportReader.ReadAsync(log, cancellationToken))
            missing.Remove(entry.Head);
        return missing.Count == 0
            ? null
            : $"Entry {missing.Min(head => head.Sequence)} of the certificate does not stand in the log.";
    }

    private async Task TellAsync(Certificate certificate, bool isSigned, bool isInLog)
    {
        await output.WriteLineAsync($"Sound: {certificate.Entries.Count} entries, each with the hash of its content.");
        await output.WriteLineAsync(isSigned ? "Signed: yes, by this key." : "Signed: not looked at.");
        await output.WriteLineAsync(isInLog ? "In the log: each entry." : "In the log: not looked at.");
        foreach (var (name, value) in certificate.Facts)
            await output.WriteLineAsync($"{name}: {string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c))}");
    }

    private async Task<int> BrokenAsync(string sentence)
    {
        await output.WriteLineAsync($"Broken: {sentence}");
        return AuditCommand.Broken;
    }

    private async Task<int> UnreadableAsync(string sentence)
    {
        await errors.WriteLineAsync(sentence);
        return AuditCommand.Unreadable;
    }
}
