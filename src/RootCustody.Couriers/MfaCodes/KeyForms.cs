using RootCustody.Accounts;
using RootCustody.Chat;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>The questions that the MFA courier asks about keys that the group keeps itself.</summary>
internal static class KeyForms
{
    public const string Kind = "kind";
    public const string Place = "place";
    public const string Seal = "seal";
    public const string Keeper = "keeper";
    public const string Back = "isback";
    public const string IsBack = "yes";
    public const string Found = "found";

    public static Form Register() =>
        new(
            Actions.Key,
            "",
            "Key held outside",
            "Enter it",
            [
                "For a security key, passkey or hardware token that the MFA group keeps. Set it up at AWS, seal it and lay it in its place first.",
                "Whoever enters it, vouches for it, keeps it or is told where it is, is barred from the password of this account as long as it lives.",
            ],
            [
                DeviceForms.AccountField(),
                DeviceForms.LabelField(),
                new Field.Pick(
                    Kind,
                    "Kind",
                    null,
                    false,
                    [.. Kinds.Select(k => new Option(k.ToString(), k.Word()))],
                    null
                ),
                .. PlaceFields(),
                DeviceForms.CodeField(),
            ]
        );

    public static Form Move() =>
        new(
            Actions.Move,
            "",
            "Key has moved",
            "Propose",
            [
                "A new place, a new keeper or a new seal. Another custodian of the MFA half has to say so too; until then both places are told.",
            ],
            [DeviceForms.AccountField(), DeviceForms.LabelField(), .. PlaceFields(), DeviceForms.CodeField()]
        );

    /// <param name="label">The name of the device, if the form is about a certain one.</param>
    public static Form Sealed(string subject, string? label) =>
        new(
            Actions.Sealed,
            subject,
            "Key is back",
            "Confirm",
            [
                label is null
                    ? "Lay the key back into its place under a new seal first."
                    : $"Device: {label}. Lay it back into its place under a new seal first.",
            ],
            [
                .. label is null ? (Field[])[DeviceForms.AccountField(), DeviceForms.LabelField()] : [],
                new Field.Checks(
                    Back,
                    "Is the key back?",
                    null,
                    true,
                    [new Option(IsBack, "It is back in its place, sealed")]
                ),
                SealField("Number of the new seal"),
                DeviceForms.CodeField(),
            ]
        );

    public static Form Broken() =>
        new(
            Actions.Broken,
            "",
            "Seal is broken",
            "Report",
            ["For a seal that was broken without a window. The duty managers are told at once."],
            [
                DeviceForms.AccountField(),
                DeviceForms.LabelField(),
                new Field.Text(
                    Found,
                    "What was found",
                    "It goes into the audit log: no place, no number of a seal.",
                    false,
                    false,
                    KeyPlace.LongestReport
                ),
                DeviceForms.CodeField(),
            ]
        );

    /// <summary>The kinds that a group can keep itself.</summary>
    public static IEnumerable<DeviceKind> Kinds => [DeviceKind.SecurityKey, DeviceKind.HardwareToken];

    public static Field.Text SealField(string label) =>
        new(Seal, label, "As it stands on the seal.", false, false, KeyPlace.LongestSeal);

    private static Field[] PlaceFields() =>
        [
            new Field.Text(
                Place,
                "Its place",
                "In words, so that a colleague finds it at night.",
                false,
                false,
                KeyPlace.LongestWords
            ),
            SealField("Number of its seal"),
            new Field.Text(Keeper, "Its keeper", "The key of the person, such as mona.", false, false, 100),
        ];
}
