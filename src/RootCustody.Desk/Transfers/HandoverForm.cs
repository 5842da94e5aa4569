using RootCustody.Chat;
using RootCustody.Desk.Requests;
using RootCustody.People;

namespace RootCustody.Desk.Transfers;

/// <summary>The form of the handover window: when, by which way and, in two halves, to whom.</summary>
internal static class HandoverForm
{
    public const string StartField = "start";
    public const int MostContacts = 100;

    private const string WayField = "way";
    private const string ByReset = "reset";
    private const string InHalves = "halves";

    public static string FieldOf(Half half) => half == Half.Password ? "password" : "codes";

    /// <param name="contacts">Of the customer: with fewer than two nothing goes in two halves.</param>
    public static Form Of(string transfer, IReadOnlyList<Person> contacts) =>
        new(
            Actions.TransferHandover,
            transfer,
            "Handover window",
            "Ask",
            [
                "Choose a time at which the receiver can be on the phone for an hour, with the new mailbox open and an authenticator at hand.",
                "Two custodians of your provider approve it. Nothing else may run on the account then.",
            ],
            [
                new Field.Moment(StartField, "Start", null, false),
                .. contacts.Count < 2 ? (Field[])[] : [Way, .. Receivers(contacts)],
            ]
        );

    private static readonly Field.Pick Way = new(
        WayField,
        "How",
        "In two halves, two of your company do at AWS what the custodians do by e-mail reset.",
        false,
        [
            new Option(ByReset, "By e-mail reset", "Custodians hand it over; the receiver resets the password."),
            new Option(InHalves, "In two halves to two of our people", "One is shown the password, the other codes."),
        ],
        ByReset
    );

    private static IEnumerable<Field> Receivers(IReadOnlyList<Person> contacts)
    {
        Option[] options = [.. contacts.Select(c => new Option(c.Id.ToString(), RequestForm.Cut(c.Name)))];
        const string hint = "Only in two halves. They need an authenticator that they enrolled here.";
        yield return new Field.Pick(FieldOf(Half.Password), "Who receives the password", hint, true, options, null);
        yield return new Field.Pick(FieldOf(Half.Mfa), "Who receives the codes", "Another one.", true, options, null);
    }

    public static DateTimeOffset? StartIn(Click click) =>
        RequestForm.ReadMoment(click.Inputs.GetValueOrDefault(StartField, ""));

    public static bool IsInHalves(Click click) => click.Inputs.GetValueOrDefault(WayField) == InHalves;

    public static PersonId? ReceiverIn(Click click, Half half) =>
        Id.Read<PersonId>(click.Inputs.GetValueOrDefault(FieldOf(half), ""));

    /// <summary>What is wrong with what was typed, whoever they are.</summary>
    public static Dictionary<string, string> FaultsOf(Click click)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var (password, codes) = (ReceiverIn(click, Half.Password), ReceiverIn(click, Half.Mfa));
        if (StartIn(click) is null)
            errors[StartField] = "Choose when.";
        if (click.Inputs.GetValueOrDefault(WayField, "") is not ("" or ByReset or InHalves))
            errors[WayField] = "Choose how.";
        else if (!IsInHalves(click) && (password ?? codes) is not null)
            errors[WayField] = "You named who receives a half: choose in two halves, or name nobody.";
        if (!IsInHalves(click))
            return errors;
        if (password is null)
            errors[FieldOf(Half.Password)] = "Choose who receives the password.";
        if (codes is null)
            errors[FieldOf(Half.Mfa)] = "Choose who receives the codes.";
        else if (codes == password)
            errors[FieldOf(Half.Mfa)] = "Choose somebody else: nobody is ever shown both halves.";
        return errors;
    }
}
