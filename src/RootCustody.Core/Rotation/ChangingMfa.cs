namespace RootCustody.Rotation;

/// <summary>How two holders give a root user a new MFA device at AWS and take the old one away, never with less than one that works. The names of AWS's pages are those of its console in 2026; they may change.</summary>
public static class ChangingMfa
{
    /// <summary>For who brings the device in; it is their screen on which AWS shows the seed.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        "Sign in at your own computer, in a private window, so that nobody else sees the seed: your colleague types the password there and turns away, you type the code. For that the password is rotated afterwards, by somebody else.",
        "Choose the account name at the top right, then Security credentials, then Assign MFA device at Multi-factor authentication (MFA). Give the device a name that it has nowhere else, choose Authenticator app, and let AWS show the secret key. AWS takes at most eight devices.",
        "Type device to RootCustody MFA. Set up an authenticator with the secret key, give us the key and two consecutive codes, and give AWS the next two. Then delete it from the authenticator: you know the seed, and are barred from the password as long as the device lives.",
        "Another custodian of the MFA half vouches for it: they get a card. From then on RootCustody MFA shows its codes.",
        "Sign out, and sign in again with a code that RootCustody MFA shows for the new device: choose it at Reveal code. Only this shows that what we keep is what AWS has.",
        "Only then remove the old device, and each that our register does not name: at AWS press Remove beside it, and type retire to RootCustody MFA; another custodian confirms it. The last device that works is never taken off the register.",
        "Press Done and say what was done. If the new device does not work, remove that one instead: the old one is still there.",
    ];

    /// <summary>For who keeps the password.</summary>
    public static IReadOnlyList<string> Witness { get; } =
    [
        "Type the password at the computer of your colleague, and turn away before AWS shows the seed of the new device. If you saw it, say so at Done: then you know both halves.",
        "The password counts as exposed afterwards. It is rotated by somebody else than you.",
    ];
}
