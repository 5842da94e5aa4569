using System.CommandLine;
using System.CommandLine.Parsing;
using RootCustody.Accounts;

namespace RootCustody.Desk.People.Orders;

/// <summary>What an administrator wants.</summary>
public abstract record Heard
{
    private Heard() { } // closed: these three and no other

    public sealed record Wants(Order Order) : Heard;

    public sealed record WantsList : Heard;

    /// <param name="Why">What is wrong with the words, in sentences; empty if somebody only asked for help.</param>
    public sealed record Unclear(IReadOnlyList<string> Why) : Heard;
}

/// <summary>The words of administration: the same on the command line and in chat.</summary>
public sealed class AdminWords
{
    // no @file: in chat it would read files of the host
    private static readonly ParserConfiguration Plain = new() { ResponseFileTokenReplacer = null };

    private static readonly Argument<string> Key = Word("KEY", "The key of the person.");
    private static readonly Argument<string> Group = Word("GROUP", "The key of the group.");
    private static readonly Argument<string> Customer = Word("CUSTOMER", "The key of the customer.");
    private static readonly Argument<string> Account = Word(
        "ACCOUNT",
        "The 12 digits of the AWS account; /USER after them for an IAM user."
    );
    private static readonly Argument<string> Role = OneOf("ROLE", Words.Roles.Keys);
    private static readonly Argument<string> Thing = OneOf("THING", Words.Things.Keys);
    private static readonly Argument<string> Label = Word("LABEL", "Which one it is, such as \"safe of the CFO\".");
    private static readonly Argument<string> Setting = Word("SETTING", "Its name, as policy explain prints it.");
    private static readonly Argument<string> Value = Word("VALUE", "As policy explain prints it.");

    private readonly Dictionary<Command, Func<ParseResult, Order>> orders = [];
    private readonly Command help = new("help", "What can be typed.");

    public AdminWords()
    {
        Root = new Command("admin", "Change people, groups, keepers and policy: two administrators confirm in chat.");
        Persons();
        Roles();
        Custody();
        Organisations();
        States();
        Keys();
        Policy();
        Root.Add(Proposals);
        Root.Add(help);
    }

    public Command Root { get; }

    /// <summary>Lists what waits.</summary>
    public Command Proposals { get; } = new("proposals", "List the proposals that wait for administrators.");

    /// <summary>Each command that is an order, and how to read the order.</summary>
    public IReadOnlyDictionary<Command, Func<ParseResult, Order>> Orders => orders;

    /// <summary>Each order as one types it, with what it does.</summary>
    public IEnumerable<string> Usages => orders.Keys.Select(command => $"{UsageOf(command)}: {command.Description}");

    /// <summary>Reads what was typed in chat after <c>admin</c>.</summary>
    public Heard Hear(string text)
    {
        // phones make quotation marks into typographic ones
        var plain = string.Concat(text.Select(letter => letter is '“' or '”' or '„' ? '"' : letter));
        var parsed = Root.Parse([.. CommandLineParser.SplitCommandLine(plain)], Plain);
        var command = parsed.CommandResult.Command;
        if (plain.Length == 0 || command == help)
            return new Heard.Unclear([]);
        if (parsed.Errors.Count > 0)
            return new Heard.Unclear([.. parsed.Errors.Select(e => e.Message)]);
        return orders.TryGetValue(command, out var read) ? new Heard.Wants(read(parsed)) : new Heard.WantsList();
    }

