using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RootCustody.EndToEnd;

/// <summary>Keeps what one host logs, scopes too, for a test that waits for a line or looks for one.</summary>
public sealed class HeardLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> All => lines;

    public ILogger CreateLogger(string categoryName) => new Line(categoryName, lines);

    public void Dispose() { }

    private sealed class Line(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"{category} scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Enqueue($"{category} {formatter(state, exception)} {exception}");
    }
}
