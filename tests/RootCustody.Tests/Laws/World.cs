using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Tests.Laws;

/// <summary>A small provider in memory: does what the use cases of desk and couriers do, on the real rules, and tells the chronicle.</summary>
public sealed partial class World : IScene
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Cast = ["Paul", "Pia", "Mona", "Max", "Nina", "Noah", "Quinn", "Quentin"];

    private readonly Hole hole;

    /// <summary>What the rules are given.</summary>
    private readonly Policy policy;
    private readonly Dictionary<string, Person> people = new(StringComparer.Ordinal);
    private readonly List<ChatUser> identities = [];
    private readonly Dictionary<ChatUser, PersonId> linked = [];
    private readonly Dictionary<PersonId, Person> humans = [];
    private readonly List<CustodianGroup> groups = [];
    private readonly List<Account> accounts = [];
    private readonly List<Request> requests = [];
    private readonly List<Keeper> keepers = [];
    private readonly Dictionary<AccountId, int> made = [];
    private readonly List<Exposure> exposures = [];
    private readonly List<Retirement> retirements = [];
    private readonly HashSet<string> clicks = new(StringComparer.Ordinal);

    /// <param name="births">Who typed the halves of the accounts: two numbers for each; an even one means that nobody did. A seventh is the policy.</param>
    public World(IReadOnlyList<int> births, Hole hole = Hole.None)
    {
        this.hole = hole;
        Policy = PolicyOf(births.ElementAtOrDefault(6));
        policy = Policy.Copy();
        if (hole == Hole.NobodyEndorses)
            (policy.CustomerApprover, policy.DutyTasks) = (false, "");
        var (acme, beta) = (Customer.Of("acme", "Acme", Noon), Customer.Of("beta", "Beta", Noon));
        foreach (var name in (string[])[.. Cast, "Xena", "Walt", "Wim"])
            Add(Person.Of(name, name, null, false, Noon));
        Add(Person.Of("Dora", "Dora", null, true, Noon));
        Add(Person.Of("Dag", "Dag", null, true, Noon));
        Add(Person.Of("Rita", "Rita", acme.Id, false, Noon));
        Add(Person.Of("Ravi", "Ravi", acme.Id, false, Noon));
        Add(Person.Of("Bea", "Bea", beta.Id, false, Noon));

        var p1 = Group("P1", Half.Password, "Paul", "Pia", "Walt", "Ravi");
        var p2 = Group("P2", Half.Password, "Quinn", "Quentin", "Xena");
        var m1 = Group("M1", Half.Mfa, "Mona", "Max", "Dag");
        var m2 = Group("M2", Half.Mfa, "Nina", "Noah", "Xena");
        Take("111111111111", acme, p1, m1, births.ElementAtOrDefault(0), births.ElementAtOrDefault(1));
        Take("222222222222", acme, p1, m2, births.ElementAtOrDefault(2), births.ElementAtOrDefault(3));
        Take("333333333333", beta, p2, m1, births.ElementAtOrDefault(4), births.ElementAtOrDefault(5));
    }

    public DateTimeOffset Now { get; private set; } = Noon;
    public Chronicle Chronicle { get; } = new();
    public Policy Policy { get; }
    public IReadOnlyList<Account> Accounts => accounts;
    public IReadOnlyList<Request> Requests => requests;
    public IReadOnlyList<CustodianGroup> Groups => groups;
    public IReadOnlyList<Keeper> Keepers => keepers;
    public IEnumerable<Person> People => people.Values;

    public Person Named(string key) => people[key];

    public Person HumanOf(PersonId id) => humans[id];

    /// <summary>The two of each group who are never suspended and never in another group.</summary>
    public static bool IsSteady(Person person) => Cast.Contains(person.Key, StringComparer.Ordinal);

    public Account AccountOf(Request request) => Scenes.AccountOf(this, request);

    /// <summary>Everything that a command can change, as text: two that are equal are the same state.</summary>
    public string State() =>
        string.Join(
            '\n',
            requests
                .Select(r =>
                    $"{r.Id} {r.State} {r.PasswordApprover} {r.MfaApprover} {r.ContactApprover} {r.DutyApprover} {r.Denials.Count} {r.StepBacks.Count} {r.Opens:O} {r.Closes:O} {r.AnswerBy:O} {r.ExtendBy} {r.PasswordExtender} {r.MfaExtender} {r.NextStepAt:O} {r.PendingGeneration} {r.PasswordFound} {r.MfaFound} {r.AnsweredAt:O}"
                )
                .Concat(
                    accounts.Select(a =>
                        $"{a.PasswordGroup} {a.MfaGroup} {a.Management} {a.PasswordGeneration} {a.OwesSince:O} {a.RotateBy:O} {made[a.Id]}"
                    )
                )
                .Concat(exposures.Select(e => $"{e.Generation} {e.Outcome}"))
                .Concat(groups.Select(g => string.Join(',', g.Members.Select(m => m.Person))))
                .Concat(
                    People.Select(p =>
                        $"{p.Suspended} {p.FrozenAt:O} {p.AwayUntil:O} {p.IsAdministrator} {p.Assignments.Count} {p.Identities.Count}"
                    )
                )
                .Append($"{retirements.Count} {keepers.Count}")
        );

    /// <summary>As <c>Facts.StandingAsync</c> reads it.</summary>
    public Standing StandingOf(PersonId id, Account account, ChatUser? through = null)
    {
        var person = humans[id];
        var keeps = groups
            .Where(g => (g.Id == account.PasswordGroup || g.Id == account.MfaGroup) && g.Has(person.Id))
            .ToList();
        var half = keeps.Count == 1 || hole == Hole.GroupsTakeAnyone ? keeps.LastOrDefault()?.Keeps : null;
        return new Standing(
            id,
            half,
            Seen(id, account, Half.Password),
            Seen(id, account, Half.Mfa),
            person.IsDutyManager || (hole == Hole.EveryoneIsOnDuty && half is not null),
            person.Customer == account.Customer,
            person.Suspended && hole != Hole.TheSuspendedAct,
            person.FrozenAt is not null && hole != Hole.TheFrozenAct,
            person.CoolsOffAt(Now, through) && hole != Hole.NewIdentitiesAct,
            person.IsAwayAt(Now) && hole != Hole.TheAwayHold,
            Opens(person, account, Half.Password),
            Opens(person, account, Half.Mfa),
            person.Customer is not null && hole != Hole.OutsidersHold,
            person.IsAssignedTo(account.Customer) && policy.BarAssigned && hole != Hole.TheAssignedHold,
            person.IsAdministrator && !policy.AdministratorsMayKeep && hole != Hole.AdministratorsHold
        );
    }

    private bool Seen(PersonId id, Account account, Half half) =>
        hole != Hole.NobodyIsBarred
        && exposures.Exists(e =>
            (e.Account == account.Id || (e.Account == account.Management && hole != Hole.MembersInheritNothing))
            && e.Person == id
            && e.Half == half
            && e.Bars(retirements)
        );

    private bool Opens(Person person, Account account, Half half) =>
        hole != Hole.KeepersAreForgotten
        && keepers.Exists(k =>
            (k.Account == account.Id || k.Account == account.Management) && k.Person == person.Id && k.Thing.Opens(half)
        );

    private static Policy PolicyOf(int number) =>
        new()
        {
            CustomerApprover = number % 4 == 3,
            DutyTasks = number / 4 % 3 == 2 ? RootTask.Catalogue[0].Id : "",
            BarAssigned = number / 12 % 2 == 1,
            AdministratorsMayKeep = number / 24 % 3 == 2,
            PasswordReveals = number / 72 % 2 == 1 ? 1 : 5,
            CoolOff = TimeSpan.FromHours(number % 5 == 4 ? 2 : 24),
        };

    private void Add(Person person)
    {
        people.Add(person.Key, person);
        foreach (var platform in (ChatPlatform[])[ChatPlatform.Slack, ChatPlatform.Teams])
        {
            var identity = new ChatUser(platform, "home", person.Key);
            person.Link(identity, Noon, Noon);
            Link(person, identity);
        }
    }

    private void Link(Person person, ChatUser identity)
    {
        identities.Add(identity);
        var id = hole == Hole.IdentitiesCount ? PersonId.New(Noon) : person.Id;
        linked.Add(identity, id);
        humans[id] = person;
        humans[person.Id] = person;
    }

    private CustodianGroup Group(string key, Half keeps, params IEnumerable<string> members)
    {
        var group = CustodianGroup.Of(key, key, keeps, Noon);
        foreach (var member in members)
            group.Admit(people[member].Id, []);
        groups.Add(group);
        return group;
    }

    private void Take(
        string number,
        Customer customer,
        CustodianGroup passwordGroup,
        CustodianGroup mfaGroup,
        int passwordBirth,
        int seedBirth
    )
    {
        var account = Account.Of(
            number,
            number,
            $"root@{number}.example",
            customer.Id,
            passwordGroup.Id,
            mfaGroup.Id,
            Noon
        );
        accounts.Add(account);
        made[account.Id] = 1;
        account.TakePassword(1, policy, Noon);
        account.TakeDevice(1);
        var typist = passwordBirth % 2 == 0 ? null : people.Values.ElementAt(passwordBirth / 2 % people.Count);
        if (typist is not null)
        {
            Born(account, Half.Password, typist);
            account.Owe(policy, Noon);
        }
        var seeder = seedBirth % 2 == 0 ? null : people.Values.ElementAt(seedBirth / 2 % people.Count);
        if (seeder is not null && seeder != typist)
            Born(account, Half.Mfa, seeder);
    }

    private void Born(Account account, Half half, Person person)
    {
        exposures.Add(Exposure.FromBirth(account.Id, half, 1, linked[IdentityOf(person)], Noon));
        Chronicle.Seen.Add(
            new Seen(person.Key, account.Id, half, 1, null, Noon, Order: Chronicle.Next())
            {
                Outcome = RevealOutcome.Shown,
                Booked = true,
            }
        );
    }

    private ChatUser IdentityOf(Person person) => identities.Find(i => humans[linked[i]] == person)!;
}
