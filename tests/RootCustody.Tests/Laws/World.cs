using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Tests.Laws;

/// <summary>A law that a world does not keep, so that the tests of the laws can be tested.</summary>
public enum Hole
{
    None,

    /// <summary>What someone has seen is forgotten (law 1).</summary>
    NobodyIsBarred,

    /// <summary>Each chat identity counts as a person (law 2).</summary>
    IdentitiesCount,

    /// <summary>Groups take in anyone, and who is in two of them speaks for the one they like (law 3).</summary>
    GroupsTakeAnyone,

    /// <summary>The exposure is recorded when its outcome is known, so never after a crash (law 4).</summary>
    RecordedAfterwards,

    /// <summary>A window is open until a job closes it (law 5).</summary>
    TheJobDecides,

    /// <summary>Nobody books the debt (law 14).</summary>
    NothingIsOwed,

    /// <summary>A late answer books a debt that has been paid (law 14).</summary>
    PaidIsOwedAgain,

    /// <summary>One custodian's word promotes (law 14, and law 1 by it).</summary>
    OneWordIsEnough,

    /// <summary>A second approval takes the place of the first (law 9).</summary>
    TheLastOneWins,

    /// <summary>A missing approval is taken for given when the time to answer is over (law 16).</summary>
    SilenceIsYes,

    /// <summary>Whoever is frozen, suspended, away or too new may still act (laws 15 and 16).</summary>
    EveryoneIsFit,

    /// <summary>What opens a half without us is not asked about (law 1).</summary>
    NobodyKeepsAnything,

    /// <summary>A member account knows nothing of its management account (law 1).</summary>
    MembersStandAlone,

    /// <summary>What was shown in a drill counts like a half, and is not told apart.</summary>
    DrillsShowHalves,

    /// <summary>Approvals that were given before an edit count on.</summary>
    EditsKeepApprovals,

    /// <summary>One group's word makes a window longer.</summary>
    OneGroupExtends,

    /// <summary>A holder ends an emergency alone.</summary>
    HoldersEndEmergencies,

    /// <summary>A contact of a customer counts as one of the provider's people (law 12).</summary>
    ContactsCount,
}

