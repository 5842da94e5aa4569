using System.Globalization;
using RootCustody.Chat;
using RootCustody.Playground.FakeSlack;

namespace RootCustody.Playground.Nodes;

/// <summary>An account leaves custody, from the asking of a contact to the certificate.</summary>
/// <param name="inHalves">Whether the halves go to two contacts of the customer, who hand it over themselves; else the custodians do, and the receiver resets the password.</param>
public sealed class TransferCeremony(Folk folk, TimeProvider clock, CeremonyCompany company, bool inHalves = false)
{
    private const string Receiver = "Receiver Ltd, Ms Wendy Wong";
    private const string Register = "Register and passport seen.";
    private const string Invoices = "Invoice 4711 is paid.";
    private const string Log = "Handed over to Ms Wong.";
    private const string Keys = "Printed copies are shredded.";
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(3);

    private readonly Team team = company.Teams[0];
    private readonly Deeds deeds = new(folk);
    private readonly Holders holders = new(folk);
    private readonly SlackChair rita = new(folk, company.Teams[0].Rita, channel: FakeSlackPlatform.Channel);
    private readonly SlackChair ron = new(folk, CeremonyCompany.Ron);
    private readonly SlackChair mona = new(folk, company.Teams[0].Mona.InSlack!);
    private readonly TeamsChair paul = new(folk, company.Teams[0].Paul.InTeams);
    private readonly TeamsChair ada = new(folk, CeremonyCompany.Ada);
    private readonly TeamsChair dora = new(folk, Company.Dora);

    private DateTimeOffset start;

    private string Word => $"transfer {team.Account}";

    /// <summary>What has to stand in the audit log once, and nothing of it twice.</summary>
    public static IReadOnlyList<string> Once { get; } =
    [
        "transfer.asked",
        "transfer.agreed",
        "transfer.said Receiver",
        "transfer.confirmed Receiver",
        "transfer.said Invoices",
        "transfer.handover-asked",
        "request.asked",
        "request.approved Password",
        "request.approved Mfa",
        "window.opened",
        "window.closed",
        "transfer.handed-over",
        "transfer.received",
        "transfer.said Destroyed",
        "transfer.confirmed Destroyed",
        "transfer.destroyed Password",
        "transfer.destroyed Mfa",
        "transfer.certified",
    ];

    /// <exception cref="GaveUpException">It did not end.</exception>
    public async Task PlayAsync()
    {
        await AgreeAsync();
        await HandOverAsync();
        await EndAsync();
    }

    /// <summary>The customer wants it, and the provider knows to whom it goes and that nothing is owed.</summary>
    private async Task AgreeAsync()
    {
        await deeds.DoAsync(
            new Deed("Rita asks for a transfer", rita, Word, "Ask for a transfer", "is asked for", Receiver)
            {
                Inputs = () =>
                    [
                        ("Who receives it", Receiver),
                        ("Root e-mail from then on", "aws-root@receiver.example"),
                        ("Why", "We sold that business."),
                    ],
            }
        );
        await deeds.DoAsync(
            new Deed("Ron agrees", ron, Word, "Agree", "you agree", "Done: A second contact agrees")
            {
                Sent = "transfer of",
            }
        );
        await deeds.DoAsync(Say("Ada knows the receiver", ada, "receiver", "What you did and saw", Register));
        await deeds.DoAsync(Confirm("Paul confirms it", paul, "receiver", "Done: Receiver known"));
        await deeds.DoAsync(Say("Dora says that nothing is owed", dora, "invoices", "Reference", Invoices));
    }

    private Deed Say(string act, Chair by, string step, string field, string text) =>
        new(act, by, Word, $"Say: {step}", "Noted", text)
        {
            Sent = "transfer of",
            Inputs = () => step == "invoices" ? [("Invoices", "settled"), (field, text)] : [(field, text)],
        };

    private Deed Confirm(string act, Chair by, string step, string stands) =>
        new(act, by, Word, $"Confirm: {step}", "Confirmed", stands) { Inputs = () => [] };

