namespace RootCustody.Requests;

public sealed partial record RootTask
{
    /// <summary>Gives an account to its receiver. In no catalogue: only a transfer asks for it, once everything before it is done.</summary>
    public static RootTask HandOver { get; } =
        new("hand-over", "Hand the account over")
        {
            Prepare =
                "The receiver on the phone, with the new mailbox open and an authenticator at hand; the transfer says who they are and what the new address is. If an organisation that you administer has this account, take it out of it first: its management account would open it still.",
            Steps =
            [
                "Look that you are in the right account: its 12 digits stand at the top right.",
                "Open Account, then Edit beside account name, e-mail and password: type the new address. The receiver says the code that comes there.",
                "Still in Account: enter the contact and the alternate contacts that the receiver says.",
                "Open Security credentials: delete access keys and signing certificates of root, if there are any.",
                "Still there: remove every MFA device. From here on the password alone opens the account, so go on at once.",
                "The receiver opens the sign-in page, chooses Root user, types the new address, then Forgot password?, and sets a password that nobody else knows.",
                "The receiver signs in and registers an MFA device of their own. Wait for it.",
                "Sign out, press Done, and tick that it was handed over.",
            ],
            Proof =
                "CloudTrail has EmailUpdated, DeactivateMFADevice, PasswordRecoveryCompleted and EnableMFADevice, in this order.",
            Risk = "The receiver gets everything that is in the account, and nobody here can undo it.",
        };

    /// <summary>The same by two contacts of the customer, to whom the halves go: whoever approves one is not shown it.</summary>
    public static RootTask HandOverInHalves { get; } =
        new("hand-over-halves", "Hand the account over in two halves")
        {
            Prepare =
                "Both contacts at one computer, or on the phone with each other; the new mailbox open, and the receiver's authenticator at hand. If an organisation of the provider has this account, let them take it out of it first: its management account would open it still.",
            Steps =
            [
                "Open the AWS sign-in page in a private window, choose Root user, and type the address that stands at Signs in as. Who receives the password reveals it and types it; who receives the codes reveals one and says it.",
                "Look that you are in the right account: its 12 digits stand at the top right.",
                "Open Account, then Edit beside account name, e-mail and password: type the receiver's address, and the code that comes there.",
                "Still there: set a password of the receiver's own, which none of you wrote down anywhere else.",
                "Still in Account: enter the receiver's contact and alternate contacts.",
                "Open Security credentials: register an MFA device of the receiver's own. Then remove every other one, and delete access keys and signing certificates of root, if there are any.",
                "Sign out, and sign in again with the new address, the new password and the new device.",
                "Press Done, and tick that it was handed over.",
            ],
            Proof = "CloudTrail has EmailUpdated, PasswordUpdated, EnableMFADevice and DeactivateMFADevice.",
            Risk = "The receiver gets everything that is in the account, and nobody here can undo it.",
        };

    /// <summary>Whether it is one by which an account is handed over.</summary>
    public static bool HandsOver(string id) => id == HandOver.Id || id == HandOverInHalves.Id;
}
