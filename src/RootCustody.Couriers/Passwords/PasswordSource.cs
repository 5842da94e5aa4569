using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.Handovers;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Couriers.Passwords;

/// <summary>The password courier's half.</summary>
public sealed class PasswordSource(CustodyDb db, PasswordVault vault, NewPassword newPassword, Policies policies)
    : IHalfSource
{
    public Half Half => Half.Password;

    public async Task<TimeSpan> OnScreenAsync(
        Account account,
        int? picked,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => (await policies.OfAsync(account, cancellationToken)).PasswordOnScreen;

    public Task<TimeSpan> WaitForAsync(
        AccountId account,
        int? picked,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => Task.FromResult(TimeSpan.Zero);

    /// <summary>The holder sees every password that may be the living one.</summary>
    public Task<IReadOnlyList<Option>> ChoicesAsync(RequestId id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Option>>([]);

    public async Task PrepareAsync(Request request, Account account, int? picked, CancellationToken cancellationToken)
    {
        if (request.Kind != RequestKind.Rotation || request.PendingGeneration is not null)
            return;
        var latest = await vault.LatestAsync(account.Id, cancellationToken);
        await RefuseAnOlderVaultAsync(account, latest, cancellationToken);
        using var made = await newPassword.MakeAsync(account.Id, latest + 1, cancellationToken);
        var pending = await vault.WriteAsync(account.Id, latest, made, cancellationToken);
        await db.DecideAsync(
            async () =>
            {
                var mine = await db.Requests.SingleAsync(r => r.Id == request.Id, cancellationToken);
                mine.Prepare(pending);
                db.Record(
                    "password.made",
                    Recording.System,
                    ("request", request.Id),
                    ("account", account.Id),
                    ("generation", pending)
                );
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>A number that was given before would be covered by retirements that meant another password (law 1).</summary>
    private async Task RefuseAnOlderVaultAsync(Account account, int latest, CancellationToken cancellationToken)
    {
        var shown = await db.Exposures.AnyAsync(
            e => e.Account == account.Id && e.Half == Half.Password && e.Request != null && e.Generation > latest,
            cancellationToken
        );
        if (shown || latest < account.PasswordGeneration)
            throw new VaultException(
                VaultFailure.Behind,
                gaveNoHalf: true,
                "The vault is older than the database. Restore the folder 'passwords' from its newest backup."
            );
    }

    public Task<IReadOnlyList<int>> GenerationsAsync(
        Request request,
        Account account,
        int? picked,
        IReadOnlyCollection<int> laterShown,
        CancellationToken cancellationToken
    ) => Task.FromResult(Generations(request, account, laterShown));

    private static IReadOnlyList<int> Generations(Request request, Account account, IReadOnlyCollection<int> laterShown)
    {
        if (request.Kind == RequestKind.Drill)
            return [Exposure.Drill];
        // a rotation that stopped halfway may have put a later one in force, which an emergency has to know too
        var living = laterShown.Append(account.PasswordGeneration);
        var all = request.PendingGeneration is { } pending ? living.Append(pending) : living;
        return [.. all.Where(g => g > 0).Distinct().Order()]; // before the first there is none
    }

    public async Task ReadAsync(
        Request request,
        Account account,
        IReadOnlyList<int> generations,
        ICollection<ShownLine> into,
        CancellationToken cancellationToken
    )
    {
        foreach (var generation in generations)
        {
            if (generation == Exposure.Drill)
            {
                into.Add(new ShownLine("No real password: this is a drill", Secret.OfText("DRILL-ONLY")));
                continue;
            }
            var label =
                generation == request.PendingGeneration ? "New password"
                : generation == account.PasswordGeneration ? "Password"
                : "Or, if an earlier rotation stopped halfway";
            into.Add(new ShownLine(label, await vault.ReadAsync(account.Id, generation, cancellationToken)));
        }
    }
}
