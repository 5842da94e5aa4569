using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace RootCustody.Posture;

/// <summary>The line of the root user in a credential report of IAM: for each column its cell, as text. The other lines name IAM users and never get in here.</summary>
/// <remarks>IAM User Guide, "Generate credential reports for your AWS account".</remarks>
public sealed partial class RootLine
{
    public const string RootUser = "<root_account>";
    public const string User = "user";
    public const string Arn = "arn";
    public const string Created = "user_creation_time";
    public const string PasswordEnabled = "password_enabled";
    public const string PasswordLastUsed = "password_last_used";
    public const string PasswordLastChanged = "password_last_changed";
    public const string PasswordNextRotation = "password_next_rotation";
    public const string MfaActive = "mfa_active";

    /// <summary>Only in reports of accounts in which somebody has more than two keys or certificates.</summary>
    public const string AdditionalCredentials = "additional_credentials_info";

    /// <summary><see cref="ToString"/> is never longer, in characters: so many columns of 40 with their cells are not.</summary>
    public const int Longest = 4000;

    public const int MostColumns = 39;

    /// <summary>Stands for a cell with letters that AWS writes into none that we read, or with too many of them.</summary>
    private const string Unreadable = "?";

    private const int LongestCell = 60;

    /// <summary>The columns that every report has.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        User,
        Arn,
        Created,
        PasswordEnabled,
        PasswordLastUsed,
        PasswordLastChanged,
        PasswordNextRotation,
        MfaActive,
        .. Keys("1"),
        .. Keys("2"),
        "cert_1_active",
        "cert_1_last_rotated",
        "cert_2_active",
        "cert_2_last_rotated",
    ];

    private readonly List<KeyValuePair<string, string>> cells;

    private RootLine(string account, List<KeyValuePair<string, string>> cells) =>
        (Account, this.cells) = (account, cells);

    /// <summary>The 12 digits of the account, out of the ARN.</summary>
    public string Account { get; }

    public IEnumerable<string> Names => cells.Select(c => c.Key);

    /// <param name="cells">By their columns, each once.</param>
    /// <returns>Null if this is no line of a root user.</returns>
    public static RootLine? Of(IEnumerable<KeyValuePair<string, string>> cells)
    {
        var readable = cells.Select(c => KeyValuePair.Create(c.Key, Readable(c.Value))).ToList();
        if (readable.Find(c => c.Key == User).Value != RootUser)
            return null;
        var arn = RootArn().Match(readable.Find(c => c.Key == Arn).Value ?? "");
        return arn.Success ? new RootLine(arn.Groups["account"].Value, readable) : null;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static RootLine? Read(string text) =>
        Of(
            text.Split('\n')
                .Select(line => line.Split('=', 2))
                .Where(parts => parts.Length == 2)
                .Select(parts => KeyValuePair.Create(parts[0], parts[1]))
        );

    /// <summary>What stands under a column; nothing said if there is no such column.</summary>
    public Cell At(string column) => Cell.Of(cells.Find(c => c.Key == column).Value ?? "");

    public bool Has(string column) => cells.Exists(c => c.Key == column);

    /// <summary>One line for each column; no secret is in it.</summary>
    public override string ToString() => string.Join('\n', cells.Select(c => $"{c.Key}={c.Value}"));

    /// <summary>Whether this can be the name of a column.</summary>
    public static bool IsName([NotNullWhen(true)] string? text) => text is not null && ColumnName().IsMatch(text);

    private static string[] Keys(string number) =>
        [
            $"access_key_{number}_active",
            $"access_key_{number}_last_rotated",
            $"access_key_{number}_last_used_date",
            $"access_key_{number}_last_used_region",
            $"access_key_{number}_last_used_service",
        ];

    private static string Readable(string? cell)
    {
        var text = (cell ?? "").Trim();
        return text.Length <= LongestCell && Plain().IsMatch(text) ? text : Unreadable;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9<>_:+./ -]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A[a-z0-9_]{1,40}\z", RegexOptions.NonBacktracking)]
    private static partial Regex ColumnName();

    /// <summary>Also those of GovCloud and China.</summary>
    [GeneratedRegex(
        @"\Aarn:aws(-[a-z-]{1,20})?:iam::(?<account>[0-9]{12}):root\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex RootArn();
}
