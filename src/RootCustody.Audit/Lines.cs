using System.Runtime.CompilerServices;

namespace RootCustody.Audit;

/// <summary>Reads lines in the memory of one line, whatever the size of the file.</summary>
internal static class Lines
{
    /// <param name="longest">Of a longer line the first <paramref name="longest"/> + 1 bytes come, and nothing after it.</param>
    /// <returns>The lines without their newline. Each is valid until the next is asked for.</returns>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        Stream stream,
        int longest,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var buffer = new byte[longest + 1];
        var filled = 0;
        while (filled < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
                break;
            filled += read;

            var start = 0;
            while (Array.IndexOf(buffer, (byte)'\n', start, filled - start) is >= 0 and var end)
            {
                yield return buffer.AsMemory(start, end - start);
                start = end + 1;
            }
            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
        }
        if (filled > 0)
            yield return buffer.AsMemory(0, filled);
    }
}
