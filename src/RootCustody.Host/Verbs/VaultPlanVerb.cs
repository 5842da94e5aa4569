using System.CommandLine;
using System.Security.Cryptography;
using RootCustody.Couriers.Vault;
using RootCustody.Couriers.Vault.Http;

namespace RootCustody.Host.Verbs;

/// <summary><c>vault plan</c>: what an operator still has to set up at the vault, looked at with their token and changed by nobody.</summary>
internal static class VaultPlanVerb
{
    /// <summary>Something is missing or differs, or may not be seen.</summary>
    public const int Incomplete = 2;

    private const int Longest = 16 * 1024;

    private static readonly Argument<string[]> Roles = new("ROLE")
    {
        Description =
            $"Whose vaults: {string.Join(", ", RoleNames.All)}. Those of this process' own roles if none is named.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string[]> Only = new("--only")
    {
        HelpName = "SECTION",
        Description =
            "Of these the vault of this section of the settings only, such as PasswordVault: for vaults at different addresses.",
    };

    private static readonly Option<string?> TokenFile = new("--token-file")
    {
        HelpName = "FILE",
        Description =
            "A file with the operator's token, alone or in a line VAULT_TOKEN=... . Else it is typed (no echo), or one line on standard input.",
    };

    public static Command Make()
    {
        Roles.AcceptOnlyFromAmong([.. RoleNames.All]);
        Only.AcceptOnlyFromAmong([.. VaultSetUp.Delivered.Identities.Select(i => i.Section)]);
        var plan = new Command(
            "plan",
            "Print what is missing at HashiCorp Vault or OpenBao for the identities of a role, or differs from manifests/vault. Changes nothing; set-up.sh does. Exit code: 0 all is right, 1 it could not be looked at, 2 something is not right."
        )
        {
            Roles,
            Only,
            TokenFile,
        };
        plan.SetAction((parsed, cancellationToken) => Verb.TellingAsync(() => RunAsync(parsed, cancellationToken)));
        return plan;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // the host itself does not start before this is done
        var settings = CustodyHost.SettingsOf(WebApplication.CreateBuilder());
        var roles = parsed.GetValue(Roles)!.Select(RoleNames.Read).OfType<Role>().ToHashSet();
        var only = parsed.GetValue(Only)!;
        var looked = settings
            .UsedVaults(roles.Count > 0 ? roles : settings.Played())
            .Where(used => only.Length == 0 || only.Any(o => used.Section == $"{CustodySettings.Section}:{o}"))
            .ToList();
        var faults = Faults(looked).ToList();
        if (faults.Count > 0)
            return Verb.Tell(faults);
        try
        {
            using var token = TokenOf(parsed.GetValue(TokenFile));
            return await LookAsync(settings, looked, token, cancellationToken);
        }
        catch (VaultException refused)
        {
            return Verb.Tell(refused.Message);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Verb.Tell($"The token cannot be read: {unreadable.Message}");
        }
    }

    private static IEnumerable<string> Faults(IReadOnlyList<(string Section, VaultSettings Vault)> looked)
    {
        if (looked.Count == 0)
            yield return "These roles do not use that vault.";
        foreach (var (section, vault) in looked)
        {
            if (!vault.IsSet)
                yield return $"{section}:Address: say where the vault is.";
            foreach (var fault in vault.FaultsOfThePlace(section))
                yield return fault;
        }
        if (looked.Select(used => used.Vault.Address).Distinct(StringComparer.Ordinal).Count() > 1)
            yield return "They are at different addresses, and the token of one vault is not shown to another: name one with --only.";
    }

    private static async Task<int> LookAsync(
        CustodySettings settings,
        IReadOnlyList<(string Section, VaultSettings Vault)> looked,
        Secret token,
        CancellationToken cancellationToken
    )
    {
        var at = VaultSetUp.Delivered.Identities.ToDictionary(
            i => i.Mount,
            i => settings.VaultOf(i.Section).Mount,
            StringComparer.Ordinal
        );
        using var random = RandomNumberGenerator.Create();
        var found = new List<VaultFinding>();
        foreach (var (section, vault) in looked)
        {
            using var transport = new VaultTransport(vault, TimeProvider.System, random);
            var plan = new VaultPlan(transport, token, at);
            await plan.BeginAsync(cancellationToken);
            var wanted = VaultSetUp.Delivered.Identities.Single(i =>
                section == $"{CustodySettings.Section}:{i.Section}"
            );
            if (found.Count == 0)
                found.Add(await plan.LookAtAuditAsync(cancellationToken));
            found.AddRange(await plan.LookAsync(wanted, vault, cancellationToken));
        }
        foreach (var finding in found)
            Console.WriteLine(SentenceOf(finding));
        var open = found.Count(f => f.Standing != VaultStanding.Right);
        Console.WriteLine(
            open == 0
                ? "Nothing is missing."
                : $"{open} of {found.Count} things are not right. manifests/vault/set-up.sh puts most of them right."
        );
        return open == 0 ? Verb.Ok : Incomplete;
    }

    private static string SentenceOf(VaultFinding finding)
    {
        var standing = finding.Standing switch
        {
            VaultStanding.Right => "is right  ",
            VaultStanding.Missing => "missing   ",
            VaultStanding.Differs => "differs   ",
            VaultStanding.Hidden => "not shown ",
        };
        return $"{standing} {finding.What}{(finding.Why is { } why ? $": {why}" : "")}";
    }

    private static Secret TokenOf(string? file)
    {
        if (file is null)
            return SecretPrompt.Read("Token of an operator of the vault (no echo): ");
        var bytes = GC.AllocateArray<byte>(Longest, pinned: true);
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            var text = bytes.AsSpan(0, stream.ReadAtLeast(bytes, Longest, throwOnEndOfStream: false));
            if (text.IndexOf("VAULT_TOKEN="u8) is var name and >= 0)
                text = text[(name + "VAULT_TOKEN=".Length)..];
            if (text.IndexOf((byte)'\n') is var end and >= 0)
                text = text[..end];
            return Secret.Take(text.Trim(" \t\r'\""u8));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
