using RootCustody.People;

namespace RootCustody.Requests;

/// <summary>Why a contact of the customer cannot receive a half of an account that is handed over.</summary>
public enum ReceiverFault
{
    NotAContact = 1,
    Suspended = 2,
    Frozen = 3,
    CoolsOff = 4,
    NotLinked = 5,
    NoAuthenticator = 6,
    HasSeenTheOther = 7,
    OpensTheOther = 8,
}

/// <summary>May this contact of the customer receive this half? Asked when they are named, at the opening of the window and at each reveal. Law 1 counts for them as for anybody.</summary>
public static class Receiving
{
    /// <returns>The first reason against it, or null.</returns>
    public static ReceiverFault? WhyNot(Half half, Standing by)
    {
        if (!by.OfCustomer)
            return ReceiverFault.NotAContact; // law 12
        if (by.Suspended)
            return ReceiverFault.Suspended;
        if (by.Frozen)
            return ReceiverFault.Frozen; // law 15
        if (by.HasSeen(half.Other()))
            return ReceiverFault.HasSeenTheOther; // law 1
        if (by.Opens(half.Other()))
            return ReceiverFault.OpensTheOther; // law 1
        return by.CoolsOff ? ReceiverFault.CoolsOff : null; // law 15
    }

    /// <summary>The same of somebody who is only named yet: they need a chat to be shown it in, and a proof of their own.</summary>
    /// <inheritdoc cref="WhyNot(Half, Standing)"/>
    public static ReceiverFault? WhyNot(Half half, Standing by, bool isLinked, bool isEnrolled)
    {
        if (by is { OfCustomer: true, Suspended: false, Frozen: false } && !isLinked)
            return ReceiverFault.NotLinked; // whoever has no chat identity has none that could cool off
        return WhyNot(half, by) ?? (isEnrolled ? null : ReceiverFault.NoAuthenticator);
    }

    /// <summary>What they are told themselves.</summary>
    public static Refusal Refusal(this ReceiverFault fault) =>
        fault switch
        {
            ReceiverFault.Suspended => Requests.Refusal.Suspended,
            ReceiverFault.Frozen => Requests.Refusal.Frozen,
            ReceiverFault.CoolsOff => Requests.Refusal.CoolsOff,
            ReceiverFault.HasSeenTheOther => Requests.Refusal.HasSeenTheOtherHalf,
            ReceiverFault.OpensTheOther => Requests.Refusal.OpensTheOtherHalf,
            ReceiverFault.NotAContact or ReceiverFault.NotLinked or ReceiverFault.NoAuthenticator => Requests
                .Refusal
                .ReceivesNoHalf,
        };

    /// <summary>What is said to whoever names them.</summary>
    /// <param name="name">Of the person who was named.</param>
    public static string Say(this ReceiverFault fault, string name, Half half) =>
        fault switch
        {
            ReceiverFault.NotAContact =>
                $"{name} is no registered contact of your company. Choose another one, or have your provider register them.",
            ReceiverFault.Suspended => $"{name} is suspended here. Choose another contact, or talk to your provider.",
            ReceiverFault.Frozen =>
                $"{name} is frozen because somebody said \"not me\". Choose another contact, or have two administrators of your provider unfreeze them.",
            ReceiverFault.CoolsOff =>
                $"The chat account of {name} was linked a short while ago. Wait until it has cooled off, or choose another contact.",
            ReceiverFault.NotLinked =>
                $"{name} has no chat account linked here. They type link with a code of your provider first; or choose another contact.",
            ReceiverFault.NoAuthenticator =>
                $"{name} has no authenticator. They get a one-time code from an administrator of your provider and type enrol; or choose another contact.",
            ReceiverFault.HasSeenTheOther =>
                $"{name} has seen the {half.Other().Word()} half of this account. Choose another contact for the {half.Word()} half, or ask again when your provider has rotated it.",
            ReceiverFault.OpensTheOther =>
                $"{name} keeps something that opens the {half.Other().Word()} half of this account. Choose another contact for the {half.Word()} half.",
        };
}

public sealed partial class Request
{
    /// <summary>The contact of the customer who is shown the password in place of its approver: in a handover by two halves only.</summary>
    public PersonId? PasswordReceiver { get; private set; }

    /// <summary>The contact who is shown the codes, never the same.</summary>
    public PersonId? MfaReceiver { get; private set; }

    /// <summary>Whether its halves go to two contacts of the customer: whoever approves one is not shown it.</summary>
    public bool GoesToContacts => PasswordReceiver is not null;

    public PersonId? ReceiverOf(Half half) =>
        half switch
        {
            Half.Password => PasswordReceiver,
            Half.Mfa => MfaReceiver,
        };

    /// <summary>The half that goes to this contact.</summary>
    public Half? ReceivedBy(PersonId person) =>
        person == PasswordReceiver ? Half.Password
        : person == MfaReceiver ? Half.Mfa
        : null;

    /// <summary>Who is shown this half in the window: who approved it, or the contact to whom it goes.</summary>
    public PersonId? HolderOf(Half half) => GoesToContacts ? ReceiverOf(half) : ApproverOf(half);

    /// <summary>Its halves go to these two; said as it is asked for, so that whoever approves knows it.</summary>
    /// <exception cref="ArgumentException">They are one person (law 1).</exception>
    /// <exception cref="InvalidOperationException">It is no handover, or somebody has approved already.</exception>
    public void GiveTo(PersonId password, PersonId codes)
    {
        if (password == codes)
            throw new ArgumentException("The two halves go to two people.", nameof(codes));
        if (Task != RootTask.HandOverInHalves.Id || State != RequestState.Asked || FirstApprovalAt is not null)
            throw new InvalidOperationException("Only a handover that nobody has approved yet goes to contacts.");
        (PasswordReceiver, MfaReceiver) = (password, codes);
    }
}
