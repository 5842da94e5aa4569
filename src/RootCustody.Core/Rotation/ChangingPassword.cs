using RootCustody.Accounts;

namespace RootCustody.Rotation;

/// <summary>How two holders change a password at AWS, and how they find out which one it has. The names of AWS's pages are those of its console and sign-in pages in 2026; they may change.</summary>
public sealed record ChangingPassword
{
    private ChangingPassword() { } // closed: of the root user and of an IAM user

    /// <summary>For who drives the sign-in and types the passwords.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>For who speaks the code.</summary>
    public required IReadOnlyList<string> Witness { get; init; }

    /// <summary>How the first password gets to AWS, for who types it: what was before is not asked for, and at once worthless.</summary>
    public required IReadOnlyList<string> First { get; init; }

    /// <summary>For who is to bring in the MFA device, and only watches now.</summary>
    public required IReadOnlyList<string> FirstWitness { get; init; }

    /// <summary>How to find out which password AWS has, without making it worse.</summary>
    public required IReadOnlyList<string> Checks { get; init; }

    /// <summary>What to do when none of them signs in, so that there is a known password again.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    public static ChangingPassword Of(Account account) =>
        account.User is null ? OfRoot
        : account.WithoutMfa ? OfUserWithoutMfa
        : OfUser;

    private static readonly string[] Witnessing =
    [
        "Speak a code when your colleague is asked for one: at the sign-in, and again at the sign-in with the new password. Each sign-in spends its code.",
        "Say Password is changed only if you saw the second sign-in succeed. If it did not, or you did not see it, press Not changed or not sure.",
    ];

    private static readonly string[] FirstWitnessing =
    [
        "You need no code yet. Look away while the password can be seen, and watch whether the sign-in with it succeeds.",
        "Say Password is changed only if you saw that. If you did not, press Not changed or not sure.",
    ];

    private static readonly string[] WatchingOnly =
    [
        "There is no code to speak: the password alone signs in. Look away while it can be seen, and watch whether the sign-in with the new one succeeds.",
        "Say Password is changed only if you saw that. If you did not, press Not changed or not sure.",
    ];

    public static ChangingPassword OfRoot { get; } =
        new()
        {
            Steps =
            [
                "In a private window of the browser open https://console.aws.amazon.com/, choose Root user, type the address, press Next (AWS may ask for the letters of a picture first), type the password, and let your colleague speak the code. Copying is better than typing: no password is mistyped.",
                "Choose the account name at the top right, then Security credentials, then Edit at Account name, email, and password, and again Edit at the password.",
                "Type the old password once and the new one twice, each as it is shown to you, and save. AWS signs other sessions of this root user out: tell whoever is at work there.",
                "Sign out, and sign in again with the new password and a fresh code. Only this shows that what we keep is what AWS has.",
                "Then both of you press Password is changed. If AWS refused it, or you are not sure, press Not changed or not sure instead: nothing is lost by it.",
            ],
            Witness = Witnessing,
            First =
            [
                "In a private window of the browser open https://console.aws.amazon.com/, choose Root user, type the address, press Next, then Forgot password?. AWS sends a link to the root mailbox, from an address that ends in @verify.signin.aws, good for a short time.",
                "Whoever keeps the mailbox hands you the link, and nothing else. If it is still the customer's mailbox they do so on the phone. If that cannot be: they set a password that they use nowhere else and tell it to you by voice; sign in with it and change it in the same minute. It is never typed into chat.",
                "Type the new password twice, as it is shown to you, and save.",
                "Sign out, and sign in with the new password. If AWS asks for a code, an MFA device is there that is not ours: whoever has it speaks the code. Only this shows that what we keep is what AWS has.",
                "Then both of you press Password is changed, and go on at once with the MFA device: type onboard and the number of the account. Until it is there, the password alone opens the account.",
            ],
            FirstWitness = FirstWitnessing,
            Checks =
            [
                "Sign in with the new password first, in a private window, with a fresh code for each try. AWS says much the same for a wrong password and a wrong code: try twice before you believe it.",
                "If that does not work, sign in with the one that was shown before it, then with any other that was shown. Do not press Forgot password? yet: it makes all of them worthless.",
                "AWS takes a new password only with 8 to 128 characters of at least three kinds (upper case, lower case, digits, symbols), and neither the name nor the address of the account. Ours keep to that; one that was typed by hand may have been mistyped twice.",
            ],
            Lost =
            [
                "No password signs in. Press Reveal password again: it now shows also those that were taken back in earlier rotations. Try them first.",
                "If none of them works either: on the sign-in page of the root user press Forgot password?. AWS sends a link to the root mailbox, from an address that ends in @verify.signin.aws, good for a short time.",
                "Whoever keeps the mailbox hands you the link, and nothing else. Type the new password that was shown to you, twice, and sign in with it; AWS asks for the MFA all the same.",
                "Then both of you press Password is changed.",
            ],
        };

