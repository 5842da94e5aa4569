using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using RootCustody.Chat;
using RootCustody.Desk.People;
using RootCustody.Playground;
using RootCustody.Playground.FakeSlack;
using RootCustody.Reveals;
using RootCustody.Slack;
using RootCustody.Slack.Drawing;
using RootCustody.Slack.Outbound;
using RootCustody.Tests.Chat;

namespace RootCustody.Tests.Slack;

public sealed class QrTextTests
{
    private const string Key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    [Fact]
    public void It_can_be_scanned()
    {
        using var key = Secret.OfText(Key);
        using var qr = QrMaker.OfKey(key, "Paul");

        Assert.Equal($"otpauth://totp/RootCustody:Paul?secret={Key}&issuer=RootCustody", Scanner.ScanText(Draw(qr)));
    }

    [Fact]
    public void Any_code_stays_within_a_text_and_the_width_of_a_modal() =>
        Gen.Select(Gen.Int[1, 10], Gen.Byte.Array[QrMatrix.Largest * QrMatrix.Largest])
            .Sample(
                (version, bytes) =>
                {
                    var size = 17 + 4 * version;
                    var modules = bytes[..(size * size)].Select(b => (byte)(b % 2)).ToArray();
                    using var qr = QrMatrix.Take([.. modules]);

                    var lines = Draw(qr).Split('\n');

                    Assert.All(lines, line => Assert.Equal(size + 8, line.Length));
                    Assert.InRange(lines.Sum(l => l.Length + 1), 1, 3000);
                    Assert.InRange(lines[0].Length, 1, 65);
                    for (var i = 0; i < modules.Length; i++)
                    {
                        var (row, letter) = (i / size + 4, lines[(i / size + 4) / 2][i % size + 4]);
                        Assert.Equal(modules[i] != 0, letter == '█' || letter == (row % 2 == 0 ? '▀' : '▄'));
                    }
                },
                iter: 100
            );

    [Fact]
    [Trait("Law", "8")]
    public async Task On_a_modal_it_stands_above_its_key_and_no_log_has_either()
    {
        await using var slack = await FakeSlackPlatform.StartAsync(new FakeTimeProvider(Stage.Noon));
        using var logs = new Logs();
        await using var services = ServicesOf(slack, logs);
        var place = new ChatPlace(ChatPlatform.Slack, FakeSlackPlatform.Provider, "D1");
        var opened = await OpenAsync(services, slack, place);
        var surface = services
            .GetRequiredService<SlackSurfaces>()
            .Modal(Bot.Desk, place, Cast.MonaInSlack.User, opened.Id);

        var outcome = await ShowAsync(surface);

        Assert.Equal(RevealOutcome.Shown, outcome);
        var shown = Assert.Single(slack.Api.Modals);
        Assert.Equal(2, shown.Literals.Count);
        Assert.Contains($"secret={Key}&", Scanner.ScanText(shown.Literals[0]), StringComparison.Ordinal);
        Assert.Equal(Key, shown.Literals[1]);
        Assert.DoesNotContain(Key, logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain('█', logs.All);
        Assert.DoesNotContain("\\u2588", logs.All, StringComparison.OrdinalIgnoreCase);
    }

    private static string Draw(QrMatrix qr)
    {
        using var drawn = QrText.Draw(qr);
        return JsonSerializer.Deserialize<string>(drawn.Bytes)!;
    }

    private static async Task<RevealOutcome> ShowAsync(RevealSurface surface)
    {
        using var key = Secret.OfText(Key);
        using var qr = QrMaker.OfKey(key, "Mona");
        var showing = new Showing(
            "Enrol",
            "Scan it.",
            [new ShownLine("Key", key, qr)],
            Stage.Noon,
            new Choice(Actions.Confirm, "I added it", "")
        );
        return await surface.ShowAsync(showing, TestContext.Current.CancellationToken);
    }

    private static async Task<SlackModal> OpenAsync(ServiceProvider services, FakeSlackPlatform slack, ChatPlace place)
    {
        var body = new System.Text.Json.Nodes.JsonObject
        {
            ["trigger_id"] = slack.Api.NewTrigger(Bot.Desk, Cast.MonaInSlack),
            ["view"] = Views.Loading(place.Conversation),
        };
        await services
            .GetRequiredService<SlackApi>()
            .CallAsync(Bot.Desk, place.Realm, "views.open", body, TestContext.Current.CancellationToken);
        return Assert.Single(slack.Api.Modals);
    }

    private static ServiceProvider ServicesOf(FakeSlackPlatform slack, Logs logs)
    {
        var settings = new SlackSettings
        {
            ApiAddress = new Uri(slack.Address, "/api/").ToString(),
            Desk =
            {
                SigningSecret = "s",
                Workspaces =
                {
                    [FakeSlackPlatform.Provider] = FakeSlackPlatform.TokenOf(Bot.Desk, FakeSlackPlatform.Provider),
                },
            },
        };
        return new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddLogging(l => l.AddProvider(logs).SetMinimumLevel(LogLevel.Trace))
            .AddSlack(settings, new HashSet<Bot> { Bot.Desk })
            .BuildServiceProvider();
    }

    /// <summary>Everything that anyone logs, with all its parts.</summary>
    private sealed class Logs : ILoggerProvider, ILogger
    {
        private readonly System.Text.StringBuilder all = new();

        public string All
        {
            get
            {
                lock (all)
                    return all.ToString();
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            lock (all)
                all.Append(formatter(state, exception)).Append(exception).Append('\n');
        }

        public void Dispose() { }
    }
}
