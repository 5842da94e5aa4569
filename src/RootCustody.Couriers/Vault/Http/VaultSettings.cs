using System.Text.RegularExpressions;

namespace RootCustody.Couriers.Vault.Http;

/// <summary>How one identity of ours reaches HashiCorp Vault or OpenBao. It holds no secret: those lie in files that it names.</summary>
public sealed partial class VaultSettings
{
    private VaultSettings(string mount, string authMount, string role) =>
        (Mount, AuthMount, Role) = (mount, authMount, role);

    /// <summary>Where the vault answers, such as <c>https://vault.example:8200</c>, several with a semicolon between. Empty: the sealed store, in Development only.</summary>
    public string Address { get; set; } = "";

    /// <summary>The namespace; none if empty.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>Where the engine is mounted.</summary>
    public string Mount { get; set; }

    /// <summary>Where AppRole is mounted for this identity: one of its own, so that who makes secret ids for one cannot make them for another.</summary>
    public string AuthMount { get; set; }

    /// <summary>The name of the role. A wrapped secret id has to have been made for it.</summary>
    public string Role { get; set; }

    public string RoleId { get; set; } = "";

    /// <summary>The file with the secret id; read at each login.</summary>
    public string SecretIdFile { get; set; } = "";

    /// <summary>The file with the wrapping token of a secret id, for one start; taken away once it is unwrapped.</summary>
    public string WrappedSecretIdFile { get; set; } = "";

    /// <summary>A file (PEM) with the certificates that the vault's own is checked against, and no others. Empty: those of the machine.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>How long one attempt waits for its answer. 1 s to 1 min, default 5 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    public bool IsSet => Address.Length > 0;

    /// <summary>With the default mount <c>rc-password</c>, auth mount <c>approle-rc-password</c> and role <c>rc-password-courier</c>.</summary>
    public static VaultSettings OfPasswords() => new("rc-password", "approle-rc-password", "rc-password-courier");

    /// <summary>With the default mount <c>rc-mfa</c>, auth mount <c>approle-rc-mfa</c> and role <c>rc-mfa-courier</c>.</summary>
    public static VaultSettings OfMfaCodes() => new("rc-mfa", "approle-rc-mfa", "rc-mfa-courier");

    /// <summary>With the default mount <c>rc-stepup</c>, auth mount <c>approle-rc-stepup</c> and role <c>rc-stepup</c>.</summary>
    public static VaultSettings OfStepUp() => new("rc-stepup", "approle-rc-stepup", "rc-stepup");

    /// <summary>With the default mount <c>rc-audit</c>, auth mount <c>approle-rc-audit</c> and role <c>rc-audit-signer</c>.</summary>
    public static VaultSettings OfCheckpoints() => new("rc-audit", "approle-rc-audit", "rc-audit-signer");

    /// <summary>The addresses in their order.</summary>
    internal IReadOnlyList<Uri> Addresses() => [.. Split().Select(text => new Uri(text))];

    /// <summary>What is wrong, each in a sentence that names the setting.</summary>
    /// <param name="section">Where the settings stand.</param>
    public IEnumerable<string> Faults(string section)
    {
        foreach (var fault in FaultsOfThePlace(section))
            yield return fault;
        if (string.IsNullOrWhiteSpace(RoleId))
            yield return $"{section}:RoleId: set the role id of the AppRole role {Role}.";
        if (string.IsNullOrEmpty(SecretIdFile) == string.IsNullOrEmpty(WrappedSecretIdFile))
            yield return $"{section}: set either SecretIdFile or WrappedSecretIdFile.";
    }

    /// <summary>As <see cref="Faults"/>, of all but how the identity gets in.</summary>
    public IEnumerable<string> FaultsOfThePlace(string section)
    {
        foreach (var address in Split().Where(text => !IsAddress(text)))
            yield return $"{section}:Address has '{address}'; it has to be https://host:port and nothing else. Plain http is for a vault or its proxy on this machine (127.0.0.1) only.";
        if (!Segments().IsMatch(Mount))
            yield return $"{section}:Mount may have small letters, digits, '-' and '/' only, as in rc-password.";
        if (!Segments().IsMatch(AuthMount))
            yield return $"{section}:AuthMount may have small letters, digits, '-' and '/' only, as in approle-rc-password.";
        if (!Segments().IsMatch(Role))
            yield return $"{section}:Role may have small letters, digits and '-' only.";
        if (Namespace.Length > 0 && !NamespaceName().IsMatch(Namespace))
            yield return $"{section}:Namespace may have letters, digits, '-', '_' and '/' only.";
        if (CaFile.Length > 0 && !File.Exists(CaFile))
            yield return $"{section}:CaFile: there is no file '{CaFile}', or this host may not see it.";
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(1))
            yield return $"{section}:Timeout must lie between 00:00:01 and 00:01:00.";
    }

    private string[] Split() =>
        Address.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)
        && uri.PathAndQuery == "/"
        && uri.Fragment.Length == 0
        && uri.UserInfo.Length == 0;

    /// <summary>What may stand in a path: nothing that leads elsewhere.</summary>
    [GeneratedRegex(
        "^[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Segments();

    [GeneratedRegex(
        "^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*/?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex NamespaceName();
}
