using System.Globalization;
using System.Reflection;
using RootCustody.Rotation;

namespace RootCustody;

/// <summary>What the provider sets, for all, for a customer or for one account (<see cref="PolicyBook"/>). Nothing here can switch a law off.</summary>
public sealed class Policy
{
    private static readonly TimeSpan LongestDebt = TimeSpan.FromHours(24);

    /// <summary>How long an emergency waits for its two approvals. Default 30 minutes.</summary>
    public TimeSpan EmergencyAnswer { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long after its planned start a planned request still waits for approvals. Default 30 minutes.</summary>
    public TimeSpan PlannedAnswer { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How far ahead a planned start has to lie, so that custodians can arrange themselves. Default 1 minute.</summary>
    public TimeSpan PlannedLead { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How far ahead a planned start may lie. Default 90 days.</summary>
    public TimeSpan PlannedAhead { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The window that the form suggests. Default 1 hour.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The longest window that can be asked for. Default 4 hours.</summary>
    public TimeSpan LongestWindow { get; set; } = TimeSpan.FromHours(4);

    /// <summary>By how much fresh approvals of both groups extend an open window. Default 1 hour.</summary>
    public TimeSpan Extension { get; set; } = TimeSpan.FromHours(1);

    /// <summary>When planned work may be done, such as <c>Mon-Fri 08:00-18:00 Europe/Berlin</c>; several with semicolons between. Default empty, which is always.</summary>
    public string PlannedHours { get; set; } = "";

    /// <summary>How often those who have not answered an emergency are reminded. Default 5 minutes.</summary>
    public TimeSpan EmergencyReminder { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>After how long without both approvals an emergency calls the duty manager. Default 10 minutes.</summary>
    public TimeSpan EmergencyDuty { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often those who have not answered a planned request or a rotation are reminded. Default 4 hours.</summary>
    public TimeSpan PlannedReminder { get; set; } = TimeSpan.FromHours(4);

    /// <summary>After how long a planned request goes from those on call to the rest of the group. Default 1 hour.</summary>
    public TimeSpan PlannedWiden { get; set; } = TimeSpan.FromHours(1);

    /// <summary>After how long without both approvals a planned request or a rotation calls the duty manager. Default 8 hours.</summary>
    public TimeSpan PlannedDuty { get; set; } = TimeSpan.FromHours(8);

    /// <summary>Whether a second contact of the customer has to approve before custodians are asked. Default no; never asked of an emergency.</summary>
    public bool CustomerApprover { get; set; }

    /// <summary>The root tasks, by their ids with commas between, for which a duty manager has to approve too. Default none; never asked of an emergency.</summary>
    public string DutyTasks { get; set; } = "";

    /// <summary>Whether a request for an IAM user without an MFA device needs one custodian of its password group only. Default no, which is one of each of its two groups; a rotation always needs both (law 14).</summary>
    public bool OneGroupApproves { get; set; }

    /// <summary>Whether the customer sees the names of the custodians. Default no.</summary>
    public bool NameCustodians { get; set; }

    /// <summary>Whether those who are assigned to a customer may not hold the halves of its accounts (conflict of interest). Default no.</summary>
    public bool BarAssigned { get; set; }

    /// <summary>Whether an administrator may be a custodian too, as in a tiny team. Default no.</summary>
    public bool AdministratorsMayKeep { get; set; }

    /// <summary>Whether one person may keep things that together open both halves of an account without us, as whoever administers its organisation does (law 1). Default no.</summary>
    public bool OneMayOpenBoth { get; set; }

    /// <summary>How long a new, re-linked or moved chat identity neither approves nor holds (law 15). Default 24 hours.</summary>
    public TimeSpan CoolOff { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long an invitation to link a chat identity lives. Default 24 hours.</summary>
    public TimeSpan InvitationLife { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a proposal waits for its two administrators. Default 7 days.</summary>
    public TimeSpan ProposalLife { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often the password may be shown in one window. Default 5.</summary>
    public int PasswordReveals { get; set; } = 5;

    /// <summary>How many refusals of one person within an hour are told to the duty manager. Default 10.</summary>
    public int Probing { get; set; } = 10;

    /// <summary>How long a password stays on a surface that we can clear. Default 60 seconds.</summary>
    public TimeSpan PasswordOnScreen { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How soon after a window that showed it the password has to be rotated (law 14). Default 24 hours, and never more.</summary>
    public TimeSpan RotateAfterUse { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How old a password may get. Default 90 days.</summary>
    public TimeSpan RotateEvery { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long an old password stays in the vault after two custodians confirmed the new one. Default 30 days.</summary>
    public TimeSpan KeepOldPasswords { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long one reminder to rotate stands before the next is sent. Default 6 hours.</summary>
    public TimeSpan RotationAnswer { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How long the window of a rotation is. Default 1 hour.</summary>
    public TimeSpan RotationWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How old an MFA seed may get before its custodians are reminded. Default 1825 days, which is five years.</summary>
    public TimeSpan RotateMfaEvery { get; set; } = TimeSpan.FromDays(1825);

    /// <summary>Over how long before its limit rotations are spread, and never over more than half of how old it may get. Default 30 days.</summary>
    public TimeSpan RotationSpread { get; set; } = TimeSpan.FromDays(30);

    /// <summary>In which hours rotations fall due and digests are sent, in the form of <see cref="PlannedHours"/>. Default <c>Mon-Fri 08:00-16:00 UTC</c>; empty is always.</summary>
    public string RotationHours { get; set; } = "Mon-Fri 08:00-16:00 UTC";

    /// <summary>Days on which nothing falls due, such as <c>2026-12-20..2027-01-06; 2027-04-02</c>. Default none.</summary>
    public string RotationBlackOuts { get; set; } = "";

    /// <summary>How many rotations may fall due on one day for one custodian group. Default 20.</summary>
    public int RotationsPerDay { get; set; } = 20;

    /// <summary>For how long in all a custodian may put a rotation off, and never past its limit. Default 7 days.</summary>
    public TimeSpan RotationSnooze { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long after its limit a rotation that nobody does is told to the duty managers. Default 1 day.</summary>
    public TimeSpan RotationDuty { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How old a credential report may get before what it says counts as stale; an older one is not taken. Default 30 days.</summary>
    public TimeSpan ReportLife { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long it counts that a person has looked at the alternate contacts. Default 365 days.</summary>
    public TimeSpan AttestationLife { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Which e-mail addresses root users should have, such as <c>aws+*@provider.example</c>; several with semicolons between. Default empty: nobody can say whether they are right.</summary>
    public string RootEmails { get; set; } = "";

    /// <summary>How often custodians are told of what deviates. Default 7 days.</summary>
    public TimeSpan PostureReminder { get; set; } = TimeSpan.FromDays(7);

    /// <summary>After how long a deviation is told to the duty managers. Default 7 days.</summary>
    public TimeSpan PostureDuty { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Whether an account that is entered from now on is open to planned work only once the ceremony has taken it into custody. Default yes.</summary>
    public bool OnboardNew { get; set; } = true;

    /// <summary>After how long without a move an account on its way into custody is told to its custodians each day; after twice that to the duty managers too. Default 7 days.</summary>
    public TimeSpan OnboardReminder { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How many wrong step-up codes in a row lock the step-up. Default 5.</summary>
    public int StepUpTries { get; set; } = 5;

    /// <summary>How long the step-up stays locked then. Default 15 minutes.</summary>
    public TimeSpan StepUpLock { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a one-time enrolment code lives. Default 24 hours.</summary>
    public TimeSpan EnrolmentCodeLife { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The settings that are about persons, their codes and their groups, and so the same for every account.</summary>
    public static IReadOnlySet<string> OfPersons { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            nameof(AdministratorsMayKeep),
            nameof(OneMayOpenBoth),
            nameof(CoolOff),
            nameof(InvitationLife),
            nameof(ProposalLife),
            nameof(Probing),
            nameof(StepUpTries),
            nameof(StepUpLock),
            nameof(EnrolmentCodeLife),
            nameof(RotationsPerDay),
            nameof(OnboardReminder),
        };

    /// <summary>The names of all settings, in their order here.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Settings().Select(s => s.Name)];

    /// <summary>The value of a setting as text, in the form that <see cref="Set"/> takes.</summary>
    public string Get(string name) =>
        Convert.ToString(Settings().Single(s => s.Name == name).GetValue(this), CultureInfo.InvariantCulture)!;

    /// <summary>Sets a setting from text.</summary>
    /// <returns>What is wrong with name or text, or null.</returns>
    public string? Set(string name, string text)
    {
        if (Settings().SingleOrDefault(s => s.Name == name) is not { } setting)
            return $"There is no setting {name}; there are {string.Join(", ", Names)}.";
        if (Read(setting.PropertyType, text) is not { } value)
            return $"{name} cannot be '{text}': {FormOf(setting.PropertyType)}";
        setting.SetValue(this, value);
        return null;
    }

    public Policy Copy() => (Policy)MemberwiseClone();

    /// <summary>Names the first setting that makes no sense, or null.</summary>
    public string? Fault() =>
        Settings()
            .Where(s => s.GetValue(this) is TimeSpan length && length <= TimeSpan.Zero)
            .Select(s => $"{s.Name} must be longer than nothing.")
            .Append(
                Window > LongestWindow ? $"{nameof(Window)} must not be longer than {nameof(LongestWindow)}." : null
            )
            .Append(
                RotateAfterUse > LongestDebt
                    ? $"{nameof(RotateAfterUse)} must not be longer than {LongestDebt.TotalHours:0} hours."
                    : null
            )
            .Append(
                PlannedLead > PlannedAhead
                    ? $"{nameof(PlannedLead)} must not be longer than {nameof(PlannedAhead)}."
                    : null
            )
            .Append(StepUpTries is < 1 or > 100 ? $"{nameof(StepUpTries)} must lie between 1 and 100." : null)
            .Append(PasswordReveals is < 1 or > 100 ? $"{nameof(PasswordReveals)} must lie between 1 and 100." : null)
            .Append(Probing is < 1 or > 1000 ? $"{nameof(Probing)} must lie between 1 and 1000." : null)
            .Append(WorkingHours.Fault(PlannedHours) is { } hours ? $"{nameof(PlannedHours)}: {hours}" : null)
            .Append(WorkingHours.Fault(RotationHours) is { } due ? $"{nameof(RotationHours)}: {due}" : null)
            .Append(BlackOuts.Fault(RotationBlackOuts) is { } days ? $"{nameof(RotationBlackOuts)}: {days}" : null)
            .Append(
                RotationsPerDay is < 1 or > 10_000 ? $"{nameof(RotationsPerDay)} must lie between 1 and 10000." : null
            )
            .Append(Posture.RootEmails.Fault(RootEmails) is { } emails ? $"{nameof(RootEmails)}: {emails}" : null)
            .Append(UnknownTask() is { } task ? $"{nameof(DutyTasks)} has '{task}', which is no root task." : null)
            .FirstOrDefault(fault => fault is not null);

    /// <summary>Whether this root task needs a duty manager's approval too.</summary>
    public bool NeedsDuty(string task) => Tasks().Contains(task, StringComparer.Ordinal);

    private string? UnknownTask() => Array.Find(Tasks(), task => Requests.RootTask.Find(task) is null);

    private string[] Tasks() =>
        DutyTasks.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<PropertyInfo> Settings() =>
        typeof(Policy).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static object? Read(Type type, string text) =>
        type == typeof(TimeSpan)
            ? TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var length)
                ? length
                : null
            : type == typeof(int)
                ? int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : null
                : type == typeof(bool)
                    ? bool.TryParse(text, out var yes)
                        ? yes
                        : null
                    : text;

    private static string FormOf(Type type) =>
        type == typeof(TimeSpan) ? "a length of time is days.hours:minutes:seconds, such as 1.00:00:00 or 00:30:00."
        : type == typeof(int) ? "it is a whole number."
        : "it is true or false.";
}
