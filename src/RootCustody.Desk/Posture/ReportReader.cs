using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using RootCustody.Posture;

namespace RootCustody.Desk.Posture;

/// <summary>Finds the line of the root user in a credential report of IAM. Every byte of it is a stranger's; of the other lines, which name IAM users, nothing is kept.</summary>
public static class ReportReader
{
    /// <summary>Enough for the 5,000 IAM users that an account has at most.</summary>
    public const int LongestBytes = 8 * 1024 * 1024;

    private const int LongestField = 4000;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly CsvConfiguration Csv = new(CultureInfo.InvariantCulture)
    {
        MaxFieldSize = LongestField,
        Mode = CsvMode.RFC4180,
        CacheFields = false,
    };

    /// <summary>What came of reading.</summary>
    public abstract record Outcome
    {
        private Outcome() { } // closed: these and no other

        public sealed record Found(RootLine Line) : Outcome;

        /// <param name="Why">A sentence that repeats nothing of what was read but names of columns.</param>
        public sealed record Faulty(string Why) : Outcome;
    }

    /// <param name="content">CSV in UTF-8, with the bytes EF BB BF before it or without.</param>
    public static Outcome Read(ReadOnlySpan<byte> content)
    {
        if (content.Length > LongestBytes)
            return new Outcome.Faulty(
                $"It has more than {LongestBytes / (1024 * 1024)} MiB: that is no credential report."
            );
        if (content.StartsWith(Encoding.UTF8.Preamble))
            content = content[Encoding.UTF8.Preamble.Length..];
        if (content.IsEmpty)
            return new Outcome.Faulty("It is empty.");
        if (content.Contains((byte)0))
            return new Outcome.Faulty("It is not in UTF-8. Bring it as IAM gives it, not saved by a spreadsheet.");
        try
        {
            return Read(Strict.GetString(content));
        }
        catch (DecoderFallbackException)
        {
            return new Outcome.Faulty("It is not in UTF-8. Bring it as IAM gives it, not saved by a spreadsheet.");
        }
    }

    /// <inheritdoc cref="Read(ReadOnlySpan{byte})"/>
    public static Outcome Read(string text)
    {
        try
        {
            using var reader = new StringReader(text);
            using var parser = new CsvParser(reader, Csv);
            return Read(parser);
        }
        catch (BadDataException)
        {
            return new Outcome.Faulty("The quotes in it do not fit together, so nobody can say where a cell ends.");
        }
        catch (MaxFieldSizeException)
        {
            return new Outcome.Faulty($"It has a cell of more than {LongestField} characters.");
        }
    }

    private static Outcome Read(CsvParser parser)
    {
        if (!parser.Read() || parser.Record is not { } header)
            return new Outcome.Faulty("It is empty.");
        if (Fault(header) is { } fault)
            return new Outcome.Faulty(fault);

        var user = Array.IndexOf(header, RootLine.User);
        string[]? root = null;
        while (parser.Read())
        {
            if (user >= parser.Count || parser[user].Trim() != RootLine.RootUser)
                continue;
            if (root is not null)
                return new Outcome.Faulty("It has more than one line of the root user: join no reports.");
            root = parser.Record;
        }
        if (root is null)
            return new Outcome.Faulty($"It has no line of the root user: one that begins with {RootLine.RootUser}.");
        if (root.Length != header.Length)
            return new Outcome.Faulty(
                $"The line of the root user has {root.Length} cells, and there are {header.Length} columns."
            );
        return RootLine.Of(header.Zip(root, KeyValuePair.Create)) is { } line
            ? new Outcome.Found(line)
            : new Outcome.Faulty("The column arn does not name the root user of an account.");
    }

    private static string? Fault(string[] header)
    {
        if (header.Length == 1)
            return "Its first line is not the header of a credential report: the columns have commas between them.";
        if (header.Length > RootLine.MostColumns)
            return $"It has more than {RootLine.MostColumns} columns.";
        if (!Array.TrueForAll(header, RootLine.IsName))
            return "Its first line is not the header of a credential report: names of columns are small letters, digits and underscores.";
        if (header.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } doubled)
            return $"It has the column {doubled.Key} more than once.";
        string[] missing = [.. RootLine.Columns.Except(header, StringComparer.Ordinal)];
        return missing.Length == 0 ? null : $"It lacks the columns {string.Join(", ", missing)}.";
    }
}
