using System.Text;
using Microsoft.Extensions.Configuration;
using RootCustody.Desk.OnCall;
using RootCustody.Host;

namespace RootCustody.Tests.Desk.OnCall;

/// <summary>The section <c>RootCustody:OnCall</c> as it is written and read.</summary>
public sealed class OnCallSettingsTests
{
    private const string Turns = "\"Turns\": [\"paul\"], \"HandOver\": \"Mon 09:00\", \"Start\": \"2026-11-23\"";

    [Fact]
    public void All_of_it_is_read()
    {
        var group = Bound(
            """
            "Zone": "Europe/Berlin", "Turns": ["paul", "petra"], "HandOver": "Mon 09:00", "Start": "2026-11-23",
            "Shifts": [{ "Hours": "Mon-Fri 18:00-08:00", "Persons": ["pia", "paul"] }],
            "Feed": {
              "Source": "https://feeds.example/on-call.ics", "MaxAge": "01:00:00", "Timeout": "00:00:02",
              "LargestKilobytes": 100, "Names": { "paul": ["Paul: first", "Peters, Paul"], "petra": ["Petra"] }
            }
            """
        );

        Assert.Equal(("Europe/Berlin", "Mon 09:00", "2026-11-23"), (group.Zone, group.HandOver, group.Start));
        Assert.Equal(["paul", "petra"], group.Turns);
        var shift = Assert.Single(group.Shifts);
        Assert.Equal("Mon-Fri 18:00-08:00", shift.Hours);
        Assert.Equal(["pia", "paul"], shift.Persons);
        Assert.Equal("https://feeds.example/on-call.ics", group.Feed.Source);
        Assert.Equal(
            (TimeSpan.FromHours(1), TimeSpan.FromSeconds(2), 100),
            (group.Feed.MaxAge, group.Feed.Timeout, group.Feed.LargestKilobytes)
        );
        Assert.Equal(["Paul: first", "Peters, Paul"], group.Feed.Names["paul"]);
        Assert.Equal(["Petra"], group.Feed.Names["petra"]);
    }

    [Theory]
    [InlineData(Turns)]
    [InlineData("\"Shifts\": [{ \"Hours\": \"Sat 00:00-24:00\", \"Persons\": [\"pia\"] }]")]
    [InlineData("\"Feed\": { \"Source\": \"https://feeds.example/on-call.ics\" }")]
    [InlineData("\"Feed\": { \"Source\": \"http://127.0.0.1:8080/on-call.ics\" }")]
    [InlineData("\"Feed\": { \"Source\": \"http://localhost/on-call.ics\" }")]
    [InlineData("\"Feed\": { \"Source\": \"on-call.ics\" }")]
    public void Each_kind_alone_is_enough(string settings) => Assert.Empty(Faults(settings));

