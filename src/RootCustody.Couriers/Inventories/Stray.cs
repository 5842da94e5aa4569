using RootCustody.Accounts;
using RootCustody.Couriers.Vault;

namespace RootCustody.Couriers.Inventories;

/// <summary>What is on one side only: in a vault, or in the database.</summary>
public enum StrayKind
{
    /// <summary>The vault has something under a name that is none of ours.</summary>
    UnknownName,

    /// <summary>The vault has a secret of an account that the database does not know.</summary>
    UnknownAccount,

    /// <summary>The vault has a generation of which the database knows nothing.</summary>
    UnknownGeneration,

    /// <summary>The vault has a secret that never came into use.</summary>
    NeverInUse,

    /// <summary>The vault has a password that should be destroyed by now.</summary>
    Outlived,

    /// <summary>The database counts on a secret that the vault does not have.</summary>
    Missing,

    /// <summary>The database counts on a secret that was deleted in the vault, but not destroyed.</summary>
    Hidden,
}

/// <summary>Something on one side only, and what to do about it. Never a byte of a secret.</summary>
/// <param name="Account">Its number; null if the database knows no such account.</param>
/// <param name="Generation">0 if the name says none.</param>
/// <param name="Place">Where it lies in the vault; null if it is not there.</param>
public sealed record Stray(
    StrayKind Kind,
    Half Half,
    string? Account,
    int Generation,
    string? Place,
    string What,
    string ToDo
)
{
    private const string MaybeOlder =
        "If the database was put back to an older state, run 'lost' first, and import the directory again.";

    internal static Stray UnknownName(Half half, StoredSecret stored) =>
        new(
            StrayKind.UnknownName,
            half,
            null,
            0,
            stored.Place,
            $"The {half.Word()} vault has {stored.Place}, which is no name that we give.",
            "Somebody put it there past us. Find out who in the vault's own audit log, and have an operator of the vault remove it."
        );

    internal static Stray UnknownAccount(Half half, StoredSecret stored) =>
        new(
            StrayKind.UnknownAccount,
            half,
            null,
            stored.Generation,
            stored.Place,
            $"The {half.Word()} vault has a secret of an account that the database does not know ({stored.Account}), at {stored.Place}.",
            $"{MaybeOlder} Otherwise have an operator of the vault remove it."
        );

    internal static Stray UnknownGeneration(Half half, string account, StoredSecret stored) =>
        new(
            StrayKind.UnknownGeneration,
            half,
            account,
            stored.Generation,
            stored.Place,
            $"The {half.Word()} vault has generation {stored.Generation} of account {account}, of which the database knows nothing, at {stored.Place}.",
            half == Half.Password
                ? $"{MaybeOlder} Otherwise nobody was shown it here; rotate the password, and it becomes an old one."
                : $"{MaybeOlder} Otherwise look at AWS whether the user has a device that the register does not name, remove that there, and bring in a new one."
        );

    internal static Stray NeverInUse(Half half, string account, StoredSecret stored) =>
        half == Half.Password
            ? new(
                StrayKind.NeverInUse,
                half,
                account,
                stored.Generation,
                stored.Place,
                $"The password vault has generation {stored.Generation} of account {account}, which has no password in custody: its intake stopped halfway.",
                $"Bring the password in once more: vault set-password {account}."
            )
            : new(
                StrayKind.NeverInUse,
                half,
                account,
                stored.Generation,
                stored.Place,
                $"The MFA vault has a seed of account {account} whose device never came into use: its intake stopped halfway, at {stored.Place}.",
                "Remove that device at AWS and bring in a new one: whoever had the seed knows it. An operator of the vault may remove the old one there."
            );

    internal static Stray Outlived(string account, StoredSecret stored) =>
        new(
            StrayKind.Outlived,
            Half.Password,
            account,
            stored.Generation,
            stored.Place,
            $"The password vault still has generation {stored.Generation} of account {account}, which a later one has replaced and which is kept for nothing any more.",
            $"The vault may have been put back to an older state. Have an operator of the vault destroy {stored.Place}; never its name, for its numbers would be given again."
        );

    internal static Stray Transferred(Half half, string account, StoredSecret stored) =>
        new(
            StrayKind.Outlived,
            half,
            account,
            stored.Generation,
            stored.Place,
            $"The {half.Word()} vault still has generation {stored.Generation} of account {account}, whose transfer is certified.",
            $"The vault may have been put back to an older state. Have an operator of the vault destroy {stored.Place}, and tell the customer."
        );

    internal static Stray Ended(Half half, string account, StoredSecret stored) =>
        new(
            StrayKind.Outlived,
            half,
            account,
            stored.Generation,
            stored.Place,
            $"The {half.Word()} vault still has generation {stored.Generation} of account {account}, which was ended.",
            $"The vault may have been put back to an older state. Have an operator of the vault destroy {stored.Place}."
        );

    internal static Stray Missing(Half half, string account, int generation, string device) =>
        new(
            StrayKind.Missing,
            half,
            account,
            generation,
            null,
            half == Half.Password
                ? $"The password of account {account} (generation {generation}) is not in the vault."
                : $"The seed of the MFA device {device} of account {account} (generation {generation}) is not in the vault.",
            half == Half.Password
                ? $"Restore the vault from its newest backup. If it is lost for good, {(AccountNumber.UserOf(account) is null ? "set a new one at AWS by way of the root mailbox" : "an administrator of the account sets a new one at AWS")}."
                : $"Restore the vault from its newest backup. If it is lost for good, sign in with another device and replace it; without one, {(AccountNumber.UserOf(account) is null ? "AWS replaces it by way of the root mailbox and the root phone" : "an administrator of the account takes it away at AWS")}."
        );

    internal static Stray Hidden(Half half, string account, StoredSecret stored) =>
        new(
            StrayKind.Hidden,
            half,
            account,
            stored.Generation,
            stored.Place,
            $"The {half.Word()} of account {account} (generation {stored.Generation}) was deleted in the vault and cannot be shown.",
            $"Have an operator of the vault undelete {stored.Place}, and find out who deleted it in the vault's own audit log."
        );
}
