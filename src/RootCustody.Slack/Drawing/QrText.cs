using RootCustody.Chat;

namespace RootCustody.Slack.Drawing;

/// <summary>Draws a QR code in letters: Slack shows no picture that is not at an address, and a secret must not be at one (law 8).</summary>
/// <remarks>A scanner finds it where the lines stand close. Where a client puts a gap between them it may not; so the key always stands below, to be typed.</remarks>
internal static class QrText
{
    private const int LongestLetter = 3; // each block element has three bytes of UTF-8

    /// <summary>Two modules a letter, one above the other. Dark is ink: so it is right on Slack's light theme, inverted on its dark one.</summary>
    /// <returns>A JSON string, complete with its quotes: no writer has to escape it, which would leave a copy behind.</returns>
    public static Secret Draw(QrMatrix qr)
    {
        var side = qr.Size + 2 * QrMatrix.Quiet;
        var lines = (side + 1) / 2;
        var text = GC.AllocateUninitializedArray<byte>(2 + lines * (side * LongestLetter + 2), pinned: true);
        var at = 0;
        text[at++] = (byte)'"';
        for (var line = 0; line < lines; line++)
        {
            if (line > 0)
                at = Append(text, at, @"\n"u8);
            for (var column = 0; column < side; column++)
                at = Append(text, at, Letter(qr, column - QrMatrix.Quiet, 2 * line - QrMatrix.Quiet));
        }
        text[at++] = (byte)'"';
        return Secret.Take(text.AsSpan(0, at));
    }

    private static ReadOnlySpan<byte> Letter(QrMatrix qr, int column, int row) =>
        (qr.IsDark(column, row), qr.IsDark(column, row + 1)) switch
        {
            (true, true) => "█"u8,
            (true, false) => "▀"u8,
            (false, true) => "▄"u8,
            (false, false) => " "u8,
        };

    private static int Append(byte[] text, int at, ReadOnlySpan<byte> letters)
    {
        letters.CopyTo(text.AsSpan(at));
        return at + letters.Length;
    }
}
