using Hangfire.AspNetCore;
using Hangfire.Logging;

namespace RootCustody.Host.Jobs;

/// <summary>
/// Hangfire's way into the host's log, silent once that host is gone: Hangfire keeps the log of the last host for the whole
/// process and asks it when a client of jobs is made, so a disposed one would fail the clicks that another host takes.
/// </summary>
internal sealed class JobLogs(ILoggerFactory factory) : ILogProvider
{
    private readonly AspNetCoreLogProvider logs = new(factory);

    public ILog GetLogger(string name)
    {
        try
        {
            return logs.GetLogger(name);
        }
        catch (ObjectDisposedException)
        {
            return new Silence();
        }
    }

    private sealed class Silence : ILog
    {
        public bool Log(Hangfire.Logging.LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null) =>
            false;
    }
}
