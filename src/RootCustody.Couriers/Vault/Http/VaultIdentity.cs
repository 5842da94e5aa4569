namespace RootCustody.Couriers.Vault.Http;

/// <summary>What an identity needs on a path of its own, and what it must not be able to do there.</summary>
/// <param name="Needs">Capabilities without which it is of no use.</param>
/// <param name="MustNot">Capabilities with which it is not used.</param>
public sealed record VaultRight(string Path, IReadOnlyList<string> Needs, IReadOnlyList<string> MustNot);

/// <summary>One of our identities at the vault: how it gets in, and what it may and may not do there (law 7).</summary>
/// <param name="Section">The section of the settings, to be named in sentences.</param>
/// <param name="Rights">On paths of its own.</param>
/// <param name="Never">Paths of the other halves. Asked what it may do there, the vault has to answer exactly "deny"; anything else, and the identity is not used.</param>
public sealed record VaultIdentity(
    string Section,
    VaultSettings Settings,
    IReadOnlyList<VaultRight> Rights,
    IReadOnlyList<string> Never
)
{
    /// <summary>Stands for any name under a path; rights are given by patterns.</summary>
    private const string Any = "any";

    /// <summary>The identity of the password courier.</summary>
    public static VaultIdentity OfPasswords(string section, VaultSettings own, string mfaMount, string stepUpMount) =>
        new(
            section,
            own,
            [
                new($"{own.Mount}/data/{Any}", ["read"], []),
                new($"{own.Mount}/metadata/{Any}", ["read", "list"], ["delete"]), // deleted, the generations would start at 1 again
            ],
            [.. Totp(mfaMount), .. Totp(stepUpMount)]
        );

    /// <summary>The identity of the MFA courier.</summary>
    public static VaultIdentity OfMfaCodes(
        string section,
        VaultSettings own,
        string passwordMount,
        string stepUpMount
    ) =>
        new(
            section,
            own,
            [new($"{own.Mount}/code/{Any}", ["read"], []), new($"{own.Mount}/keys/{Any}", ["read", "list"], [])],
            [.. Kv(passwordMount), .. Totp(stepUpMount)]
        );

    /// <summary>The identity of step-up, which every process has: it validates codes and cannot make any.</summary>
    public static VaultIdentity OfStepUp(string section, VaultSettings own, string passwordMount, string mfaMount) =>
        new(
            section,
            own,
            [
                new($"{own.Mount}/code/{Any}", ["update"], ["read"]),
                new($"{own.Mount}/keys/{Any}", ["read", "list", "update", "delete"], []),
            ],
            [.. Kv(passwordMount), .. Totp(mfaMount)]
        );

    /// <summary>The identity that signs the checkpoints of the audit log.</summary>
    /// <param name="key">The name of the transit key.</param>
    public static VaultIdentity OfCheckpoints(
        string section,
        VaultSettings own,
        string key,
        string passwordMount,
        string mfaMount,
        string stepUpMount
    ) =>
        new(
            section,
            own,
            [
                new($"{own.Mount}/sign/{key}", ["update"], []),
                new($"{own.Mount}/keys/{key}", ["read"], ["update", "delete"]),
            ],
            [.. Kv(passwordMount), .. Totp(mfaMount), .. Totp(stepUpMount)]
        );

    private static string[] Kv(string mount) =>
        [
            $"{mount}/data/{Any}",
            $"{mount}/subkeys/{Any}",
            $"{mount}/metadata/{Any}",
            $"{mount}/undelete/{Any}",
            $"{mount}/{Any}",
        ];

    private static string[] Totp(string mount) => [$"{mount}/code/{Any}", $"{mount}/keys/{Any}", $"{mount}/{Any}"];
}
