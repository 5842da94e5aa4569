using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OtpNet;
using QRCoder;

namespace RootCustody.Playground.FakeVault;

/// <summary>A TOTP engine: makes codes from seeds that were put in, or checks codes of seeds that it made.</summary>
internal sealed partial class TotpEngine(FakeVaultServer server) : Engine
{
    private readonly SortedDictionary<string, Key> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> used = new(StringComparer.Ordinal);

    public override VaultAnswer Handle(VaultCall call, string path) =>
        (path.Split('/'), call.Operation) switch
        {
            (["keys", ""], Operation.List) => VaultAnswer.Listed(keys.Keys),
            (["keys", var name], _) when Name().IsMatch(name) => OnKey(call, name),
            (["code", var name], Operation.Read) when Name().IsMatch(name) => Code(call, name),
            (["code", var name], Operation.Update) when Name().IsMatch(name) => Validate(call, name),
            (["code", var name], _) when Name().IsMatch(name) => VaultAnswer.NotOffered(),
            _ => VaultAnswer.Refused(404, "unsupported path"),
        };

    private VaultAnswer OnKey(VaultCall call, string name)
    {
        switch (call.Operation)
        {
            case Operation.Read:
                return keys.TryGetValue(name, out var key) ? VaultAnswer.Of(key.Told()) : VaultAnswer.Missing();
            case Operation.Update:
                return Create(call.Body, name); // an existing name gets the new seed, without a word
            case Operation.Delete:
                keys.Remove(name);
                return VaultAnswer.Done();
            default:
                return VaultAnswer.NotOffered();
        }
    }

    private VaultAnswer Code(VaultCall call, string name)
    {
        if (!keys.TryGetValue(name, out var key))
            return VaultAnswer.Bad($"unknown key: {name}");
        var data = new JsonObject { ["code"] = key.CodeAt(call.Now) };
        if (server.IsOpenBao)
        {
            var begins = call.Now.ToUnixTimeSeconds() / key.Shape.Period * key.Shape.Period;
            data["generated"] = begins;
            data["expire_time"] = begins + key.Shape.Period;
            data["period"] = $"{key.Shape.Period}s";
        }
        return VaultAnswer.Of(data);
    }

    private VaultAnswer Validate(VaultCall call, string name)
    {
        if (call.Body.Text("code") is not { } code)
            return VaultAnswer.Bad("the code value is required");
        if (!keys.TryGetValue(name, out var key))
            return VaultAnswer.Bad($"unknown key: {name}");
        if (used.TryGetValue($"{name}_{code}", out var until) && call.Now < until)
            return VaultAnswer.Bad("code already used; wait until the next time period");
        if (code.Length != key.Shape.Digits)
        {
            return server.IsOpenBao
                ? VaultAnswer.Bad("invalid number of digits for the code")
                : VaultAnswer.Of(new JsonObject { ["valid"] = false });
        }
        // wrong codes are remembered too
        used[$"{name}_{code}"] = call.Now + TimeSpan.FromSeconds(key.Shape.Period * (2 + key.Shape.Skew));
        return VaultAnswer.Of(new JsonObject { ["valid"] = key.Takes(code, call.Now) });
    }

    private VaultAnswer Create(JsonObject body, string name)
    {
        var generate = body.Flag("generate") == true;
        var url = body.Text("url") ?? "";
        if (generate && url.Length > 0)
            return VaultAnswer.Bad("a url should not be passed if generate is true");
        if (url.Length > 0)
        {
            if (WhyNoUrl(url) is { } broken) // the whole address with the seed lands in the audit log, as in the real one
                return VaultAnswer.Bad("an error occurred while parsing url string") with { AuditError = broken };
            body = FieldsOf(url, body);
        }
        var shape = ShapeOf(body);
        if (shape.WhyNot() is { } why)
            return VaultAnswer.Bad(why);
        return generate ? Generate(body, name, shape) : Import(body, name, shape);
    }

    private static Shape ShapeOf(JsonObject body) =>
        new(
            body.Text("issuer") ?? "",
            body.Text("account_name") ?? "",
            (int)(body.Length("period") ?? TimeSpan.FromSeconds(30)).TotalSeconds,
            body.Text("algorithm") ?? "SHA1",
            body.Whole("digits") ?? 6,
            body.Whole("skew") ?? 1
        );

