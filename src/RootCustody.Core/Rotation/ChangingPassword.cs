namespace RootCustody.Rotation;

/// <summary>How two holders change the password of a root user at AWS, and how they find out which one it has. The names of AWS's pages are those of its console and sign-in pages in 2026; they may change.</summary>
public static class ChangingPassword
{
    /// <summary>For who drives the sign-in and types the passwords.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        "In a private window of the browser open https://console.aws.amazon.com/, choose Root user, type the address, press Next (AWS may ask for the letters of a picture first), type the password, and let your colleague speak the code. Copying is better than typing: no password is mistyped.",
        "Choose the account name at the top right, then Security credentials, then Edit at Account name, email, and password, and again Edit at the password.",
        "Type the old password once and the new one twice, each as it is shown to you, and save. AWS signs other sessions of this root user out: tell whoever is at work there.",
        "Sign out, and sign in again with the new password and a fresh code. Only this shows that what we keep is what AWS has.",
        "Then both of you press Password is changed. If AWS refused it, or you are not sure, press Not changed or not sure instead: nothing is lost by it.",
    ];

    /// <summary>For who speaks the code.</summary>
    public static IReadOnlyList<string> Witness { get; } =
    [
        "Speak a code when your colleague is asked for one: at the sign-in, and again at the sign-in with the new password. Each sign-in spends its code.",
        "Say Password is changed only if you saw the second sign-in succeed. If it did not, or you did not see it, press Not changed or not sure.",
    ];

    /// <summary>How the first password gets to AWS, for who types it: what was before is not asked for, and at once worthless.</summary>
    public static IReadOnlyList<string> First { get; } =
    [
        "In a private window of the browser open https://console.aws.amazon.com/, choose Root user, type the address, press Next, then Forgot password?. AWS sends a link to the root mailbox, from an address that ends in @verify.signin.aws, good for a short time.",
        "Whoever keeps the mailbox hands you the link, and nothing else. If it is still the customer's mailbox they do so on the phone. If that cannot be: they set a password that they use nowhere else and tell it to you by voice; sign in with it and change it in the same minute. It is never typed into chat.",
        "Type the new password twice, as it is shown to you, and save.",
        "Sign out, and sign in with the new password. If AWS asks for a code, an MFA device is there that is not ours: whoever has it speaks the code. Only this shows that what we keep is what AWS has.",
        "Then both of you press Password is changed, and go on at once with the MFA device: type onboard and the number of the account. Until it is there, the password alone opens the account.",
    ];

    /// <summary>For who is to bring in the MFA device, and only watches now.</summary>
    public static IReadOnlyList<string> FirstWitness { get; } =
    [
        "You need no code yet. Look away while the password can be seen, and watch whether the sign-in with it succeeds.",
        "Say Password is changed only if you saw that. If you did not, press Not changed or not sure.",
    ];

    /// <summary>How to find out which password AWS has, without making it worse.</summary>
    public static IReadOnlyList<string> Checks { get; } =
    [
        "Sign in with the new password first, in a private window, with a fresh code for each try. AWS says much the same for a wrong password and a wrong code: try twice before you believe it.",
        "If that does not work, sign in with the one that was shown before it, then with any other that was shown. Do not press Forgot password? yet: it makes all of them worthless.",
        "AWS takes a new password only with 8 to 128 characters of at least three kinds (upper case, lower case, digits, symbols), and neither the name nor the address of the account. Ours keep to that; one that was typed by hand may have been mistyped twice.",
    ];

    /// <summary>What to do when none of them signs in, so that the account has a known password again.</summary>
    public static IReadOnlyList<string> ByMail { get; } =
    [
        "No password signs in. Press Reveal password again: it now shows also those that were taken back in earlier rotations. Try them first.",
        "If none of them works either: on the sign-in page of the root user press Forgot password?. AWS sends a link to the root mailbox, from an address that ends in @verify.signin.aws, good for a short time.",
        "Whoever keeps the mailbox hands you the link, and nothing else. Type the new password that was shown to you, twice, and sign in with it; AWS asks for the MFA all the same.",
        "Then both of you press Password is changed.",
    ];
}
