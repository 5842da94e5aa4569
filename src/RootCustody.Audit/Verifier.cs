namespace RootCustody.Audit;

/// <summary>Checks an export without trusting who made it (law 13). Reads it once, in constant memory.</summary>
public static class Verifier
{
    /// <param name="known">A head that was learnt earlier on another way: whoever holds one finds the log truncated or written anew, even with a fitting head line.</param>
    public static async Task<Verification> VerifyAsync(
        Stream export,
        ChainHead? known,
        CancellationToken cancellationToken
    )
    {
        var walk = new Walk(known);
        await foreach (var line in Lines.ReadAsync(export, ExportLine.MaxBytes, cancellationToken))
        {
            if (walk.Take(ExportLine.Read(line)) is { } broken)
                return broken;
        }
        return walk.End();
    }

    /// <summary>One walk along the chain.</summary>
    private sealed class Walk(ChainHead? known)
    {
        private long line;
        private ChainHead head = ChainHead.Genesis;
        private bool ended;
        private DateTimeOffset? first;
        private DateTimeOffset? last;

        public Verification.Broken? Take(ExportLine next)
        {
            line++;
            if (ended)
                return Broken(Flaw.AfterHead, "The head line is the last of an export, but more follows.");
            return next switch
            {
                ExportLine.Entry entry => Follow(entry),
                ExportLine.Last end => Close(end.Head),
                _ => Broken(Flaw.Rubbish, "This line is neither an entry nor the head as an export has them."),
            };
        }

        public Verification End()
        {
            line++;
            if (!ended)
                return Broken(Flaw.Truncated, "The file ends before its head line: its end is missing.");
            return new Verification.Sound(head, first, last);
        }

        private Verification.Broken? Follow(ExportLine.Entry entry)
        {
            var here = head.Sequence + 1;
            if (entry.Sequence > here)
                return Broken(
                    Flaw.Removed,
                    $"Entry {here} belongs here but entry {entry.Sequence} stands here: entries are missing or moved."
                );
            if (entry.Sequence < here)
                return Broken(
                    Flaw.Repeated,
                    $"Entry {here} belongs here but entry {entry.Sequence} stands here: an entry was repeated, added or moved."
                );
            if (!string.Equals(entry.Previous, head.Hash, StringComparison.Ordinal))
                return Broken(Flaw.NotLinked, $"Entry {here} does not name the hash of the entry before it.");
            if (!entry.IsIntact)
                return Broken(Flaw.Edited, $"Entry {here} does not have the hash that it was given: it was edited.");
            if (entry.At is not { } at)
                return Broken(Flaw.Rubbish, $"Entry {here} is chained but is no audit entry.");

            head = new ChainHead(entry.Sequence, entry.Hash);
            (first, last) = (first ?? at, at);
            return known is not null && known.Sequence == head.Sequence && known != head
                ? Broken(
                    Flaw.NotTheKnownLog,
                    $"Entry {here} has another hash than the known head: the log was written anew."
                )
                : null;
        }

        private Verification.Broken? Close(ChainHead end)
        {
            if (end != head)
                return Broken(
                    Flaw.WrongHead,
                    $"The head line names entry {end.Sequence}, but the entries above it end otherwise at {head.Sequence}."
                );
            if (
                known is not null
                && (known.Sequence > head.Sequence || (known.Sequence == 0 && known != ChainHead.Genesis))
            )
                return Broken(
                    Flaw.NotTheKnownLog,
                    $"The log ends at entry {head.Sequence}, but the known head is entry {known.Sequence}."
                );

            ended = true;
            return null;
        }

        private Verification.Broken Broken(Flaw flaw, string sentence) => new(line, flaw, sentence);
    }
}
