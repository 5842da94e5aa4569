using System.Globalization;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>The form in which a customer asks.</summary>
public static class RequestForm
{
    private const string AccountField = "account";
    private const string TaskField = "task";
    private const string WhyField = "why";
    private const string TicketField = "ticket";
    private const string KindField = "kind";
    private const string StartField = "start";
    private const string LengthField = "length";
    private const string Emergency = "emergency";
    private const string Planned = "planned";

    private static readonly int[] Minutes = [15, 30, 60, 120, 240, 480];

    /// <param name="accounts">The accounts of the customer, and no others (law 12).</param>
    public static Form Draw(IReadOnlyList<Account> accounts, Policy policy) =>
        new(
            Actions.Request,
            "",
            "Ask for root",
            "Ask",
            [
                "Two custodians have to approve, one for each half of the credential. You follow the request in this channel; no secret is ever shown there.",
            ],
            [
                Accounts(accounts),
                Tasks(),
                new Field.Text(
                    WhyField,
                    "Why",
                    "What happened, and what will be done.",
                    false,
                    true,
                    Ask.LongestJustification
                ),
                new Field.Text(TicketField, "Ticket", null, true, false, Ask.LongestTicket),
                new Field.Pick(
                    KindField,
                    "How urgent",
                    "An emergency calls everyone at once.",
                    false,
                    [new Option(Emergency, "Emergency: now"), new Option(Planned, "Planned: at the start below")],
                    Emergency
                ),
                new Field.Moment(StartField, "Start", "For a planned request.", true),
                new Field.Pick(
                    LengthField,
                    "For how long",
                    null,
                    false,
                    [.. Lengths(policy).Select(LengthOption)],
                    LengthOption(policy.Window).Value
                ),
            ]
        );

    /// <summary>The account that was chosen, if the field holds the id of any.</summary>
    public static AccountId? AccountOf(IReadOnlyDictionary<string, string> inputs) =>
        Id.Read<AccountId>(inputs.GetValueOrDefault(AccountField));

    /// <summary>Reads what was filled in.</summary>
    /// <returns>The ask, or null and what is wrong by the id of the field.</returns>
    public static (Ask? Ask, IReadOnlyDictionary<string, string> Errors) Read(
        IReadOnlyDictionary<string, string> inputs,
        Policy policy,
        DateTimeOffset now
    )
    {
        string Text(string field) => inputs.TryGetValue(field, out var text) ? text.Trim() : "";

        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var account = Id.Read<AccountId>(Text(AccountField));
        var task = RootTask.Find(Text(TaskField));
        var planned = Text(KindField) == Planned;
        var start = planned ? ReadMoment(Text(StartField)) : null;
        if (account is null)
            errors[AccountField] = "Choose one of your accounts.";
        if (task is null)
            errors[TaskField] = "Choose what has to be done as root.";
        if (!planned && Text(KindField) != Emergency)
            errors[KindField] = "Choose emergency or planned.";
        if (planned && start is null)
            errors[StartField] = "A planned request needs a start.";
        if (
            !double.TryParse(Text(LengthField), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > 1e6
        )
            errors[LengthField] = "Choose how long you need it.";
        if (errors.Count > 0)
            return (null, errors);

        var ticket = Text(TicketField);
        var ask = new Ask(
            account!.Value,
            task!,
            Text(WhyField),
            ticket.Length == 0 ? null : ticket,
            start,
            TimeSpan.FromSeconds(seconds),
            []
        );
        foreach (var fault in ask.Faults(policy, now))
            errors[FieldOf(fault)] = SentenceFor(fault, policy);
        return (errors.Count == 0 ? ask : null, errors);
    }

    /// <summary>The error that says that the account is not theirs, or has nothing in custody.</summary>
    public static IReadOnlyDictionary<string, string> Refused(Refusal refusal) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { [AccountField] = Sentences.For(refusal) };

    private static Field.Pick Accounts(IReadOnlyList<Account> accounts) =>
        new(
            AccountField,
            "Account",
            null,
            false,
            [.. accounts.Take(100).Select(a => new Option(a.Id.ToString(), Cut($"{a.Name} ({a.Number})")))],
            accounts.Count == 1 ? accounts[0].Id.ToString() : null
        );

    private static Field.Pick Tasks() =>
        new(
            TaskField,
            "What only root can do",
            "Where a way without root is named, please try it first.",
            false,
            [.. RootTask.Catalogue.Select(TaskOption)],
            null
        );

    private static Option TaskOption(RootTask task) =>
        new(task.Id, task.Name, task.WeakerWay is null ? null : Cut($"Or: {task.WeakerWay}"));

    private static string FieldOf(AskFault fault) =>
        fault switch
        {
            AskFault.Justification => WhyField,
            AskFault.Ticket => TicketField,
            AskFault.Length => LengthField,
            AskFault.StartTooSoon or AskFault.StartTooFar or AskFault.OutOfHours => StartField,
        };

    private static string SentenceFor(AskFault fault, Policy policy) =>
        fault switch
        {
            AskFault.Justification =>
                $"Say why in {Ask.ShortestJustification} to {Ask.LongestJustification} characters.",
            AskFault.Ticket => $"At most {Ask.LongestTicket} characters.",
            AskFault.Length => $"At most {policy.LongestWindow.TotalMinutes:0} minutes.",
            AskFault.StartTooSoon =>
                $"The start has to lie at least {Say(policy.PlannedLead)} ahead. If it is urgent, choose emergency.",
            AskFault.OutOfHours => $"Planned work is done {policy.PlannedHours}. If it is urgent, choose emergency.",
            AskFault.StartTooFar => $"At most {policy.PlannedAhead.TotalDays:0} days ahead.",
        };

    private static IEnumerable<TimeSpan> Lengths(Policy policy) =>
        Minutes
            .Select(m => TimeSpan.FromMinutes(m))
            .Where(length => length <= policy.LongestWindow)
            .Append(policy.Window)
            .Distinct()
            .Order();

    private static Option LengthOption(TimeSpan length) =>
        new(length.TotalSeconds.ToString("0", CultureInfo.InvariantCulture), Say(length));

    /// <summary>A length as one says it.</summary>
    internal static string Say(TimeSpan length) =>
        length < TimeSpan.FromMinutes(1) ? $"{length.TotalSeconds:0} seconds" : $"{length.TotalMinutes:0} minutes";

    private static DateTimeOffset? ReadMoment(string unixSeconds) =>
        long.TryParse(unixSeconds, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static string Cut(string text) => text.Length <= 75 ? text : text[..74] + "…";
}
