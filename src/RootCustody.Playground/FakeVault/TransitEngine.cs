using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NSec.Cryptography;

namespace RootCustody.Playground.FakeVault;

/// <summary>A transit engine, as far as signing of checkpoints goes: Ed25519, ECDSA on P-256, and HMAC with any type.</summary>
internal sealed class TransitEngine(FakeVaultServer server) : Engine
{
    private static readonly string[] Types = ["ed25519", "ecdsa-p256", "aes256-gcm96", "hmac"];
    private readonly SortedDictionary<string, TransitKey> keys = new(StringComparer.Ordinal);

    public override VaultAnswer Handle(VaultCall call, string path) =>
        (path.Split('/'), call.Operation) switch
        {
            (["keys", ""], Operation.List) => VaultAnswer.Listed(keys.Keys),
            (["keys", var name], Operation.Update) => Make(call, name),
            (["keys", var name], Operation.Read) => keys.TryGetValue(name, out var key)
                ? VaultAnswer.Of(key.Told(name))
                : VaultAnswer.Missing(),
            (["keys", _], Operation.Delete) => VaultAnswer.Bad("deletion is not allowed for this key"),
            (["keys", var name, "rotate"], Operation.Update) => With(name, k => Rotate(call, name, k)),
            (["keys", var name, "config"], Operation.Update) => With(name, k => Configure(call, k)),
            (["export" or "backup", ..], Operation.Read) => VaultAnswer.Bad("key is not exportable"),
            (["sign", var name, ..], Operation.Update) => With(name, k => Each(call, item => k.Sign(item))),
            (["hmac", var name, ..], Operation.Update) => With(name, k => Each(call, item => k.Hmac(item))),
            (["verify", var name, ..], Operation.Update) => With(name, k => Each(call, item => k.Verify(item))),
            _ => VaultAnswer.Refused(404, "unsupported path"),
        };

    private VaultAnswer With(string name, Func<TransitKey, VaultAnswer> then) =>
        keys.TryGetValue(name, out var key)
            ? then(key)
            : VaultAnswer.Bad(server.IsOpenBao ? "signing key not found" : "encryption key not found");

    /// <summary>An existing key is left as it is, without a word, whatever type is asked for.</summary>
    private VaultAnswer Make(VaultCall call, string name)
    {
        var type = call.Body.Text("type") ?? "aes256-gcm96";
        if (!Types.Contains(type, StringComparer.Ordinal))
            return VaultAnswer.Bad($"unknown key type {type}");
        if (!keys.ContainsKey(name))
            keys[name] = new TransitKey(type, call.Now);
        return Changed(name);
    }

    private VaultAnswer Rotate(VaultCall call, string name, TransitKey key)
    {
        key.Rotate(call.Now);
        return Changed(name);
    }

    private static VaultAnswer Configure(VaultCall call, TransitKey key)
    {
        key.Oldest = call.Body.Whole("min_decryption_version") ?? key.Oldest;
        return VaultAnswer.Done();
    }

    private VaultAnswer Changed(string name) =>
        server.IsOpenBao ? VaultAnswer.Of(keys[name].Told(name)) : VaultAnswer.Done();

    /// <summary>One input, or a batch of which each item stands for itself.</summary>
    private static VaultAnswer Each(VaultCall call, Func<JsonObject, JsonObject> act)
    {
        if (call.Body["batch_input"] is not JsonArray batch)
        {
            var result = act(call.Body);
            return result["error"] is { } error ? VaultAnswer.Bad(error.GetValue<string>()) : VaultAnswer.Of(result);
        }
        var results = new JsonArray([.. batch.Select(item => act(item!.AsObject()))]);
        return VaultAnswer.Of(new JsonObject { ["batch_results"] = results });
    }
}

/// <summary>One key of a transit engine with all its versions.</summary>
internal sealed class TransitKey
{
    private readonly string type;
    private readonly SortedDictionary<int, KeyVersion> versions = [];

    public TransitKey(string type, DateTimeOffset now)
    {
        this.type = type;
        Rotate(now);
    }

    /// <summary>Versions before it verify no more.</summary>
    public int Oldest { get; set; } = 1;

    private int Latest => versions.Keys.Last();

    private bool Signs => type is "ed25519" or "ecdsa-p256";

    public void Rotate(DateTimeOffset now) => versions[versions.Count + 1] = new KeyVersion(type, now);

    public JsonObject Told(string name) =>
        new()
        {
            ["allow_plaintext_backup"] = false,
            ["deletion_allowed"] = false,
            ["exportable"] = false,
            ["keys"] = new JsonObject(
                versions.Select(v =>
                    KeyValuePair.Create<string, JsonNode?>(
                        v.Key.ToString(CultureInfo.InvariantCulture),
                        Signs ? v.Value.Told(type) : v.Value.Made.ToUnixTimeSeconds()
                    )
                )
            ),
            ["latest_version"] = Latest,
            ["min_decryption_version"] = Oldest,
            ["name"] = name,
            ["supports_signing"] = Signs,
            ["type"] = type,
        };