    [Theory]
    [InlineData("\"Zone\": \"UTC\"", " names nobody: give Turns, Shifts or Feed:Source, or take the section out.")]
    [InlineData(
        "\"Turns\": [], \"Shifts\": []",
        " names nobody: give Turns, Shifts or Feed:Source, or take the section out."
    )]
    [InlineData(
        Turns + ", \"Zone\": \"Europe/Nowhere\"",
        ":Zone: 'Europe/Nowhere' is no time zone; say one such as Europe/Berlin."
    )]
    [InlineData(Turns + ", \"Zone\": \"\"", ":Zone: '' is no time zone; say one such as Europe/Berlin.")]
    [InlineData("\"Turns\": [\"paul\"], \"Start\": \"2026-11-23\"", ":HandOver: '' is no day and time; say Mon 09:00.")]
    [InlineData(
        "\"Turns\": [\"paul\"], \"HandOver\": \"Mon 9\", \"Start\": \"2026-11-23\"",
        ":HandOver: 'Mon 9' is no day and time; say Mon 09:00."
    )]
    [InlineData(
        "\"Turns\": [\"paul\"], \"HandOver\": \"Mon 09:00\"",
        ":Start: '' is no day between 2000 and 2999; say 2026-11-23."
    )]
    [InlineData(
        "\"Turns\": [\"Paul P.\"], \"HandOver\": \"Mon 09:00\", \"Start\": \"2026-11-23\"",
        ":Turns: 'Paul P.' is no key of a person, which must be 1 to 63 lower-case letters, digits and dashes, and not begin with a dash."
    )]
    [InlineData(
        "\"Turns\": [], \"HandOver\": \"Mon 09:00\", \"Feed\": { \"Source\": \"a.ics\" }",
        ":Turns is empty; name who takes turns, or take HandOver and Start out."
    )]
    [InlineData(
        "\"Shifts\": [{ \"Hours\": \"Mon 9-5\", \"Persons\": [\"pia\"] }]",
        ":Shifts:0:Hours: '9-5' are no hours; say 18:00-08:00."
    )]
    [InlineData(
        Turns + ", \"Shifts\": [{ \"Hours\": \"Mon 09:00-17:00\" }]",
        ":Shifts:0:Persons is empty; name who is on call then."
    )]
    [InlineData(
        "\"Feed\": { \"Source\": \"http://feeds.example/x\" }",
        ":Feed:Source must be https; plain http is for this machine only."
    )]
    [InlineData(
        "\"Feed\": { \"Source\": \"webcal://feeds.example/x\" }",
        ":Feed:Source must be an https address or the path of a file."
    )]
    [InlineData(
        "\"Feed\": { \"Source\": \"file:///etc/on-call.ics\" }",
        ":Feed:Source must be an https address or the path of a file."
    )]
    [InlineData(
        "\"Feed\": { \"Source\": \"https://\" }",
        ":Feed:Source must be an https address or the path of a file."
    )]
    [InlineData(
        "\"Feed\": { \"Source\": \"https://me:pw@feeds.example/x\" }",
        ":Feed:Source must not hold a user name or password."
    )]
    [InlineData(
        Turns + ", \"Feed\": { \"Names\": { \"paul\": [\"Paul\"] } }",
        ":Feed:Source is empty, although Names are given; say where the calendar is."
    )]
    [InlineData(
        "\"Feed\": { \"Source\": \"a.ics\", \"MaxAge\": \"00:00:00\" }",
        ":Feed:MaxAge must be longer than nothing and no longer than 7 days."
    )]
    [InlineData(
        "\"Feed\": { \"Source\": \"a.ics\", \"Timeout\": \"00:02:00\" }",
        ":Feed:Timeout must be longer than nothing and no longer than 60 seconds."
    )]
    [InlineData(
        "\"Feed\": { \"Source\": \"a.ics\", \"LargestKilobytes\": 0 }",
        ":Feed:LargestKilobytes must lie between 1 and 10240."
    )]
    [InlineData(
        "\"Feed\": { \"Source\": \"a.ics\", \"Names\": { \"Paul\": [\"x\"] } }",
        ":Feed:Names: 'Paul' is no key of a person, which must be 1 to 63 lower-case letters, digits and dashes, and not begin with a dash."
    )]
    [InlineData(
        "\"Feed\": { \"Source\": \"a.ics\", \"Names\": { \"paul\": [\" \"] } }",
        ":Feed:Names:paul must hold texts of the calendar that mean this person, and none that is empty."
    )]
    [InlineData(
        "\"Feed\": { \"Source\": \"a.ics\", \"Names\": { \"paul\": [\"x\"], \"petra\": [\"y\", \"x \"] } }",
        ":Feed:Names: the same text stands for paul and petra; one text means one person."
    )]
    public void What_makes_no_sense_keeps_the_host_from_starting(string settings, string fault) =>
        Assert.Equal([$"RootCustody:OnCall:passwords{fault}"], Faults(settings));

    [Fact]
    public void A_section_has_the_key_of_a_group() =>
        Assert.Equal(
            [
                "RootCustody:OnCall:The keepers is of no group: a key must be 1 to 63 lower-case letters, digits and dashes, and not begin with a dash.",
            ],
            Read($"\"The keepers\": {{ {Turns} }}").Faults(isDevelopment: true)
        );

    [Fact]
    public void No_fault_quotes_the_address_of_a_feed() =>
        Assert.DoesNotContain(
            "token",
            string.Join(' ', Faults("\"Feed\": { \"Source\": \"http://feeds.example/token\" }")),
            StringComparison.Ordinal
        );

    private static OnCallSettings Bound(string group) => Read($"\"passwords\": {{ {group} }}").OnCall["passwords"];

    private static IEnumerable<string> Faults(string group) =>
        Read($"\"passwords\": {{ {group} }}").Faults(isDevelopment: true);

    private static CustodySettings Read(string groups)
    {
        var settings = new CustodySettings();
        using var json = new MemoryStream(
            Encoding.UTF8.GetBytes($$"""{ "RootCustody": { "OnCall": { {{groups}} } } }""")
        );
        new ConfigurationBuilder().AddJsonStream(json).Build().GetSection(CustodySettings.Section).Bind(settings);
        return settings;
    }
}
