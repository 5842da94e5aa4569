using System.Globalization;
using System.Text;

namespace RootCustody.Benchmarks;

/// <summary>What was measured, as Markdown to be pasted into the README.</summary>
internal sealed class Report
{
    private readonly StringBuilder text = new();

    public void Line(FormattableString line)
    {
        var said = line.ToString(CultureInfo.InvariantCulture);
        text.AppendLine(said);
        Console.Error.WriteLine(said); // seen while it runs
    }

    public void Title(string title, params ReadOnlySpan<string> columns)
    {
        Line($"");
        Line($"### {title}");
        Line($"");
        if (columns.Length == 0)
            return;
        Line($"| {string.Join(" | ", columns!)} |");
        Line($"|{string.Concat(Enumerable.Repeat("---|", columns.Length))}");
    }

    public override string ToString() => text.ToString();

    /// <summary>The median and, in brackets, the least and the greatest.</summary>
    public static string Spread(IEnumerable<double> values, string format = "0.0")
    {
        var sorted = values.Order().ToList();
        var culture = CultureInfo.InvariantCulture;
        return $"{sorted[sorted.Count / 2].ToString(format, culture)} ({sorted[0].ToString(format, culture)} to {sorted[^1].ToString(format, culture)})";
    }
}
