namespace RootCustody.Accounts;

/// <summary>The end of a closed account: once AWS cannot reopen it any more, two administrators decide that its secrets are destroyed. There is no way back.</summary>
public sealed class Ending
{
    /// <summary>So long AWS can reopen an account that was closed: the post-closure period of the AWS Account Management Reference Guide, "Close an AWS account".</summary>
    public static readonly TimeSpan MayReopenFor = TimeSpan.FromDays(90);

    private Ending() { }

    public AccountId Account { get; private set; }

    /// <summary>When those in charge were last told that something of it waits for them.</summary>
    public DateTimeOffset? ToldAt { get; private set; }

    /// <summary>When two administrators decided; null as long as they were only told that they can.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>When the vault of the passwords, or of the seeds, kept nothing of the account any more.</summary>
    public DateTimeOffset? PasswordsDestroyedAt { get; private set; }

    /// <inheritdoc cref="PasswordsDestroyedAt"/>
    public DateTimeOffset? SeedsDestroyedAt { get; private set; }

    public static Ending Of(AccountId account) => new() { Account = account };

    /// <summary>From when on a closed account can be ended; null if it is not closed. An IAM user that was deleted at AWS does not come back.</summary>
    public static DateTimeOffset? PossibleFrom(Account account) =>
        account.User is null ? account.ClosedAt + MayReopenFor : account.ClosedAt;

    /// <returns>False if it was decided before.</returns>
    public bool Decide(DateTimeOffset now)
    {
        if (DecidedAt is not null)
            return false;
        (DecidedAt, ToldAt) = (now, null);
        return true;
    }

    public void WasTold(DateTimeOffset now) => ToldAt = now;

    /// <summary>The vault of this half keeps nothing of the account any more.</summary>
    public void Destroyed(Half half, DateTimeOffset now)
    {
        if (half == Half.Password)
            PasswordsDestroyedAt ??= now;
        else
            SeedsDestroyedAt ??= now;
    }

    /// <summary>When this half was destroyed; null if it was not.</summary>
    public DateTimeOffset? DestroyedAt(Half half) => half == Half.Password ? PasswordsDestroyedAt : SeedsDestroyedAt;
}
