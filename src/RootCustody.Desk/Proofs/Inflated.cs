using System.IO.Compression;

namespace RootCustody.Desk.Proofs;

/// <summary>What a file of a trail says, out of its gzip: AWS's hashes are over these bytes.</summary>
public static class Inflated
{
    /// <summary>What all files of one run may come to. A log file of CloudTrail is a few MB at most.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    private const int Piece = 64 * 1024;

    /// <param name="most">How many bytes it may come to. No more than this and one piece is ever kept, whatever the file claims.</param>
    /// <returns>Null if there are more.</returns>
    /// <exception cref="InvalidDataException">It is broken gzip.</exception>
    public static byte[]? Read(Stream file, int most)
    {
        Span<byte> mark = stackalloc byte[2];
        var isGzip = file.ReadAtLeast(mark, 2, throwOnEndOfStream: false) == 2 && mark is [0x1f, 0x8b];
        file.Seek(0, SeekOrigin.Begin);
        if (!isGzip)
            return Take(file, most);
        using var gzip = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        return Take(gzip, most);
    }

    private static byte[]? Take(Stream from, int most)
    {
        using var kept = new MemoryStream();
        var piece = new byte[Piece];
        while (from.Read(piece) is var read and > 0)
        {
            if (kept.Length + read > most)
                return null;
            kept.Write(piece, 0, read);
        }
        return kept.ToArray();
    }
}
