namespace RootCustody.Tests.Laws;

/// <summary>A law that a world does not keep, so that the tests of the laws can be tested.</summary>
public enum Hole
{
    None,

    /// <summary>What someone has seen is forgotten (law 1).</summary>
    NobodyIsBarred,

    /// <summary>What people keep outside is not known (law 1).</summary>
    KeepersAreForgotten,

    /// <summary>A member has no bars of its management account (law 1).</summary>
    MembersInheritNothing,

    /// <summary>Each chat identity counts as a person (law 2).</summary>
    IdentitiesCount,

    /// <summary>Groups take in anyone, and who is in two of them speaks for the one they like (law 3).</summary>
    GroupsTakeAnyone,

    /// <summary>The exposure is recorded when its outcome is known, so never after a crash (law 4).</summary>
    RecordedAfterwards,

    /// <summary>A restart loses the exposures whose outcome is not known (law 4, and law 1 by it).</summary>
    RestartLosesExposures,

    /// <summary>A window is open until a job closes it (law 5).</summary>
    TheJobDecides,

    /// <summary>A second approval takes the place of the first (law 9).</summary>
    TheLastOneWins,

    /// <summary>A click that comes again is a new one (law 9).</summary>
    ClicksAreForgotten,

    /// <summary>A window opens beside another of the same account (law 9).</summary>
    WindowsOverlap,

    /// <summary>Contacts of a customer count as the provider's people (law 12).</summary>
    OutsidersHold,

    /// <summary>Anyone asks for any account (law 12).</summary>
    OtherCustomersAsk,

    /// <summary>Nobody books the debt (law 14).</summary>
    NothingIsOwed,

    /// <summary>A late answer books a debt that has been paid (law 14).</summary>
    PaidIsOwedAgain,

    /// <summary>One custodian's word promotes (law 14, and law 1 by it).</summary>
    OneWordIsEnough,

    /// <summary>A drill shows the real halves, and does not say so (law 14).</summary>
    DrillsAreReal,

    /// <summary>Nobody looks at who is frozen (law 15).</summary>
    TheFrozenAct,

    /// <summary>Nobody looks at who is suspended.</summary>
    TheSuspendedAct,

    /// <summary>A new chat identity is as good as an old one (law 15).</summary>
    NewIdentitiesAct,

    /// <summary>A missing approval is taken for given when the time to answer is over (law 16).</summary>
    SilenceIsYes,

    /// <summary>Nobody asks the second contact or the duty manager that policy wants (law 16).</summary>
    NobodyEndorses,

    /// <summary>Who is the danger is forgotten.</summary>
    TheNamedTakePart,

    /// <summary>Who is away is asked all the same.</summary>
    TheAwayHold,

    /// <summary>A conflict of interest is none.</summary>
    TheAssignedHold,

    /// <summary>Administrators hold halves although policy keeps them out.</summary>
    AdministratorsHold,

    /// <summary>Every custodian may do what a duty manager may.</summary>
    EveryoneIsOnDuty,

    /// <summary>The escalation forgets the duty manager.</summary>
    NobodyIsCalled,

    /// <summary>An approval counts whatever the card said on which it was pressed.</summary>
    StaleCardsCount,

    /// <summary>An edit leaves the approvals as they are.</summary>
    EditsKeepApprovals,

    /// <summary>One of the two groups makes a window longer.</summary>
    OneGroupExtends,

    /// <summary>Nobody counts how often the password was shown.</summary>
    NobodyCountsReveals,
}
