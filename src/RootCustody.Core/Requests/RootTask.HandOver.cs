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
}
