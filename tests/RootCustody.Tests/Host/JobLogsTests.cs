using Microsoft.Extensions.Logging;
using RootCustody.Host.Jobs;

namespace RootCustody.Tests.Host;

public sealed class JobLogsTests
{
    [Fact]
    public void The_log_of_a_host_that_is_gone_is_silent_and_fails_nobody()
    {
        var factory = LoggerFactory.Create(_ => { });
        var logs = new JobLogs(factory);
        factory.Dispose();

        var log = logs.GetLogger("Hangfire");

        Assert.False(log.Log(Hangfire.Logging.LogLevel.Error, () => "nobody reads this"));
    }
}