/// <summary>A small provider in memory: does what the use cases of desk and couriers do, on the real rules, and tells the chronicle.</summary>
public sealed partial class World
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Cast = ["Paul", "Pia", "Mona", "Max", "Nina", "Noah", "Quinn", "Quentin"];

    private readonly Hole hole;
    private readonly Policy policy = new();
    private readonly Policy strict = new() { CustomerApprover = true, DutyTasks = RootTask.Catalogue[0].Id };
    private readonly List<(AccountId Account, PersonId Person, KeptThing Thing)> keepers = [];
    private readonly HashSet<PersonId> assigned = [];
    private readonly HashSet<PersonId> administrators = [];
    private readonly Dictionary<string, Person> people = new(StringComparer.Ordinal);
    private readonly List<ChatUser> identities = [];
    private readonly Dictionary<ChatUser, PersonId> linked = [];
    private readonly Dictionary<PersonId, Person> humans = [];
    private readonly List<CustodianGroup> groups = [];
    private readonly Dictionary<AccountId, int> made = [];
    private readonly List<Exposure> exposures = [];
    private readonly List<Retirement> retirements = [];
    private readonly Dictionary<ExposureId, Seen> seenAs = [];
    private readonly Queue<(Reveal.Granted Granted, RevealOutcome Outcome)> unheard = new();

    /// <param name="births">Who typed the halves of the accounts: two numbers for each; an even one means that nobody did.</param>
    public World(IReadOnlyList<int> births, Hole hole = Hole.None)
    {
        this.hole = hole;
        var customer = Customer.Of("acme", "Acme", Noon);
        foreach (var name in (string[])[.. Cast, "Xena", "Walt", "Wim"])
            Add(Person.Of(name, name, null, false, Noon));
        Add(Person.Of("Dora", "Dora", null, true, Noon));
        Add(Person.Of("Dag", "Dag", null, true, Noon));
        Add(Person.Of("Rita", "Rita", customer.Id, false, Noon));
        Add(Person.Of("Ravi", "Ravi", customer.Id, false, Noon));

        var p1 = Group("P1", Half.Password, "Paul", "Pia", "Walt", "Ravi");
        var p2 = Group("P2", Half.Password, "Quinn", "Quentin", "Xena");
        var m1 = Group("M1", Half.Mfa, "Mona", "Max", "Dag");
        var m2 = Group("M2", Half.Mfa, "Nina", "Noah", "Xena");
        Keep("111111111111", customer, p1, m1, births.ElementAtOrDefault(0), births.ElementAtOrDefault(1));
        Keep("222222222222", customer, p1, m2, births.ElementAtOrDefault(2), births.ElementAtOrDefault(3));
        Keep("333333333333", customer, p2, m1, births.ElementAtOrDefault(4), births.ElementAtOrDefault(5));
    }

    public DateTimeOffset Now { get; private set; } = Noon;
    public Chronicle Chronicle { get; } = new();
    public List<Account> Accounts { get; } = [];
    public List<Request> Requests { get; } = [];
    public IReadOnlyList<CustodianGroup> Groups => groups;
    public IEnumerable<Person> People => people.Values;

    public Person Named(string key) => people[key];

    /// <summary>The two of each group who are never suspended and never in another group.</summary>
    public static bool IsSteady(Person person) => Cast.Contains(person.Key, StringComparer.Ordinal);

    public CustodianGroup GroupOf(Account account, Half half) => groups.Single(g => g.Id == account.GroupOf(half));

    public Account AccountOf(Request request) => Accounts.Single(a => a.Id == request.Account);

    public string? NameOf(PersonId? id) => id is { } known ? humans[known].Key : null;

    /// <summary>Everything that a command can change, as text: two that are equal are the same state.</summary>
    public string State() =>
        string.Join(
            '\n',
            Requests
                .Select(r =>
                    $"{r.Id} {r.State} {r.PasswordApprover} {r.MfaApprover} {r.ContactApprover} {r.DutyApprover} {r.Denials.Count} {r.StepBacks.Count} {r.Opens:O} {r.Closes:O} {r.PendingGeneration} {r.PasswordRotated} {r.MfaRotated} {r.AnsweredAt:O} {r.Edits} {r.ExtendBy} {r.PasswordExtender} {r.MfaExtender} {r.NextStepAt:O}"
                )
                .Concat(
                    Accounts.Select(a =>
                        $"{a.PasswordGroup} {a.MfaGroup} {a.PasswordGeneration} {a.OwesSince:O} {a.RotateBy:O} {made[a.Id]}"
                    )
                )
                .Concat(exposures.Select(e => $"{e.Generation} {e.Outcome}"))
                .Concat(groups.Select(g => string.Join(',', g.Members.Select(m => m.Person))))
                .Append($"{retirements.Count}")
        );

    /// <summary>As <c>Facts.StandingAsync</c> reads it.</summary>
    public Standing StandingOf(PersonId id, Account account, ChatUser? through = null)
    {
        var person = humans[id];
        var keeps = groups
            .Where(g => (g.Id == account.PasswordGroup || g.Id == account.MfaGroup) && g.Has(person.Id))
            .ToList();
        bool IsOf(AccountId other) =>
            other == account.Id || (hole != Hole.MembersStandAlone && other == account.Management);
        bool Seen(Half half) =>
            hole != Hole.NobodyIsBarred
            && exposures.Exists(e => IsOf(e.Account) && e.Person == id && e.Half == half && e.Bars(retirements));
        bool Opens(Half half) =>
            hole != Hole.NobodyKeepsAnything
            && keepers.Exists(k => IsOf(k.Account) && k.Person == person.Id && k.Thing.Opens(half));
        var unfit = hole != Hole.EveryoneIsFit;
        return new Standing(
            id,
            keeps.Count == 1 || hole == Hole.GroupsTakeAnyone ? keeps.LastOrDefault()?.Keeps : null,
            Seen(Half.Password),
            Seen(Half.Mfa),
            person.IsDutyManager,
            person.Customer == account.Customer,
            unfit && person.Suspended,
            unfit && person.FrozenAt is not null,
            unfit && person.CoolsOffAt(Now, through),
            unfit && person.IsAwayAt(Now),
            Opens(Half.Password),
            Opens(Half.Mfa),
            hole != Hole.ContactsCount && person.Customer is not null,
            assigned.Contains(person.Id),
            administrators.Contains(person.Id)
        );
    }

    private void Add(Person person)
    {
        people.Add(person.Key, person);
        humans.Add(person.Id, person);
        foreach (var platform in (ChatPlatform[])[ChatPlatform.Slack, ChatPlatform.Teams])
        {
            var identity = new ChatUser(platform, "home", person.Key);
            person.Link(identity, Noon, Noon);
            identities.Add(identity);
            var id = hole == Hole.IdentitiesCount ? PersonId.New(Noon) : person.Id;
            linked.Add(identity, id);
            humans.TryAdd(id, person);
        }
    }

    private CustodianGroup Group(string key, Half keeps, params IEnumerable<string> members)
    {
        var group = CustodianGroup.Of(key, key, keeps, Noon);
        foreach (var member in members)
            group.Admit(people[member].Id, []);
        groups.Add(group);
        return group;
    }

    private void Keep(
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
        Accounts.Add(account);
        if (Accounts.Count == 2)
            account.BelongTo(Accounts[0].Id);
        made[account.Id] = 1;
        account.TakePassword(1, policy, Noon);
        account.TakeSeed(1);
        var typist = passwordBirth % 2 == 0 ? null : people.Values.ElementAt(passwordBirth / 2 % people.Count);
        if (typist is not null && !IsBarred(typist, account, Half.Password))
        {
            Born(account, Half.Password, typist);
            account.Owe(policy, Noon);
        }
        var seeder = seedBirth % 2 == 0 ? null : people.Values.ElementAt(seedBirth / 2 % people.Count);
        if (seeder is not null && !IsBarred(seeder, account, Half.Mfa))
            Born(account, Half.Mfa, seeder);
    }

    /// <summary>As <c>RecordBirth</c>: who has seen the other half brings this one not in.</summary>
    private bool IsBarred(Person person, Account account, Half half) =>
        Chronicle.Seen.Exists(s =>
            s.Who == person.Key
            && s.Half == half.Other()
            && (s.Account == account.Id || s.Account == account.Management)
        );

    private void Born(Account account, Half half, Person person)
    {
        var identity = identities.Find(i => i.User == person.Key)!;
        exposures.Add(Exposure.FromBirth(account.Id, half, 1, linked[identity], Noon));
        Chronicle.Seen.Add(
            new Seen(person.Key, account.Id, half, 1, null, Noon) { Outcome = RevealOutcome.Shown, Booked = true }
        );
    }
}
