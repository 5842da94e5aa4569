using System.Diagnostics;
using System.Diagnostics.Metrics;
using RootCustody.Chat;

namespace RootCustody.Data;

/// <summary>
/// What is measured and traced of the work itself. Each tag is of a closed set: never an account, a person, an id, an address
/// or a free text (law 8), and nothing that a client made up could make the number of series grow.
/// </summary>
public static class Telemetry
{
    /// <summary>The name of the meters and of the source of traces.</summary>
    public const string Name = "RootCustody";

    private const string Other = "other";

    private static readonly ActivitySource Traces = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Clicks = Seconds(
        "rootcustody.click.duration",
        "What people pressed, typed or sent, from the proof of who it was to the answer"
    );
    private static readonly Histogram<double> Decisions = Seconds(
        "rootcustody.decision.duration",
        "Decisions, from the wait for the turn to the commit"
    );
    private static readonly Counter<long> Retried = Count(
        "rootcustody.decision.retried",
        "Decisions made again because someone was faster"
    );
    private static readonly Counter<long> Approvals = Count("rootcustody.approvals", "Clicks on Approve or Rotate");
    private static readonly Counter<long> Reveals = Count("rootcustody.reveals", "Halves asked for by their holders");
    private static readonly Histogram<double> Vaults = Seconds(
        "rootcustody.vault.duration",
        "What was asked of a vault"
    );
    private static readonly Histogram<double> Sends = Seconds(
        "rootcustody.outbox.send.duration",
        "Messages of the outbox handed to a platform"
    );
    private static readonly Histogram<double> Jobs = Seconds("rootcustody.job.duration", "Runs of a job");
    private static readonly Histogram<double> Lags = Seconds(
        "rootcustody.job.lag",
        "How long a recurring job waited for someone to run it"
    );

    public static Measured Click(Click click) =>
        Begin(
            "click",
            Clicks,
            [
                new("platform", click.By.Platform.ToString()),
                new("bot", click.Bot.ToString()),
                new("action", Actions.Knows(click.Action) ? click.Action : Other),
            ]
        );

    public static Measured Decision() => Begin("decide", Decisions, []);

    public static void LostRace() => Retried.Add(1);

    /// <param name="half">The half whose group they are in; null if in none.</param>
    /// <param name="outcome">One of a closed set.</param>
    public static void Approved(Half? half, string outcome) =>
        Approvals.Add(1, new("half", half?.ToString() ?? "none"), new("outcome", outcome));

    /// <inheritdoc cref="Approved"/>
    public static void Revealed(Half half, string outcome) =>
        Reveals.Add(1, new("half", half.ToString()), new("outcome", outcome));

    /// <param name="operation">One of a closed set.</param>
    public static Measured Vault(Half half, string operation) =>
        Begin("vault", Vaults, [new("half", half.ToString()), new("operation", operation)]);

    public static Measured Send(Bot bot, ChatPlatform platform) =>
        Begin("outbox send", Sends, [new("bot", bot.ToString()), new("platform", platform.ToString())]);

    /// <param name="job">One of a closed set.</param>
    public static Measured Job(string job) => Begin("job", Jobs, [new("job", job)]);

    public static void Lag(string job, TimeSpan waited) => Lags.Record(waited.TotalSeconds, [new("job", job)]);

    private static Measured Begin(string name, Histogram<double> histogram, KeyValuePair<string, object?>[] tags) =>
        new(Traces.StartActivity(name), histogram, tags);

    private static Histogram<double> Seconds(string name, string description) =>
        Meter.CreateHistogram<double>(
            name,
            "s",
            description,
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries =
                [
                    0.001,
                    0.0025,
                    0.005,
                    0.01,
                    0.025,
                    0.05,
                    0.1,
                    0.25,
                    0.5,
                    1,
                    2.5,
                    5,
                    10,
                    30,
                    60,
                ],
            }
        );

    private static Counter<long> Count(string name, string description) =>
        Meter.CreateCounter<long>(name, null, description);

    /// <summary>Something that takes its time: measured, and traced if anyone traces, under the same tags.</summary>
    public sealed class Measured : IDisposable
    {
        private const string Broken = "Broken";

        private readonly Activity? activity;
        private readonly Histogram<double> histogram;
        private readonly KeyValuePair<string, object?>[] tags;
        private readonly long began = Stopwatch.GetTimestamp();

        internal Measured(Activity? activity, Histogram<double> histogram, KeyValuePair<string, object?>[] tags) =>
            (this.activity, this.histogram, this.tags) = (activity, histogram, tags);

        /// <summary>One of a closed set. What stays if an exception ends it says so, and nothing of the exception.</summary>
        public string Outcome { get; set; } = Broken;

        public void Dispose()
        {
            var all = new TagList(tags) { { "outcome", Outcome } };
            histogram.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, all);
            if (activity is null)
                return;
            foreach (var (name, value) in all)
                activity.SetTag(name, value);
            if (Outcome == Broken)
                activity.SetStatus(ActivityStatusCode.Error);
            activity.Dispose();
        }
    }
}
