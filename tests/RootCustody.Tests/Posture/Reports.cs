using System.Text;
using RootCustody.Accounts;
using RootCustody.Posture;

namespace RootCustody.Tests.Posture;

/// <summary>Credential reports as IAM gives them, in which all is as it should be unless said otherwise.</summary>
internal static class Reports
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static readonly string Header = string.Join(',', RootLine.Columns);

    /// <summary>The cells of the root line, those of columns of a later date too.</summary>
    public static List<KeyValuePair<string, string>> Cells(params (string Column, string Value)[] other)
    {
        var cells = RootLine.Columns.ToDictionary(c => c, _ => "N/A", StringComparer.Ordinal);
        cells[RootLine.User] = RootLine.RootUser;
        cells[RootLine.Arn] = "arn:aws:iam::111122223333:root";
        cells[RootLine.Created] = "2019-04-01T09:00:00+00:00";
        cells[RootLine.PasswordEnabled] = "true";
        cells[RootLine.PasswordLastUsed] = "2026-11-02T08:14:11+00:00";
        cells[RootLine.PasswordLastChanged] = "2026-11-01T10:00:00+00:00";
        cells[RootLine.PasswordNextRotation] = "not_supported";
        cells[RootLine.MfaActive] = "true";
        foreach (var active in RootLine.Columns.Where(c => c.EndsWith("_active", StringComparison.Ordinal)))
            cells[active] = active == RootLine.MfaActive ? "true" : "false";
        foreach (var (column, value) in other)
            cells[column] = value;
        var names = RootLine.Columns.Concat(other.Select(o => o.Column)).Distinct(StringComparer.Ordinal);
        return [.. names.Select(c => KeyValuePair.Create(c, cells[c]))];
    }

    public static RootLine Line(params (string Column, string Value)[] other) => RootLine.Of(Cells(other))!;

    /// <summary>Header, root line, and one of an IAM user.</summary>
    public static string Text(params (string Column, string Value)[] other)
    {
        var cells = Cells(other);
        var alice = string.Join(',', cells.Select(c => c.Key == RootLine.User ? "alice" : "N/A"));
        return $"{string.Join(',', cells.Select(c => c.Key))}\n{string.Join(',', cells.Select(c => c.Value))}\n{alice}\n";
    }

    public static byte[] Bytes(params (string Column, string Value)[] other) => Encoding.UTF8.GetBytes(Text(other));

    /// <summary>An account in custody whose report was made an hour ago, with one MFA device registered.</summary>
    public static PostureFacts Facts(params (string Column, string Value)[] other)
    {
        var account = Account.Of(
            "111122223333",
            "Production",
            "aws+prod@provider.example",
            CustomerId.New(Noon),
            GroupId.New(Noon),
            GroupId.New(Noon),
            Noon
        );
        account.TakePassword(1, new Policy(), Noon);
        account.TakeDevice(1);
        return new PostureFacts(account, new Policy { RootEmails = "aws+*@provider.example" }, Noon)
        {
            Line = Line(other),
            Generated = Noon.AddHours(-1),
            WatchedSince = Noon.AddDays(-300),
            UsedInWindow = true,
            ChangedInWindow = true,
            Devices = 1,
            Contacts = "",
            ContactsAt = Noon.AddDays(-10),
        };
    }
}
