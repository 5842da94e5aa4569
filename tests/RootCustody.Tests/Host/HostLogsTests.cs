using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using RootCustody.Host;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting;

namespace RootCustody.Tests.Host;

public sealed partial class HostLogsTests
{
    [Fact]
    public void A_line_for_machines_is_one_object_whatever_stands_in_it()
    {
        var lines = Written(LogFormat.Json);

        var line = JsonNode.Parse(Assert.Single(lines))!;
        Assert.Equal("Row 7 of the outbox: \"two\nlines\"", (string)line["@m"]!);
        Assert.Equal("Error", (string)line["@l"]!);
        Assert.Equal("RootCustody.Data.Outbox", (string)line["SourceContext"]!);
        Assert.Equal(7, (int)line["Row"]!);
        Assert.Contains("InvalidOperationException: broken", (string)line["@x"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_for_people_has_time_level_source_and_sentence()
    {
        var lines = Written(LogFormat.Text);

        Assert.Matches(@"^\d\d:\d\d:\d\d\.\d\d\d ERR RootCustody\.Data\.Outbox: Row 7 of the outbox: two$", lines[0]);
    }

    [Fact]
    public void Outside_development_the_log_is_for_machines_unless_the_settings_say_otherwise()
    {
        Assert.Equal(LogFormat.Json, new CustodySettings().LogFormatIn(isDevelopment: false));
        Assert.Equal(LogFormat.Text, new CustodySettings().LogFormatIn(isDevelopment: true));
        Assert.Equal(
            LogFormat.Text,
            new CustodySettings { LogFormat = LogFormat.Text }.LogFormatIn(isDevelopment: false)
        );
    }

    private static string[] Written(LogFormat format)
    {
        var sink = new Sink(HostLogs.FormatterOf(format));
        using var provider = new SerilogLoggerProvider(
            new LoggerConfiguration().WriteTo.Sink(sink).CreateLogger(),
            dispose: true
        );
        Log.Broken(
            provider.CreateLogger("RootCustody.Data.Outbox"),
            new InvalidOperationException("broken"),
            7,
            "two\nlines"
        );
        return sink.Text.ToString().TrimEnd().Split('\n');
    }

    private sealed class Sink(ITextFormatter formatter) : ILogEventSink
    {
        public StringWriter Text { get; } = new();

        public void Emit(LogEvent logEvent) => formatter.Format(logEvent, Text);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Row {Row} of the outbox: {What}")]
        public static partial void Broken(
            Microsoft.Extensions.Logging.ILogger logger,
            Exception exception,
            int row,
            string what
        );
    }
}
