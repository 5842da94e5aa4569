using System.Buffers;
using System.Security.Cryptography;

namespace RootCustody;

/// <summary>A body with a secret in it on its way to or from a vault or a screen: pinned, and wiped wherever it has been (law 8). It grows as needed.</summary>
/// <param name="capacity">In bytes, to begin with.</param>
public sealed class PinnedBuffer(int capacity) : IBufferWriter<byte>, IDisposable
{
    private byte[] bytes = GC.AllocateUninitializedArray<byte>(capacity, pinned: true);

    /// <summary>How many bytes have been written.</summary>
    public int Length { get; private set; }

    /// <summary>What has been written; wiped with this.</summary>
    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (bytes.Length - Length < Math.Max(sizeHint, 1))
            Grow(Math.Max(sizeHint, bytes.Length));
        return bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose() => CryptographicOperations.ZeroMemory(bytes);

    private void Grow(int by)
    {
        var larger = GC.AllocateUninitializedArray<byte>(bytes.Length + by, pinned: true);
        Written.Span.CopyTo(larger);
        CryptographicOperations.ZeroMemory(bytes); // no copy stays behind
        bytes = larger;
    }
}
