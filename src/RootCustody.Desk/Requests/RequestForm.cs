using System.Globalization;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Desk.Requests;

/// <summary>The form in which a customer asks.</summary>
public static class RequestForm
{
    private const string AccountField = "account";
    private const string TaskField = "task";
    private const string WhyField = "why";
    private const string RootlessField = "rootless";
    private const string TicketField = "ticket";
    private const string KindField = "kind";
    private const string StartField = "start";
    private const string LengthField = "length";
    private const string NamedField = "named";
    private const string OthersField = "others";
    private const string Emergency = "emergency";
    private const string Planned = "planned";

    /// <summary>Slack takes no more options in one list.</summary>
    private const int MostAccounts = 100;

    private const int LongestRootless = 300;

    /// <summary>In characters; Slack takes no more.</summary>
    private const int LongestOption = 75;

    private static readonly int[] Minutes = [15, 30, 60, 120, 240, 480];

    /// <param name="accounts">The accounts of the customer, and no others (law 12).</param>
    /// <param name="colleagues">The other contacts of the customer: in an emergency one of them may be the danger.</param>
    /// <param name="note">What is said of the list: see <see cref="NoteOn"/>.</param>
    public static Form Draw(
        IReadOnlyList<Account> accounts,
        IReadOnlyList<Person> colleagues,
        Policy policy,
        string? note
    ) =>
        new(
            Actions.Request,
            "",
            accounts.All(a => a.User is null) ? "Ask for root" : "Ask to sign in",
            "Ask",
            [.. Lines(accounts.Count, note)],
            [
                Accounts(accounts),
                Tasks(accounts),
                .. Reasons(),
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
                .. Danger(colleagues),
            ]
        );

