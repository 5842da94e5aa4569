using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeVault;

/// <summary>A KV engine of version 2.</summary>
internal sealed class KvEngine : Engine
{
    private const int UsualVersions = 10;
    private readonly SortedDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private int maxVersions;
    private bool casRequired;
    private TimeSpan deleteAfter;

    public override bool IsNew(string path) =>
        path.Split('/', 2) switch
        {
            ["data", var name] => !entries.TryGetValue(name, out var entry) || entry.Current == 0,
            ["metadata", var name] => !entries.ContainsKey(name),
            _ => false,
        };

    public override VaultAnswer Handle(VaultCall call, string path) =>
        (path.Split('/', 2), call.Operation) switch
        {
            (["config"], Operation.Read) => VaultAnswer.Of(Settings()),
            (["config"], Operation.Update) => Configure(call.Body),
            (["metadata", var folder], Operation.List) => List(folder),
            ([_, ""], _) => VaultAnswer.Missing(),
            (["data", var name], Operation.Read) => Read(call, name),
            (["data", var name], Operation.Create or Operation.Update) => Write(call, name),
            (["data", var name], Operation.Patch) => Patch(call, name),
            (["data", var name], Operation.Delete) => OnVersions(name, null, v => v.Delete(call.Now)),
            (["delete", var name], Operation.Update) => OnVersions(name, Wanted(call), v => v.Delete(call.Now)),
            (["undelete", var name], Operation.Update) => OnVersions(
                name,
                Wanted(call),
                v => v.Undelete(EndOf(entries[name], call.Now))
            ),
            (["destroy", var name], Operation.Update) => OnVersions(name, Wanted(call), v => v.Destroy()),
            (["subkeys", var name], Operation.Read) => Subkeys(call, name),
            (["metadata", var name], Operation.Read) => entries.TryGetValue(name, out var entry)
                ? VaultAnswer.Of(entry.Told())
                : VaultAnswer.Missing(),
            (["metadata", var name], Operation.Create or Operation.Update or Operation.Patch) => WriteMetadata(
                call,
                name
            ),
            (["metadata", var name], Operation.Delete) => Forget(name),
            (["data" or "delete" or "undelete" or "destroy" or "subkeys" or "metadata", _], _) =>
                VaultAnswer.NotOffered(),
            _ => VaultAnswer.Missing() with
            {
                Errors = null,
                Warnings =
                [
                    "Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API endpoints to use.",
                ],
            },
        };

    private static IReadOnlyList<int> Wanted(VaultCall call) => call.Body.Wholes("versions") ?? [];

    private JsonObject Settings() =>
        new()
        {
            ["cas_required"] = casRequired,
            ["delete_version_after"] = VaultIds.Length(deleteAfter),
            ["max_versions"] = maxVersions,
        };

    private VaultAnswer Configure(JsonObject body)
    {
        maxVersions = body.Whole("max_versions") ?? maxVersions;
        casRequired = body.Flag("cas_required") ?? casRequired;
        deleteAfter = body.Length("delete_version_after") ?? deleteAfter;
        return VaultAnswer.Done();
    }

    private VaultAnswer List(string folder) =>
        VaultAnswer.Listed(
            entries
                .Keys.Where(k => k.StartsWith(folder, StringComparison.Ordinal))
                .Select(k => k[folder.Length..])
                .Select(k => k.IndexOf('/', StringComparison.Ordinal) is >= 0 and var at ? k[..(at + 1)] : k)
                .Distinct(StringComparer.Ordinal)
        );

    private VaultAnswer Read(VaultCall call, string name)
    {
        if (Find(call, name) is not { } found)
            return VaultAnswer.Missing();
        var (entry, version) = found;
        var gone = !version.IsReadableAt(call.Now);
        return new VaultAnswer(gone ? 404 : 200)
        {
            Data = new JsonObject
            {
                ["data"] = gone ? null : version.Data!.DeepClone(),
                ["metadata"] = version.Told(entry),
            },
        };
    }

    private VaultAnswer Subkeys(VaultCall call, string name)
    {
        if (Find(call, name) is not { } found)
            return VaultAnswer.Missing();
        var (entry, version) = found;
        var gone = !version.IsReadableAt(call.Now);
        return new VaultAnswer(gone ? 404 : 200)
        {
            Data = new JsonObject
            {
                ["subkeys"] = gone ? null : Emptied(version.Data!),
                ["metadata"] = version.Told(entry),
            },
        };
    }

