namespace RootCustody.People;

/// <summary>Why somebody may not confirm or reject a proposal. Each has its sentence in <see cref="ProposalSentences"/>.</summary>
public enum ProposalRefusal
{
    Suspended,
    Frozen,
    NotAnAdministrator,
    Over,
    TooLate,
    NotYours,
    AboutYou,
    YouConfirmed,
    CoolsOff,
}

public static class ProposalSentences
{
    public static string For(ProposalRefusal refusal) =>
        refusal switch
        {
            ProposalRefusal.Suspended => "You are suspended in RootCustody. Talk to an administrator.",
            ProposalRefusal.Frozen =>
                "You are frozen: somebody said \"not me\" from one of your chat accounts. Two other administrators can unfreeze you.",
            ProposalRefusal.NotAnAdministrator => "Only administrators can do this, and you are none.",
            ProposalRefusal.Over => "This proposal has been decided already. The card shows how it ended.",
            ProposalRefusal.TooLate => "The time to decide this proposal is over. Propose it again.",
            ProposalRefusal.NotYours => "This has not been proposed yet. Type it yourself if you want it.",
            ProposalRefusal.AboutYou => "This is about yourself, so two other administrators have to decide it.",
            ProposalRefusal.YouConfirmed => "You have confirmed this already. The second one has to be someone else.",
            ProposalRefusal.CoolsOff =>
                "This chat account was linked to you a short while ago. Until it has cooled off it can decide nothing; use an older one.",
        };
}
