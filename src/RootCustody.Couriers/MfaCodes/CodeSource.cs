using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.Handovers;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>The MFA courier's half: a live one-time code, never the seed (law 6).</summary>
public sealed class CodeSource(MfaVault vault, TimeProvider clock) : IHalfSource
{
    /// <summary>A code with less life than this cannot be typed in time.</summary>
    private static readonly TimeSpan TooShort = TimeSpan.FromSeconds(5);

    public Half Half => Half.Mfa;

    public Task<TimeSpan> OnScreenAsync(Account account, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(MfaCode.LifeLeft(now));

    public TimeSpan WaitFor(DateTimeOffset now) =>
        MfaCode.LifeLeft(now) is var left && left < TooShort ? left : TimeSpan.Zero;

    public Task PrepareAsync(Request request, Account account, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public IReadOnlyList<int> Generations(Request request, Account account, IReadOnlyCollection<int> laterShown) =>
        request.Kind == RequestKind.Drill ? [Exposure.Drill]
        : account.MfaGeneration == 0 ? []
        : [account.MfaGeneration];

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
                into.Add(new ShownLine("No real code: this is a drill", Secret.OfText("000000")));
                continue;
            }
            // the code inside is wiped by who was handed the line
            var code = await vault.CodeAsync(account.Id, generation, clock.GetUtcNow(), cancellationToken);
            into.Add(new ShownLine("Code", code.Code));
        }
    }
}
