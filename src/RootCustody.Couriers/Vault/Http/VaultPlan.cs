using System.Net;
using System.Text.Json;

namespace RootCustody.Couriers.Vault.Http;

/// <summary>How a thing at the vault stands.</summary>
public enum VaultStanding
{
    Right,
    Missing,

    /// <summary>It is there, but not as it is delivered.</summary>
    Differs,

    /// <summary>This token may not see it.</summary>
    Hidden,
}

/// <summary>One thing that an operator sets up, and how it stands.</summary>
/// <param name="Why">What differs; null where there is nothing to add.</param>
public sealed record VaultFinding(VaultStanding Standing, string What, string? Why = null);

/// <summary>Looks, with an operator's token, what is missing at a vault or differs from what is delivered. It only reads.</summary>
/// <param name="at">Where each mount really is, by its usual name.</param>
public sealed class VaultPlan(VaultTransport transport, Secret token, IReadOnlyDictionary<string, string> at)
{
    private const string Devices = "audit device";

    /// <summary>Whether the vault serves and knows the token.</summary>
    /// <exception cref="VaultException">It does not.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (await VaultRefusals.WhyUnwellAsync(transport, cancellationToken) is { } why)
            throw why;
        using var answer = await AskAsync("auth/token/lookup-self", cancellationToken);
        if (!answer.IsDone)
            throw new VaultException(
                VaultFailure.Denied,
                gaveNoHalf: true,
                "The vault does not know this token, or it has expired. Take one of an operator who may read mounts, policies and roles."
            );
    }

    /// <summary>Whether anything keeps the vault's own log: without it nobody can tell afterwards who read what.</summary>
    public async Task<VaultFinding> LookAtAuditAsync(CancellationToken cancellationToken)
    {
        using var answer = await AskAsync("sys/audit", cancellationToken);
        if (answer.Is(HttpStatusCode.Forbidden))
            return new VaultFinding(VaultStanding.Hidden, Devices, "make sure that one is enabled");
        return answer.Names("data").Count > 0
            ? new VaultFinding(VaultStanding.Right, Devices)
            : new VaultFinding(
                VaultStanding.Missing,
                Devices,
                "the vault keeps no log; enable one before the first half is put in"
            );
    }

    /// <summary>Everything that one identity needs, in the order in which it is set up.</summary>
    /// <param name="settings">How a process of ours is told to reach it.</param>
    /// <exception cref="VaultException">The vault cannot answer now.</exception>
    public async Task<IReadOnlyList<VaultFinding>> LookAsync(
        VaultSetUp.Identity wanted,
        VaultSettings settings,
        CancellationToken cancellationToken
    )
    {
        var kind = wanted.Engine.GetProperty("type").GetString()!;
        var version = wanted.Engine.TryGetProperty("options", out var options)
            ? options.GetProperty("version").GetString()
            : null;
        var found = new List<VaultFinding>
        {
            await LookAtMountAsync("sys/mounts", settings.Mount, kind, version, cancellationToken),
        };
        if (wanted.Entry is { } entry)
            found.Add(await LookAtAsync($"{settings.Mount}/{entry.Path}", entry.Fields, cancellationToken));
        foreach (var policy in wanted.AllPolicies)
            found.Add(await LookAtPolicyAsync(policy, cancellationToken));
        found.Add(await LookAtMountAsync("sys/auth", settings.AuthMount, "approle", null, cancellationToken));
        found.Add(await LookAtRoleAsync(wanted, settings, cancellationToken));
        found.Add(await LookAtRoleIdAsync(wanted, settings, cancellationToken));
        return found;
    }

    private async Task<VaultFinding> LookAtMountAsync(
        string list,
        string mount,
        string kind,
        string? version,
        CancellationToken cancellationToken
    )
    {
        var what = $"{list}/{mount}";
        using var answer = await AskAsync(list, cancellationToken);
        if (answer.Is(HttpStatusCode.Forbidden))
            return new VaultFinding(VaultStanding.Hidden, what);
        if (answer.Text("data", $"{mount}/", "type") is not { } isKind)
            return new VaultFinding(VaultStanding.Missing, what);
        if (isKind != kind)
            return new VaultFinding(VaultStanding.Differs, what, $"it is of the type {isKind}, not {kind}");
        return version is null || answer.Text("data", $"{mount}/", "options", "version") == version
            ? new VaultFinding(VaultStanding.Right, what)
            : new VaultFinding(VaultStanding.Differs, what, $"it is not version {version} of {kind}");
    }

    private async Task<VaultFinding> LookAtPolicyAsync(string policy, CancellationToken cancellationToken)
    {
        var what = $"policy {policy}";
        using var answer = await AskAsync($"sys/policies/acl/{policy}", cancellationToken);
        if (Unseen(answer, what) is { } unseen)
            return unseen;
        // the script's shell drops the newlines at the end
        return answer.Text("data", "policy")?.TrimEnd() == VaultSetUp.Policy(policy, at).TrimEnd()
            ? new VaultFinding(VaultStanding.Right, what)
            : new VaultFinding(VaultStanding.Differs, what, "its text is another than the delivered one");
    }

    private async Task<VaultFinding> LookAtRoleAsync(
        VaultSetUp.Identity wanted,
        VaultSettings settings,
        CancellationToken cancellationToken
    )
    {
        var path = $"auth/{settings.AuthMount}/role/{settings.Role}";
        using var answer = await AskAsync(path, cancellationToken);
        if (Unseen(answer, path) is { } unseen)
            return unseen;
        var policies = answer.Texts("data", "token_policies") ?? [];
        if (wanted.Policies.Except(policies, StringComparer.Ordinal).FirstOrDefault() is { } less)
            return new VaultFinding(VaultStanding.Differs, path, $"it lacks the policy {less}");
        if (
            policies.Except([.. wanted.Policies, .. wanted.Intake], StringComparer.Ordinal).FirstOrDefault() is { } more
        )
            return new VaultFinding(VaultStanding.Differs, path, $"it has the policy {more} too");
        return Compare(answer, path, VaultSetUp.Delivered.Terms);
    }

    /// <summary>The role id is no secret, and differs at each vault: the settings have to name it.</summary>
    private async Task<VaultFinding> LookAtRoleIdAsync(
        VaultSetUp.Identity wanted,
        VaultSettings settings,
        CancellationToken cancellationToken
    )
    {
        var what = $"RoleId in the settings of {wanted.Section}";
        var path = $"auth/{settings.AuthMount}/role/{settings.Role}/role-id";
        using var answer = await AskAsync(path, cancellationToken);
        if (Unseen(answer, what) is { } unseen)
            return unseen with { Why = "there is no role to have one" };
        var isId = answer.Text("data", "role_id");
        if (settings.RoleId == isId)
            return new VaultFinding(VaultStanding.Right, what);
        return string.IsNullOrWhiteSpace(settings.RoleId)
            ? new VaultFinding(VaultStanding.Missing, what, $"it is {isId}")
            : new VaultFinding(VaultStanding.Differs, what, $"the vault has {isId}");
    }

    private async Task<VaultFinding> LookAtAsync(
        string path,
        IReadOnlyDictionary<string, JsonElement> fields,
        CancellationToken cancellationToken
    )
    {
        using var answer = await AskAsync(path, cancellationToken);
        return Unseen(answer, path) ?? Compare(answer, path, fields);
    }

    private static VaultFinding Compare(
        VaultAnswer answer,
        string what,
        IReadOnlyDictionary<string, JsonElement> fields
    )
    {
        foreach (var (name, wanted) in fields)
        {
            var equal = wanted.ValueKind switch
            {
                JsonValueKind.Number => answer.Number("data", name) == wanted.GetInt64(),
                JsonValueKind.True or JsonValueKind.False => answer.Flag("data", name) == wanted.GetBoolean(),
                _ => answer.Text("data", name) == wanted.GetString(),
            };
            if (!equal)
                return new VaultFinding(VaultStanding.Differs, what, $"{name} is not {wanted}");
        }
        return new VaultFinding(VaultStanding.Right, what);
    }

    /// <summary>A mount that is not there is answered like a name that is not there, or as if it were asked wrongly.</summary>
    private static VaultFinding? Unseen(VaultAnswer answer, string what) =>
        answer.Status switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.BadRequest => new VaultFinding(VaultStanding.Missing, what),
            HttpStatusCode.Forbidden => new VaultFinding(VaultStanding.Hidden, what),
            _ => null,
        };

    /// <exception cref="VaultException">It gave no answer that means anything.</exception>
    private async Task<VaultAnswer> AskAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(
            VaultCall.Read(path),
            request => VaultToken.Put(request, token),
            cancellationToken
        );
        if (
            answer.IsDone
            || answer.Arrival == VaultArrival.Answered
                && answer.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.Forbidden
        )
            return answer;
        using (answer)
            throw await VaultRefusals.OfAsync(transport, answer, cancellationToken);
    }
}
