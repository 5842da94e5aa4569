using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeVault;

/// <summary><c>sys/</c>: mounts, policies, capabilities, audit devices and quotas. Wrapping and health are answered before it.</summary>
internal sealed class SystemEngine(VaultCore core) : Engine
{
    /// <summary>Paths that want <c>sudo</c> beside their capability.</summary>
    public static bool NeedsSudo(string path) =>
        path.StartsWith("sys/auth/", StringComparison.Ordinal) && !path.EndsWith("/tune", StringComparison.Ordinal)
        || path.StartsWith("sys/audit", StringComparison.Ordinal)
            && !path.StartsWith("sys/audit-hash", StringComparison.Ordinal)
        || path.StartsWith("sys/raw", StringComparison.Ordinal)
        || path == "sys/seal";

    public override VaultAnswer Handle(VaultCall call, string path) =>
        path.TrimEnd('/').Split('/') switch
        {
            ["capabilities-self"] when call.Writes => Capabilities(call),
            ["mounts"] when call.Operation == Operation.Read => Mounts(call.Realm, ""),
            ["auth"] when call.Operation == Operation.Read => Mounts(call.Realm, "auth/"),
            ["mounts", .. var at] => OnMount(call, "", string.Join('/', at)),
            ["auth", .. var at] => OnMount(call, "auth/", string.Join('/', at)),
            ["policies", "acl"] or ["policy"] when call.Operation is Operation.List or Operation.Read =>
                VaultAnswer.Listed(call.Realm.Policies.Keys.Append("root").Order(StringComparer.Ordinal)),
            ["policies", "acl", var name] => OnPolicy(call, name.ToLowerInvariant(), "policy"),
            ["policy", var name] => OnPolicy(call, name.ToLowerInvariant(), "rules"),
            ["policies", "password", .. var at] => core.PasswordPolicies.Handle(call, string.Join('/', at)),
            ["quotas", .. var at] => core.Quotas.Handle(call, string.Join('/', at)),
            ["audit"] when call.Operation == Operation.Read => VaultAnswer.Of(
                core.AuditDevices.DeepClone().AsObject()
            ) with
            {
                Repeats = true,
            },
            ["audit", var at] => OnAudit(call, at),
            ["audit-hash", _] when call.Writes => VaultAnswer.Of(
                new JsonObject { ["hash"] = core.Audit.Hash(call.Body.Text("input") ?? "") }
            ),
            ["namespaces"] when call.Operation == Operation.List => VaultAnswer.Listed(core.RealmsIn(call.Realm)),
            ["namespaces", var name] => OnNamespace(call, name),
            _ => VaultAnswer.Refused(404, "unsupported path"),
        };

    private static VaultAnswer Capabilities(VaultCall call)
    {
        var paths = call.Body.Texts("paths") ?? call.Body.Texts("path") ?? [];
        if (paths.Count == 0)
            return VaultAnswer.Bad("paths must be supplied");
        var acl = VaultCore.AclOf(call.Token!);
        var told = new JsonObject();
        foreach (var path in paths)
            told[path] = acl.CapabilitiesOn(VaultCore.Seen(call.Token!, call.Realm, path)).ToJson();
        if (paths.Count == 1)
            told["capabilities"] = told[paths[0]]!.DeepClone();
        return VaultAnswer.Of(told) with { Repeats = true };
    }

    private static VaultAnswer Mounts(Realm realm, string prefix)
    {
        var told = new JsonObject();
        foreach (
            var mount in realm.Mounts.Values.Where(m =>
                m.Path.StartsWith("auth/", StringComparison.Ordinal) == (prefix.Length > 0)
            )
        )
            told[mount.Path[prefix.Length..]] = mount.Told();
        return VaultAnswer.Of(told) with { Repeats = true };
    }

    private VaultAnswer OnMount(VaultCall call, string prefix, string at)
    {
        if (at.EndsWith("/tune", StringComparison.Ordinal))
            return Tune(call, $"{prefix}{at[..^"/tune".Length]}/");
        var path = $"{prefix}{at}/";
        switch (call.Operation)
        {
            case Operation.Update:
                return Enable(call, path, at);
            case Operation.Read:
                return call.Realm.Mounts.TryGetValue(path, out var mount)
                    ? VaultAnswer.Of(mount.Told()) with
                    {
                        Repeats = true,
                    }
                    : VaultAnswer.Bad($"No secret engine mount at {at}/");
            case Operation.Delete:
                call.Realm.Mounts.Remove(path);
                core.Tokens.RevokeFrom(call.Realm, path);
                return VaultAnswer.Done();
            default:
                return VaultAnswer.NotOffered();
        }
    }

