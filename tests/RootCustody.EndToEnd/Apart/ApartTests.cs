using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using RootCustody.Chat;
using RootCustody.EndToEnd.Crash;
using RootCustody.Host;

namespace RootCustody.EndToEnd.Apart;

/// <summary>Whether processes that are apart are apart: what they were told, what went over their wires, what was in their memory, and what they left behind.</summary>
[Trait("Suite", "apart")]
[Collection(Alone.Name)]
public sealed partial class ApartTests(Evidence evidence) : IClassFixture<Evidence>
{
    private static readonly Bot[] Bots = Enum.GetValues<Bot>();

    private static readonly string[] Moments = [Evidence.PasswordShown, Evidence.CodeShown, Evidence.Over];

    [Fact]
    [Trait("Law", "7")]
    public void Each_process_is_told_its_own_bot_and_vault_and_no_others()
    {
        evidence.Need();

        foreach (var witness in evidence.Witnesses)
        {
            var own = witness
                .Environment.Keys.Where(name => Section().IsMatch(name))
                .Select(name => Section().Match(name).Value)
                .ToHashSet(StringComparer.Ordinal);
            string[] vault = witness.Bot == Bot.Desk ? [] : [$"__{witness.Bot}Vault__"];
            Assert.Equivalent(
                (
                    (string[])[.. vault, "__StepUpVault__", $"__Slack__{witness.Bot}__", $"__Teams__{witness.Bot}__"]
                ).Order(),
                own.Order(),
                strict: true
            );
            var told = string.Join('\n', witness.Environment.Select(v => $"{v.Key}={v.Value}"));
            Assert.All(
                evidence.Marks.Where(m => m.Owner != witness.Bot),
                mark => Assert.False(mark.IsIn(told), $"{witness.Bot} was told {mark.Name}.")
            );
        }
    }

    [Fact]
    [Trait("Law", "7")]
    public void In_production_each_process_would_start_but_for_the_addresses_of_the_stand_ins()
    {
        evidence.Need();

        foreach (var witness in evidence.Witnesses)
        {
            var settings = new CustodySettings();
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    witness
                        .Environment.Where(v => v.Key.StartsWith(CustodySettings.Section, StringComparison.Ordinal))
                        .Select(v =>
                            KeyValuePair.Create(v.Key.Replace("__", ":", StringComparison.Ordinal), (string?)v.Value)
                        )
                )
                .Build()
                .GetSection(CustodySettings.Section)
                .Bind(settings);

            Assert.All(
                settings.Faults(isDevelopment: false),
                fault => Assert.Contains("may be changed in Development only", fault, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    [Trait("Law", "7")]
    [Trait("Law", "8")]
    public void No_process_ever_has_in_its_memory_what_is_of_another()
    {
        evidence.Need();

        // the search finds what is there: each half in its courier while it is revealed, strings in UTF-16 in each process
        Assert.True(Has(Bot.Password, Evidence.PasswordShown, evidence.Password), "The search is blind.");
        Assert.Contains(evidence.Codes, code => Has(Bot.Mfa, Evidence.CodeShown, code));
        Assert.All(
            evidence.Marks.Where(m => m.Name == "a bot token"),
            token => Assert.Contains(Canary.Utf16(token.Text), evidence.Memory[(token.Owner!.Value, Evidence.Over)])
        );
        Assert.All(
            from bot in Bots
            from moment in Moments
            from mark in evidence.Marks
            where mark.Owner != bot
            select (bot, moment, mark),
            look =>
                Assert.False(
                    Has(look.bot, look.moment, look.mark),
                    $"{look.bot} had {look.mark.Name} of {look.mark.Owner} in its memory {look.moment}."
                )
        );
    }

    [Fact]
    [Trait("Law", "7")]
    [Trait("Law", "8")]
    public void No_half_goes_over_the_wire_of_another_process_nor_to_the_database()
    {
        evidence.Need();

        Assert.All(
            evidence.Witnesses,
            w =>
                Assert.All(
                    (string[])[w.Clicks, w.Calls, w.Queries],
                    wire => Assert.True(wire.Length > 1000, "Nothing was recorded.")
                )
        );
        Assert.Equal(evidence.VaultCalls.Got, evidence.VaultCalls.Recorded); // nothing went past the proxies
        // the search finds what is there
        Assert.True(evidence.Password.IsIn(evidence[Bot.Password].Calls));
        Assert.True(evidence.Password.IsIn(evidence[Bot.Password].Clicks));
        Assert.NotEmpty(evidence.Codes);
        Assert.All(evidence.Codes, code => Assert.True(code.IsIn(evidence[Bot.Mfa].Calls)));
        foreach (var witness in evidence.Witnesses)
        {
            var wires = witness.Clicks + witness.Calls;
            Assert.All(
                evidence.Marks.Where(m => m.Owner != witness.Bot),
                mark => Assert.False(mark.IsIn(wires), $"{mark.Name} went over the wires of {witness.Bot}.")
            );
            Assert.All(
                evidence.Marks,
                mark =>
                    Assert.False(mark.IsIn(witness.Queries), $"{mark.Name} went from {witness.Bot} to the database.")
            );
        }
    }

    [Fact]
    [Trait("Law", "8")]
    public void No_secret_is_in_anything_that_lasts()
    {
        evidence.Need();
        var kept = evidence.Kept.Concat(
            evidence.Witnesses.SelectMany(w =>
                (KeyValuePair<string, string>[])
                    [new($"the log of {w.Bot}", w.Log), new($"the files of {w.Bot}", w.Files)]
            )
        );

        Assert.All(evidence.Witnesses, w => Assert.True(w.Log.Length > 50_000, "The logs were not at Trace."));
        Assert.All(
            from place in kept
            from mark in evidence.Marks
            select (place, mark),
            look => Assert.False(look.mark.IsIn(look.place.Value), $"{look.mark.Name} is in {look.place.Key}.")
        );
    }

    [Fact]
    [Trait("Law", "7")]
    public void Couriers_are_closed_to_debuggers_and_say_so()
    {
        evidence.Need();

        Assert.NotEmpty(evidence[Bot.Desk].Sockets); // which is open: the look is not blind
        foreach (var courier in evidence.Witnesses.Where(w => w.Bot != Bot.Desk))
        {
            Assert.Empty(courier.Sockets);
            Assert.Contains("""{"name":"diagnostics","ok":true""", courier.Health, StringComparison.Ordinal);
        }
    }

    private bool Has(Bot process, string moment, Mark mark) =>
        evidence.Memory[(process, moment)].Overlaps(Canary.FormsInMemoryOf(mark.Text));

    /// <summary>A section that is of one bot or vault.</summary>
    [GeneratedRegex(
        "__((Slack|Teams)__(Desk|Password|Mfa)|[A-Za-z]+Vault)__",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Section();
}
