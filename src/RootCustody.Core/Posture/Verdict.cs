namespace RootCustody.Posture;

/// <summary>What one column of the root line says, in words.</summary>
/// <param name="Says">What it says, and whether that is as it should be.</param>
/// <param name="ToDo">What to do about it, and on which page of AWS; null if nothing.</param>
public sealed record Verdict(string Column, PracticeState State, string Says, string? ToDo = null);

/// <summary>Judges and explains every column of a root line.</summary>
public static class Verdicts
{
    private const string Keys =
        "IAM, Security credentials, Access keys: see where it is used, Deactivate, then Delete.";
    private const string Certificates = "IAM, Security credentials, X.509 signing certificates: Delete.";

    /// <summary>The columns in the order of the report.</summary>
    public static IReadOnlyList<Verdict> Of(PostureFacts facts, RootLine line) =>
        [.. line.Names.Select(column => Of(column, line.At(column), facts))];

    private static Verdict Of(string column, Cell cell, PostureFacts facts) =>
        column switch
        {
            RootLine.User => new(column, PracticeState.Good, "This is the line of the root user."),
            RootLine.Arn => new(column, PracticeState.Good, "The name of the root user of the account."),
            RootLine.Created => Created(column, cell),
            RootLine.PasswordEnabled => PasswordEnabled(column, cell, facts),
            RootLine.PasswordLastUsed => ByPractice(column, cell, Judge.LastUse(facts)),
            RootLine.PasswordLastChanged => ByPractice(column, cell, Judge.PasswordAge(facts)),
            RootLine.PasswordNextRotation => Unsaid(column, cell, "AWS plans no rotation for root; our schedule does."),
            RootLine.MfaActive => MfaActive(column, cell),
            RootLine.AdditionalCredentials => Additional(column, cell),
            _ when IsOf(column, "access_key_") => Credential(column, cell, "access key", Keys),
            _ when IsOf(column, "cert_") => Credential(column, cell, "signing certificate", Certificates),
            _ => new(
                column,
                PracticeState.Unknown,
                "A column that AWS has added since, which is not understood here.",
                "Look it up in the IAM User Guide, Getting credential reports."
            ),
        };

    private static bool IsOf(string column, string prefix) =>
        column.StartsWith(prefix, StringComparison.Ordinal)
        && RootLine.Columns.Contains(column, StringComparer.Ordinal);

    private static Verdict Created(string column, Cell cell) =>
        cell.Time is { } time
            ? new(column, PracticeState.Good, $"The account was made at {Cell.Say(time)}.")
            : Unsaid(column, cell, "When the account was made.");

    private static Verdict PasswordEnabled(string column, Cell cell, PostureFacts facts) =>
        cell.Kind switch
        {
            CellKind.Yes => new(column, PracticeState.Good, "Root has a password."),
            CellKind.No when facts.Account.PasswordGeneration > 0 => new(
                column,
                PracticeState.Deviates,
                "Root has no password, and one is in custody here.",
                "IAM of the management account, Root access management: look whether the root credentials of this account were removed."
            ),
            CellKind.No => new(column, PracticeState.Unknown, "Root has no password, and none is in custody here."),
            _ => Unsaid(column, cell, "Whether root has a password."),
        };

    private static Verdict MfaActive(string column, Cell cell) =>
        cell.Kind switch
        {
            CellKind.Yes => new(column, PracticeState.Good, "AWS asks root for MFA."),
            CellKind.No => new(
                column,
                PracticeState.Deviates,
                "AWS does not ask root for MFA.",
                "IAM, Security credentials, Multi-factor authentication: Assign MFA device."
            ),
            _ => Unsaid(column, cell, "Whether AWS asks root for MFA."),
        };

    /// <summary>In the columns about uses of a credential that should not be, anything that is said is wrong.</summary>
    private static Verdict Credential(string column, Cell cell, string word, string toDo)
    {
        var about = AboutOf(column, word);
        return (cell.Kind, column.EndsWith("_active", StringComparison.Ordinal)) switch
        {
            (CellKind.Yes, true) => new(column, PracticeState.Deviates, $"Root has an active {word}.", toDo),
            (CellKind.No, true) => new(column, PracticeState.Good, $"Root has no active {word} in this place."),
            (CellKind.Moment, false) => new(
                column,
                PracticeState.Deviates,
                $"{about}: {Cell.Say(cell.Time!.Value)}. There should be none.",
                toDo
            ),
            (CellKind.Word, false) => new(
                column,
                PracticeState.Deviates,
                $"{about}: {cell.Text}. There should be none.",
                toDo
            ),
            _ => Unsaid(column, cell, $"{about}."),
        };
    }

    private static string AboutOf(string column, string word) =>
        column[(column.LastIndexOf('_') + 1)..] switch
        {
            "active" => $"Whether root has an active {word}",
            "rotated" => $"When the {word} was made",
            "date" => $"When the {word} was last used",
            "region" => $"In which region the {word} was used",
            _ => $"With which service the {word} was used",
        };

    private static Verdict Additional(string column, Cell cell) =>
        cell.Kind == CellKind.NotSaid
            ? Unsaid(column, cell, "Whether root has more than two keys or certificates.")
            : new(column, PracticeState.Deviates, "Root has more than two keys or certificates.", Keys);

    private static Verdict ByPractice(string column, Cell cell, Judgement judged) =>
        cell.Kind == CellKind.Moment
            ? new(
                column,
                judged.State,
                judged.Words,
                judged.State == PracticeState.Deviates ? "CloudTrail, Event history: root events." : null
            )
            : Unsaid(
                column,
                cell,
                column == RootLine.PasswordLastUsed ? "When root was last used." : "When the password was changed."
            );

    /// <summary>What is not said is unknown (law 16), and what AWS never writes is not repeated.</summary>
    private static Verdict Unsaid(string column, Cell cell, string about) =>
        cell.Kind == CellKind.NotSaid
            ? new(column, PracticeState.Unknown, $"{about} AWS does not say it here.")
            : new(
                column,
                PracticeState.Unknown,
                $"{about} What stands there is nothing that AWS writes.",
                "IAM, Credential report: download it again, and do not open it in a spreadsheet."
            );
}
