using System.Linq.Expressions;
using Hangfire;
using Microsoft.Extensions.Logging;

namespace RootCustody.Desk;

/// <summary>Makes a sweep come at its time instead of a little later. What was decided is committed by then, so an alarm that cannot be set harms nothing.</summary>
public sealed partial class Alarm(IBackgroundJobClient jobs, ILogger<Alarm> logger)
{
    public void Set<TJob>(Expression<Func<TJob, Task>> sweep, TimeSpan after)
    {
        try
        {
            jobs.Schedule(sweep, after);
        }
        catch (BackgroundJobClientException broken)
        {
            Log.NotSet(logger, broken, typeof(TJob).Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "No alarm could be set for {Job}; the recurring sweep does it.")]
        public static partial void NotSet(ILogger logger, Exception exception, string job);
    }
}