    private void Persons()
    {
        var name = Word("NAME", "In quotes, if it has blanks.");
        var customer = new Option<string?>("--customer") { Description = "The customer whose contact they are." };
        var role = new Option<string[]>("--role") { Description = "A role; may be given more than once." };
        role.AcceptOnlyFromAmong([.. Words.Roles.Keys]);
        Add(
            new Command("add-person", "Add a person.") { Key, name, customer, role },
            p => new AddPerson(
                p.GetRequiredValue(Key),
                p.GetRequiredValue(name),
                p.GetValue(customer),
                [.. (p.GetValue(role) ?? []).Select(r => Words.Roles[r])]
            )
        );
        AddFor("invite", "Let a person link another chat account, with a one-time code.", key => new Invite(key));
        AddFor("enrol", "Let a person enrol a new authenticator, with a one-time code.", key => new Enrol(key));
        var platform = OneOf("PLATFORM", Words.Platforms.Keys);
        var realm = Word("REALM", "The id of the Slack workspace or Teams tenant.");
        var user = Word("USER", "The id of the Slack user, or the Entra object id.");
        Add(
            new Command("unlink", "Take a chat account from a person.") { Key, platform, realm, user },
            p => new Unlink(
                p.GetRequiredValue(Key),
                Words.Platforms[p.GetRequiredValue(platform)],
                p.GetRequiredValue(realm),
                p.GetRequiredValue(user)
            )
        );
        AddFor("suspend", "Let a person do nothing any more.", key => new Suspend(key));
        AddFor("reinstate", "End a suspension.", key => new Reinstate(key));
        AddFor("unfreeze", "End what \"not me\" began.", key => new Unfreeze(key));
    }

    private void Roles()
    {
        Add(
            new Command("appoint", "Give a person a role.") { Key, Role },
            p => new Appoint(p.GetRequiredValue(Key), Words.Roles[p.GetRequiredValue(Role)])
        );
        Add(
            new Command("dismiss", "Take a role from a person.") { Key, Role },
            p => new Dismiss(p.GetRequiredValue(Key), Words.Roles[p.GetRequiredValue(Role)])
        );
        Add(
            new Command("assign", "Note that a person works for a customer.") { Key, Customer },
            p => new Assign(p.GetRequiredValue(Key), p.GetRequiredValue(Customer))
        );
        Add(
            new Command("unassign", "Note that a person works for a customer no more.") { Key, Customer },
            p => new Unassign(p.GetRequiredValue(Key), p.GetRequiredValue(Customer))
        );
    }

    private void Custody()
    {
        Add(
            new Command("add-member", "Make a person a custodian of a group.") { Group, Key },
            p => new AddMember(p.GetRequiredValue(Group), p.GetRequiredValue(Key))
        );
        Add(
            new Command("remove-member", "Take a person out of a group.") { Group, Key },
            p => new RemoveMember(p.GetRequiredValue(Group), p.GetRequiredValue(Key))
        );
        var from = Word("FROM", "The key of the group that is empty afterwards.");
        var into = Word("INTO", "The key of the group that gets its members and halves.");
        Add(
            new Command("merge-group", "Let another group of the same half take over a group's members and halves.")
            {
                from,
                into,
            },
            p => new MergeGroup(p.GetRequiredValue(from), p.GetRequiredValue(into))
        );
        Keepers();
    }

    private void Keepers()
    {
        Add(
            new Command(
                "add-keeper",
                "Note that a person keeps what opens a half; a mailbox or phone that somebody keeps is moved by: channel ACCOUNT."
            )
            {
                Account,
                Key,
                Thing,
                Label,
            },
            p => new AddKeeper(
                p.GetRequiredValue(Account),
                p.GetRequiredValue(Key),
                ThingOf(p),
                p.GetRequiredValue(Label)
            )
        );
        Add(
            new Command("remove-keeper", "Note that a person keeps it no more.") { Account, Key, Thing, Label },
            p => new RemoveKeeper(
                p.GetRequiredValue(Account),
                p.GetRequiredValue(Key),
                ThingOf(p),
                p.GetRequiredValue(Label)
            )
        );
    }

    private void Organisations()
    {
        var management = Word("MANAGEMENT", "The 12 digits of the management account.");
        Add(
            new Command("join", "Note that an account is a member of an organisation.") { Account, management },
            p => new JoinOrganisation(p.GetRequiredValue(Account), p.GetRequiredValue(management))
        );
        Add(
            new Command("leave", "Note that an account is a member of no organisation any more.") { Account },
            p => new LeaveOrganisation(p.GetRequiredValue(Account))
        );
    }

