namespace RootCustody;

/// <summary>The numbers that the provider sets. Nothing here can switch a law off.</summary>
public sealed class Policy
{
    private static readonly TimeSpan LongestDebt = TimeSpan.FromHours(24);

    /// <summary>How long an emergency waits for its two approvals. Default 30 minutes.</summary>
    public TimeSpan EmergencyAnswer { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long after its planned start a planned request still waits for approvals. Default 30 minutes.</summary>
    public TimeSpan PlannedAnswer { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How far ahead a planned start may lie. Default 90 days.</summary>
    public TimeSpan PlannedAhead { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The window that the form suggests. Default 1 hour.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The longest window that can be asked for. Default 4 hours.</summary>
    public TimeSpan LongestWindow { get; set; } = TimeSpan.FromHours(4);

    /// <summary>How long a password stays on a surface that we can clear. Default 60 seconds.</summary>
    public TimeSpan PasswordOnScreen { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How soon after a window that showed it the password has to be rotated (law 14). Default 24 hours, and never more.</summary>
    public TimeSpan RotateAfterUse { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How old a password may get. Default 90 days.</summary>
    public TimeSpan RotateEvery { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long one reminder to rotate stands before the next is sent. Default 6 hours.</summary>
    public TimeSpan RotationAnswer { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How long the window of a rotation is. Default 1 hour.</summary>
    public TimeSpan RotationWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many wrong step-up codes in a row lock the step-up. Default 5.</summary>
    public int StepUpTries { get; set; } = 5;

    /// <summary>How long the step-up stays locked then. Default 15 minutes.</summary>
    public TimeSpan StepUpLock { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a one-time enrolment code lives. Default 24 hours.</summary>
    public TimeSpan EnrolmentCodeLife { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Names the first setting that makes no sense, or null.</summary>
    public string? Fault() =>
        new (string Name, TimeSpan Value)[]
        {
            (nameof(EmergencyAnswer), EmergencyAnswer),
            (nameof(PlannedAnswer), PlannedAnswer),
            (nameof(PlannedAhead), PlannedAhead),
            (nameof(Window), Window),
            (nameof(LongestWindow), LongestWindow),
            (nameof(PasswordOnScreen), PasswordOnScreen),
            (nameof(RotateAfterUse), RotateAfterUse),
            (nameof(RotateEvery), RotateEvery),
            (nameof(RotationAnswer), RotationAnswer),
            (nameof(RotationWindow), RotationWindow),
            (nameof(StepUpLock), StepUpLock),
            (nameof(EnrolmentCodeLife), EnrolmentCodeLife),
        }
            .Where(setting => setting.Value <= TimeSpan.Zero)
            .Select(setting => $"{setting.Name} must be longer than nothing.")
            .Append(
                Window > LongestWindow ? $"{nameof(Window)} must not be longer than {nameof(LongestWindow)}." : null
            )
            .Append(
                RotateAfterUse > LongestDebt
                    ? $"{nameof(RotateAfterUse)} must not be longer than {LongestDebt.TotalHours:0} hours."
                    : null
            )
            .Append(StepUpTries is < 1 or > 100 ? $"{nameof(StepUpTries)} must lie between 1 and 100." : null)
            .FirstOrDefault(fault => fault is not null);
}
