using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace RootCustody.Couriers.Vault.Http;

/// <summary>A JSON body for the vault, written from the bytes of a <see cref="Secret"/> into a buffer that is wiped afterwards; never a string.</summary>
/// <remarks>The connection copies it once more into a buffer of its own, and TLS into another: nobody but the framework can wipe those.</remarks>
internal sealed class VaultBody : HttpContent
{
    private const int Usual = 4 * 1024;

    private readonly PinnedBuffer buffer = new(Usual);

    public VaultBody(Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

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
