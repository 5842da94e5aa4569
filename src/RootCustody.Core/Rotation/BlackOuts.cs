using System.Globalization;

namespace RootCustody.Rotation;

/// <summary>Days on which nothing falls due, such as <c>2026-12-20..2027-01-06; 2027-04-02</c>; both ends of a stretch belong to it.</summary>
public sealed class BlackOuts
{
    private readonly List<(DateOnly First, DateOnly Last)> stretches;

    private BlackOuts(List<(DateOnly First, DateOnly Last)> stretches) => this.stretches = stretches;

    /// <summary>What is wrong with the text, or null.</summary>
    public static string? Fault(string text) =>
        Array.Find(Parts(text), part => Read(part) is null) is { } wrong
            ? $"'{wrong}' are no days; say 2026-12-20..2027-01-06 or 2027-04-02."
            : null;

    /// <exception cref="FormatException"><see cref="Fault"/> says why.</exception>
    public static BlackOuts Of(string text) =>
        new([.. Parts(text).Select(part => Read(part) ?? throw new FormatException(part))]);

    public bool Hold(DateOnly day) => stretches.Exists(s => s.First <= day && day <= s.Last);

    private static string[] Parts(string text) =>
        text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static (DateOnly First, DateOnly Last)? Read(string text) =>
        text.Split("..") switch
        {
            [var day] when Day(day) is { } only => (only, only),
            [var first, var last] when Day(first) is { } from && Day(last) is { } until && from <= until => (
                from,
                until
            ),
            _ => null,
        };

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}
