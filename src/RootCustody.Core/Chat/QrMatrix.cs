using System.Diagnostics;
using System.Security.Cryptography;

namespace RootCustody.Chat;

/// <summary>The squares of a QR code that holds a secret: as unprintable as a <see cref="Secret"/>, and wiped like one. The adapters draw it (law 8).</summary>
[DebuggerDisplay("(secret)")]
public sealed class QrMatrix : IDisposable
{
    /// <summary>The modules of light around it that ISO/IEC 18004 demands; beside the code all is light.</summary>
    public const int Quiet = 4;

    /// <summary>Version 10: with its quiet zone 65 letters, the most that a line of a Slack modal holds.</summary>
    public const int Largest = 57;

    private readonly Secret modules;

    private QrMatrix(Secret modules, int size)
    {
        this.modules = modules;
        Size = size;
    }

    /// <summary>How many modules a side has, without the quiet zone.</summary>
    public int Size { get; }

    /// <summary>Takes the modules over and wipes where they came from.</summary>
    /// <param name="modules">Row by row from the top left, a byte each: 0 is light, all else is dark.</param>
    /// <exception cref="ArgumentException">It is no square, or none of a QR code of version 1 to 10.</exception>
    public static QrMatrix Take(Span<byte> modules)
    {
        var size = (int)Math.Sqrt(modules.Length);
        if (size * size == modules.Length && size is >= 21 and <= Largest && size % 4 == 1)
            return new QrMatrix(Secret.Take(modules), size);
        CryptographicOperations.ZeroMemory(modules);
        throw new ArgumentException("These are not the modules of a QR code of version 1 to 10.", nameof(modules));
    }

    /// <summary>Whether the module in this column and row is dark. What lies outside is light.</summary>
    /// <exception cref="ObjectDisposedException">It has been wiped.</exception>
    public bool IsDark(int column, int row)
    {
        var all = modules.Bytes;
        return column >= 0 && column < Size && row >= 0 && row < Size && all[row * Size + column] != 0;
    }

    public override string ToString() => "(secret)";

    public void Dispose() => modules.Dispose();
}
