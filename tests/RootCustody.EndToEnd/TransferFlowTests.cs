using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RootCustody.AuditTool;
using RootCustody.Chat;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.Transfers;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Transfers;
using RootCustody.People;
using RootCustody.Playground;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;
using RootCustody.Requests;

namespace RootCustody.EndToEnd;

/// <summary>An account leaves custody, by people on both platforms.</summary>
public sealed class TransferFlowTests
{
    private const string Text = "Seen with my own eyes.";
    private static readonly SlackPerson Ravi = new("Ravi", FakeSlackPlatform.Customer, "U0RAVI");
    private static readonly string Typed = $"transfer {Cast.Account}";

    [Fact]
    public async Task A_customer_in_Slack_and_the_provider_in_Teams_hand_an_account_over_and_the_certificate_is_written()
    {
        await using var play = await Play.OpenAsync();
        await AppointAsync(play);
        await AskAsync(play);
        await SayAsync(play, Cast.Paul, "Say: customer wants it", "What you did and saw");
        await ConfirmAsync(play, Cast.Mona, "Confirm: customer wants it");
        await SayAsync(play, Cast.Mona, "Say: receiver", "What you did and saw");
        await ConfirmAsync(play, Cast.Paul, "Confirm: receiver");
        await SayAsync(play, Cast.Dora, "Say: invoices", "Reference", ("Invoices", "settled"));
        await HandOverAsync(play);
        await PressAsync(play, "Received");
        await EndAsync(play);
        await play.Slack.Api.WaitForMessageAsync(Cast.Rita.DirectWith(Bot.Desk), "done and certified");
        await CheckAsync(play);
    }

    [Fact]
    public async Task In_two_halves_two_contacts_in_Slack_are_shown_one_each_and_hand_it_over_themselves()
    {
        await using var play = await Play.OpenAsync();
        await AppointAsync(play);
        await RegisterAsync(play, Ravi);
        var rita = await EnrolAsync(play, "rita", Cast.Rita);
        var ravi = await EnrolAsync(play, "ravi", Ravi);
        await AskAsync(play);
        var card = await play.Slack.Api.WaitForMessageAsync(Ravi.DirectWith(Bot.Desk), "A second contact agrees");
        await play.Slack.PressAsync(Ravi, card, "Agree");
        await SayAsync(play, Cast.Mona, "Say: receiver", "What you did and saw");
        await ConfirmAsync(play, Cast.Paul, "Confirm: receiver");
        await SayAsync(play, Cast.Dora, "Say: invoices", "Reference", ("Invoices", "settled"));
        var request = await OpenInHalvesAsync(play);

        var (password, pointer) = await RevealAsync(play, Cast.Rita, Bot.Password, "password", rita);
        Assert.Equal(await LivingAsync(play), password);
        var (code, _) = await RevealAsync(play, Ravi, Bot.Mfa, "code", ravi);
        Assert.Matches("^[0-9]{6}$", code);

        // neither the other contact nor anybody of the provider
        await play.Slack.PressAsync(Ravi, pointer, "Reveal password");
        await play.Slack.Api.WaitForModalAsync(Ravi, "and to nobody else");
        foreach (
            var (person, bot) in (IEnumerable<(TeamsPerson, Bot)>)[(Cast.Paul, Bot.Password), (Cast.Mona, Bot.Mfa)]
        )
        {
            var refused = await play.Teams.FetchAsync(person, bot, Play.Data(Actions.Reveal, request));
            Assert.Contains("and to nobody else", refused.Text, StringComparison.Ordinal);
        }
        Assert.Equal(2, await play.ExposuresAsync(request));

        await SayDoneAsync(play);
        await PressAsync(play, "Received");
        await EndAsync(play);
        await play.Slack.Api.WaitForMessageAsync(Ravi.DirectWith(Bot.Desk), "done and certified");
        var certificate = (await play.InDbAsync(db => db.Transfers.SingleAsync())).Certificate!;
        Assert.Contains("the password to Rita, the codes to Ravi", certificate, StringComparison.Ordinal);
        await CheckAsync(play);
    }

