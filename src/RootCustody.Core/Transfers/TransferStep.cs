namespace RootCustody.Transfers;

/// <summary>What an account goes through on its way to the receiver, in this order; the first three in any.</summary>
public enum TransferStep
{
    /// <summary>A second contact of the customer agrees; where there is none, two of the provider's people say how they made sure.</summary>
    Agreed = 1,

    /// <summary>Two of the provider's people know who the receiving side is.</summary>
    Receiver = 2,

    /// <summary>Somebody of the provider's finance says that nothing is owed, with a reference.</summary>
    Invoices = 3,

    /// <summary>The customer asks for the window in which it is handed over; nothing else runs on the account then.</summary>
    Asked = 4,

    /// <summary>Whoever was shown the halves gave the root user the receiver's address and took our MFA devices away.</summary>
    HandedOver = 5,

    /// <summary>The customer says that the receiver signs in with a password and MFA of their own.</summary>
    Received = 6,

    /// <summary>Two of the provider's people end the custody, and the couriers destroy what is left of it.</summary>
    Destroyed = 7,

    /// <summary>The certificate is made.</summary>
    Certified = 8,
}

/// <summary>Who has to do something for a transfer to go on.</summary>
public enum TransferSide
{
    Customer = 1,
    Provider = 2,
}

public static class TransferSteps
{
    public static IReadOnlyList<TransferStep> All { get; } = Enum.GetValues<TransferStep>();

    /// <summary>Whether people say it and others confirm it.</summary>
    public static bool IsSaid(this TransferStep step) =>
        step is TransferStep.Agreed or TransferStep.Receiver or TransferStep.Invoices or TransferStep.Destroyed;

    /// <summary>Whether one word does, for it is that of a role of its own.</summary>
    public static bool NeedsOneWord(this TransferStep step) => step == TransferStep.Invoices;

    /// <summary>How people are told of it; at most 75 characters.</summary>
    public static string Word(this TransferStep step) =>
        step switch
        {
            TransferStep.Agreed => "A second contact agrees",
            TransferStep.Receiver => "Receiver known to two of us",
            TransferStep.Invoices => "Nothing owed",
            TransferStep.Asked => "Handover window asked for",
            TransferStep.HandedOver => "Handed over at AWS",
            TransferStep.Received => "Received",
            TransferStep.Destroyed => "Our knowledge destroyed",
            TransferStep.Certified => "Certificate",
        };

    /// <summary>Who does what for it.</summary>
    public static string ToDo(this TransferStep step) =>
        step switch
        {
            TransferStep.Agreed =>
                "Another registered contact of the customer types transfer and the number of the account, and agrees. Where there is no other contact, two of the provider's people say how they made sure that the customer wants it.",
            TransferStep.Receiver =>
                "Call the receiving side on a number that you did not get from this request, and say what you saw: register, passport, contract. Another of the provider's people does the same and confirms it.",
            TransferStep.Invoices =>
                "Somebody with the role finance says with a reference that nothing is owed, or what is.",
            TransferStep.Asked =>
                "A contact of the customer asks for the window in which the account is handed over, at a time at which the receiver can be reached, and chooses how: by e-mail reset, or in two halves to two contacts. No other request may run on the account then.",
            TransferStep.HandedOver =>
                "One custodian of each group approves. By e-mail reset these two hand it over in that window, on the phone with the receiver; in two halves the two contacts who were named do. Each of the two says that it was: one by Done, the other by It was handed over.",
            TransferStep.Received =>
                "A contact of the customer says that the receiver has signed in with a new password and an MFA device of their own, or that it did not work.",
            TransferStep.Destroyed =>
                "Two of the provider's people say what else was destroyed or given back: keys, printed copies, rules of the root mailbox. Then the couriers destroy what the vaults keep.",
            TransferStep.Certified => "Nothing: it is made within a minute.",
        };
}

/// <summary>Why somebody cannot do a step.</summary>
public enum TransferRefusal
{
    NotAContact = 1,
    NotOfProvider = 2,
    NotFinance = 3,
    SaidItYourself = 4,
    AskedItYourself = 5,
    NotNow = 6,
    HasSecondContact = 7,
    Taken = 8,
    NotAHolder = 9,
}

public static class TransferRefusals
{
    public static string Say(this TransferRefusal refusal) =>
        refusal switch
        {
            TransferRefusal.NotAContact => "Only registered contacts of the account's customer do this.",
            TransferRefusal.NotOfProvider =>
                "Only custodians of this account and administrators of the provider do this.",
            TransferRefusal.NotFinance =>
                "Only somebody with the role finance says whether invoices are settled. Two administrators appoint one: appoint PERSON finance.",
            TransferRefusal.SaidItYourself => "You said this yourself. Somebody else has to confirm it.",
            TransferRefusal.AskedItYourself =>
                "You asked for this transfer yourself. Another contact of your company has to agree.",
            TransferRefusal.NotNow =>
                "It is not the time for this. Type transfer and the 12 digits of the account to see how it stands.",
            TransferRefusal.HasSecondContact =>
                "The customer has another registered contact: they agree, and nobody else in their place.",
            TransferRefusal.Taken => "Somebody has done this already.",
            TransferRefusal.NotAHolder =>
                "Only the two who held the halves of that window say that it was handed over. A contact of the customer can say Received.",
        };
}