    /// <summary>The window, from the asking for it to the word of its holder.</summary>
    private async Task HandOverAsync()
    {
        await deeds.DoAsync(AskForTheWindow());
        var window = await WindowAsync();
        await holders.TakeAsync("Paul approves", team.Paul, window, "Approve");
        await holders.TakeAsync("Mona approves", team.Mona, window, "Approve");
        await folk.UntilAsync(
            "The window opens",
            () => holders.Sees(team.Paul, window, $"{window}: window open"),
            _ => OpenAsync()
        );
        await (inHalves ? ContactsHandOverAsync(window) : CustodiansHandOverAsync(window));
    }

    private async Task CustodiansHandOverAsync(string window)
    {
        await holders.RevealPasswordAsync("Paul reveals the password", team.Paul, window);
        await holders.RevealCodeAsync("Mona reveals the code", team.Mona, window);
        await holders.CloseAsync(
            "Paul has handed it over",
            team.Paul,
            window,
            ("Work log", Log),
            ("Handed over?", "yes"),
            ("Signed out?", "yes")
        );
    }

    private async Task ContactsHandOverAsync(string window)
    {
        await holders.RevealInSlackAsync(
            "Rita reveals the password",
            CeremonyCompany.RitaKey,
            team.Rita,
            Half.Password,
            window
        );
        await holders.RevealInSlackAsync(
            "Ron reveals the code",
            CeremonyCompany.RonKey,
            CeremonyCompany.Ron,
            Half.Mfa,
            window
        );
        await folk.UntilAsync(
            "Ron has handed it over",
            () => RonSees($"{window}: closed"),
            _ => RonIsDoneAsync(window)
        );
    }

    private bool RonSees(string words) =>
        folk.Slack.Api.Messages.Any(m =>
            m.Channel == CeremonyCompany.Ron.DirectWith(Bot.Desk) && m.Text.Contains(words, StringComparison.Ordinal)
        );

    private async Task RonIsDoneAsync(string window)
    {
        var card = await folk.ThereAsync(() => ron.Newest(window, "Done"), "Ron has no card with Done.");
        folk.Answer = await card.Press(
            "Done",
            [
                ("Work log", Log),
                ("Handed over?", "The receiver has the address and has signed in"),
                ("Signed out?", "The session at AWS is signed out"),
            ]
        );
    }

    private Deed AskForTheWindow() =>
        new(
            "Rita asks for the window",
            rita,
            Word,
            "Ask for the window",
            "on its way to the custodians",
            "Done: Handover window asked for"
        )
        {
            Inputs = () =>
            {
                start = clock.GetUtcNow() + Ahead;
                var at = start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
                return [("Start", at), .. inHalves ? Receivers() : []];
            },
        };

    private (string, string)[] Receivers() =>
        [
            ("How", "In two halves to two of our people"),
            ("Who receives the password", team.Rita.Name),
            ("Who receives the codes", CeremonyCompany.Ron.Name),
        ];

    /// <summary>What the request is called: on the card that Paul was sent.</summary>
    private async Task<string> WindowAsync()
    {
        var card = await folk.ThereAsync(
            () =>
                folk
                    .Teams.Connector.ChatOf(team.Paul.InTeams, Bot.Desk)
                    .LastOrDefault(m => m.Text.StartsWith("Planned", StringComparison.Ordinal)),
            "Paul has no card of the window."
        );
        return Holders.TitleOf(card);
    }

    private async Task OpenAsync()
    {
        if (start - clock.GetUtcNow() is var left && left > TimeSpan.Zero)
            await folk.Pace.PassAsync(left + TimeSpan.FromSeconds(1));
        await folk.Pace.SweepAsync();
    }

    /// <summary>The receiver has it, and what is kept here is destroyed.</summary>
    private async Task EndAsync()
    {
        await deeds.DoAsync(
            new Deed("Rita has received it", rita, Word, "Received", "you get the certificate", "Done: Received")
        );
        await deeds.DoAsync(Say("Ada ends the custody", ada, "end custody", "What you did and saw", Keys));
        await deeds.DoAsync(Confirm("Mona ends it too", mona, "end custody", "The couriers destroy"));
        await folk.UntilAsync(
            "The certificate is made",
            () =>
                folk.Slack.Api.Messages.Any(m =>
                    m.Channel == team.Rita.DirectWith(Bot.Desk)
                    && m.Text.Contains("done and certified", StringComparison.Ordinal)
                ),
            _ => folk.Pace.SweepAsync()
        );
    }
}
