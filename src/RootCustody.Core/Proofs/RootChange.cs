using System.Text.Json;

namespace RootCustody.Proofs;

/// <summary>A record of CloudTrail that the account's own root user changed one half, and that it worked.</summary>
/// <param name="Account">The 12 digits.</param>
/// <param name="At">The eventTime of the record, in whole seconds: never later than it was.</param>
public sealed record RootChange(string Account, string EventId, string EventName, Half Half, DateTimeOffset At)
{
    public const int LongestEventId = 100;
    public const int LongestEventName = 40;

    private const string SignIn = "signin.amazonaws.com";

    /// <summary>Which half each event proves to be changed. A new MFA device ends no other one.</summary>
    private static readonly Dictionary<(string Source, string Name), Half> Halves = new()
    {
        [(SignIn, "PasswordUpdated")] = Half.Password,
        [(SignIn, "PasswordRecoveryCompleted")] = Half.Password,
        [("iam.amazonaws.com", "EnableMFADevice")] = Half.Mfa,
    };

    /// <returns>Null for every other record: of somebody else, of something else, or that failed.</returns>
    public static RootChange? Read(JsonElement record)
    {
        if (
            record.Text("eventSource") is not { } source
            || record.Text("eventName") is not { } name
            || !Halves.TryGetValue((source, name), out var half)
            || record.Text("recipientAccountId") is not { Length: 12 } account
            || account.Any(c => !char.IsAsciiDigit(c))
            || record.Text("eventID") is not { Length: > 0 and <= LongestEventId } id
            || id.Any(char.IsControl) // whoever wrote the file steers no terminal
            || record.Moment("eventTime") is not { } at
        )
            return null;
        return IsOwnRoot(record, account) && Worked(record, name) && IsOfRoot(record, half)
            ? new RootChange(account, id, name, half, at)
            : null;
    }

    private static bool IsOwnRoot(JsonElement record, string account)
    {
        if (record.Member("userIdentity") is not { } identity)
            return false;
        var context = identity.Member("sessionContext");
        return identity.Text("type") == "Root"
            && identity.Text("accountId") == account
            && identity.Text("arn")?.EndsWith($":iam::{account}:root", StringComparison.Ordinal) != false
            && identity.Text("invokedBy") is null or SignIn // anything else is a service of AWS, not a person
            && context?.Text("assumedRoot") != "true"
            && record.Text("eventType") != "AwsServiceEvent";
    }

    private static bool Worked(JsonElement record, string name)
    {
        if (record.IsThere("errorCode") || record.IsThere("errorMessage"))
            return false;
        // sign-in says so in words; IAM answers EnableMFADevice with nothing
        return record.Text("eventSource") != SignIn || record.Member("responseElements")?.Text(name) == "Success";
    }

    /// <summary>Root may give an IAM user a device too: that is no device of root.</summary>
    private static bool IsOfRoot(JsonElement record, Half half) =>
        half == Half.Password
        || record.Member("requestParameters") is not { ValueKind: JsonValueKind.Object } asked
        || !asked.IsThere("userName")
        || asked.Text("userName") == "AWS ROOT USER";
}
