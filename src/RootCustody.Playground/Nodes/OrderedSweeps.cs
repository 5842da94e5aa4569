using Hangfire;
using Hangfire.Common;

namespace RootCustody.Playground.Nodes;

/// <summary>Where the clock stands, the sweeps that come every few seconds come on order only: whatever they find is found in the same act of every run. Those that come by minutes, hours or days would come by the clock on the wall, in any act or in none: they do not come.</summary>
internal sealed class OrderedSweeps(IRecurringJobManager jobs) : IRecurringJobManager
{
    /// <summary>The cadence of what is never due by itself.</summary>
    public static readonly string OnOrder = Cron.Never();

    private const string NotHere = "0 0 30 2 *"; // a day that does not come either

    public void AddOrUpdate(string recurringJobId, Job job, string cronExpression, RecurringJobOptions options) =>
        jobs.AddOrUpdate(recurringJobId, job, cronExpression == Node.EverySoOften ? OnOrder : NotHere, options);

    public void Trigger(string recurringJobId) => jobs.Trigger(recurringJobId);

    public void RemoveIfExists(string recurringJobId) => jobs.RemoveIfExists(recurringJobId);
}