    private void States()
    {
        Add(
            new Command("close-account", "An account is closed at AWS: what runs on it ends.") { Account },
            p => new CloseAccount(p.GetRequiredValue(Account))
        );
        Add(
            new Command("reopen-account", "An account is open at AWS again.") { Account },
            p => new ReopenAccount(p.GetRequiredValue(Account))
        );
        Add(
            new Command("end-account", "A closed account is gone for good: its secrets are destroyed.") { Account },
            p => new EndAccount(p.GetRequiredValue(Account))
        );
        Add(
            new Command("suspend-customer", "Let a customer's people ask for nothing.") { Customer },
            p => new SuspendCustomer(p.GetRequiredValue(Customer))
        );
        Add(
            new Command("reinstate-customer", "Let a customer's people ask again.") { Customer },
            p => new ReinstateCustomer(p.GetRequiredValue(Customer))
        );
    }

    private void Keys()
    {
        var fingerprint = Word("FINGERPRINT", "The Fingerprint that aws cloudtrail list-public-keys prints.");
        var value = Word("VALUE", "Its Value there.");
        var from = Word("FROM", "Its ValidityStartTime there.");
        var until = Word("UNTIL", "Its ValidityEndTime there.");
        Add(
            new Command("trust-key", "Trust a key that AWS signs digests of CloudTrail with.")
            {
                fingerprint,
                value,
                from,
                until,
            },
            p => new TrustKey(
                p.GetRequiredValue(fingerprint),
                p.GetRequiredValue(value),
                p.GetRequiredValue(from),
                p.GetRequiredValue(until)
            )
        );
        Add(
            new Command("distrust-key", "Trust such a key no more, nor what it has proven.") { fingerprint },
            p => new DistrustKey(p.GetRequiredValue(fingerprint))
        );
    }

    private void Policy()
    {
        var set = new Command("set-policy", "Change a setting of the policy.");
        Root.Add(set);
        AddTo(
            set,
            new Command("provider", "Change the policy for all.") { Setting, Value },
            p => new SetPolicy(PolicyScope.Provider, "", p.GetRequiredValue(Setting), p.GetRequiredValue(Value))
        );
        Scoped("customer", "Change the policy for a customer.", PolicyScope.Customer, Customer);
        Scoped("account", "Change the policy for an account.", PolicyScope.Account, Account);

        void Scoped(string word, string what, PolicyScope scope, Argument<string> key) =>
            AddTo(
                set,
                new Command(word, what) { key, Setting, Value },
                p => new SetPolicy(
                    scope,
                    p.GetRequiredValue(key),
                    p.GetRequiredValue(Setting),
                    p.GetRequiredValue(Value)
                )
            );
    }

    private void AddFor(string word, string what, Func<string, Order> order) =>
        Add(new Command(word, what) { Key }, p => order(p.GetRequiredValue(Key)));

    private void Add(Command command, Func<ParseResult, Order> read) => AddTo(Root, command, read);

    private void AddTo(Command under, Command command, Func<ParseResult, Order> read)
    {
        under.Add(command);
        orders.Add(command, read);
    }

    private static KeptThing ThingOf(ParseResult parsed) => Words.Things[parsed.GetRequiredValue(Thing)];

    private static string UsageOf(Command command)
    {
        var under = command.Parents.OfType<Command>().First().Name;
        var name = under == "admin" ? command.Name : $"{under} {command.Name}";
        var arguments = command.Arguments.Select(a => a.Name);
        var options = command.Options.Select(o => $"[{o.Name} {o.Name[2..].ToUpperInvariant()}]");
        return string.Join(' ', (string[])[name, .. arguments, .. options]);
    }

    private static Argument<string> Word(string name, string description) => new(name) { Description = description };

    private static Argument<string> OneOf(string name, IEnumerable<string> words)
    {
        string[] all = [.. words];
        var argument = Word(name, string.Join(", ", all));
        argument.AcceptOnlyFromAmong(all);
        return argument;
    }
}
