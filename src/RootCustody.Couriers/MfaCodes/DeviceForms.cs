using RootCustody.Accounts;
using RootCustody.Chat;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>The questions that the MFA courier asks about devices. A modal is the only way by which a seed gets in.</summary>
internal static class DeviceForms
{
    public const string Account = "account";
    public const string Label = "label";
    public const string Seed = "seed";
    public const string First = "first";
    public const string Second = "second";
    public const string Code = "code";

    private const int LongestSeed = 2048;

    public static Form BringIn() =>
        new(
            Actions.Device,
            "",
            "MFA device",
            "Bring it in",
            [
                "Whoever brings in a device knows its seed: you are barred from the password of this account as long as the device lives. Nobody else should see your screen.",
                "No picture of a QR code can be taken here: copy the text that it holds, or let AWS show the secret key.",
                "Fill in the two codes last and send the form while the second one is still shown.",
            ],
            [
                AccountField(),
                new Field.Text(
                    Label,
                    "Name of the device",
                    "Such as the one it has at AWS. People read it beside its codes.",
                    false,
                    false,
                    MfaDevice.LongestLabel
                ),
                new Field.Text(
                    Seed,
                    "Seed",
                    "What the QR code of AWS says (otpauth://...), or the secret key in letters and digits.",
                    false,
                    false,
                    LongestSeed
                ),
                new Field.Text(First, "A code of this device", "Six digits.", false, false, 20),
                new Field.Text(Second, "The next code of this device", "The one right after it.", false, false, 20),
                CodeField(),
            ]
        );

    public static Form Retire() =>
        new(
            Actions.Retire,
            "",
            "Device is gone",
            "Propose",
            ["Remove the device at AWS first. Another custodian of the MFA half has to say so too."],
            [
                AccountField(),
                new Field.Text(
                    Label,
                    "Name of the device",
                    "As it stands beside its codes.",
                    false,
                    false,
                    MfaDevice.LongestLabel
                ),
                CodeField(),
            ]
        );

    public static Form Vouch(MfaDevice device) =>
        new(
            Actions.Vouch,
            device.Id.ToString(),
            device.State == DeviceState.Leaving ? "Device is gone" : "Vouch for a device",
            "Say so",
            [$"Device: {device.Label}. Prove that it is you."],
            VouchForDevice.AsksForSeal(device)
                ? [KeyForms.SealField("Number of the seal that you see on it"), CodeField()]
                : [CodeField()]
        );

    public static Reply Wrong(Form form, string field, string why) =>
        new Reply.Corrected(form, new Dictionary<string, string>(StringComparer.Ordinal) { [field] = why });

    public static Field.Text AccountField() =>
        new(
            Account,
            "Number of the AWS account",
            "12 digits; for an IAM user with a slash and the name of the user after them.",
            false,
            false,
            AccountNumber.Longest
        );

    public static Field.Text LabelField() =>
        new(Label, "Name of the device", "Such as the one it has at AWS.", false, false, MfaDevice.LongestLabel);

    public static Field.Text CodeField() =>
        new(
            Code,
            "Code of your own authenticator",
            "The six digits that it shows now. Not the code of the AWS account.",
            false,
            false,
            20
        );
}
