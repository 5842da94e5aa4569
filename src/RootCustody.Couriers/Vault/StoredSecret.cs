namespace RootCustody.Couriers.Vault;

/// <summary>That a vault keeps a secret, without a byte of it.</summary>
/// <param name="Account">Whose it is by its name; null if the name is none of ours.</param>
/// <param name="Generation">0 if the name is none of ours.</param>
/// <param name="Place">Where an operator of the vault finds it.</param>
/// <param name="IsHidden">It was deleted there, but not destroyed: it cannot be read, and can be brought back.</param>
public sealed record StoredSecret(AccountId? Account, int Generation, string Place, bool IsHidden = false);