    private static IEnumerable<string> Lines(int accounts, string? note)
    {
        yield return "Two custodians have to approve, one for each half of the credential. You follow the request in this channel; no secret is ever shown there.";
        if (note is not null)
            yield return note;
        if (accounts > MostAccounts)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{accounts} accounts are too many for one list, which has the first {MostAccounts} by name. For another one close this, and type request and its number, or a part of its name."
            );
    }

    /// <summary>That the list is shortened, or that what was typed did not shorten it; null if nothing was typed, or all have it.</summary>
    /// <param name="found">How many accounts have what was typed.</param>
    public static string? NoteOn(int found, int all) =>
        found == 0 ? "None of your accounts has what you typed in its name or number, so all are here."
        : found == all ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Only accounts with what you typed in their name or number are here: {found} of {all}. For another one close this, and type request alone."
        );

    /// <summary>The accounts that have each of these words in their name or number; all if there are no words.</summary>
    public static IReadOnlyList<Account> Among(IReadOnlyList<Account> accounts, string words)
    {
        var all = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return [.. accounts.Where(a => Array.TrueForAll(all, word => Has(a, word)))];
    }

    /// <summary>In AWS's console a number stands with hyphens: 1111-2222-3333.</summary>
    private static bool Has(Account account, string word) =>
        account.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
        || account.Number.Contains(word, StringComparison.OrdinalIgnoreCase)
        || word.Any(char.IsAsciiDigit)
            && word.All(c => char.IsAsciiDigit(c) || c == '-')
            && account.Number.Contains(word.Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal);

    /// <summary>The accounts, so that the chosen one is in the list when the form comes back to be corrected.</summary>
    public static IReadOnlyList<Account> WithFirst(AccountId? chosen, IReadOnlyList<Account> accounts) =>
        accounts.Skip(MostAccounts).FirstOrDefault(a => a.Id == chosen) is { } far
            ? [far, .. accounts.Where(a => a != far)]
            : accounts;

    /// <summary>The form with which the requester changes what is asked for; what is left empty stays.</summary>
    public static Form Edit(Request request, Account account, Policy policy)
    {
        const string stays = "Leave it empty if it stays as it is.";
        Field[] fields =
        [
            Tasks([account]) with
            {
                Optional = true,
                Initial = request.Task,
            },
            new Field.Text(WhyField, "Why", stays, true, true, Ask.LongestJustification),
            new Field.Text(TicketField, "Ticket", stays, true, false, Ask.LongestTicket),
            .. request.Kind == RequestKind.Planned ? [new Field.Moment(StartField, "Start", stays, true)] : (Field[])[],
            new Field.Pick(
                LengthField,
                "For how long",
                null,
                true,
                [.. Lengths(policy).Append(request.Length).Distinct().Order().Select(LengthOption)],
                LengthOption(request.Length).Value
            ),
        ];
        return new Form(
            Actions.Edit,
            request.Id.ToString(),
            "Edit the request",
            "Save",
            ["Approvals that were given before do not count any more: everyone is asked again."],
            fields
        );
    }

    /// <summary>The inputs of <see cref="Edit"/> with what was left empty filled in from the request.</summary>
    public static IReadOnlyDictionary<string, string> Complete(
        IReadOnlyDictionary<string, string> inputs,
        Request request
    )
    {
        string Or(string field, string current) =>
            inputs.GetValueOrDefault(field, "").Trim() is { Length: > 0 } text ? text : current;

        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [AccountField] = request.Account.ToString(),
            [TaskField] = Or(TaskField, request.Task),
            [WhyField] = Or(WhyField, request.Justification),
            [TicketField] = Or(TicketField, request.Ticket ?? ""),
            [KindField] = request.Kind == RequestKind.Planned ? Planned : Emergency,
            [StartField] = Or(StartField, request.Start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            [LengthField] = Or(LengthField, LengthOption(request.Length).Value),
            [NamedField] = string.Join(',', request.Named.Select(n => n.Person)),
        };
    }

    /// <summary>The account that was chosen, if the field holds the id of any.</summary>
    public static AccountId? AccountOf(IReadOnlyDictionary<string, string> inputs) =>
        Id.Read<AccountId>(inputs.GetValueOrDefault(AccountField));

    /// <summary>Reads what was filled in.</summary>
    /// <param name="chosen">The account that was chosen; null if none of theirs.</param>
    /// <param name="people">Whom the request could name: the contacts of the customer and the provider's people.</param>
    /// <returns>The ask, or null and what is wrong by the id of the field.</returns>
    public static (Ask? Ask, IReadOnlyDictionary<string, string> Errors) Read(
        IReadOnlyDictionary<string, string> inputs,
        Account? chosen,
        IReadOnlyList<Person> people,
        Policy policy,
        DateTimeOffset now
    )
    {
        string Text(string field) => inputs.TryGetValue(field, out var text) ? text.Trim() : "";

        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var account = Id.Read<AccountId>(Text(AccountField));
        var task = RootTask.Asked.FirstOrDefault(t => t.Id == Text(TaskField));
        var planned = Text(KindField) == Planned;
        var start = planned ? ReadMoment(Text(StartField)) : null;
        if (account is null)
            errors[AccountField] = "Choose one of your accounts.";
        if (WhyNotThis(task, chosen) is { } why)
            errors[TaskField] = why;
        if (!planned && Text(KindField) != Emergency)
            errors[KindField] = "Choose emergency or planned.";
        if (planned && start is null)
            errors[StartField] = "A planned request needs a start.";
        if (
            !double.TryParse(Text(LengthField), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > 1e6
        )
            errors[LengthField] = "Choose how long you need it.";
        var named = ReadNamed(Text(NamedField), Text(OthersField), people, errors);
        if (planned && named.Count > 0)
            errors[NamedField] = "Only an emergency can name somebody as the danger.";
        if (errors.Count > 0)
            return (null, errors);

        var ticket = Text(TicketField);
        var ask = new Ask(
            account!.Value,
            task!,
            JustificationOf(Text(WhyField), RootlessOf(inputs)),
            ticket.Length == 0 ? null : ticket,
            start,
            TimeSpan.FromSeconds(seconds),
            named
        );
        foreach (var fault in ask.Faults(policy, now))
            errors[FieldOf(fault)] = SentenceFor(fault, policy);
        return (errors.Count == 0 ? ask : null, errors);
    }

    /// <summary>The error that says that the account is not theirs, or has nothing in custody.</summary>
    public static IReadOnlyDictionary<string, string> Refused(Refusal refusal) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { [AccountField] = Sentences.For(refusal) };

    /// <summary>Root is the last answer: says how the account's own people do it with less, unless they said why that does not do.</summary>
    /// <returns>The error that says so; null if it goes on to root.</returns>
    public static IReadOnlyDictionary<string, string>? WithoutRoot(
        IReadOnlyDictionary<string, string> inputs,
        Ask ask,
        Account account,
        AccountKind kind
    )
    {
        var isExplained = RootlessOf(inputs).Length >= Ask.ShortestJustification;
        if (isExplained || ask.Task.WayOf(kind) is not { } way || (ask.Task.CannotWait && ask.Start is null))
            return null;
        var commands = string.Join(" ; then: ", way.CommandsFor(account.Number));
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [RootlessField] =
                $"This can be done with less than root: {way.Words}. Type: {commands} . If that does not do, say here why, in at least {Ask.ShortestJustification} characters.",
        };
    }

    /// <summary>In an account of GovCloud root cannot sign in: says what to ask of the commercial account instead.</summary>
    public static IReadOnlyDictionary<string, string> ByCommercial(Ask ask, Account commercial) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [AccountField] =
                ask.Task.ByCommercial(TextOf(commercial))
                + (commercial.IsInCustody ? "" : " That one is not in custody here: please call your provider."),
        };

    private static string? WhyNotThis(RootTask? task, Account? chosen)
    {
        if (task is null)
            return "Choose what has to be done.";
        if (chosen is null || task.IsFor(chosen))
            return null;
        return chosen.User is null
            ? "This is a root user: choose what only root can do."
            : $"This is an IAM user: choose \"{RootTask.AsUser.Name}\".";
    }

    private static string JustificationOf(string why, string rootless) =>
        rootless.Length == 0 ? why : $"{why}\nIt takes root: {rootless}";

    private static string RootlessOf(IReadOnlyDictionary<string, string> inputs) =>
        inputs.GetValueOrDefault(RootlessField, "").Trim();

    private static Field[] Reasons() =>
        [
            new Field.Text(
                WhyField,
                "Why",
                "What happened, and what will be done.",
                false,
                true,
                Ask.LongestJustification
            ),
            new Field.Text(
                RootlessField,
                "Why it takes root",
                "Only if you are told of a way without root: why that does not do.",
                true,
                true,
                LongestRootless
            ),
            new Field.Text(TicketField, "Ticket", null, true, false, Ask.LongestTicket),
        ];

    private static IEnumerable<Field> Danger(IReadOnlyList<Person> colleagues)
    {
        const string hint = "Emergencies only. Who is named can neither withdraw, deny nor hold.";
        if (colleagues.Count > 0)
            yield return new Field.Checks(
                NamedField,
                "Is one of you the danger?",
                hint,
                true,
                [.. colleagues.Take(10).Select(p => new Option(p.Id.ToString(), Cut(p.Name)))]
            );
        yield return new Field.Text(OthersField, "Or somebody else, by name", hint, true, false, 300);
    }

    private static List<PersonId> ReadNamed(
        string chosen,
        string others,
        IReadOnlyList<Person> people,
        Dictionary<string, string> errors
    )
    {
        const StringSplitOptions clean = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        var named = new List<PersonId>();
        foreach (var id in chosen.Split(',', clean).Select(Id.Read<PersonId>))
        {
            if (id is { } known && people.Any(p => p.Id == known))
                named.Add(known);
            else
                errors[NamedField] = "Choose among the people of the list.";
        }
        foreach (var name in others.Split(',', clean))
        {
            var meant = people
                .Where(p => name.Equals(p.Name, StringComparison.OrdinalIgnoreCase) || name == p.Key)
                .ToList();
            if (meant is [var only])
                named.Add(only.Id);
            else
                errors[OthersField] =
                    "I do not know everyone whom you name here. Write the names as they appear in chat, with commas between, or tell the duty manager.";
        }
        return named;
    }

    private static Field.Pick Accounts(IReadOnlyList<Account> accounts) =>
        new(
            AccountField,
            "Account",
            null,
            false,
            [.. accounts.Take(MostAccounts).Select(a => new Option(a.Id.ToString(), TextOf(a)))],
            accounts.Count == 1 ? accounts[0].Id.ToString() : null
        );

    private static Field.Pick Tasks(IReadOnlyList<Account> accounts)
    {
        RootTask[] tasks = [.. RootTask.Asked.Where(t => accounts.Any(t.IsFor))];
        return new Field.Pick(
            TaskField,
            tasks.Contains(RootTask.AsUser) ? "What has to be done" : "What only root can do",
            "Where a way without root is named, try it first.",
            false,
            [.. tasks.Select(TaskOption)],
            tasks is [var only] ? only.Id : null
        );
    }

    private static Option TaskOption(RootTask task) =>
        new(task.Id, task.Name, task.Hint is null ? null : Cut($"Or: {task.Hint}"));

    private static string FieldOf(AskFault fault) =>
        fault switch
        {
            AskFault.Justification => WhyField,
            AskFault.Ticket => TicketField,
            AskFault.Length => LengthField,
            AskFault.StartTooSoon or AskFault.StartTooFar or AskFault.OutOfHours => StartField,
        };

    internal static string SentenceFor(AskFault fault, Policy policy) =>
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

    /// <summary>An account as an option says it: of what is too long the name is cut, for the number says which user it is.</summary>
    internal static string TextOf(Account account)
    {
        var number = $" ({account.Number})";
        var room = LongestOption - number.Length;
        return account.Name.Length <= room ? account.Name + number
            : room > 1 ? account.Name[..(room - 1)] + "…" + number
            : Cut(account.Number);
    }

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

    internal static DateTimeOffset? ReadMoment(string unixSeconds) =>
        long.TryParse(unixSeconds, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    internal static string Cut(string text) => text.Length <= LongestOption ? text : text[..(LongestOption - 1)] + "…";
}
