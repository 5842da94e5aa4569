using System.Globalization;
using RootCustody.Audit;

namespace RootCustody.AuditTool;

/// <summary>The export that the auditor named, and what they are told of it.</summary>
internal sealed class Export(string path, Stream input)
{
    /// <summary>Against the head of a checkpoint, if that is signed as it should be.</summary>
    public async Task<int> VerifyAsync(
        string checkpoint,
        CheckpointKey key,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken
    )
    {
        ChainHead? head;
        try
        {
            head = await SignedCheckpoint.ReadAsync(checkpoint, key, cancellationToken);
        }
        catch (Exception unreadable)
            when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            await errors.WriteLineAsync($"Cannot read the checkpoint: {unreadable.Message}");
            return AuditCommand.Unreadable;
        }
        if (head is null)
        {
            await errors.WriteLineAsync("That is no checkpoint signed by this key. Nothing was learnt from it.");
            return AuditCommand.Unreadable;
        }
        return await VerifyAsync(head, output, errors, cancellationToken);
    }

    public async Task<int> VerifyAsync(
        ChainHead? known,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var export = Open();
            return Tell(await Verifier.VerifyAsync(export, known, cancellationToken), output);
        }
        catch (Exception unreadable)
            when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            await errors.WriteLineAsync($"Cannot read the export: {unreadable.Message}");
            return AuditCommand.Unreadable;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Stopped before the end; nothing is known about this export.");
            return AuditCommand.Unreadable;
        }
    }

    private Stream Open() =>
        path is "-"
            ? input
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1, useAsync: true);

    private static int Tell(Verification verification, TextWriter output)
    {
        if (verification is Verification.Broken broken)
        {
            output.WriteLine($"Broken at line {broken.Line}: {broken.Sentence}");
            return AuditCommand.Broken;
        }

        var sound = (Verification.Sound)verification; // there is no third
        output.WriteLine($"Sound: {sound.Head.Sequence} entries, each as it was written and in its place.");
        output.WriteLine($"First: {Time(sound.First)}");
        output.WriteLine($"Last:  {Time(sound.Last)}");
        output.WriteLine($"Head:  {sound.Head}");
        return AuditCommand.Sound;
    }

    private static string Time(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture) ?? "none";
}