    /// <summary>AWS has no Forgot password? for an IAM user: whoever administers its account sets another one, which the user has to change at the next sign-in.</summary>
    public static ChangingPassword OfUser { get; } =
        new()
        {
            Steps =
            [
                "In a private window of the browser open the sign-in page that stands beside Reveal, type the user name and the password, press Sign in, and let your colleague speak the code. Copying is better than typing: no password is mistyped.",
                "Choose the user name at the top right, then Security credentials, then Update password at Console sign-in.",
                "Type the old password once and the new one twice, each as it is shown to you, and save. If AWS says that the user may not change it, or that it does not keep the password policy of the account, change nothing else: press Not changed or not sure, and have an administrator of the account look.",
                "Sign out, and sign in again with the new password and a fresh code. Only this shows that what we keep is what AWS has.",
                "Then both of you press Password is changed. If AWS refused it, or you are not sure, press Not changed or not sure instead: nothing is lost by it.",
            ],
            Witness = Witnessing,
            First =
            [
                "An administrator of the account, who is neither of you, opens IAM, Users, the user, Security credentials, Manage console access, chooses Autogenerated password and User must create new password at next sign-in, and tells you that password by voice: AWS takes it once. It is never typed into chat.",
                "In a private window of the browser open the sign-in page that stands beside Reveal and sign in as the user with it. AWS asks for a new password: type the one that is shown to you, twice, and confirm. The administrator does not see it.",
                "Sign out, and sign in with the new password. If AWS asks for a code, an MFA device is there that is not ours: whoever has it speaks the code. Only this shows that what we keep is what AWS has.",
                "Then both of you press Password is changed, and go on at once with the MFA device: type onboard and the number of the account with the user. Until it is there, the password alone signs in.",
            ],
            FirstWitness = FirstWitnessing,
            Checks =
            [
                "Sign in with the new password first, in a private window, with a fresh code for each try. AWS says much the same for a wrong password and a wrong code: try twice before you believe it.",
                "If that does not work, sign in with the one that was shown before it, then with any other that was shown. Do not have the password set anew yet: that makes all of them worthless.",
                "The password policy of the account says what AWS takes of an IAM user: its length, its kinds of characters, and whether one may come again. An administrator of the account sees it at IAM, Account settings.",
            ],
            Lost =
            [
                "No password signs in. Press Reveal password again: it now shows also those that were taken back in earlier rotations. Try them first.",
                "If none of them works either: an administrator of the account, who is neither of you, opens IAM, Users, the user, Security credentials, Manage console access, and chooses Autogenerated password and User must create new password at next sign-in. They tell you that password by voice, and nothing else.",
                "Sign in with it. AWS asks for a new password: type the one that was shown to you, twice. AWS asks for the MFA all the same.",
                "Then both of you press Password is changed.",
            ],
        };

    /// <summary>For who has no MFA device: nobody speaks a code, and where AWS asks for one, a device is there that is not ours.</summary>
    public static ChangingPassword OfUserWithoutMfa { get; } =
        new()
        {
            Steps =
            [
                "In a private window of the browser open the sign-in page that stands beside Reveal, type the user name and the password, and press Sign in. Copying is better than typing: no password is mistyped. If AWS asks for a code, an MFA device is there that is not ours: press Not changed or not sure, and have an administrator of the account look.",
                .. OfUser.Steps.Skip(1).Take(2),
                "Sign out, and sign in again with the new password. Only this shows that what we keep is what AWS has.",
                OfUser.Steps[^1],
            ],
            Witness = WatchingOnly,
            First =
            [
                .. OfUser.First.Take(2),
                "Sign out, and sign in with the new password. If AWS asks for a code, an MFA device is there that is not ours: have an administrator of the account remove it. Only this shows that what we keep is what AWS has.",
                "Then both of you press Password is changed.",
            ],
            FirstWitness = WatchingOnly,
            Checks =
            [
                "Sign in with the new password first, in a private window. Try twice before you believe that it is wrong.",
                .. OfUser.Checks.Skip(1),
            ],
            Lost =
            [
                .. OfUser.Lost.Take(2),
                "Sign in with it. AWS asks for a new password: type the one that was shown to you, twice.",
                OfUser.Lost[^1],
            ],
        };
}