    private VaultAnswer Enable(VaultCall call, string path, string at)
    {
        if (
            call.Realm.Mounts.Keys.Any(m =>
                m.StartsWith(path, StringComparison.Ordinal) || path.StartsWith(m, StringComparison.Ordinal)
            )
        )
            return VaultAnswer.Bad($"path is already in use at {at}/");
        var type = call.Body.Text("type") ?? "";
        var options = call.Body["options"]?.DeepClone() as JsonObject ?? [];
        if (type == "kv-v2")
            (type, options["version"]) = ("kv", "2");
        if (core.EngineFor(type, path, options) is not { } engine)
            return VaultAnswer.Bad($"plugin not found in the catalog: {type}");
        call.Realm.Mounts[path] = new Mount(path, type, engine)
        {
            Options = options,
            Description = call.Body.Text("description") ?? "",
        };
        return VaultAnswer.Done();
    }

    private static VaultAnswer Tune(VaultCall call, string path)
    {
        if (!call.Realm.Mounts.TryGetValue(path, out var mount))
            return VaultAnswer.Bad($"no mount at {path}");
        if (call.Operation == Operation.Read)
        {
            var told = mount.Told()["config"]!.DeepClone().AsObject();
            told["description"] = mount.Description;
            told["options"] = mount.Options.DeepClone();
            return VaultAnswer.Of(told) with { Repeats = true };
        }
        if (call.Body.Text("description") is { } description)
            call.Realm.Mounts[path] = mount with { Description = description };
        return VaultAnswer.Done();
    }

    private static VaultAnswer OnPolicy(VaultCall call, string name, string field)
    {
        var policies = call.Realm.Policies;
        switch (call.Operation)
        {
            case Operation.Read:
                return policies.TryGetValue(name, out var policy)
                    ? VaultAnswer.Of(new JsonObject { ["name"] = name, [field] = policy.Text })
                    : VaultAnswer.Missing();
            case Operation.Update when name == "root":
                return VaultAnswer.Bad("cannot update \"root\" policy");
            case Operation.Update:
                try
                {
                    policies[name] = Policy.Of(name, call.Body.Text("policy") ?? "");
                    return VaultAnswer.Done();
                }
                catch (PolicyTextException wrong)
                {
                    return VaultAnswer.Bad(wrong.Message);
                }
            case Operation.Delete when name is "root" or "default":
                return VaultAnswer.Bad($"cannot delete \"{name}\" policy");
            case Operation.Delete:
                policies.Remove(name);
                return VaultAnswer.Done();
            default:
                return VaultAnswer.NotOffered();
        }
    }

    private VaultAnswer OnAudit(VaultCall call, string at)
    {
        if (call.Operation == Operation.Delete)
            core.AuditDevices.Remove($"{at}/");
        else if (!call.Writes)
            return VaultAnswer.NotOffered();
        else if (core.IsOpenBao)
            return VaultAnswer.Bad("cannot enable audit device via API");
        else
        {
            core.AuditDevices[$"{at}/"] = new JsonObject
            {
                ["type"] = call.Body.Text("type"),
                ["description"] = "",
                ["local"] = false,
                ["options"] = call.Body["options"]?.DeepClone(),
                ["path"] = $"{at}/",
            };
        }
        return VaultAnswer.Done();
    }

    private VaultAnswer OnNamespace(VaultCall call, string name)
    {
        if (!core.IsOpenBao)
            return VaultAnswer.Refused(404, "unsupported path");
        if (!call.Writes)
            return core.RealmsIn(call.Realm).Contains($"{name}/", StringComparer.Ordinal)
                ? VaultAnswer.Of(new JsonObject { ["path"] = $"{call.Realm.Path}{name}/" })
                : VaultAnswer.Missing();
        core.AddRealm($"{call.Realm.Path}{name}/");
        return VaultAnswer.Of(new JsonObject { ["path"] = $"{call.Realm.Path}{name}/" });
    }
}
