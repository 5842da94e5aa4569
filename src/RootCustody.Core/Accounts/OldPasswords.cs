namespace RootCustody.Accounts;

/// <summary>Generations of a password that two custodians attested as dead: kept for a while, then destroyed in the vault.</summary>
/// <remarks>All of them are before the living one. What a stopped rotation may have put in force comes after it, and so is never among them.</remarks>
public sealed class OldPasswords
{
    private OldPasswords() { }

    public AccountId Account { get; private set; }

    /// <summary>The first of them: the one that lived before.</summary>
    public int From { get; private set; }

    /// <summary>The last of them: the one before the living one. Those between were pending in rotations that stopped.</summary>
    public int Through { get; private set; }

    /// <summary>When they are to be destroyed.</summary>
    public DateTimeOffset DestroyAt { get; private set; }

    /// <param name="lived">The generation that lived until now; 0 if this was the first.</param>
    public static OldPasswords After(Retirement retirement, int lived, Policy policy) =>
        new()
        {
            Account = retirement.Account,
            From = Math.Max(lived, 1), // before the first there was none
            Through = retirement.Through,
            DestroyAt = retirement.At + policy.KeepOldPasswords,
        };

    /// <summary>Whether nothing of these can be the password that AWS has, as far as this account knows.</summary>
    /// <param name="pending">The generations of rotations that are under way.</param>
    public bool AreDead(Account account, IEnumerable<int> pending) =>
        Account == account.Id && Through < account.PasswordGeneration && pending.All(p => p > Through);

    /// <summary>They could not be destroyed.</summary>
    public void PutOff(DateTimeOffset until) => DestroyAt = until;
}
