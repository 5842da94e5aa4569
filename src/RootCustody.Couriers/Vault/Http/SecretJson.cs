using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace RootCustody.Couriers.Vault.Http;

/// <summary>Writes a secret into JSON and reads one out of it, without a copy that nobody wipes: the writer's own escaping rents a buffer and gives it back as it is.</summary>
internal static class SecretJson
{
    private const int LongestEscape = 6; // of a control character

    public static void WriteSecret(this Utf8JsonWriter json, string name, Secret secret)
    {
        using var quoted = Quote(secret);
        json.WritePropertyName(name);
        json.WriteRawValue(quoted.Bytes, skipInputValidation: true);
    }

    public static void WriteSecretBase64(this Utf8JsonWriter json, string name, Secret secret)
    {
        Span<byte> letters = stackalloc byte[Base64.GetMaxEncodedToUtf8Length(secret.Length)];
        Base64.EncodeToUtf8(secret.Bytes, letters, out _, out var written);
        using var text = Secret.Take(letters[..written]);
        json.WriteSecret(name, text);
    }

    /// <summary>The text at which the reader stands, its escapes undone.</summary>
    public static Secret TakeText(ref Utf8JsonReader json)
    {
        using var scratch = new PinnedBuffer(Math.Max(json.ValueSpan.Length, 1));
        var length = json.CopyString(scratch.GetSpan());
        return Secret.Take(scratch.GetSpan()[..length]);
    }

    private static Secret Quote(Secret secret)
    {
        using var scratch = new PinnedBuffer(secret.Length * LongestEscape + 2);
        var into = scratch.GetSpan();
        var at = 0;
        into[at++] = (byte)'"';
        foreach (var next in secret.Bytes)
        {
            if (next < ' ')
            {
                "\\u00"u8.CopyTo(into[at..]);
                into[at + 4] = (byte)('0' + (next >> 4));
                into[at + 5] = "0123456789abcdef"u8[next & 15];
                at += LongestEscape;
                continue;
            }
            if (next is (byte)'"' or (byte)'\\')
                into[at++] = (byte)'\\';
            into[at++] = next;
        }
        into[at++] = (byte)'"';
        return Secret.Take(into[..at]);
    }

    /// <summary>What the Base64 means; null if it is none.</summary>
    public static Secret? FromBase64(Secret text)
    {
        Span<byte> bytes = stackalloc byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text.Bytes, bytes, out _, out var written) == System.Buffers.OperationStatus.Done)
            return Secret.Take(bytes[..written]);
        CryptographicOperations.ZeroMemory(bytes);
        return null;
    }
}
