using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Requests;

namespace RootCustody.Couriers.Handovers;

/// <summary>Where one courier takes its half from. Two ship, each with a vault of its own; no process but the embedded default registers both (law 7).</summary>
public interface IHalfSource
{
    Half Half { get; }

    /// <summary>How long the half may stay on screen if it is shown now.</summary>
    /// <param name="picked">As in <see cref="PrepareAsync"/>.</param>
    Task<TimeSpan> OnScreenAsync(Account account, int? picked, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>How long it is wiser to wait, because what would be shown is about to die; zero if it is good now.</summary>
    /// <param name="picked">As in <see cref="PrepareAsync"/>.</param>
    Task<TimeSpan> WaitForAsync(
        AccountId account,
        int? picked,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>What the holder may choose between, the usual first; none where there is no choice. Each value is a generation.</summary>
    Task<IReadOnlyList<Option>> ChoicesAsync(RequestId id, CancellationToken cancellationToken);

    /// <summary>Makes what has to be there before the reveal is decided: the new password of a rotation.</summary>
    /// <param name="picked">The generation that the holder chose, if they did; the word of a client.</param>
    /// <exception cref="Vault.VaultException">It could not be made.</exception>
    Task PrepareAsync(Request request, Account account, int? picked, CancellationToken cancellationToken);

    /// <summary>The generations that the holder needs to see, oldest first. Part of the decision that rests on it.</summary>
    /// <param name="picked">As in <see cref="PrepareAsync"/>.</param>
    /// <param name="laterShown">Generations after the living one that someone was shown: a rotation that stopped halfway may have put one of them in force.</param>
    Task<IReadOnlyList<int>> GenerationsAsync(
        Request request,
        Account account,
        int? picked,
        IReadOnlyCollection<int> laterShown,
        CancellationToken cancellationToken
    );

    /// <summary>Takes them out of the vault, one by one, each added as soon as it is here.</summary>
    /// <param name="into">The caller wipes what is in it, whatever happens.</param>
    /// <exception cref="Vault.VaultException">The vault gave no more.</exception>
    Task ReadAsync(
        Request request,
        Account account,
        IReadOnlyList<int> generations,
        ICollection<ShownLine> into,
        CancellationToken cancellationToken
    );
}