    private static JsonObject Emptied(JsonObject data) =>
        new(
            data.Select(d =>
                KeyValuePair.Create<string, JsonNode?>(d.Key, d.Value is JsonObject inner ? Emptied(inner) : null)
            )
        );

    private (Entry Entry, Version Version)? Find(VaultCall call, string name)
    {
        if (!entries.TryGetValue(name, out var entry))
            return null;
        var asked = call.Query.TryGetValue("version", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        return entry.Versions.TryGetValue(asked == 0 ? entry.Current : asked, out var version)
            ? (entry, version)
            : null;
    }

    private VaultAnswer Write(VaultCall call, string name)
    {
        if (call.Body["data"] is not JsonObject data)
            return VaultAnswer.Bad("no data provided");
        var entry = entries.GetValueOrDefault(name);
        if (Refusal(call.Body["options"] as JsonObject, entry) is { } refused)
            return refused;
        entries[name] = entry ??= new Entry(call.Now);
        return VaultAnswer.Of(Add(entry, data, call.Now).Told(entry));
    }

    private VaultAnswer? Refusal(JsonObject? options, Entry? entry)
    {
        if (options?["cas"] is not { } given)
            return casRequired || entry?.CasRequired == true
                ? VaultAnswer.Bad("check-and-set parameter required for this call")
                : null;
        if (!int.TryParse(given.ToString(), CultureInfo.InvariantCulture, out var cas))
            return VaultAnswer.Bad("error parsing check-and-set parameter");
        return cas == (entry?.Current ?? 0)
            ? null
            : VaultAnswer.Bad("check-and-set parameter did not match the current version");
    }

    private Version Add(Entry entry, JsonObject data, DateTimeOffset now)
    {
        var version = new Version(++entry.Current, data.DeepClone().AsObject(), now, EndOf(entry, now));
        entry.Versions[version.Number] = version;
        entry.Updated = now;
        var most = Math.Max(maxVersions, entry.MaxVersions) is > 0 and var limit ? limit : UsualVersions; // the larger one wins
        while (entry.Versions.Count > most)
        {
            entry.Versions.Remove(entry.Versions.Keys.First());
            entry.Oldest = entry.Versions.Keys.First();
        }
        return version;
    }

    /// <summary>The smaller of the two settings that are not zero.</summary>
    private DateTimeOffset? EndOf(Entry entry, DateTimeOffset now)
    {
        var lives = new[] { deleteAfter, entry.DeleteAfter }.Where(l => l > TimeSpan.Zero).ToList();
        return lives.Count == 0 ? null : now + lives.Min();
    }

    private VaultAnswer Patch(VaultCall call, string name)
    {
        if (call.Body["data"] is not JsonObject data)
            return VaultAnswer.Bad("no data provided");
        if (!entries.TryGetValue(name, out var entry) || entry.Current == 0)
            return new VaultAnswer(404);
        if (Refusal(call.Body["options"] as JsonObject, entry) is { } refused)
            return refused;
        var latest = entry.Versions[entry.Current];
        if (!latest.IsReadableAt(call.Now))
            return Read(call, name);
        return VaultAnswer.Of(Add(entry, Merged(latest.Data!, data), call.Now).Told(entry));
    }

    private static JsonObject Merged(JsonObject old, JsonObject change)
    {
        var merged = old.DeepClone().AsObject();
        foreach (var (name, value) in change)
        {
            if (value is null)
                merged.Remove(name);
            else
                merged[name] = value is JsonObject inner
                    ? Merged(merged[name] as JsonObject ?? [], inner)
                    : value.DeepClone();
        }
        return merged;
    }

    private VaultAnswer OnVersions(string name, IReadOnlyList<int>? wanted, Action<Version> act)
    {
        if (wanted is { Count: 0 })
            return VaultAnswer.Bad("No version number provided");
        if (entries.TryGetValue(name, out var entry))
        {
            foreach (var number in wanted ?? [entry.Current])
            {
                if (entry.Versions.TryGetValue(number, out var version))
                    act(version);
            }
        }
        return VaultAnswer.Done();
    }

    private VaultAnswer WriteMetadata(VaultCall call, string name)
    {
        var entry = entries.GetValueOrDefault(name);
        if (entry is null && call.Operation == Operation.Patch)
            return new VaultAnswer(404);
        Dictionary<string, string>? custom = null;
        if (call.Body["custom_metadata"] is { } given)
        {
            custom =
                call.Operation == Operation.Patch
                    ? new(entry!.Custom ?? [], StringComparer.Ordinal)
                    : new(StringComparer.Ordinal);
            if (WhyNotTaken(given, custom) is { } why)
                return VaultAnswer.Bad($"custom_metadata validation failed: {why}");
        }
        entries[name] = entry ??= new Entry(call.Now);
        entry.Custom = custom switch
        {
            null => entry.Custom,
            { Count: 0 } => null,
            _ => custom,
        };
        entry.MaxVersions = call.Body.Whole("max_versions") ?? entry.MaxVersions;
        entry.CasRequired = call.Body.Flag("cas_required") ?? entry.CasRequired;
        entry.DeleteAfter = call.Body.Length("delete_version_after") ?? entry.DeleteAfter;
        entry.Updated = call.Now;
        return VaultAnswer.Done();
    }

    /// <summary>Texts only; numbers are made texts.</summary>
    private static string? WhyNotTaken(JsonNode given, Dictionary<string, string> into)
    {
        if (given is not JsonObject pairs)
            return "it is no map";
        foreach (var (key, value) in pairs)
        {
            if (value is null)
            {
                into.Remove(key);
                continue;
            }
            if (value is not JsonValue)
                return "values must be texts";
            var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
            if (key.Length is < 1 or > 128 || text.Length is < 1 or > 512 || text.Any(char.IsControl))
                return "length or letters of a key or value";
            into[key] = text;
        }
        return into.Count > 64 ? "payload must contain at most 64 keys" : null;
    }

    private VaultAnswer Forget(string name)
    {
        entries.Remove(name); // the numbers start at 1 again
        return VaultAnswer.Done();
    }

    private sealed class Entry(DateTimeOffset created)
    {
        public SortedDictionary<int, Version> Versions { get; } = [];
        public int Current { get; set; }
        public int Oldest { get; set; }
        public int MaxVersions { get; set; }
        public bool CasRequired { get; set; }
        public TimeSpan DeleteAfter { get; set; }
        public Dictionary<string, string>? Custom { get; set; }
        public DateTimeOffset Updated { get; set; }

        public JsonObject Told() =>
            new()
            {
                ["cas_required"] = CasRequired,
                ["created_time"] = VaultIds.Moment(created),
                ["current_version"] = Current,
                ["custom_metadata"] = Custom?.ToJson(),
                ["delete_version_after"] = VaultIds.Length(DeleteAfter),
                ["max_versions"] = MaxVersions,
                ["oldest_version"] = Oldest,
                ["updated_time"] = VaultIds.Moment(Updated),
                ["versions"] = new JsonObject(
                    Versions.Values.Select(v =>
                        KeyValuePair.Create<string, JsonNode?>(
                            v.Number.ToString(CultureInfo.InvariantCulture),
                            v.Life()
                        )
                    )
                ),
            };
    }

    private sealed class Version(int number, JsonObject data, DateTimeOffset created, DateTimeOffset? ends)
    {
        public int Number => number;
        private DateTimeOffset? deleted = ends;

        public JsonObject? Data { get; private set; } = data;
        private bool Destroyed => Data is null;

        public bool IsReadableAt(DateTimeOffset now) => !Destroyed && (deleted is null || now < deleted);

        public void Delete(DateTimeOffset now)
        {
            if (IsReadableAt(now))
                deleted = now;
        }

        public void Undelete(DateTimeOffset? until)
        {
            if (!Destroyed)
                deleted = until;
        }

        public void Destroy() => Data = null;

        public JsonObject Life() =>
            new()
            {
                ["created_time"] = VaultIds.Moment(created),
                ["deletion_time"] = deleted is { } end ? VaultIds.Moment(end) : "",
                ["destroyed"] = Destroyed,
            };

        public JsonObject Told(Entry entry) =>
            new()
            {
                ["created_time"] = VaultIds.Moment(created),
                ["custom_metadata"] = entry.Custom?.ToJson(),
                ["deletion_time"] = deleted is { } end ? VaultIds.Moment(end) : "",
                ["destroyed"] = Destroyed,
                ["version"] = number,
            };
    }
}
