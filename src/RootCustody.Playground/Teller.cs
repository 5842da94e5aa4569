using System.Globalization;
using Spectre.Console;

namespace RootCustody.Playground;

/// <summary>Tells the story in the terminal; plain lines where the output is no terminal.</summary>
internal sealed class Teller
{
    private readonly IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings());
    private int chapter;

    public Teller()
    {
        if (Console.IsOutputRedirected)
            console.Profile.Width = 1000; // whoever reads a log breaks the lines
    }

    public void Chapter(string title)
    {
        console.WriteLine();
        Line($"[bold yellow]{++chapter}. {title}[/]");
    }

    /// <summary>What somebody does.</summary>
    public void Does(string who, string what) => Line($"   [bold]{who}[/] {what}");

    /// <summary>What somebody sees.</summary>
    public void Sees(string who, string where, string text)
    {
        Line($"   [green]{who} sees[/] in {where}:");
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Line($"      [grey]|[/] {line}");
    }

    /// <summary>Somebody cheated and was refused.</summary>
    public void Refused(string who, string answer) => Line($"   [red]{who} is refused:[/] {answer}");

    public void Says(string text) => Line($"   {text}");

    public void Failed(string why) => Line($"[bold red]It went otherwise:[/] {why}");

    /// <summary>What stands in braces is escaped.</summary>
    private void Line(FormattableString markup) => console.MarkupLineInterpolated(CultureInfo.InvariantCulture, markup);

    /// <summary>For a secret of the show: enough to see that it is one.</summary>
    public static string Hint(string secret) => $"{secret[..3]}{new string('•', secret.Length - 3)}";
}
