using System.Text.RegularExpressions;

namespace RootCustody.Accounts;

/// <summary>By what a credential is named in files, words and sentences: the 12 digits of AWS for the root user of an account, and for one of its IAM users a slash and their name after it, such as 111122223333/deploy.</summary>
public static partial class AccountNumber
{
    private const char Slash = '/';
    private const int Digits = 12;

    public const int Longest = Digits + 1 + IamUserName.Longest;

    /// <summary>What it has to look like; completes "must be".</summary>
    public const string Demand =
        "the 12 digits of AWS, for an IAM user with a slash and the name of the user after them";

    public static bool Fits(string text) => Pattern().IsMatch(text);

    /// <summary>The 12 digits alone.</summary>
    public static string DigitsOf(string number) => number.Split(Slash, 2)[0];

    /// <summary>The IAM user; null if it is the root user.</summary>
    public static IamUserName? UserOf(string number) =>
        number.Split(Slash, 2) is [_, var name] ? new IamUserName(name) : null;

    /// <summary>With what the numbers of the IAM users of an account begin.</summary>
    public static string StartOfUsers(string root) => root + Slash;

    [GeneratedRegex(
        @"\A[0-9]{12}(/[A-Za-z0-9+=,.@_-]{1,64})?\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Pattern();
}

/// <summary>The name of an IAM user: 1 to 64 letters, digits and +=,.@_- by AWS's rules, which tell no two users of an account apart by upper and lower case alone.</summary>
public readonly record struct IamUserName(string Value)
{
    public const int Longest = 64;

    public override string ToString() => Value;
}
