using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Desk.People.Orders;
using RootCustody.People;

namespace RootCustody.Desk.People;

/// <summary>Reads an import file into entries and complains of all that is not as it must be by itself; <see cref="DirectoryChecks"/> asks how it fits together.</summary>
internal sealed class DirectoryReader(Complaints complaints)
{
    private const int MostBytes = 5_000_000;

    /// <returns>Null if there is nothing to go on with.</returns>
    public static DirectoryFile? Read(ReadOnlyMemory<byte> file, Complaints complaints)
    {
        if (file.Length > MostBytes)
        {
            complaints.Add(1, "the file is larger than 5 MB. Split it: what a file does not name stays as it is.");
            return null;
        }
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF]; // some editors put it before UTF-8
        var json = file.Span.StartsWith(mark) ? file[mark.Length..] : file;
        var root = new LinedJson(json, complaints).Read();
        if (root is Node.Thing thing)
            return new DirectoryReader(complaints).Whole(new FieldsReader(thing, "the file", complaints));
        if (root is not null)
            complaints.Add(root.Line, "the file must be one JSON object { ... }.");
        return null;
    }

    private DirectoryFile Whole(FieldsReader file)
    {
        var whole = new DirectoryFile(
            file.OptionalThing("provider") is { } provider ? Provider(provider) : null,
            Keyed(
                file.Things("customers", t => Called("customer", t)).Select(Customer),
                c => (c.Key, c.Line),
                "customer"
            ),
            Keyed(file.Things("persons", t => Called("person", t)).Select(Person), p => (p.Key, p.Line), "person"),
            Keyed(file.Things("groups", t => Called("group", t)).Select(Group), g => (g.Key, g.Line), "group"),
            Keyed(
                file.Things("accounts", t => Called("account", t, "number", Shape.Number)).Select(Account),
                a => (a.Number, a.Line),
                "account"
            ),
            Once(
                file.Things("keepers", _ => "this keeper").Select(Keeper).OfType<(KeeperEntry, int)>(),
                keeper => $"{keeper.Thing.Word()} \"{keeper.Label}\" of account {keeper.Account}"
            )
        );
        file.End();
        return whole;
    }

    private ProviderEntry Provider(FieldsReader fields)
    {
        var provider = new ProviderEntry(fields.Line, Realms(fields));
        fields.End();
        return provider;
    }

    private CustomerEntry Customer(FieldsReader fields)
    {
        var customer = new CustomerEntry(
            fields.Line,
            fields.Text("key", Shape.Key),
            fields.Text("name", Shape.Name),
            Realms(fields)
        );
        fields.End();
        return customer;
    }

    private PersonEntry Person(FieldsReader fields)
    {
        var person = new PersonEntry(
            fields.Line,
            fields.Text("key", Shape.Key),
            fields.Text("name", Shape.Name),
            fields.OptionalText("customer", Shape.Key),
            Identities(fields),
            Roles(fields)
        );
        fields.End();
        return person;
    }

    /// <summary>"dutyManager" is the older way to say it.</summary>
    private HashSet<PersonRole> Roles(FieldsReader fields)
    {
        var listed = Once(fields.Texts("roles", Shape.Role), role => $"the role {role}");
        var roles = listed.Keys.Select(name => Words.Roles[name]).ToHashSet();
        if (fields.OptionalFlag("dutyManager"))
            roles.Add(PersonRole.DutyManager);
        return roles;
    }

    private GroupEntry Group(FieldsReader fields)
    {
        fields.Demand("members");
        var group = new GroupEntry(
            fields.Line,
            fields.Text("key", Shape.Key),
            fields.Text("name", Shape.Name),
            fields.Text("keeps", Shape.Keeps) switch
            {
                "password" => Half.Password,
                "mfa" => Half.Mfa,
                _ => null,
            },
            Once(fields.Texts("members", Shape.Key), key => $"person {key}")
        );
        fields.End();
        return group;
    }

    /// <summary>An IAM user has no e-mail address, and is in the organisation, and the partition, of its account.</summary>
    private static AccountEntry Account(FieldsReader fields)
    {
        var number = fields.Text("number", Shape.Number);
        var isUser = AccountNumber.UserOf(number) is not null;
        var account = new AccountEntry(
            fields.Line,
            number,
            fields.Text("name", Shape.Name),
            isUser ? "" : fields.Text("email", Shape.Email),
            fields.Text("customer", Shape.Key),
            fields.Text("passwordGroup", Shape.Key),
            fields.Text("mfaGroup", Shape.Key),
            isUser ? null : fields.OptionalText("management", Shape.Digits),
            isUser ? null : fields.OptionalText("govCloudOf", Shape.Digits),
            isUser && fields.OptionalFlag("withoutMfa")
        );
        fields.End();
        return account;
    }

    /// <returns>Null if it is not as it must be, which has been complained of.</returns>
    private static (KeeperEntry, int)? Keeper(FieldsReader fields)
    {
        var (account, person) = (fields.Text("account", Shape.Number), fields.Text("person", Shape.Key));
        var (thing, label) = (fields.Text("thing", Shape.Thing), fields.Text("label", Shape.Label));
        fields.End();
        return account.Length > 0 && person.Length > 0 && thing.Length > 0 && label.Length > 0
            ? (new KeeperEntry(account, person, Words.Things[thing], label), fields.Line)
            : null;
    }

    private Dictionary<RealmName, int> Realms(FieldsReader fields) =>
        Once(
            fields
                .Texts("slackWorkspaces", Shape.SlackWorkspace)
                .Select(t => (new RealmName(ChatPlatform.Slack, t.Text), t.Line))
                .Concat(
                    fields
                        .Texts("teamsTenants", Shape.TeamsTenant)
                        .Select(t => (new RealmName(ChatPlatform.Teams, t.Text.ToLowerInvariant()), t.Line))
                ),
            realm => $"{realm}"
        );

    private Dictionary<ChatUser, int> Identities(FieldsReader fields) =>
        Once(
            fields
                .Things("slack", _ => "a Slack identity")
                .Select(f => Identity(f, ChatPlatform.Slack))
                .Concat(fields.Things("teams", _ => "a Teams identity").Select(f => Identity(f, ChatPlatform.Teams)))
                .Where(i => i.User.Realm.Length > 0 && i.User.User.Length > 0),
            user => user.Shown()
        );

    private static (ChatUser User, int Line) Identity(FieldsReader fields, ChatPlatform platform)
    {
        var user = platform switch
        {
            ChatPlatform.Slack => new ChatUser(
                platform,
                fields.Text("workspace", Shape.SlackWorkspace),
                fields.Text("user", Shape.SlackUser)
            ),
            ChatPlatform.Teams => new ChatUser(
                platform,
                fields.Text("tenant", Shape.TeamsTenant).ToLowerInvariant(),
                fields.Text("user", Shape.TeamsUser).ToLowerInvariant()
            ),
        };
        fields.End();
        return (user, fields.Line);
    }

    private static string Called(string noun, Node.Thing thing, string key = "key", Shape? shape = null) =>
        thing.Fields.GetValueOrDefault(key) is Node.Text text && (shape ?? Shape.Key).Fits(text.Value)
            ? $"{noun} {text.Value}"
            : $"this {noun}";

    private Dictionary<string, T> Keyed<T>(IEnumerable<T> entries, Func<T, (string Key, int Line)> keyOf, string noun)
    {
        var keyed = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var (key, line) = keyOf(entry);
            if (key.Length > 0 && !keyed.TryAdd(key, entry))
                complaints.Add(
                    line,
                    $"{noun} {key} was on line {keyOf(keyed[key]).Line} already. Keep one of the two."
                );
        }
        return keyed;
    }

    private Dictionary<T, int> Once<T>(IEnumerable<(T Item, int Line)> items, Func<T, string> shown)
        where T : notnull
    {
        var once = new Dictionary<T, int>();
        foreach (var (item, line) in items)
        {
            if (!once.TryAdd(item, line))
                complaints.Add(line, $"{shown(item)} is listed twice here. Keep one of the two.");
        }
        return once;
    }
}
