using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace RootCustody;

/// <summary>A half, a seed or a step-up code in memory: pinned, wiped on <see cref="Dispose"/>, never printed, never serialised (law 8).</summary>
[DebuggerDisplay("(secret)")]
public sealed class Secret : IDisposable
{
    private readonly byte[] bytes;
    private bool wiped;

    private Secret(int length)
    {
        // pinned: the collector must not leave copies behind when it moves things
        bytes = GC.AllocateUninitializedArray<byte>(length, pinned: true);
    }

    /// <summary>The length in bytes.</summary>
    public int Length => bytes.Length;

    /// <summary>The bytes themselves, for as long as this lives.</summary>
    /// <exception cref="ObjectDisposedException">The secret has been wiped.</exception>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(wiped, this);
            return bytes;
        }
    }

    /// <summary>Takes the bytes over and wipes where they came from.</summary>
    public static Secret Take(Span<byte> source)
    {
        var secret = new Secret(source.Length);
        source.CopyTo(secret.bytes);
        CryptographicOperations.ZeroMemory(source);
        return secret;
    }

    /// <summary>Encodes the characters as UTF-8; the caller wipes the source, if it can be wiped.</summary>
    public static Secret OfText(ReadOnlySpan<char> text)
    {
        var secret = new Secret(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, secret.bytes);
        return secret;
    }

    /// <summary>Compares in a time that does not depend on where the two differ.</summary>
    public bool Matches(ReadOnlySpan<byte> other) => CryptographicOperations.FixedTimeEquals(Bytes, other);

    public override string ToString() => "(secret)";

    public void Dispose()
    {
        wiped = true;
        CryptographicOperations.ZeroMemory(bytes);
    }
}
