using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RootCustody.Playground.FakeVault;

/// <summary><c>sys/policies/password</c>: how passwords are made; nothing to do with what a token may.</summary>
internal sealed partial class PasswordPolicies
{
    private readonly SortedDictionary<string, Rule> policies = new(StringComparer.Ordinal);

    public VaultAnswer Handle(VaultCall call, string path) =>
        (path.Split('/'), call.Operation) switch
        {
            ([""], Operation.List) => VaultAnswer.Listed(policies.Keys),
            ([var name], Operation.Update) => Keep(name, call.Body.Text("policy") ?? ""),
            ([var name], Operation.Read) => policies.TryGetValue(name, out var rule)
                ? VaultAnswer.Of(new JsonObject { ["policy"] = rule.Text })
                : Unknown(),
            ([var name, "generate"], Operation.Read) => policies.TryGetValue(name, out var rule)
                ? VaultAnswer.Of(new JsonObject { ["password"] = rule.Make() })
                : Unknown(),
            ([var name], Operation.Delete) => Forget(name),
            _ => VaultAnswer.Refused(404, "unsupported path"),
        };

    private static VaultAnswer Unknown() => VaultAnswer.Refused(404, "policy does not exist");

    private VaultAnswer Keep(string name, string text)
    {
        var length = LengthLine().Match(text);
        var sets = CharsetLine().Matches(text);
        if (!length.Success || sets.Count == 0)
            return VaultAnswer.Bad("failed to parse policy");
        policies[name] = new Rule(
            text,
            int.Parse(length.Groups["length"].ValueSpan, CultureInfo.InvariantCulture),
            [.. sets.Select(s => s.Groups["set"].Value)]
        );
        return VaultAnswer.Done();
    }

    private VaultAnswer Forget(string name)
    {
        policies.Remove(name);
        return VaultAnswer.Done();
    }

    private sealed record Rule(string Text, int Length, IReadOnlyList<string> Charsets)
    {
        public string Make()
        {
            var letters = string.Concat(string.Concat(Charsets).Distinct());
            while (true)
            {
                var made = RandomNumberGenerator.GetString(letters, Length);
                if (Charsets.All(set => made.Any(letter => set.Contains(letter, StringComparison.Ordinal))))
                    return made;
            }
        }
    }

    [GeneratedRegex(@"^\s*length\s*=\s*(?<length>[0-9]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex LengthLine();

    [GeneratedRegex(@"charset\s*=\s*""(?<set>[^""]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CharsetLine();
}