    [Fact]
    public async Task Bad_input_gets_a_sentence_and_keeps_the_form()
    {
        await using var play = await Play.OpenAsync();
        await AppointAsync(play);
        var modal = await FormAsync(play);

        var answer = await play.Slack.SubmitAsync(
            Cast.Rita,
            modal,
            ("Who receives it", "?"),
            ("Root e-mail from then on", "nonsense"),
            ("Why", "We sold that business.")
        );

        Assert.Equal(2, answer.Errors.Count);
        Assert.False(await play.InDbAsync(db => db.Transfers.AnyAsync()));
        await AskAsync(play);
        await play.Teams.TypeAsync(Cast.Dora, Bot.Desk, Typed);
        var card = await play.Teams.Connector.WaitForAsync(Cast.Dora, Bot.Desk, "waits for", "Say: invoices");
        var asked = await play.Teams.PressAsync(Cast.Dora, card, "Say: invoices");
        var refused = await play.Teams.SubmitAsync(
            Cast.Dora,
            asked.Dialog!,
            ("Invoices", "settled"),
            ("Reference", "?")
        );
        Assert.Contains("Say it in 10 to 500 characters.", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await WordsAsync(play));
    }

    /// <summary>The provider ends the custody, and what is kept is destroyed.</summary>
    private static async Task EndAsync(Play play)
    {
        await play.UntilAsync(() => play.InDbAsync(db => db.Transfers.AnyAsync(t => t.ReceivedAt != null)));
        await SayAsync(play, Cast.Paul, "Say: end custody", "What you did and saw");
        await ConfirmAsync(play, Cast.Mona, "Confirm: end custody");
        foreach (var half in (Half[])[Half.Password, Half.Mfa])
            await play.RunAsync<DestroyTransferredJob>(job => job.RunAsync(half, CancellationToken.None));
        await play.RunAsync<CertifyTransfer>(job => job.RunAsync(CancellationToken.None));
    }

    /// <summary>A second contact of the customer.</summary>
    private static Task RegisterAsync(Play play, SlackPerson person) =>
        play.InDbAsync(db =>
            db.DecideAsync(
                async () =>
                {
                    var customer = (await db.People.SingleAsync(p => p.Key == "rita")).Customer;
                    var contact = Person.Of("ravi", person.Name, customer, false, db.Now);
                    contact.Link(new ChatUser(ChatPlatform.Slack, person.Workspace, person.User), db.Now, db.Now);
                    db.People.Add(contact);
                    return true;
                },
                CancellationToken.None
            )
        );

    /// <summary>With a one-time code that two administrators would have had made.</summary>
    private static async Task<Authenticator> EnrolAsync(Play play, string key, SlackPerson person)
    {
        const string Code = "ABCDE-FGHJK-LMNPQ-RSTUV";
        await play.InDbAsync(async db =>
        {
            var id = await db.People.Where(p => p.Key == key).Select(p => p.Id).SingleAsync();
            db.EnrolmentCodes.Add(EnrolmentCode.Of(id, Code, db.Now.AddHours(1)));
            return await db.SaveChangesAsync();
        });
        await play.Slack.CommandAsync(person, "enrol", person.DirectWith(Bot.Desk));
        var asked = await play.Slack.Api.WaitForModalAsync(person, "one-time code");
        await play.Slack.SubmitAsync(person, asked, ("One-time code", Code));
        var shown = await play.Slack.Api.WaitForModalAsync(person, "Scan this code");
        var authenticator = new Authenticator(shown.Literals[1]);
        await play.Slack.PressAsync(person, shown, "I added it");
        var confirm = await play.Slack.Api.WaitForModalAsync(person, "Code of your authenticator");
        await play.Slack.SubmitAsync(person, confirm, ("Code of your authenticator", authenticator.Code(play.Clock)));
        await play.Slack.Api.WaitForModalAsync(person, "is enrolled");
        return authenticator;
    }