    private VaultAnswer Import(JsonObject body, string name, Shape shape)
    {
        if (body.Text("key") is not { Length: > 0 } text)
            return VaultAnswer.Bad("the key value is required");
        var (seed, wrongAt) = Decode(text);
        if (seed is null)
            return VaultAnswer.Bad(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"invalid key value: illegal base32 data at input byte {wrongAt}"
                )
            );
        keys[name] = new Key(seed, shape);
        return VaultAnswer.Done();
    }

    private VaultAnswer Generate(JsonObject body, string name, Shape shape)
    {
        if (shape.Issuer.Length == 0)
            return VaultAnswer.Bad("the issuer value is required for generated keys");
        if (shape.AccountName.Length == 0)
            return VaultAnswer.Bad("the account_name value is required for generated keys");
        var size = body.Whole("key_size") ?? 20;
        if (size <= 0)
            return VaultAnswer.Bad("the key_size value must be greater than zero");
        var key = new Key(RandomNumberGenerator.GetBytes(size), shape);
        keys[name] = key;
        if (body.Flag("exported") == false)
            return VaultAnswer.Done();
        var url = key.Url();
        var data = new JsonObject { ["url"] = url };
        if (body.Whole("qr_size") != 0)
            data["barcode"] = Picture(url);
        return VaultAnswer.Of(data);
    }

    private static string Picture(string url)
    {
        using var maker = new QRCodeGenerator();
        using var matrix = maker.CreateQrCode(url, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(matrix);
        return Convert.ToBase64String(png.GetGraphic(4));
    }

    /// <returns>The words of Go's parser, which quote what they could not read; null if it can be read.</returns>
    private static string? WhyNoUrl(string url)
    {
        if (url.Any(char.IsControl))
            return $"parse \"{url}\": net/url: invalid control character in URL";
        var path = url.Split('?')[0];
        if (BrokenEscape().Match(path) is { Success: true } escape)
            return $"parse \"{url}\": invalid URL escape \"{escape.Value}\"";
        return path.StartsWith(':') ? $"parse \"{url}\": missing protocol scheme" : null;
    }

    /// <summary>Any scheme and any type is taken, as the real one does.</summary>
    private static JsonObject FieldsOf(string url, JsonObject body)
    {
        var query = url.Contains('?', StringComparison.Ordinal)
            ? url[(url.IndexOf('?', StringComparison.Ordinal) + 1)..]
            : "";
        var fields = body.DeepClone().AsObject();
        var label = Uri.UnescapeDataString(url.Split('?')[0]);
        label = label[(label.IndexOf("//", StringComparison.Ordinal) + 2)..];
        label = label[(label.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var colon = label.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
            fields["issuer"] = label[..colon];
        fields["account_name"] = label[(colon + 1)..];
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.Split('=', 2) is [var k, var v] ? (k, Uri.UnescapeDataString(v)) : (pair, "");
            fields[key == "secret" ? "key" : key] = value;
        }
        return fields;
    }

    private (byte[]? Seed, int WrongAt) Decode(string text)
    {
        var letters = text.TrimEnd('=').ToUpperInvariant();
        for (var at = 0; at < letters.Length; at++)
        {
            if (!"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".Contains(letters[at], StringComparison.Ordinal))
                return (null, at);
        }
        // the older line adds no padding that is missing
        if (!server.IsOpenBao && text.Length % 8 != 0 || letters.Length % 8 is 1 or 3 or 6)
            return (null, text.Length);
        return (Base32Encoding.ToBytes(letters), 0);
    }

    [GeneratedRegex(@"^\w(([\w\-.@]+)?\w)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("%(?![0-9a-fA-F]{2}).{0,2}", RegexOptions.None, 1000)]
    private static partial Regex BrokenEscape();

    private sealed record Shape(string Issuer, string AccountName, int Period, string Algorithm, int Digits, int Skew)
    {
        public OtpHashMode Mode =>
            Algorithm switch
            {
                "SHA256" => OtpHashMode.Sha256,
                "SHA512" => OtpHashMode.Sha512,
                _ => OtpHashMode.Sha1,
            };

        public string? WhyNot()
        {
            if (Algorithm is not ("SHA1" or "SHA256" or "SHA512"))
                return "the algorithm value is not valid";
            if (Digits is not (6 or 8))
                return "the digits value can only be 6 or 8";
            if (Period <= 0)
                return "the period value must be greater than zero";
            return Skew is 0 or 1 ? null : "the skew value must be 0 or 1";
        }
    }

    private sealed class Key(byte[] seed, Shape shape)
    {
        public Shape Shape => shape;

        public string CodeAt(DateTimeOffset at) => Totp().ComputeTotp(at.UtcDateTime);

        public bool Takes(string code, DateTimeOffset now) =>
            Totp().VerifyTotp(now.UtcDateTime, code, out _, new VerificationWindow(shape.Skew, shape.Skew));

        public string Url() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"otpauth://totp/{Uri.EscapeDataString(shape.Issuer)}:{Uri.EscapeDataString(shape.AccountName)}?algorithm={shape.Algorithm}&digits={shape.Digits}&issuer={Uri.EscapeDataString(shape.Issuer)}&period={shape.Period}&secret={Base32Encoding.ToString(seed).TrimEnd('=')}"
            );

        public JsonObject Told() =>
            new()
            {
                ["account_name"] = shape.AccountName,
                ["algorithm"] = shape.Algorithm,
                ["digits"] = shape.Digits,
                ["issuer"] = shape.Issuer,
                ["period"] = shape.Period,
            };

        private Totp Totp() => new(seed, shape.Period, shape.Mode, shape.Digits);
    }
}
