using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace RootCustody.Slack.Outbound;

/// <summary>A JSON body with a half in it, written from its bytes into one buffer that is wiped afterwards; never a string.</summary>
internal sealed class SecretContent : HttpContent
{
    /// <summary>Large enough for any half with its frame, so that the buffer never grows and leaves a copy behind.</summary>
    private const int Capacity = 64 * 1024;

    private readonly ArrayBufferWriter<byte> buffer = new(Capacity);

    public SecretContent(Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
    }

    /// <summary>What is in the buffer now.</summary>
    internal ReadOnlyMemory<byte> Written => buffer.WrittenMemory;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        stream.WriteAsync(buffer.WrittenMemory).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = buffer.WrittenCount;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        buffer.Clear(); // overwrites what was written
        base.Dispose(disposing);
    }
}