    /// <summary>Rita asks for the window in two halves, and two custodians approve it on cards that say so.</summary>
    private static async Task<string> OpenInHalvesAsync(Play play)
    {
        await PressAsync(play, "Ask for the window");
        var modal = await play.Slack.Api.WaitForModalAsync(Cast.Rita, "on the phone for an hour");
        var start = play.Clock.GetUtcNow().AddHours(2);
        (string, string)[] inHalves =
        [
            ("Start", start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ("How", "In two halves to two of our people"),
            ("Who receives the password", "Rita"),
        ];
        var twice = await play.Slack.SubmitAsync(Cast.Rita, modal, [.. inHalves, ("Who receives the codes", "Rita")]);
        Assert.Single(twice.Errors);
        var answer = await play.Slack.SubmitAsync(Cast.Rita, modal, [.. inHalves, ("Who receives the codes", "Ravi")]);
        Assert.Empty(answer.Errors);
        await play.Slack.Api.WaitForMessageAsync(Ravi.DirectWith(Bot.Desk), "You were named to receive the MFA half");
        foreach (var (person, to) in (IEnumerable<(TeamsPerson, string)>)[(Cast.Paul, "Rita"), (Cast.Mona, "Ravi")])
        {
            var card = await play.Teams.Connector.WaitForAsync(person, Bot.Desk, $"go to {to}, a contact", "Approve");
            await play.Teams.PressAsync(person, card, "Approve");
        }
        var request = (await play.InDbAsync(db => db.Requests.SingleAsync())).Id.ToString();
        play.Clock.SetUtcNow(start.AddMinutes(1));
        await play.RunAsync<OpenWindowsJob>(job => job.RunAsync(CancellationToken.None));
        Assert.Equal(RequestState.Open, await play.StateAsync(request));
        return request;
    }

    /// <summary>A contact reveals in their direct messages with the courier.</summary>
    private static async Task<(string Half, SlackMessage Pointer)> RevealAsync(
        Play play,
        SlackPerson person,
        Bot bot,
        string what,
        Authenticator authenticator
    )
    {
        var pointer = await play.Slack.Api.WaitForMessageAsync(person.DirectWith(bot), "your half is ready");
        await play.Slack.PressAsync(person, pointer, $"Reveal {what}");
        var modal = await play.Slack.Api.WaitForModalAsync(person, "Prove that it is you");
        await play.Slack.SubmitAsync(person, modal, (Play.CodeLabel, authenticator.Code(play.Clock)));
        var offer = await play.Slack.Api.WaitForEphemeralAsync(person, "Your half is ready");
        await play.Slack.PressAsync(person, offer, $"Show {what}");
        var shown = await play.Slack.Api.WaitForEphemeralAsync(person, "For you alone");
        return (Assert.Single(shown.Literals), pointer);
    }

    /// <summary>What the vault has.</summary>
    private static async Task<string> LivingAsync(Play play)
    {
        var account = await play.InDbAsync(db => db.Accounts.SingleAsync(a => a.Number == Cast.Account));
        var text = "";
        await play.RunAsync<PasswordVault>(async vault =>
        {
            using var half = await vault.ReadAsync(account.Id, account.PasswordGeneration, CancellationToken.None);
            text = Encoding.UTF8.GetString(half.Bytes);
        });
        return text;
    }

    /// <summary>Ravi says on the desk's card that it is done.</summary>
    private static async Task SayDoneAsync(Play play)
    {
        var card = await play.Slack.Api.WaitForMessageAsync(Ravi.DirectWith(Bot.Desk), "You receive the MFA half");
        Assert.Contains("register an MFA device of the receiver's own", card.Text, StringComparison.Ordinal);
        await play.Slack.PressAsync(Ravi, card, "Done");
        var modal = await play.Slack.Api.WaitForModalAsync(Ravi, "Work log");
        var answer = await play.Slack.SubmitAsync(
            Ravi,
            modal,
            ("Work log", "We signed in and changed it all."),
            ("Handed over?", "The receiver has the address and has signed in"),
            ("Signed out?", "The session at AWS is signed out")
        );
        Assert.Empty(answer.Errors);
        await play.UntilAsync(() => play.InDbAsync(db => db.Transfers.AnyAsync(t => t.SaidHandedOverBy != null)));
        Assert.False(await IsHandedOverAsync(play)); // Received is the second word
    }

    private static Task<bool> IsHandedOverAsync(Play play) =>
        play.InDbAsync(db => db.Accounts.AnyAsync(a => a.Number == Cast.Account && a.HandedOverAt != null));

    /// <summary>Dora is finance too.</summary>
    private static Task AppointAsync(Play play) =>
        play.InDbAsync(db =>
            db.DecideAsync(
                async () =>
                {
                    (await db.People.SingleAsync(p => p.Key == "dora")).Appoint(PersonRole.Finance);
                    return true;
                },
                CancellationToken.None
            )
        );

    private static async Task<SlackModal> FormAsync(Play play)
    {
        await play.Slack.CommandAsync(Cast.Rita, Typed);
        var card = await play.Slack.Api.WaitForEphemeralAsync(Cast.Rita, "no transfer");
        await play.Slack.PressAsync(Cast.Rita, card, "Ask for a transfer");
        return await play.Slack.Api.WaitForModalAsync(Cast.Rita, "The account leaves custody for good");
    }

    private static async Task AskAsync(Play play)
    {
        var answer = await play.Slack.SubmitAsync(
            Cast.Rita,
            await FormAsync(play),
            ("Who receives it", "Receiver Ltd, Ms Wendy Wong"),
            ("Root e-mail from then on", "aws-root@receiver.example"),
            ("Why", "We sold that business.")
        );
        Assert.Empty(answer.Errors);
    }

    private static async Task SayAsync(
        Play play,
        TeamsPerson person,
        string button,
        string field,
        params (string, string)[] more
    )
    {
        var before = await WordsAsync(play);
        await play.Teams.TypeAsync(person, Bot.Desk, Typed);
        var card = await play.Teams.Connector.WaitForAsync(person, Bot.Desk, "transfer of", button);
        var asked = await play.Teams.PressAsync(person, card, button);
        var said = await play.Teams.SubmitAsync(person, asked.Dialog!, [.. more, (field, Text)]);
        Assert.Contains("Noted", said.Text, StringComparison.Ordinal);
        Assert.Equal(before + 1, await WordsAsync(play));
    }

    private static async Task ConfirmAsync(Play play, TeamsPerson person, string button)
    {
        await play.Teams.TypeAsync(person, Bot.Desk, Typed);
        var card = await play.Teams.Connector.WaitForAsync(person, Bot.Desk, "transfer of", button);
        var asked = await play.Teams.PressAsync(person, card, button);
        Assert.Contains(Text, asked.Text, StringComparison.Ordinal);
        var done = await play.Teams.SubmitAsync(person, asked.Dialog!);
        Assert.Contains("Confirmed", done.Text, StringComparison.Ordinal);
    }

    private static Task<int> WordsAsync(Play play) =>
        play.InDbAsync(db => db.Transfers.SelectMany(t => t.Words).CountAsync());

    /// <summary>Rita presses something on her newest card in Slack.</summary>
    private static async Task PressAsync(Play play, string button)
    {
        await play.Slack.CommandAsync(Cast.Rita, Typed);
        var card = await play.Slack.Api.WaitForEphemeralAsync(
            Cast.Rita,
            e =>
                e.Text.Contains("transfer of", StringComparison.Ordinal)
                && e.Blocks.ToJsonString().Contains($"\"{button}\"", StringComparison.Ordinal)
        );
        await play.Slack.PressAsync(Cast.Rita, card, button);
    }

    private static async Task HandOverAsync(Play play)
    {
        await PressAsync(play, "Ask for the window");
        var modal = await play.Slack.Api.WaitForModalAsync(Cast.Rita, "on the phone for an hour");
        var start = play.Clock.GetUtcNow().AddHours(2);
        var answer = await play.Slack.SubmitAsync(
            Cast.Rita,
            modal,
            ("Start", start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))
        );
        Assert.Empty(answer.Errors);
        var request = (await play.InDbAsync(db => db.Requests.SingleAsync())).Id.ToString();
        await play.ApproveAsync(Cast.Paul, request);
        await play.ApproveAsync(Cast.Mona, request);
        play.Clock.SetUtcNow(start.AddMinutes(1));
        await play.RunAsync<OpenWindowsJob>(job => job.RunAsync(CancellationToken.None));
        Assert.Equal(RequestState.Open, await play.StateAsync(request));
        await play.RevealPasswordAsync(request);
        var done = await play.Teams.FetchAsync(Cast.Paul, Bot.Desk, Play.Data(Actions.Done, request));
        await play.Teams.SubmitAsync(
            Cast.Paul,
            done.Dialog!,
            ("Work log", "Handed over to Ms Wong."),
            ("Handed over?", "yes"),
            ("Signed out?", "yes")
        );
        Assert.False(await IsHandedOverAsync(play));
        var second = await play.Teams.Connector.WaitForAsync(Cast.Mona, Bot.Desk, "transfer of", "It was handed over");
        await play.Teams.PressAsync(Cast.Mona, second, "It was handed over");
        Assert.True(await IsHandedOverAsync(play));
    }

