using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RootCustody.Playground.Nodes;

/// <summary>A clock that stands until it is moved. Its timers run in real time, so that loops keep looking.</summary>
public sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    private long ticks = now.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref ticks), TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref ticks);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}

/// <summary>Gives a database server the same standing clock: it is the judge of the time.</summary>
internal sealed class StandingDatabase(StandingClock clock) : DbCommandInterceptor
{
    private const string Clock = "clock_timestamp()";

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        if (command.CommandText.Contains(Clock, StringComparison.Ordinal))
        {
            var now = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
            command.CommandText = command.CommandText.Replace(Clock, $"TIMESTAMPTZ '{now}'", StringComparison.Ordinal);
        }
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }
}
