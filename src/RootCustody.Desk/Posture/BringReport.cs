using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.People;
using RootCustody.Posture;
using RootCustody.Requests;

namespace RootCustody.Desk.Posture;

/// <summary>Somebody brings what a credential report says of the root user: a file at the console, or two lines in chat. It counts as reported by them until another confirms it.</summary>
public sealed class BringReport(CustodyDb db, Policies policies)
{
    internal const string LinesField = "lines";
    internal const string GeneratedField = "generated";
    private const int LongestLines = 3000; // what Slack takes

    private const string NoAccount =
        "That is the report of no account that you may know of. Its number stands in the column arn.";

    /// <summary>What came of bringing a report.</summary>
    public abstract record Outcome
    {
        private Outcome() { } // closed: these and no other

        /// <param name="IsNew">False if the same was brought before.</param>
        public sealed record Taken(Account Account, IReadOnlyList<Finding> Findings, bool IsNew) : Outcome;

        public sealed record Refused(string Why) : Outcome;
    }

    public static Form Form { get; } =
        new(
            Actions.Report,
            "",
            "Report of root",
            "Report",
            [
                "AWS: IAM, Credential report, Download. Open the file in a text editor, and copy its first line and the line that begins with <root_account>. Other lines name IAM users and are not wanted; they are dropped unread.",
                "It counts as reported by you until another person confirms it.",
            ],
            [
                new Field.Text(LinesField, "The two lines", null, false, true, LongestLines),
                new Field.Moment(
                    GeneratedField,
                    "When AWS made it",
                    "IAM says it beside the button; it may be four hours old.",
                    false
                ),
            ]
        );

    /// <summary>The form was sent.</summary>
    public async Task<Reply> HandleAsync(Person person, Click click, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var read = ReportReader.Read(click.Inputs.GetValueOrDefault(LinesField, ""));
        if (read is ReportReader.Outcome.Faulty faulty)
            errors[LinesField] = faulty.Why;
        if (ReadMoment(click.Inputs.GetValueOrDefault(GeneratedField, "")) is not { } generated)
            errors[GeneratedField] = "Say when AWS made the report.";
        else if (read is ReportReader.Outcome.Found found)
            return await db.DecideAsync(
                () => DecideAsync(found.Line, generated, person.Id, click.By, cancellationToken),
                cancellationToken
            ) switch
            {
                Outcome.Refused refused => new Reply.Said(refused.Why),
                Outcome.Taken taken => new Reply.Drawn(PostureCards.Brought(taken, db.Now)),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        return new Reply.Corrected(Form, errors);
    }

    /// <summary>An operator brings it at the console.</summary>
    /// <param name="generated">When AWS made the report, which itself does not say it.</param>
    public async Task<Outcome> HandleAsync(
        ReadOnlyMemory<byte> content,
        DateTimeOffset generated,
        CancellationToken cancellationToken
    ) =>
        ReportReader.Read(content.Span) switch
        {
            ReportReader.Outcome.Faulty faulty => new Outcome.Refused(faulty.Why),
            ReportReader.Outcome.Found found => await db.DecideAsync(
                () => DecideAsync(found.Line, generated, null, null, cancellationToken),
                cancellationToken
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private async Task<Outcome> DecideAsync(
        RootLine line,
        DateTimeOffset generated,
        PersonId? by,
        ChatUser? through,
        CancellationToken cancellationToken
    )
    {
        var person = by is { } id
            ? await db.People.Include(p => p.Identities).SingleAsync(p => p.Id == id, cancellationToken)
            : null;
        if (person?.CoolsOffAt(db.Now, through) == true)
            return new Outcome.Refused(Sentences.For(Refusal.CoolsOff)); // law 15
        var known = person is null ? db.Accounts : db.AccountsKnownTo(person);
        var account = await known.SingleOrDefaultAsync(a => a.Number == line.Account, cancellationToken);
        if (account is null)
        {
            if (person is null)
                return new Outcome.Refused($"There is no account {line.Account}. Import it first.");
            await db.RefusedAsync(person.Id, "posture.refused", cancellationToken, ("why", Refusal.NotYourAccount));
            return new Outcome.Refused(NoAccount);
        }
        var evidence = await db.EvidenceOfAsync(account, EvidenceSource.CredentialReport, cancellationToken);
        var policy = await policies.OfAsync(account, cancellationToken);
        if (WhyNot(evidence, generated, policy) is { } why)
            return new Outcome.Refused(why);

        var isNew = !evidence.Says(line.ToString(), generated);
        if (isNew)
        {
            evidence.Bring(line.ToString(), generated, by, db.Now);
            db.Record(
                "posture.reported",
                by?.ToString() ?? Recording.Operator,
                ("account", account.Id),
                ("generated", generated.UtcDateTime.ToString("O")),
                ("line", line)
            );
        }
        return new Outcome.Taken(account, await db.ReviewAsync(account, policies, null, cancellationToken), isNew);
    }

    private string? WhyNot(Evidence evidence, DateTimeOffset generated, Policy policy)
    {
        if (generated > db.Now)
            return $"AWS cannot have made this report at {Cell.Say(generated)}: that is still to come.";
        if (generated + policy.ReportLife <= db.Now)
            return $"This report is of {Cell.Say(generated)}, and policy takes none that is older than {policy.ReportLife.TotalDays:0} days. Have AWS make a new one.";
        return generated < evidence.At
            ? $"There is a newer report already, of {Cell.Say(evidence.At)}; this one is of {Cell.Say(generated)}."
            : null;
    }

    private static DateTimeOffset? ReadMoment(string unixSeconds) =>
        long.TryParse(unixSeconds, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
