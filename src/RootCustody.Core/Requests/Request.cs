using RootCustody.Accounts;
using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>One request for the root credential of one account, from the asking to the end of its window. Each step is in the file named after it.</summary>
public sealed partial class Request
{
    private readonly List<Denial> denials = [];
    private readonly List<NamedDanger> named = [];

    private Request() { }

    public RequestId Id { get; private set; }
    public AccountId Account { get; private set; }
    public CustomerId Customer { get; private set; }
    public RequestKind Kind { get; private set; }

    /// <summary>Who asked; null for what the clock asks for (law 2).</summary>
    public PersonId? Requester { get; private set; }

    /// <summary>One of <see cref="RootTask.Catalogue"/>, or <see cref="RootTask.AsUser"/>; empty for what nobody asks for.</summary>
    public string Task { get; private set; } = "";

    public string Justification { get; private set; } = "";
    public string? Ticket { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>The window opens at this moment at the earliest.</summary>
    public DateTimeOffset Start { get; private set; }

    public TimeSpan Length { get; private set; }

    /// <summary>Until when it waits for approvals, and for its window to open.</summary>
    public DateTimeOffset AnswerBy { get; private set; }

    public RequestState State { get; private set; }

    /// <summary>The IAM user had no MFA device when it was asked: its window shows a password only.</summary>
    public bool WithoutMfa { get; private set; }

    /// <summary>As policy had it when it was asked: one custodian of the password group is enough.</summary>
    public bool ByOneGroup { get; private set; }

    /// <summary>By the halves that they keep: the groups of which it takes one custodian each.</summary>
    public IReadOnlyList<Half> Groups => ByOneGroup ? [Half.Password] : [Half.Password, Half.Mfa];
    public PersonId? PasswordApprover { get; private set; }
    public PersonId? MfaApprover { get; private set; }
    public IReadOnlyList<Denial> Denials => denials;

    /// <summary>Whom the request names as the danger: they can neither withdraw, deny nor hold.</summary>
    public IReadOnlyList<NamedDanger> Named => named;

    public DateTimeOffset? Opens { get; private set; }

    /// <summary>When the window closes or, once it was ended early, when it was ended.</summary>
    public DateTimeOffset? Closes { get; private set; }

    public Window? Window => Opens is { } opens && Closes is { } closes ? new Window(opens, closes) : null;

    /// <summary>A name that people can say on the phone; not unique for ever, and no rule takes it.</summary>
    public string Name => NameOf(Id);

    /// <summary>The clock or the debt asks for it, and nobody denies it away.</summary>
    public bool IsScheduled => Kind is RequestKind.Rotation or RequestKind.MfaChange;

    /// <summary>Whether the holder of this half has anything to see in the window.</summary>
    public bool Shows(Half half) => half == Half.Password || !WithoutMfa;

    public bool IsOver => State is not (RequestState.Asked or RequestState.Approved or RequestState.Open);

    public bool Names(PersonId person) => named.Exists(n => n.Person == person);

    public PersonId? ApproverOf(Half half) =>
        half switch
        {
            Half.Password => PasswordApprover,
            Half.Mfa => MfaApprover,
        };

    /// <summary>The half that this person holds, or will hold when the window opens.</summary>
    public Half? HeldBy(PersonId person) =>
        person == PasswordApprover ? Half.Password
        : person == MfaApprover ? Half.Mfa
        : null;

    public static string NameOf(RequestId id) => "R-" + Convert.ToHexString(id.Value.ToByteArray(), 13, 3);

    /// <summary>A person asks. Whether the account is theirs to ask for, <see cref="WhyNotAsk(Person, Account)"/> says.</summary>
    public static Request Of(Ask ask, Account account, PersonId requester, Policy policy, DateTimeOffset now)
    {
        var request = New(account, ask.Start is null ? RequestKind.Emergency : RequestKind.Planned, policy, now);
        request.Requester = requester;
        request.Take(ask, policy, now);
        return request;
    }

    /// <summary>Says why this person may not ask for this account, or null (law 12).</summary>
    public static Refusal? WhyNotAsk(Person person, Account account)
    {
        if (person.Suspended)
            return Refusal.Suspended;
        if (person.FrozenAt is not null)
            return Refusal.Frozen; // law 15
        if (person.Customer != account.Customer)
            return Refusal.NotYourAccount;
        return WhyNotOpen(account);
    }

    /// <summary>Says why its people may not ask for any account of this customer, or null.</summary>
    public static Refusal? WhyNotAsk(Customer customer) =>
        customer.SuspendedAt is null ? null : Refusal.CustomerSuspended;

    /// <summary>Says why there is nothing to open on this account, for an exercise neither, or null.</summary>
    public static Refusal? WhyNotOpen(Account account)
    {
        if (account.ClosedAt is not null)
            return Refusal.AccountClosed;
        if (account.HandedOverAt is not null)
            return Refusal.HandedOver;
        return account.IsInCustody ? null : Refusal.NothingInCustody;
    }

    /// <summary>Says why nobody may ask this of the account now, or null: what can wait waits until it is in custody.</summary>
    public static Refusal? WhyNotPlan(Ask ask, Account account) =>
        ask.Start is not null && account.IsOnboarding ? Refusal.BeingOnboarded : null;

    /// <summary>Whether the same person asks for the very same, word for word, while the other still runs: they saw no answer and sent it once more (law 9).</summary>
    public bool Repeats(Request other, DateTimeOffset now) =>
        !other.IsOver
        && now < (other.Closes ?? other.AnswerBy) // the job that ends it may be late (law 5)
        && Requester is not null
        && (Requester, Account, Kind, Task, Justification, Ticket, Length)
            == (other.Requester, other.Account, other.Kind, other.Task, other.Justification, other.Ticket, other.Length)
        && (Kind == RequestKind.Emergency || Start == other.Start)
        && named.Select(n => n.Person).ToHashSet().SetEquals(other.named.Select(n => n.Person));

    /// <summary>The clock or the debt asks for a rotation.</summary>
    public static Request Rotation(Account account, Policy policy, DateTimeOffset now) =>
        Scheduled(account, RequestKind.Rotation, policy, now);

    /// <summary>The clock asks for a new MFA device.</summary>
    public static Request MfaChange(Account account, Policy policy, DateTimeOffset now) =>
        Scheduled(account, RequestKind.MfaChange, policy, now);

    private static Request Scheduled(Account account, RequestKind kind, Policy policy, DateTimeOffset now)
    {
        var request = New(account, kind, policy, now);
        request.Length = policy.RotationWindow;
        request.AnswerBy = now + policy.RotationAnswer;
        request.WidenAt = now + policy.PlannedWiden;
        return request;
    }

    /// <summary>An exercise.</summary>
    /// <param name="by">Who ordered it; null if it came from the command line.</param>
    public static Request Drill(Account account, PersonId? by, Policy policy, DateTimeOffset now)
    {
        var request = New(account, RequestKind.Drill, policy, now);
        request.Requester = by;
        request.Justification = "This is an exercise. Everything goes its usual way, but no real half is shown.";
        request.Length = policy.Window;
        request.AnswerBy = now + policy.EmergencyAnswer;
        return request;
    }

    private static Request New(Account account, RequestKind kind, Policy policy, DateTimeOffset now)
    {
        var request = new Request
        {
            Id = RequestId.New(now),
            Account = account.Id,
            Customer = account.Customer,
            Kind = kind,
            AskedAt = now,
            Start = now,
            RemindedAt = now,
            AnswerTime = policy.EmergencyAnswer,
            State = RequestState.Asked,
            WithoutMfa = account.WithoutMfa,
        };
        request.ByOneGroup = account.WithoutMfa && policy.OneGroupApproves && !request.IsScheduled;
        request.ReminderEvery = request.IsUrgent ? policy.EmergencyReminder : policy.PlannedReminder;
        request.DutyAfter = request.IsUrgent ? policy.EmergencyDuty : policy.PlannedDuty;
        request.DutyAt = now + request.DutyAfter;
        return request;
    }

    private void Take(Ask ask, Policy policy, DateTimeOffset now)
    {
        Task = ask.Task.Id;
        Justification = ask.Justification;
        Ticket = ask.Ticket;
        Start = ask.Start ?? now;
        Length = ask.Length;
        AnswerBy = ask.Start + policy.PlannedAnswer ?? now + policy.EmergencyAnswer;
        named.Clear();
        named.AddRange(ask.Named.Distinct().Select(NamedDanger.Of));
        if (Kind != RequestKind.Planned)
            return;
        NeedsContact = policy.CustomerApprover;
        NeedsDuty = policy.NeedsDuty(ask.Task.Id);
        WidenAt = now + policy.PlannedWiden;
    }

    private void SetApprover(Half half, PersonId? person)
    {
        if (half == Half.Password)
            PasswordApprover = person;
        else
            MfaApprover = person;
    }
}

/// <summary>One person whom a request names as the danger.</summary>
public sealed class NamedDanger
{
    private NamedDanger() { }

    public PersonId Person { get; private set; }

    internal static NamedDanger Of(PersonId person) => new() { Person = person };
}
