using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.Handovers;
using RootCustody.Requests;

namespace RootCustody.Playground.Nodes;

/// <summary>Makes a point of each look of a courier into its vault.</summary>
internal sealed class VaultPoints(IHalfSource source, DeathPoints points) : IHalfSource
{
    public Half Half => source.Half;

    public Task<TimeSpan> OnScreenAsync(
        Account account,
        int? picked,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => source.OnScreenAsync(account, picked, now, cancellationToken);

    public Task<TimeSpan> WaitForAsync(
        AccountId account,
        int? picked,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => source.WaitForAsync(account, picked, now, cancellationToken);

    public Task<IReadOnlyList<Option>> ChoicesAsync(RequestId id, CancellationToken cancellationToken) =>
        source.ChoicesAsync(id, cancellationToken);

    public Task PrepareAsync(Request request, Account account, int? picked, CancellationToken cancellationToken) =>
        AroundAsync("preparing", () => source.PrepareAsync(request, account, picked, cancellationToken));

    public Task<IReadOnlyList<int>> GenerationsAsync(
        Request request,
        Account account,
        int? picked,
        IReadOnlyCollection<int> laterShown,
        CancellationToken cancellationToken
    ) => source.GenerationsAsync(request, account, picked, laterShown, cancellationToken);

    public Task ReadAsync(
        Request request,
        Account account,
        IReadOnlyList<int> generations,
        ICollection<ShownLine> into,
        CancellationToken cancellationToken
    ) => AroundAsync("reading", () => source.ReadAsync(request, account, generations, into, cancellationToken));

    private async Task AroundAsync(string what, Func<Task> work)
    {
        await points.PassAsync("before", $"{what} the {Half} vault");
        await work();
        await points.PassAsync("after", $"{what} the {Half} vault");
    }
}
