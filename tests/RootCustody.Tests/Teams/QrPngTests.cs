using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.AspNetCore.Http;
using RootCustody.Chat;
using RootCustody.Desk.People;
using RootCustody.Teams;
using RootCustody.Teams.Drawing;
using RootCustody.Tests.Chat;

namespace RootCustody.Tests.Teams;

public sealed class QrPngTests
{
    private const string Key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private const string DataUri = "data:image/png;base64,";

    [Fact]
    public async Task In_a_dialog_it_stands_above_its_key_and_can_be_scanned()
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext();
        context.Response.Body = body;

        await ShowAsync(new TeamsDialogSurface(context));

        var elements = JsonNode.Parse(body.ToArray())!["task"]!["value"]!["card"]!["content"]!["body"]!.AsArray();
        var (image, text) = (elements[2]!, elements[3]!);
        Assert.Equal("Image", (string?)image["type"]);
        Assert.Equal("QR code for an authenticator app", (string?)image["altText"]);
        Assert.StartsWith(DataUri, (string?)image["url"], StringComparison.Ordinal);
        Assert.Equal(
            $"otpauth://totp/RootCustody:Paul?secret={Key}&issuer=RootCustody",
            Read(Convert.FromBase64String(((string)image["url"]!)[DataUri.Length..])).Scan()
        );
        Assert.Equal(Key, (string?)text["inlines"]![0]!["text"]);
    }

    [Fact]
    public void Every_module_has_its_place_in_a_picture_that_holds_together() =>
        Gen.Select(Gen.Int[1, 10], Gen.Byte.Array[QrMatrix.Largest * QrMatrix.Largest])
            .Sample(
                (version, bytes) =>
                {
                    var size = 17 + 4 * version;
                    var modules = bytes[..(size * size)].Select(b => (byte)(b % 2)).ToArray();
                    using var qr = QrMatrix.Take([.. modules]);
                    using var png = QrPng.Encode(qr);

                    var picture = Read(png.Bytes.ToArray());

                    Assert.Equal((size + 8) * 4, picture.Side);
                    for (var y = 0; y < picture.Side; y++)
                    for (var x = 0; x < picture.Side; x++)
                        Assert.Equal(qr.IsDark(x / 4 - 4, y / 4 - 4), picture.IsDark(x, y));
                },
                iter: 20
            );

    [Fact]
    public void The_last_chunk_has_the_checksum_of_every_png()
    {
        using var qr = QrMatrix.Take(new byte[21 * 21]);
        using var png = QrPng.Encode(qr);

        Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(png.Bytes[^12..]));
    }

    [Fact]
    public void The_largest_stays_small_enough_for_a_card()
    {
        using var qr = QrMatrix.Take(new byte[QrMatrix.Largest * QrMatrix.Largest]);
        using var drawn = QrPng.Draw(qr);

        Assert.InRange(drawn.Length, 1, 25 * 1024);
        Assert.StartsWith(DataUri, JsonSerializer.Deserialize<string>(drawn.Bytes), StringComparison.Ordinal);
    }

    private static async Task ShowAsync(TeamsDialogSurface surface)
    {
        using var key = Secret.OfText(Key);
        using var qr = QrMaker.OfKey(key, "Paul");
        var showing = new Showing(
            "Enrol",
            "Scan it.",
            [new ShownLine("Key", key, qr)],
            DateTimeOffset.UnixEpoch,
            new Choice(Actions.Confirm, "I added it", "")
        );
        await surface.ShowAsync(showing, TestContext.Current.CancellationToken);
    }

    /// <summary>Reads a PNG as a client does; the decompressor checks Adler-32.</summary>
    private static Picture Read(byte[] png)
    {
        var chunks = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var at = 8; at < png.Length; )
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add(Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += 12 + length;
        }
        var head = chunks["IHDR"];
        Assert.Equal([1, 0, 0, 0, 0], head[8..]);
        using var packed = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        using var pixels = new MemoryStream();
        packed.CopyTo(pixels);
        var side = BinaryPrimitives.ReadInt32BigEndian(head);
        Assert.Equal(side, BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)));
        Assert.Equal(side * (1 + (side + 7) / 8), pixels.Length);
        return new Picture(side, pixels.ToArray());
    }

    private sealed record Picture(int Side, byte[] Pixels)
    {
        public bool IsDark(int x, int y) => (Pixels[y * (1 + (Side + 7) / 8) + 1 + x / 8] & 0x80 >> x % 8) == 0;

        public string? Scan() => Scanner.Scan(Side, Side, IsDark);
    }
}
