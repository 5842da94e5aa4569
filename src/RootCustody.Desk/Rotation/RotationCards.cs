using System.Globalization;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.People;
using RootCustody.Rotation;

namespace RootCustody.Desk.Rotation;

/// <summary>What people see of the schedule of rotations.</summary>
public static class RotationCards
{
    /// <summary>So many are named on one card; of the others it says how many they are.</summary>
    public const int Most = 15;

    /// <summary>What a person is told once a day.</summary>
    /// <param name="mine">Of the accounts whose halves they keep, the most urgent first.</param>
    /// <param name="late">Of all accounts, what a duty manager is told because nobody has done it.</param>
    public static Card Digest(IReadOnlyList<DueHalf> mine, IReadOnlyList<DueHalf> late, DateTimeOffset now)
    {
        var lines = new List<string>();
        if (mine.Count > 0)
            lines.Add(
                "These halves that your group keeps fall due. Pressing Rotate now is the approval of your own half; one of the other group has to press too."
            );
        if (late.Count > 0)
            lines.Add(
                $"As a duty manager: {late.Count} rotations are overdue, and nobody has done them. Talk to their custodians."
            );
        var all = late.Concat(mine).DistinctBy(d => (d.Account.Id, d.Date.Half)).ToList();
        if (all.Count > Most)
            lines.Add($"And {all.Count - Most} more; type status to see what is the most urgent.");
        var canRotate = mine.Any(d => d.Date.Half == Half.Password);
        return new Card(
            TitleOf(all, now),
            lines,
            [.. all.Take(Most).Select(d => FactOf(d.Account, d.Date, now))],
            canRotate
                ?
                [
                    new Choice(Actions.RotateNow, "Rotate now", "", ChoiceStyle.Good),
                    new Choice(Actions.Snooze, "Put off", ""),
                    Choice.NotMe,
                ]
                : []
        );
    }

    /// <summary>One line of a digest or a status.</summary>
    public static Fact FactOf(Account account, RotationDate date, DateTimeOffset now)
    {
        var what = date.Half == Half.Password ? "password" : "MFA";
        return Fact.At($"{Say(account.StateAt(date, now))}: {what} of {account.Name} ({account.Number})", date.DueAt);
    }

    /// <summary>How it stands with one of several to choose from.</summary>
    public static string WhenOf(DueHalf due, DateTimeOffset now) =>
        $"{Say(due.Account.StateAt(due.Date, now))}, {due.Date.DueOn.ToString("O", CultureInfo.InvariantCulture)}";

    private static string Say(RotationState state) =>
        state switch
        {
            RotationState.Exposed => "Exposed",
            RotationState.Overdue => "Overdue",
            RotationState.Due => "Due",
            RotationState.Planned => "Planned",
        };

    /// <summary>The plan is not as policy wants it.</summary>
    public static Card Strained(CustodianGroup group, IReadOnlyList<(Account Account, RotationDate Date)> strained) =>
        new(
            $"Rotations: {strained.Count} of {group.Name} do not fit into the plan",
            [
                "More capacity (RotationsPerDay), a longer spread or fewer black-outs would help. They fall due at these times all the same.",
                .. strained.Count > Most ? [$"And {strained.Count - Most} more."] : (string[])[],
            ],
            [.. strained.Take(Most).Select(s => Fact.At($"{s.Account.Name}: {WhyOf(s.Date.Strain)}", s.Date.DueAt))],
            []
        );

    private static string WhyOf(Strain strain) =>
        strain switch
        {
            Strain.None => "as policy wants it",
            Strain.OverCapacity => "every allowed day before its limit is full",
            Strain.PastLimit => "no day before its limit is allowed, so it is late",
            Strain.NoDay => "no day is allowed for a year",
        };

    private static string TitleOf(List<DueHalf> all, DateTimeOffset now)
    {
        var states = all.CountBy(d => d.Account.StateAt(d.Date, now)).ToDictionary();
        string[] parts =
        [
            .. Part(RotationState.Exposed, "exposed"),
            .. Part(RotationState.Overdue, "overdue"),
            .. Part(RotationState.Due, "due"),
            .. Part(RotationState.Planned, "coming"),
        ];
        return $"Rotations: {string.Join(", ", parts)}";

        IEnumerable<string> Part(RotationState state, string word) =>
            states.TryGetValue(state, out var count) ? [$"{count} {word}"] : [];
    }
}

/// <summary>A half of which somebody is told.</summary>
public sealed class DueHalf
{
    public required Account Account { get; init; }
    public required RotationDate Date { get; init; }
}
