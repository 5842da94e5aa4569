using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace RootCustody.Slack.Outbound;

/// <summary>A JSON body with a half in it, written from its bytes into a buffer that is pinned and wiped afterwards; never a string.</summary>
internal sealed class SecretContent : HttpContent
{
    /// <summary>Enough for any half with its frame.</summary>
    private const int Usual = 64 * 1024;

    private readonly PinnedBuffer buffer = new(Usual);

    public SecretContent(Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
    }

    /// <summary>What is in the buffer now.</summary>
    internal ReadOnlyMemory<byte> Written => buffer.Written;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        stream.WriteAsync(buffer.Written).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = buffer.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        buffer.Dispose();
        base.Dispose(disposing);
    }
}
