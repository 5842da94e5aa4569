using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RootCustody.EndToEnd;

/// <summary>Keeps what one host logs, for a test that waits for a line or looks for one.</summary>
public sealed class HeardLogs : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> All => lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose() { }
}
