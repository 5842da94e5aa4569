using RootCustody.Chat;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;
using ZXing.QrCode.Internal;

namespace RootCustody.Tests.Chat;

/// <summary>A phone that is held before a screen: an independent decoder, which gets what is drawn and not what was meant.</summary>
internal static class Scanner
{
    /// <param name="isDark">By column and row of a picture element.</param>
    /// <returns>Null if there is no code to be found.</returns>
    public static string? Scan(int width, int height, Func<int, int, bool> isDark)
    {
        var light = new byte[width * height];
        for (var i = 0; i < light.Length; i++)
            light[i] = isDark(i % width, i / width) ? (byte)20 : (byte)240;
        var picture = new RGBLuminanceSource(light, width, height, RGBLuminanceSource.BitmapFormat.Gray8);
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(picture)))?.Text;
    }

    /// <summary>Reads modules whose places are known, where finding them in a picture is not the question.</summary>
    public static string? Read(QrMatrix qr)
    {
        var bits = new BitMatrix(qr.Size);
        for (var row = 0; row < qr.Size; row++)
        for (var column = 0; column < qr.Size; column++)
            bits[column, row] = qr.IsDark(column, row);
        return new Decoder().decode(bits, null)?.Text;
    }

    /// <summary>Scans letters of which each is two modules, one above the other.</summary>
    public static string? ScanText(string text)
    {
        const int Dots = 6; // a module
        var lines = text.Split('\n');
        return Scan(
            lines[0].Length * Dots,
            lines.Length * 2 * Dots,
            (x, y) =>
                lines[y / (2 * Dots)][x / Dots] switch
                {
                    '█' => true,
                    '▀' => y / Dots % 2 == 0,
                    '▄' => y / Dots % 2 == 1,
                    ' ' => false,
                    var other => throw new InvalidOperationException($"There is a '{other}' in the code."),
                }
        );
    }
}
