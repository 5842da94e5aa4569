namespace RootCustody.Posture;

/// <summary>How one account stands to one practice, and when people are told of it next.</summary>
public sealed class Finding
{
    public const int LongestWords = 500;

    private Finding() { }

    public AccountId Account { get; private set; }
    public Practice Practice { get; private set; }

    /// <summary>The half whose custodians are told; null if both are.</summary>
    public Half? Half { get; private set; }

    /// <summary>As it was judged last; what counts, <see cref="StateAt"/> says.</summary>
    public PracticeState State { get; private set; }

    /// <summary>What was found, as one says it to a person.</summary>
    public string Words { get; private set; } = "";

    /// <summary>Since when it is in this state.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>From when on good is good no more without new evidence; null if it rests on our own register.</summary>
    public DateTimeOffset? GoodUntil { get; private set; }

    /// <summary>The next day on which people are told; null if there is nothing to tell.</summary>
    public DateOnly? RemindOn { get; private set; }

    /// <summary>From this day on the duty managers are told too.</summary>
    public DateOnly? DutyOn { get; private set; }

    /// <summary>The moment of the use for which the duty managers were called last.</summary>
    public DateTimeOffset? CalledFor { get; private set; }

    /// <summary>Since when we look at its uses: what was before is not judged. Null until it is in custody.</summary>
    public DateTimeOffset? WatchedSince { get; private set; }

    public static Finding Of(AccountId account, Practice practice, DateTimeOffset now) =>
        new()
        {
            Account = account,
            Practice = practice,
            Half = practice.Concerns(),
            State = PracticeState.Unknown,
            Words = "Nobody has looked yet.",
            Since = now,
        };

    /// <summary>The state as it counts: good does not outlive its evidence, whatever the job does that looks at it (law 5).</summary>
    public PracticeState StateAt(DateTimeOffset now) =>
        State == PracticeState.Good && now >= GoodUntil ? PracticeState.Stale : State;

    public void Watch(DateTimeOffset now) => WatchedSince ??= now;

    /// <summary>Takes what was judged.</summary>
    /// <param name="tellFrom">The next day on which people can be told of what is new.</param>
    /// <param name="dutyOn">From when on the duty managers are told of what is new.</param>
    /// <returns>Whether anything is different.</returns>
    public bool Take(Judgement judged, DateOnly tellFrom, DateOnly dutyOn, DateTimeOffset now)
    {
        GoodUntil = judged.GoodUntil;
        if ((State, Words) == (judged.State, judged.Words))
            return false;
        if (State != judged.State)
        {
            Since = now;
            var told = judged.State is PracticeState.Deviates or PracticeState.Stale;
            (RemindOn, DutyOn) = (told ? tellFrom : null, told ? dutyOn : null);
        }
        (State, Words) = (judged.State, judged.Words);
        return true;
    }

    /// <summary>Whether the duty managers have to be called at once, for the first time because of this use.</summary>
    public bool Call(DateTimeOffset? use)
    {
        if (use is null || use == CalledFor)
            return false;
        CalledFor = use;
        return true;
    }

    /// <summary>People were told.</summary>
    /// <param name="next">The next day on which people are told of anything.</param>
    /// <param name="again">How long until they are told of this again; when it goes to the duty managers at the latest.</param>
    public void Reminded(DateOnly next, TimeSpan again)
    {
        var day = next.AddDays(Math.Max(0, (int)again.TotalDays - 1));
        RemindOn = DutyOn >= next && DutyOn < day ? DutyOn : day;
    }
}
