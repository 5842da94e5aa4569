using RootCustody.Accounts;

namespace RootCustody.Moves;

/// <summary>What has to be done, in this order, once a move has begun.</summary>
public enum MoveStep
{
    /// <summary>The keeper hands it over; a second administrator, if the keeper is gone.</summary>
    HandOver = 1,

    /// <summary>The new keeper tries it and says, with a code of their own, that they have it.</summary>
    Take = 2,

    /// <summary>Another administrator confirms, and the register changes.</summary>
    End = 3,
}

public static class MoveSteps
{
    /// <summary>What is moved by a ceremony: what one person keeps at a time.</summary>
    public static IReadOnlyList<KeptThing> Things { get; } = [KeptThing.RootMailbox, KeptThing.RootPhone];

    /// <summary>Whether this is moved by a ceremony.</summary>
    public static bool IsMoved(this KeptThing thing) => thing is KeptThing.RootMailbox or KeptThing.RootPhone;

    public static string Word(this MoveStep step) =>
        step switch
        {
            MoveStep.HandOver => "Handed over",
            MoveStep.Take => "Tried by the new keeper",
            MoveStep.End => "Entered in the register",
        };

    /// <summary>Who does what for it, and what is easily forgotten.</summary>
    public static string ToDo(this MoveStep step, KeptThing thing) =>
        (step, thing) switch
        {
            (MoveStep.HandOver, KeptThing.RootMailbox) =>
                "At the mail provider: change the password, end all sessions, give the new keeper a second factor of their own, and take away app passwords, delegates and shared access. Remove every rule and every forwarding: one of them can still bring the mail elsewhere, or hide it. Look at the recovery address and the recovery phone of the mailbox: whoever has these takes it back. If it is an alias or a list, look at who else gets its mail.",
            (MoveStep.HandOver, _) =>
                "At the phone company: have the number ported, or the contract changed to the new keeper, and every other SIM, eSIM and twin card of the number blocked. Change the customer password and the PIN there: whoever knows them ports it back. Remove call forwarding, and set a new PIN for the voicemail: the code that AWS calls with may land there.",
            (MoveStep.Take, KeptThing.RootMailbox) =>
                "Sign in to the mailbox yourself, with a password and a second factor that nobody else has. Have somebody send a test mail to the root address and see it arrive. Look at rules, forwarding and recovery addresses once more. Do not try Forgot password? at AWS: its mail opens the password half.",
            (MoveStep.Take, _) =>
                "Have somebody call the number of the root user and take the test call on your phone. Let it ring out once: the voicemail must be yours too, with a PIN that nobody else knows.",
            (MoveStep.End, _) =>
                "Another administrator asks both of them, on another way than this chat, whether it is so, and confirms it. Only then the register changes.",
        };
}

/// <summary>Why somebody cannot do a step.</summary>
public enum MoveRefusal
{
    NotAnAdministrator = 1,
    CannotAct = 2,
    ToYourself = 3,
    KeepsIt = 4,
    NewKeeperIsGone = 5,
    NotNow = 6,
    NotTheKeeper = 7,
    NotTheNewKeeper = 8,
    BegunItYourself = 9,
    BeginnerIsGone = 10,
}

public static class MoveRefusals
{
    public static string Say(this MoveRefusal refusal) =>
        refusal switch
        {
            MoveRefusal.NotAnAdministrator => "Only administrators do this.",
            MoveRefusal.CannotAct => "You are suspended or frozen and can do nothing.",
            MoveRefusal.ToYourself => "It would be yours then: administrators whom it is not about do this.",
            MoveRefusal.KeepsIt => "They keep it already.",
            MoveRefusal.NewKeeperIsGone =>
                "Whoever is to keep it is suspended, frozen or has no chat account: they cannot say that they have it.",
            MoveRefusal.NotNow =>
                "It is not the time for this. Type channel and the 12 digits of the account to see how it stands.",
            MoveRefusal.NotTheKeeper => "Whoever keeps it says themselves that they handed it over.",
            MoveRefusal.NotTheNewKeeper => "Only whoever is to keep it says that they have it.",
            MoveRefusal.BegunItYourself => "You began this yourself. Another administrator has to do it.",
            MoveRefusal.BeginnerIsGone =>
                "Whoever began this is suspended, frozen or no administrator any more, so that their word does not count. Cancel it: both stay in the register until two administrators put it right.",
        };
}
