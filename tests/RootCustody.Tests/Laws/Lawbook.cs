namespace RootCustody.Tests.Laws;

/// <summary>One law, said again over the chronicle and the stored facts alone.</summary>
/// <param name="Number">The law of the design; 0 for what the design says outside its laws.</param>
/// <param name="Breach">Names the breach, or null.</param>
internal sealed record Law(int Number, string Name, Func<IScene, string?> Breach)
{
    public override string ToString() => Name;
}

/// <summary>All laws, each naive on purpose: no rule of the house is asked.</summary>
internal static partial class Lawbook
{
    public static readonly Law BothHalves = new(1, "Nobody is shown both halves", FindBothHalves);
    public static readonly Law BarredHolder = new(
        1,
        "Nobody holds a half who has seen, or opens, the other",
        s => FindFlaw(s, Flaws.SeenOther | Flaws.OpensOther)
    );
    public static readonly Law TwoParts = new(2, "Nobody has two parts in a request", FindTwoParts);
    public static readonly Law BackAgain = new(
        2,
        "Whoever is out of a request stays out of it",
        s => FindFlaw(s, Flaws.OutAlready | Flaws.OtherPart)
    );
    public static readonly Law InBoth = new(3, "Nobody is in both groups of an account", FindInBoth);
    public static readonly Law NotAMember = new(
        3,
        "Only members of its group approve, hold and are shown a half",
        FindNotAMember
    );
    public static readonly Law OffTheRecord = new(4, "Nothing leaves the vault off the record", FindOffTheRecord);
    public static readonly Law Outside = new(5, "Nothing is shown outside the window", FindOutside);
    public static readonly Law TakenTwice = new(9, "Of two who approve the same half one wins", FindTakenTwice);
    public static readonly Law OneClick = new(9, "A click has one effect", FindOneClick);
    public static readonly Law OneWindow = new(9, "The windows of an account never overlap", FindOverlap);
    public static readonly Law OneEnd = new(9, "What is over stays over", FindBackToLife);
    public static readonly Law Outsiders = new(
        12,
        "Only the provider's people hold a half",
        s => FindFlaw(s, Flaws.Outsider)
    );
    public static readonly Law Strangers = new(12, "Contacts act for their own customer only", FindStranger);
    public static readonly Law Owed = new(
        14,
        "There is a debt exactly while an exposed password lives",
        FindWronglyOwed
    );
    public static readonly Law OneWord = new(14, "A promotion rests on the word of two people", FindOneWord);
    public static readonly Law DrillIsNotReal = new(
        14,
        "A drill shows nothing real, and nothing else does",
        FindRealDrill
    );
    public static readonly Law Frozen = new(15, "Nobody acts who is frozen", s => FindAct(s, Flaws.Frozen));
    public static readonly Law Suspended = new(15, "Nobody acts who is suspended", s => FindAct(s, Flaws.Suspended));
    public static readonly Law NewIdentity = new(
        15,
        "No approval and no reveal through a new identity",
        FindNewIdentity
    );
    public static readonly Law FrozenHolder = new(15, "Whoever is frozen holds nothing", FindFrozenHolder);
    public static readonly Law Silence = new(16, "No window opens without all approvals in time", FindSilence);
    public static readonly Law NamedDanger = new(0, "Whoever is named as the danger does nothing", FindNamed);
    public static readonly Law KeptOut = new(
        0,
        "Nobody holds a half who is away, or whom policy keeps out",
        s => FindFlaw(s, Flaws.Away | Flaws.Assigned | Flaws.Administers)
    );
    public static readonly Law EndedAlone = new(0, "Nobody alone ends an emergency", FindEndedAlone);
    public static readonly Law GaveWay = new(
        0,
        "Windows end for an emergency only, and drills for anything",
        FindGaveWay
    );
    public static readonly Law DutyIsCalled = new(
        0,
        "The duty manager hears of an emergency that does not get on",
        FindUncalled
    );
    public static readonly Law ReadFirst = new(0, "Nobody approves what they have not read", FindUnread);
    public static readonly Law ExtendedByTwo = new(0, "Both groups make a window longer, or nobody", FindExtendedAlone);
    public static readonly Law TooOften = new(0, "The password is shown only so often", FindTooOften);

    public static IReadOnlyList<Law> All { get; } =
    [
        BothHalves,
        BarredHolder,
        TwoParts,
        BackAgain,
        InBoth,
        NotAMember,
        OffTheRecord,
        Outside,
        TakenTwice,
        OneClick,
        OneWindow,
        OneEnd,
        Outsiders,
        Strangers,
        Owed,
        OneWord,
        DrillIsNotReal,
        Frozen,
        Suspended,
        NewIdentity,
        FrozenHolder,
        Silence,
        NamedDanger,
        KeptOut,
        EndedAlone,
        GaveWay,
        DutyIsCalled,
        ReadFirst,
        ExtendedByTwo,
        TooOften,
    ];

    /// <summary>The first breach of any law, or null.</summary>
    public static string? FirstBreach(IScene scene)
    {
        foreach (var law in All)
        {
            if (law.Breach(scene) is { } breach)
                return $"law {law.Number}, {law.Name}: {breach}";
        }
        return null;
    }

    /// <summary>Whoever took, was shown or held a half although one of these was against it.</summary>
    private static string? FindFlaw(IScene scene, Flaws flaws)
    {
        foreach (var taken in scene.Chronicle.Taken)
        {
            if ((taken.Flaws & flaws) != Flaws.None)
                return $"{taken.Who} approved the {taken.Half}: {taken.Flaws & flaws}.";
        }
        foreach (var seen in scene.Chronicle.Seen)
        {
            if ((seen.Flaws & flaws) != Flaws.None)
                return $"{seen.Who} was shown the {seen.Half}: {seen.Flaws & flaws}.";
        }
        foreach (var opened in scene.Chronicle.Opened)
        {
            if ((opened.Flaws & flaws) != Flaws.None)
                return $"A window opened to {opened.PasswordHolder} and {opened.MfaHolder}: {opened.Flaws & flaws}.";
        }
        return null;
    }

    private static string? FindAct(IScene scene, Flaws flaws)
    {
        foreach (var did in scene.Chronicle.Did)
        {
            if ((did.Flaws & flaws) != Flaws.None)
                return $"{did.Who}: {did.Act}, {did.Flaws & flaws}.";
        }
        return null;
    }
}