    /// <summary>Somebody changes a fact of the certificate in the database.</summary>
    private static Task ForgeAsync(Play play) =>
        play.InDbAsync(db =>
            db.Database.ExecuteSqlRawAsync(
                """UPDATE "Transfers" SET "Certificate" = replace("Certificate", 'aws-root@', 'aws-thief@')"""
            )
        );

    /// <summary>The operator writes it, and the customer checks it.</summary>
    private static async Task CheckAsync(Play play)
    {
        using var console = new ConsoleRuns();
        KeyValuePair<string, string?>[] settings = [new("RootCustody:DataDirectory", play.Theatre.Directory)];
        var list = await console.RunAsync("", settings, "transfer", "list", Cast.Account);
        var none = await console.RunAsync("", settings, "transfer", "certificate", Cast.OthersAccount, "out");
        var unknown = await console.RunAsync("", settings, "transfer", "list", Cast.OthersAccount);
        Assert.Equal(1, unknown.Code);
        var written = await console.RunAsync("", settings, "transfer", "certificate", Cast.Account, "out");
        await console.RunAsync("", settings, "audit", "export", "log");

        Assert.Contains("done and certified", list.Output, StringComparison.Ordinal);
        Assert.Equal((1, 0), (none.Code, written.Code));
        Assert.Contains("ATTENTION: the text is not signed", written.Errors, StringComparison.Ordinal);
        var name = (await play.InDbAsync(db => db.Transfers.SingleAsync())).Name;
        var json = Path.Combine(console.Directory, "out", $"{name}.json");
        await using var output = new StringWriter();
        var code = await AuditCommand.RunAsync(
            ["certificate", json, "--export", Path.Combine(console.Directory, "log")],
            Stream.Null,
            output,
            output
        );
        Assert.True(code == AuditCommand.Sound, output.ToString());
        Assert.Contains("In the log: each entry.", output.ToString(), StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(
            Path.Combine(console.Directory, "out", $"{name}.txt"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("Root e-mail now: aws-root@receiver.example", text, StringComparison.Ordinal);

        await ForgeAsync(play);
        var forged = await console.RunAsync("", settings, "transfer", "certificate", Cast.Account, "forged");
        Assert.Equal(1, forged.Code);
        Assert.Contains("not the one that the audit log says", forged.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(console.Directory, "forged")));
    }
}
