using System.Globalization;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace RootCustody.Host;

/// <summary>How a line of the log looks.</summary>
public enum LogFormat
{
    /// <summary>For people: time, level, source, sentence.</summary>
    Text,

    /// <summary>For machines: one JSON object a line, in the compact form of Serilog.</summary>
    Json,
}

/// <summary>The host's log on standard output. What is logged, the settings <c>Logging:LogLevel</c> say, as for every host of .NET; Serilog only writes it.</summary>
public static class HostLogs
{
    private const string Line = "{Timestamp:HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";

    /// <summary>Instead of the providers that .NET adds on its own.</summary>
    internal static void AddLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerProvider>(provider =>
            Provider(
                provider.GetRequiredService<CustodySettings>().LogFormatIn(builder.Environment.IsDevelopment()),
                toStandardErrorFrom: null
            )
        );
    }

    /// <summary>For verbs, whose standard output is what they were asked for.</summary>
    internal static void ToStandardError(this ILoggingBuilder logging) =>
        logging.ClearProviders().AddProvider(Provider(LogFormat.Text, LogEventLevel.Verbose));

    public static ITextFormatter FormatterOf(LogFormat format) =>
        format switch
        {
            LogFormat.Text => new MessageTemplateTextFormatter(Line, CultureInfo.InvariantCulture),
            LogFormat.Json => new RenderedCompactJsonFormatter(),
        };

    private static SerilogLoggerProvider Provider(LogFormat format, LogEventLevel? toStandardErrorFrom) =>
        new(
            new LoggerConfiguration()
                .MinimumLevel.Verbose() // what comes here has passed the filters of Logging:LogLevel
                .WriteTo.Console(FormatterOf(format), standardErrorFromLevel: toStandardErrorFrom)
                .CreateLogger(),
            dispose: true
        );
}
