using System.Buffers.Binary;
using System.Buffers.Text;
using RootCustody.Chat;

namespace RootCustody.Teams.Drawing;

/// <summary>Draws a QR code as a PNG (W3C PNG, third edition) of one bit a pixel, in memory that is wiped.</summary>
/// <remarks>Its pixels are stored, not compressed: a compressor keeps buffers that nobody wipes (law 8).</remarks>
internal static class QrPng
{
    private const int Scale = 4; // pixels a module
    private const int ChunkFrame = 12; // length and type before the data, checksum behind
    private const int ZlibFrame = 11; // two bytes and the head of one stored block before, Adler-32 behind (RFC 1950, 1951)

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <returns>A data URI as a JSON string, complete with its quotes: no writer has to escape it, which would leave a copy behind.</returns>
    public static Secret Draw(QrMatrix qr)
    {
        using var png = Encode(qr);
        var before = "\"data:image/png;base64,"u8;
        var after = "\""u8;
        var uri = GC.AllocateUninitializedArray<byte>(
            before.Length + Base64.GetMaxEncodedToUtf8Length(png.Length) + after.Length,
            pinned: true
        );
        before.CopyTo(uri);
        Base64.EncodeToUtf8(png.Bytes, uri.AsSpan(before.Length), out _, out var written);
        after.CopyTo(uri.AsSpan(before.Length + written));
        return Secret.Take(uri.AsSpan(0, before.Length + written + after.Length));
    }

    internal static Secret Encode(QrMatrix qr)
    {
        var side = (qr.Size + 2 * QrMatrix.Quiet) * Scale;
        var pixels = side * LineLength(side); // with its quiet zone at most 260 lines, so one stored block holds them
        var png = GC.AllocateArray<byte>(Signature.Length + 3 * ChunkFrame + 13 + ZlibFrame + pixels, pinned: true);
        Signature.CopyTo(png);
        var rest = png.AsSpan(Signature.Length);

        var head = rest[8..21];
        BinaryPrimitives.WriteInt32BigEndian(head, side);
        BinaryPrimitives.WriteInt32BigEndian(head[4..], side);
        head[8] = 1; // bit a pixel; the rest is zero: greyscale, the usual compression and filter, not interlaced
        rest = Close(rest, "IHDR"u8, 13);

        WriteStored(rest[8..], pixels);
        WritePixels(rest.Slice(8 + ZlibFrame - 4, pixels), qr, side);
        WriteAdler(rest[8..], pixels);
        rest = Close(rest, "IDAT"u8, ZlibFrame + pixels);

        Close(rest, "IEND"u8, 0);
        return Secret.Take(png);
    }

    /// <summary>A byte that names the filter, none, and eight pixels a byte.</summary>
    private static int LineLength(int side) => 1 + (side + 7) / 8;

    private static void WritePixels(Span<byte> pixels, QrMatrix qr, int side)
    {
        for (var y = 0; y < side; y++)
        {
            var line = pixels.Slice(y * LineLength(side) + 1, LineLength(side) - 1);
            for (var x = 0; x < side; x++)
                if (!qr.IsDark(x / Scale - QrMatrix.Quiet, y / Scale - QrMatrix.Quiet))
                    line[x / 8] |= (byte)(0x80 >> x % 8); // 1 is white
        }
    }

    private static void WriteStored(Span<byte> zlib, int length)
    {
        zlib[0] = 0x78;
        zlib[1] = 0x01;
        zlib[2] = 1; // the last block, stored
        BinaryPrimitives.WriteUInt16LittleEndian(zlib[3..], (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(zlib[5..], (ushort)~length);
    }

    private static void WriteAdler(Span<byte> zlib, int length)
    {
        var (a, b) = (1u, 0u);
        foreach (var one in zlib.Slice(ZlibFrame - 4, length))
        {
            a = (a + one) % 65521;
            b = (b + a) % 65521;
        }
        BinaryPrimitives.WriteUInt32BigEndian(zlib[(ZlibFrame - 4 + length)..], b << 16 | a);
    }

    /// <summary>Puts length, type and checksum around the data of a chunk.</summary>
    /// <returns>What lies behind the chunk.</returns>
    private static Span<byte> Close(Span<byte> chunk, ReadOnlySpan<byte> type, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(chunk, length);
        type.CopyTo(chunk[4..]);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[(8 + length)..], Crc(chunk[4..(8 + length)]));
        return chunk[(ChunkFrame + length)..];
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = crc >> 1 ^ (0xEDB88320 & (0 - (crc & 1)));
        }
        return ~crc;
    }
}
