using System.Globalization;
using RootCustody.Chat;
using RootCustody.Posture;

namespace RootCustody.Playground.Nodes;

/// <summary>An account is taken into custody, from nothing to the last item.</summary>
public sealed class OnboardingCeremony(Folk folk, TimeProvider clock, CeremonyCompany company)
{
    private const string Number = CeremonyCompany.NewAccount;
    private const string Word = $"onboard {Number}";
    private const string Posture = $"posture {Number}";

    private readonly Team team = company.Teams[0];
    private readonly Deeds deeds = new(folk);
    private readonly PasswordCeremony password = new(folk, Number);
    private readonly DeviceCeremony device = new(folk, clock, company.Teams[0], Number);
    private readonly TeamsChair paul = new(folk, company.Teams[0].Paul.InTeams);
    private readonly TeamsChair petra = new(folk, company.Teams[0].Petra.InTeams);
    private readonly SlackChair mona = new(folk, company.Teams[0].Mona.InSlack!);
    private readonly TeamsChair ada = new(folk, CeremonyCompany.Ada);
    private readonly SlackChair abe = new(folk, CeremonyCompany.Abe);

    /// <inheritdoc cref="TransferCeremony.Once"/>
    public static IReadOnlyList<string> Once { get; } =
    [
        "onboarding.begun",
        "mfachange.asked",
        "posture.reported",
        "posture.attested",
        "onboarding.said NoSecurityQuestions",
        "onboarding.said OtherWay",
        "onboarding.said CustomerTold",
        "onboarding.waived Organisation",
        "onboarding.finished",
    ];

    /// <exception cref="GaveUpException">It did not end.</exception>
    public async Task PlayAsync()
    {
        await deeds.DoAsync(new Deed("Paul begins", paul, Word, "Begin", "items settled", "items settled"));
        await NextAsync("Ada asks for the first password");
        await password.PlayAsync("first", team.Paul, CeremonyCompany.Mike);
        await NextAsync("Ada asks for the device");
        await device.PlayAsync();
        await NextAsync("Ada asks for the second password");
        await password.PlayAsync("second", team.Petra, CeremonyCompany.Mike);
        await ReportAsync();
        await ContactsAsync();
        await SayAsync("Mona", mona, "No security questions", "None are set there.");
        await ConfirmAsync("Paul", paul, "Confirm: questions", "Confirmed", "Proven: No security questions");
        await SayAsync("Paul", paul, "p.OtherWay", "By roles of the landing zone.");
        await ConfirmAsync("Mona", mona, "Confirm: way without root", "Confirmed", "Proven: A way that needs no root");
        await SayAsync("Petra", petra, "p.CustomerTold", "Told Rita on the phone today.");
        await ConfirmAsync("Ada", ada, "Confirm: customer told", "Confirmed", "Proven: Customer told");
        await SayAsync("Ada", ada, "w.Organisation", "It leaves the organisation this week.");
        await ConfirmAsync("Abe", abe, "Waive: organisation", "Waived", "Waived: In the right organisation");
        await deeds.DoAsync(
            new Deed("Paul takes it into custody", paul, Word, "Take into custody", "is in custody", "is in custody")
        );
    }

    private Task NextAsync(string act) =>
        deeds.DoAsync(new Deed(act, ada, Word, "Next ceremony", "asked now", "is under way on this account"));

    private async Task ReportAsync()
    {
        var made = clock.GetUtcNow();
        await folk.UntilAsync(
            "Mona brings the report",
            () => Says("It counts as reported by you") || Says("The same was brought before"),
            async _ =>
                folk.Answer = await mona.FillAsync(
                    Actions.Report,
                    ("The two lines", LinesOf(made)),
                    ("When AWS made it", made.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))
                )
        );
        await deeds.DoAsync(
            new Deed(
                "Paul confirms the report",
                paul,
                Posture,
                $"Confirm report of {Number}",
                "Confirmed",
                $"confirmed by {team.Paul.InTeams.Name}"
            )
            {
                Inputs = () => [],
            }
        );
    }

    private async Task ContactsAsync()
    {
        var reported = $"reported by {team.Mona.InTeams.Name}, confirmed by nobody yet";
        await folk.UntilAsync(
            "Mona looks at the contacts",
            () => Says("as reported by you") || Says(reported),
            async time =>
                folk.Answer =
                    time > 1 && (await mona.TypeAsync(Posture)).Text.Contains(reported, StringComparison.Ordinal)
                        ? reported // it was done, and the answer lost
                        : await mona.FillAsync(
                            Actions.Contacts,
                            ("The 12 digits of the account", Number),
                            ("How they are", "All three are set and right")
                        )
        );
        await deeds.DoAsync(
            new Deed(
                "Petra confirms the contacts",
                petra,
                Posture,
                $"Confirm contacts of {Number}",
                "Confirmed",
                $"confirmed by {team.Petra.InTeams.Name}"
            )
            {
                Inputs = () => [],
            }
        );
    }

    private Task SayAsync(string by, Chair chair, string item, string text) =>
        deeds.DoAsync(
            new Deed($"{by} says '{text}'", chair, Word, "Say or waive an item", "Noted", text)
            {
                Inputs = () => [("Item", item), ("What you saw, or why it is waived", text)],
            }
        );

    private Task ConfirmAsync(string by, Chair chair, string button, string said, string stands) =>
        deeds.DoAsync(
            new Deed(
                $"{by} presses {button.Replace(": ", " ", StringComparison.Ordinal)}",
                chair,
                Word,
                button,
                said,
                stands
            )
            {
                Inputs = () => [],
            }
        );

    private bool Says(string words) => folk.Answer.Contains(words, StringComparison.Ordinal);

    /// <summary>Header and root line of a report in which all is well.</summary>
    private static string LinesOf(DateTimeOffset made)
    {
        var now = made.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);
        var cells = RootLine.Columns.Select(column =>
            column switch
            {
                RootLine.User => RootLine.RootUser,
                RootLine.Arn => $"arn:aws:iam::{Number}:root",
                RootLine.PasswordEnabled or RootLine.MfaActive => "true",
                RootLine.PasswordLastUsed or RootLine.PasswordLastChanged => now,
                _ when column.EndsWith("_active", StringComparison.Ordinal) => "false",
                _ => "N/A",
            }
        );
        return $"{string.Join(',', RootLine.Columns)}\n{string.Join(',', cells)}";
    }
}
