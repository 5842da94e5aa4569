using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Desk.Posture;
using RootCustody.People;
using RootCustody.Posture;
using RootCustody.Tests.Databases;
using RootCustody.Tests.Posture;

namespace RootCustody.Tests.Desk.Posture;

public sealed class PostureTests
{
    private const string Number = "111122223333";

    [DatabaseFact]
    public async Task A_report_counts_as_reported_by_who_brought_it_until_another_confirms_it()
    {
        await using var stage = await Stage.SetAsync();
        var drawn = Assert.IsType<Reply.Drawn>(await BringAsync(stage, Stage.Paul));
        Assert.Contains("6 good, 3 unknown", drawn.Card.Title, StringComparison.Ordinal);
        Assert.Contains(
            "reported by paul, confirmed by nobody yet",
            await ShownAsync(stage),
            StringComparison.OrdinalIgnoreCase
        );

        var asked = Assert.IsType<Reply.Asked>(
            await stage.ClickAsync(Stage.Mona, Actions.Witness, await EvidenceAsync(stage))
        );
        Assert.Contains(asked.Form.Lines, l => l == "mfa_active: AWS asks root for MFA.");
        var said = await ConfirmAsync(stage, Stage.Mona);

        Assert.StartsWith("Confirmed", said, StringComparison.Ordinal);
        Assert.Contains(
            "brought by paul, confirmed by mona",
            await ShownAsync(stage),
            StringComparison.OrdinalIgnoreCase
        );
        Assert.Contains("already", await ConfirmAsync(stage, Stage.Ada), StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Neither_who_brought_it_nor_a_stranger_to_the_account_confirms_it()
    {
        await using var stage = await Stage.SetAsync();
        await BringAsync(stage, Stage.Paul);

        Assert.Contains("yourself", await ConfirmAsync(stage, Stage.Paul), StringComparison.Ordinal);
        foreach (var other in (string[])[Stage.Dora, Stage.Rita])
        {
            Assert.Contains("Only custodians", await ConfirmAsync(stage, other), StringComparison.Ordinal);
            Assert.IsType<Reply.Said>(await stage.ClickAsync(other, Actions.Witness, await EvidenceAsync(stage)));
        }
        Assert.Null((await ReportAsync(stage)).ConfirmedBy);

        await stage.ChangeAsync(Stage.Dora, p => p.Appoint(PersonRole.Auditor));
        Assert.StartsWith("Confirmed", await ConfirmAsync(stage, Stage.Dora), StringComparison.Ordinal);
    }

    [DatabaseFact]
    [Trait("Law", "12")]
    public async Task Customers_and_those_who_do_not_keep_it_bring_and_see_nothing_of_an_account()
    {
        await using var stage = await Stage.SetAsync();
        var other = ("arn", "arn:aws:iam::999999999999:root");

        Assert.Contains(
            "no account that you may know of",
            Text(await BringAsync(stage, Stage.Rita)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no account that you may know of",
            Text(await BringAsync(stage, Stage.Paul, 1, other)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Only the provider's",
            Text(await stage.ClickAsync(Stage.Rita, Actions.Posture)),
            StringComparison.Ordinal
        );
        await stage.DecideAsync(async db =>
        {
            foreach (var group in await db.Groups.Include(g => g.Members).ToListAsync())
                group.Dismiss(stage.People[Stage.Petra]);
        });
        Assert.Contains(
            "no account that you may know of",
            Text(await BringAsync(stage, Stage.Petra)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no such account",
            Text(await stage.ClickAsync(Stage.Petra, Actions.Posture, inputs: [("text", Number)])),
            StringComparison.Ordinal
        );
        Assert.False(await stage.InDbAsync(db => db.Evidence.AnyAsync()));
        Assert.Equal(3, await AuditedAsync(stage, "posture.refused"));
    }

    [DatabaseFact]
    [Trait("Law", "15")]
    public async Task An_identity_that_was_linked_a_short_while_ago_neither_brings_nor_confirms()
    {
        await using var stage = await Stage.SetAsync();
        await BringAsync(stage, Stage.Petra);
        await stage.DecideAsync(async db =>
        {
            var now = stage.Clock.GetUtcNow();
            foreach (var key in (string[])[Stage.Paul, Stage.Mona])
            {
                var id = stage.People[key];
                var person = await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id);
                person.Unlink(stage.UserOf(key), now);
                await db.SaveChangesAsync();
                person.Link(stage.UserOf(key), now, now.AddHours(24));
            }
        });

        Assert.Contains("cooled off", Text(await BringAsync(stage, Stage.Paul, 0.5)), StringComparison.Ordinal);
        Assert.Contains("cooled off", await ConfirmAsync(stage, Stage.Mona), StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task A_newer_report_takes_the_place_of_one_that_waits_and_of_its_confirmation()
    {
        await using var stage = await Stage.SetAsync();
        await BringAsync(stage, Stage.Paul, 2);
        var old = await EvidenceAsync(stage);
        await ConfirmAsync(stage, Stage.Mona);

        await BringAsync(stage, Stage.Petra, 1, ("mfa_active", "false"));

        Assert.Contains(
            "newer",
            Text(await stage.ClickAsync(Stage.Mike, Actions.Witness, old, submits: true)),
            StringComparison.Ordinal
        );
        Assert.Null((await ReportAsync(stage)).ConfirmedBy);
        Assert.Equal(PracticeState.Deviates, (await FindingAsync(stage, Practice.MfaPresent)).State);
    }

    [DatabaseFact]
    public async Task A_report_is_neither_of_the_future_nor_older_than_policy_takes_nor_older_than_the_one_there()
    {
        await using var stage = await Stage.SetAsync(new Policy { ReportLife = TimeSpan.FromDays(2) });

        Assert.Contains("still to come", Text(await BringAsync(stage, Stage.Paul, -0.1)), StringComparison.Ordinal);
        Assert.Contains(
            "none that is older than 2 days",
            Text(await BringAsync(stage, Stage.Paul, 48)),
            StringComparison.Ordinal
        );
        await BringAsync(stage, Stage.Paul, 1);
        Assert.Contains(
            "newer report already",
            Text(await BringAsync(stage, Stage.Petra, 2)),
            StringComparison.Ordinal
        );
    }

    [DatabaseFact]
    [Trait("Law", "9")]
    public async Task The_same_report_again_changes_nothing()
    {
        await using var stage = await Stage.SetAsync();
        await BringAsync(stage, Stage.Paul);
        await ConfirmAsync(stage, Stage.Mona);
        var before = await stage.InDbAsync(db => db.Audit.CountAsync());

        var again = Assert.IsType<Reply.Drawn>(await BringAsync(stage, Stage.Petra));

        Assert.Contains("nothing is new", again.Card.Lines[0], StringComparison.Ordinal);
        Assert.Equal(before, await stage.InDbAsync(db => db.Audit.CountAsync()));
        Assert.Equal(stage.People[Stage.Mona], (await ReportAsync(stage)).ConfirmedBy);
    }

    [DatabaseFact]
    [Trait("Law", "9")]
    public async Task Of_two_who_confirm_at_once_one_does()
    {
        await using var stage = await Stage.SetAsync();
        await BringAsync(stage, Stage.Paul);
        await using var beside = stage.Beside();

        var said = await Task.WhenAll(ConfirmAsync(stage, Stage.Mona), ConfirmAsync(beside, Stage.Ada));

        Assert.Single(said, s => s.StartsWith("Confirmed", StringComparison.Ordinal));
        Assert.Equal(1, await AuditedAsync(stage, "posture.confirmed"));
    }

    [DatabaseFact]
    public async Task A_use_outside_of_our_windows_calls_the_duty_managers_at_once_and_once()
    {
        await using var stage = await Stage.SetAsync();
        await ReviewAsync(stage);
        stage.Clock.Advance(TimeSpan.FromDays(1));
        var use = ("password_last_used", Iso(stage.Clock.GetUtcNow().AddHours(-3)));

        await BringAsync(stage, Stage.Paul, 2, use);
        await BringAsync(stage, Stage.Petra, 1, use);
        await ReviewAsync(stage);

        var card = Assert.Single(await stage.CardsAsync(Purpose.Notice, Stage.Dora));
        Assert.Equal($"Production ({Number}): root may have been abused", card.Title);
        Assert.Equal(PracticeState.Deviates, (await FindingAsync(stage, Practice.LastUse)).State);

        await BringAsync(stage, Stage.Paul, 0.5, ("password_last_used", Iso(stage.Clock.GetUtcNow().AddHours(-1))));
        Assert.Equal(2, (await stage.CardsAsync(Purpose.Notice, Stage.Dora)).Count);
    }

    [DatabaseTheory]
    [InlineData(-4, true)]
    [InlineData(-6, false)]
    [InlineData(30, true)]
    [InlineData(64, true)]
    [InlineData(66, false)]
    public async Task A_use_in_a_window_is_good_as_exactly_as_AWS_says_it(int minutes, bool good)
    {
        await using var stage = await Stage.SetAsync();
        await ReviewAsync(stage);
        stage.Clock.Advance(TimeSpan.FromDays(1));
        var opened = stage.Clock.GetUtcNow();
        await stage.OpenAsync();
        stage.Clock.Advance(TimeSpan.FromHours(3));

        await BringAsync(stage, Stage.Petra, 1, ("password_last_used", Iso(opened.AddMinutes(minutes))));

        var state = good ? PracticeState.Good : PracticeState.Deviates;
        Assert.Equal(state, (await FindingAsync(stage, Practice.LastUse)).State);
    }

    [DatabaseFact]
    public async Task The_window_of_a_drill_explains_no_use()
    {
        await using var stage = await Stage.SetAsync();
        await ReviewAsync(stage);
        stage.Clock.Advance(TimeSpan.FromDays(1));
        await stage.ClickAsync(Stage.Dora, Actions.Drill, inputs: [("text", Number)]);
        var drill = await stage.InDbAsync(db => db.Requests.Select(r => r.Id).SingleAsync());
        await stage.ClickAsync(Stage.Paul, Actions.Approve, drill.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, drill.ToString());
        var within = stage.Clock.GetUtcNow().AddMinutes(10);
        Assert.True((await stage.RequestAsync(drill)).Window!.IsOpenAt(within));
        stage.Clock.Advance(TimeSpan.FromHours(3));

        await BringAsync(stage, Stage.Petra, 1, ("password_last_used", Iso(within)));

        Assert.Equal(PracticeState.Deviates, (await FindingAsync(stage, Practice.LastUse)).State);
    }

    [DatabaseFact]
    [Trait("Law", "5")]
    public async Task Good_does_not_outlive_its_evidence_whether_the_job_comes_or_not()
    {
        await using var stage = await Stage.SetAsync();
        await BringAsync(stage, Stage.Paul);
        Assert.Equal(PracticeState.Good, (await FindingAsync(stage, Practice.NoAccessKeys)).State);

        stage.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Contains("Stale: no access keys", await ShownAsync(stage), StringComparison.Ordinal);
        var overview = Assert.IsType<Reply.Drawn>(await stage.ClickAsync(Stage.Paul, Actions.Posture));
        Assert.Contains(overview.Card.Facts, f => f.Name == $"Stale: no access keys of Production ({Number})");
        await ReviewAsync(stage);
        Assert.Equal(PracticeState.Stale, (await FindingAsync(stage, Practice.NoAccessKeys)).State);
    }

    [DatabaseFact]
    public async Task Groups_in_which_too_few_could_answer_deviate()
    {
        await using var stage = await Stage.SetAsync();
        await ReviewAsync(stage);
        Assert.Equal(PracticeState.Good, (await FindingAsync(stage, Practice.Staffed)).State);

        await stage.ChangeAsync(Stage.Petra, p => p.Suspend());
        await ReviewAsync(stage);
        await ReviewAsync(stage);

        var finding = await FindingAsync(stage, Practice.Staffed);
        Assert.Equal(PracticeState.Deviates, finding.State);
        Assert.Contains("1 of at least 2 people may hold the password half", finding.Words, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task What_a_person_saw_of_the_contacts_counts_with_their_name_and_day()
    {
        await using var stage = await Stage.SetAsync();
        Assert.IsType<Reply.Corrected>(await AttestAsync(stage, Stage.Paul, "right", "but billing"));
        Assert.IsType<Reply.Corrected>(await AttestAsync(stage, Stage.Paul, "wrong", ""));
        Assert.IsType<Reply.Corrected>(await AttestAsync(stage, Stage.Paul, "", ""));
        Assert.Contains(
            "no such account",
            Text(await AttestAsync(stage, Stage.Rita, "right", "")),
            StringComparison.Ordinal
        );

        await AttestAsync(stage, Stage.Paul, "wrong", "The security contact has left.");
        Assert.Equal(PracticeState.Deviates, (await FindingAsync(stage, Practice.Contacts)).State);
        await AttestAsync(stage, Stage.Mona, "right", "");

        Assert.Equal(PracticeState.Good, (await FindingAsync(stage, Practice.Contacts)).State);
        Assert.Contains("reported by mona", await ShownAsync(stage), StringComparison.OrdinalIgnoreCase);
    }

    [DatabaseFact]
    public async Task The_worst_stands_first_and_a_form_that_makes_no_sense_comes_back_with_its_fault()
    {
        await using var stage = await Stage.SetAsync();
        await BringAsync(
            stage,
            Stage.Paul,
            1,
            ("mfa_active", "false"),
            ("access_key_1_active", "true"),
            ("password_last_changed", "2020-01-01T00:00:00Z")
        );

        var card = Assert.IsType<Reply.Drawn>(await stage.ClickAsync(Stage.Dora, Actions.Posture)).Card;
        Assert.Equal("Posture: 4 deviations", card.Title);
        Assert.StartsWith("Deviates: MFA present", card.Facts[0].Name, StringComparison.Ordinal);
        Assert.DoesNotContain(card.Choices, c => c.Action == Actions.Witness);
        Assert.Contains(
            Assert.IsType<Reply.Drawn>(await stage.ClickAsync(Stage.Mona, Actions.Posture)).Card.Choices,
            c => c.Action == Actions.Witness
        );

        var form = Assert.IsType<Reply.Corrected>(
            await stage.ClickAsync(Stage.Paul, Actions.Report, submits: true, inputs: [("lines", "hello")])
        );
        Assert.Equal(["generated", "lines"], form.Errors.Keys.Order(StringComparer.Ordinal));
    }

    internal static async Task<Reply> BringAsync(
        Stage stage,
        string person,
        double hoursAgo = 1,
        params (string, string)[] cells
    ) =>
        await stage.ClickAsync(
            person,
            Actions.Report,
            submits: true,
            inputs:
            [
                ("lines", Reports.Text(cells)),
                (
                    "generated",
                    stage
                        .Clock.GetUtcNow()
                        .AddHours(-hoursAgo)
                        .ToUnixTimeSeconds()
                        .ToString(CultureInfo.InvariantCulture)
                ),
            ]
        );

    internal static Task ReviewAsync(Stage stage) =>
        stage.RunAsync<ReviewPostureJob>(job => job.RunAsync(CancellationToken.None));

    private static Task<Reply> AttestAsync(Stage stage, string person, string how, string wrong) =>
        stage.ClickAsync(
            person,
            Actions.Contacts,
            submits: true,
            inputs: [("account", Number), ("how", how), ("wrong", wrong)]
        );

    private static async Task<string> ConfirmAsync(Stage stage, string person) =>
        Text(await stage.ClickAsync(person, Actions.Witness, await EvidenceAsync(stage), submits: true));

    private static Task<Evidence> ReportAsync(Stage stage) =>
        stage.InDbAsync(db => db.Evidence.SingleAsync(e => e.Source == EvidenceSource.CredentialReport));

    private static async Task<string> EvidenceAsync(Stage stage) => (await ReportAsync(stage)).Id.ToString();

    private static Task<Finding> FindingAsync(Stage stage, Practice practice) =>
        stage.InDbAsync(db => db.Findings.SingleAsync(f => f.Account == stage.Account && f.Practice == practice));

    private static async Task<string> ShownAsync(Stage stage)
    {
        var reply = await stage.ClickAsync(Stage.Paul, Actions.Posture, inputs: [("text", Number)]);
        return string.Join('\n', Assert.IsType<Reply.Drawn>(reply).Card.Facts.Select(f => $"{f.Name}: {f.Value}"));
    }

    private static async Task<int> AuditedAsync(Stage stage, string what)
    {
        var rows = await stage.InDbAsync(db => db.Audit.AsNoTracking().ToListAsync());
        return rows.Count(r => r.Entry.Contains($"\"{what}\"", StringComparison.Ordinal));
    }

    private static string Text(Reply reply) => Assert.IsType<Reply.Said>(reply).Text;

    private static string Iso(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);
}
