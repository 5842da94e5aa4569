using Hangfire;
using RootCustody.Data;

namespace RootCustody.Desk.OnCall;

/// <summary>Brings the on-call of each group that has one up to date.</summary>
public sealed class RefreshOnCallJob(OnCallBook book, RefreshOnCall others, Sweep sweep)
{
    [AutomaticRetry(Attempts = 0)] // the next run is the retry
    [Queue(Queues.Worker)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await others.ForgetOthersAsync(cancellationToken);
        await sweep.EachAsync<RefreshOnCall, string>(
            book.Groups,
            (refresh, group) => refresh.HandleAsync(group, CancellationToken.None),
            cancellationToken
        );
    }
}
