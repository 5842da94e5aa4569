using System.Security.Cryptography;
using System.Text;
using QRCoder;
using RootCustody.Chat;

namespace RootCustody.Desk.People;

/// <summary>Makes the QR code by which an authenticator app takes over a key, so that nobody has to type it.</summary>
/// <remarks>The URI is the one that authenticator apps share (Key URI Format of Google Authenticator). It leaves out algorithm, digits and period, because the usual ones hold.</remarks>
public static class QrMaker
{
    private const string Issuer = "RootCustody";
    private const int LongestName = 100; // with a key of 32 letters this leaves room in version 10
    private const int Frame = QrMatrix.Quiet; // the quiet zone that QRCoder puts around

    /// <param name="key">Base32 text of at most 52 letters, without padding.</param>
    /// <param name="name">What the app shows beside the code; a long one is cut.</param>
    /// <returns>The caller wipes it. In memory of QRCoder's own, parts of the key may be left for a while.</returns>
    public static QrMatrix OfKey(Secret key, string name)
    {
        var before = Encoding.ASCII.GetBytes($"otpauth://totp/{Issuer}:{Escape(name)}?secret=");
        var after = Encoding.ASCII.GetBytes($"&issuer={Issuer}");
        // pinned, as in Secret; QRCoder takes an array, and a string could not be wiped
        var uri = GC.AllocateUninitializedArray<byte>(before.Length + key.Length + after.Length, pinned: true);
        try
        {
            before.CopyTo(uri, 0);
            key.Bytes.CopyTo(uri.AsSpan(before.Length));
            after.CopyTo(uri, before.Length + key.Length);
            using var code = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
            return Take(code);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(uri);
        }
    }

    private static QrMatrix Take(QRCodeData code)
    {
        var size = code.ModuleMatrix.Count - 2 * Frame;
        var modules = GC.AllocateUninitializedArray<byte>(size * size, pinned: true);
        for (var row = 0; row < size; row++)
        for (var column = 0; column < size; column++)
            modules[row * size + column] = code.ModuleMatrix[row + Frame][column + Frame] ? (byte)1 : (byte)0;
        foreach (var row in code.ModuleMatrix)
            row.SetAll(false);
        return QrMatrix.Take(modules);
    }

    private static string Escape(string name)
    {
        var escaped = new StringBuilder();
        foreach (var letter in name.EnumerateRunes())
        {
            var next = Uri.EscapeDataString(letter.ToString());
            if (escaped.Length + next.Length > LongestName)
                break;
            escaped.Append(next);
        }
        return escaped.ToString();
    }
}
