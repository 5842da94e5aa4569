using System.Globalization;
using System.Text.RegularExpressions;

namespace RootCustody.Desk.People;

/// <summary>What a text of an import file must look like. Only a text that does is ever quoted.</summary>
/// <param name="Demand">Completes "must be".</param>
internal sealed partial record Shape(string Demand, Func<string, bool> Fits)
{
    public static readonly Shape Key = new(
        "1 to 63 lower-case letters, digits and dashes, and not begin with a dash",
        text => KeyPattern().IsMatch(text)
    );

    public static readonly Shape Name = new("a name of 1 to 200 visible characters", IsName);

    public static readonly Shape Label = new(
        "a label of 1 to 100 visible characters",
        text => text.Length <= Accounts.Keeper.LongestLabel && IsName(text)
    );

    public static readonly Shape Role = new(
        "\"duty-manager\", \"administrator\", \"auditor\" or \"finance\"",
        text => Orders.Words.Roles.ContainsKey(text)
    );

    public static readonly Shape Thing = new(
        "\"mailbox\", \"phone\", \"device\" or \"management\", or \"administration\" of an IAM user: what opens a half",
        text => Orders.Words.Things.ContainsKey(text)
    );

    public static readonly Shape Keeps = new(
        "\"password\" or \"mfa\": the half that the group keeps",
        text => text is "password" or "mfa"
    );

    public static readonly Shape Number = new(
        $"{Accounts.AccountNumber.Demand}, in quotes",
        Accounts.AccountNumber.Fits
    );

    public static readonly Shape Digits = new(
        "the 12 digits of AWS, in quotes",
        text => Accounts.AccountNumber.Fits(text) && Accounts.AccountNumber.UserOf(text) is null
    );

    public static readonly Shape Email = new(
        "the e-mail address of the root user",
        text => text.Length <= 254 && EmailPattern().IsMatch(text)
    );

    public static readonly Shape SlackWorkspace = new(
        "the id of a Slack workspace (T and capital letters and digits) or organisation (E ...)",
        text => SlackWorkspacePattern().IsMatch(text)
    );

    public static readonly Shape SlackUser = new(
        "the id of a Slack user (U or W and capital letters and digits), not a name or an e-mail address",
        text => SlackUserPattern().IsMatch(text)
    );

    public static readonly Shape TeamsTenant = new(
        "the id of a Teams tenant, a GUID such as 00000000-1111-2222-3333-444444444444",
        IsGuid
    );

    public static readonly Shape TeamsUser = new(
        "the Entra object id of the user, a GUID such as 00000000-1111-2222-3333-444444444444",
        IsGuid
    );

    private static bool IsGuid(string text) => Guid.TryParseExact(text, "D", out _);

    // what cannot be seen could make two names look the same, or a sentence say something else
    private static bool IsName(string text) =>
        text.Length is > 0 and <= 200
        && text.Trim().Length == text.Length
        && text.EnumerateRunes()
            .All(rune =>
                System.Text.Rune.GetUnicodeCategory(rune)
                    is not (
                        UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                        or UnicodeCategory.PrivateUse
                        or UnicodeCategory.OtherNotAssigned
                    )
            );

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,62}\z", RegexOptions.NonBacktracking)]
    private static partial Regex KeyPattern();

    [GeneratedRegex(
        @"\A[!-~-[@""(),:;<>\\]]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"\A[TE][A-Z0-9]{1,30}\z", RegexOptions.NonBacktracking)]
    private static partial Regex SlackWorkspacePattern();

    [GeneratedRegex(@"\A[UW][A-Z0-9]{1,30}\z", RegexOptions.NonBacktracking)]
    private static partial Regex SlackUserPattern();
}