    public JsonObject Sign(JsonObject item)
    {
        if (!Signs)
            return Wrong($"key type {type} does not support signing");
        if (Input(item, out var wrong) is not { } input)
            return wrong!;
        var number = item.Whole("key_version") is > 0 and var asked ? asked : Latest;
        if (!versions.TryGetValue(number, out var version))
            return Wrong("requested version for signing is not available");
        var jws = item.Text("marshaling_algorithm") == "jws";
        return new JsonObject
        {
            ["key_version"] = number,
            ["signature"] = Tagged(number, version.Sign(input, jws), jws),
        };
    }

    public JsonObject Hmac(JsonObject item) =>
        Input(item, out var wrong) is { } input
            ? new JsonObject { ["hmac"] = Tagged(Latest, versions[Latest].Hmac(input), false) }
            : wrong!;

    public JsonObject Verify(JsonObject item)
    {
        if (Input(item, out var wrong) is not { } input)
            return wrong!;
        var isHmac = item.ContainsKey("hmac");
        var text = item.Text(isHmac ? "hmac" : "signature") ?? "";
        if (!text.StartsWith("vault:v", StringComparison.Ordinal))
            return Wrong("invalid signature: no prefix");
        var parts = text["vault:v".Length..].Split(':', 2);
        if (parts.Length < 2 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var number))
            return Wrong("invalid signature: wrong number of fields");
        if (number < Oldest || !versions.TryGetValue(number, out var version))
            return Wrong("signature version is disallowed by policy");
        var jws = item.Text("marshaling_algorithm") == "jws";
        if (
            Bytes(
                jws
                    ? parts[1].Replace('-', '+').Replace('_', '/').PadRight((parts[1].Length + 3) / 4 * 4, '=')
                    : parts[1]
            )
            is not { } given
        )
            return Wrong("invalid base64 signature value");
        var valid = isHmac
            ? CryptographicOperations.FixedTimeEquals(given, version.Hmac(input))
            : version.Verify(input, given, jws);
        return new JsonObject { ["valid"] = valid };
    }

    private static byte[]? Input(JsonObject item, out JsonObject? wrong)
    {
        wrong = null;
        if (item.Text("input") is not { } text)
            wrong = Wrong("missing input");
        else if (Bytes(text) is { } input)
            return input;
        else
            wrong = Wrong("unable to decode input as base64: illegal base64 data at input byte 0");
        return null;
    }

    private static byte[]? Bytes(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private static JsonObject Wrong(string error) => new() { ["error"] = error, ["key_version"] = 0 };

    private static string Tagged(int version, byte[] bytes, bool jws)
    {
        var text = Convert.ToBase64String(bytes);
        if (jws)
            text = text.TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return string.Create(CultureInfo.InvariantCulture, $"vault:v{version}:{text}");
    }

    private sealed class KeyVersion(string type, DateTimeOffset made)
    {
        private readonly byte[] hmacKey = RandomNumberGenerator.GetBytes(32);
        private readonly Key? ed25519 = type == "ed25519" ? Key.Create(SignatureAlgorithm.Ed25519) : null;
        private readonly ECDsa? p256 = type == "ecdsa-p256" ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : null;

        public DateTimeOffset Made => made;

        public byte[] Sign(byte[] input, bool jws) =>
            ed25519 is not null
                ? SignatureAlgorithm.Ed25519.Sign(ed25519, input)
                : p256!.SignData(input, HashAlgorithmName.SHA256, FormatOf(jws));

        public bool Verify(byte[] input, byte[] signature, bool jws)
        {
            if (ed25519 is not null)
                return SignatureAlgorithm.Ed25519.Verify(ed25519.PublicKey, input, signature);
            return p256 is not null && p256.VerifyData(input, signature, HashAlgorithmName.SHA256, FormatOf(jws));
        }

        public byte[] Hmac(byte[] input) => HMACSHA256.HashData(hmacKey, input);

        public JsonObject Told(string name) =>
            new()
            {
                ["creation_time"] = VaultIds.Moment(made),
                ["name"] = name,
                ["public_key"] = ed25519 is not null
                    ? Convert.ToBase64String(ed25519.PublicKey.Export(KeyBlobFormat.RawPublicKey))
                    : p256!.ExportSubjectPublicKeyInfoPem(),
            };

        private static DSASignatureFormat FormatOf(bool jws) =>
            jws ? DSASignatureFormat.IeeeP1363FixedFieldConcatenation : DSASignatureFormat.Rfc3279DerSequence;
    }
}
