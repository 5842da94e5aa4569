using RootCustody.Posture;
using static RootCustody.Tests.Posture.Reports;

namespace RootCustody.Tests.Posture;

public sealed class JudgeTests
{
    private static readonly Practice[] ByReport =
    [
        .. Practices.All.Where(p => p.Source() == EvidenceSource.CredentialReport),
    ];

    [Fact]
    public void All_is_good_where_all_is_as_it_should_be()
    {
        var judged = Judge.All(Facts());

        Assert.All(judged, j => Assert.Equal(PracticeState.Good, j.State));
        Assert.Equal(Practices.All.Except([Practice.Staffed]).Order(), judged.Select(j => j.Practice).Order());
    }

    [Fact]
    [Trait("Law", "16")]
    public void Without_evidence_nothing_is_known()
    {
        var judged = Judge.All(Facts() with { Line = null, Contacts = null, Policy = new Policy() });

        Assert.All(judged, j => Assert.Equal(PracticeState.Unknown, j.State));
    }

    [Fact]
    public void What_an_old_report_says_well_is_stale_and_what_it_says_ill_stays()
    {
        var old = Facts(("mfa_active", "false")) with { Generated = Noon.AddDays(-30) };

        var judged = Judge.All(old).Where(j => ByReport.Contains(j.Practice)).ToDictionary(j => j.Practice);

        Assert.Equal(PracticeState.Stale, judged[Practice.NoAccessKeys].State);
        Assert.Equal(PracticeState.Deviates, judged[Practice.MfaPresent].State);
        Assert.Equal(
            PracticeState.Good,
            Of(Facts() with { Generated = Noon.AddDays(-29) }, Practice.NoAccessKeys).State
        );
    }

    [Theory]
    [InlineData("access_key_1_active", "true", Practice.NoAccessKeys, PracticeState.Deviates)]
    [InlineData("access_key_2_active", "N/A", Practice.NoAccessKeys, PracticeState.Unknown)]
    [InlineData("access_key_2_active", "perhaps", Practice.NoAccessKeys, PracticeState.Unknown)]
    [InlineData("access_key_2_last_rotated", "2020-01-01T00:00:00Z", Practice.NoAccessKeys, PracticeState.Deviates)]
    [InlineData("additional_credentials_info", "more", Practice.NoAccessKeys, PracticeState.Deviates)]
    [InlineData("additional_credentials_info", "N/A", Practice.NoAccessKeys, PracticeState.Good)]
    [InlineData("cert_2_active", "true", Practice.NoCertificates, PracticeState.Deviates)]
    [InlineData("cert_1_active", "not_supported", Practice.NoCertificates, PracticeState.Unknown)]
    [InlineData("cert_1_last_rotated", "2020-01-01T00:00:00Z", Practice.NoCertificates, PracticeState.Deviates)]
    [InlineData("mfa_active", "false", Practice.MfaPresent, PracticeState.Deviates)]
    [InlineData("mfa_active", "no_information", Practice.MfaPresent, PracticeState.Unknown)]
    [InlineData("password_last_changed", "not_supported", Practice.PasswordAge, PracticeState.Unknown)]
    [InlineData("password_last_changed", "2026-08-25T11:59:59Z", Practice.PasswordAge, PracticeState.Deviates)]
    [InlineData("password_last_changed", "2026-08-25T12:00:01Z", Practice.PasswordAge, PracticeState.Good)]
    [InlineData("password_last_changed", "2030-01-01T00:00:00Z", Practice.PasswordAge, PracticeState.Unknown)]
    [InlineData("password_enabled", "false", Practice.PasswordAge, PracticeState.Deviates)]
    [InlineData("password_last_used", "no_information", Practice.LastUse, PracticeState.Unknown)]
    [InlineData("password_last_used", "2030-01-01T00:00:00Z", Practice.LastUse, PracticeState.Unknown)]
    public void Each_column_counts_for_its_practice(
        string column,
        string value,
        Practice practice,
        PracticeState state
    ) => Assert.Equal(state, Of(Facts((column, value)), practice).State);

    [Theory]
    [InlineData("true", 1, PracticeState.Good)]
    [InlineData("true", 0, PracticeState.Deviates)]
    [InlineData("false", 1, PracticeState.Deviates)]
    [InlineData("false", 0, PracticeState.Deviates)]
    [InlineData("N/A", 1, PracticeState.Unknown)]
    public void Our_register_of_devices_is_held_against_what_AWS_says(
        string active,
        int devices,
        PracticeState state
    ) =>
        Assert.Equal(state, Of(Facts(("mfa_active", active)) with { Devices = devices }, Practice.MfaRegistered).State);

    [Fact]
    public void A_use_outside_of_a_window_calls_and_one_before_we_watched_does_not()
    {
        var outside = Of(Facts() with { UsedInWindow = false }, Practice.LastUse);
        var before = Of(Facts() with { UsedInWindow = false, WatchedSince = Noon }, Practice.LastUse);
        var inside = Of(Facts(), Practice.LastUse);

        Assert.Equal((PracticeState.Deviates, At("2026-11-02T08:14:11Z")), (outside.State, outside.Use));
        Assert.Equal((PracticeState.Good, null), (before.State, before.Use));
        Assert.Equal((PracticeState.Good, null), (inside.State, inside.Use));
    }

    [Fact]
    public void A_change_that_our_log_does_not_know_deviates_and_calls()
    {
        var judged = Of(Facts() with { ChangedInWindow = false }, Practice.PasswordAge);

        Assert.Equal((PracticeState.Deviates, At("2026-11-01T10:00:00Z")), (judged.State, judged.Use));
    }

    [Fact]
    public void A_rotation_that_our_log_knows_and_AWS_does_not_deviates_unless_the_report_is_older()
    {
        var rotated = new OwnRotation(At("2026-11-20T08:00:00Z"), At("2026-11-20T08:30:00Z"));
        var facts = Facts() with { Rotated = rotated };

        Assert.Equal(PracticeState.Deviates, Of(facts, Practice.PasswordAge).State);
        Assert.Equal(
            PracticeState.Good,
            Of(facts with { Generated = At("2026-11-20T08:29:00Z") }, Practice.PasswordAge).State
        );
        Assert.Equal(
            PracticeState.Good,
            Of(
                Facts(("password_last_changed", "2026-11-20T08:10:00Z")) with
                {
                    Rotated = rotated,
                },
                Practice.PasswordAge
            ).State
        );
    }

    [Fact]
    public void A_password_is_good_until_it_is_too_old_or_the_report_is()
    {
        var young = Of(Facts(), Practice.PasswordAge);
        var old = Of(Facts(("password_last_changed", "2026-08-30T12:00:00Z")), Practice.PasswordAge);

        Assert.Equal(Noon.AddHours(-1).AddDays(30), young.GoodUntil);
        Assert.Equal(At("2026-08-30T12:00:00Z").AddDays(90), old.GoodUntil);
    }

    [Theory]
    [InlineData("aws+*@provider.example", PracticeState.Good)]
    [InlineData("root-*@provider.example; AWS+*@Provider.example", PracticeState.Good)]
    [InlineData("root-*@provider.example", PracticeState.Deviates)]
    [InlineData("aws.*@provider.example", PracticeState.Deviates)]
    [InlineData("", PracticeState.Unknown)]
    public void The_root_address_is_one_of_the_providers(string patterns, PracticeState state) =>
        Assert.Equal(state, Of(Facts() with { Policy = new Policy { RootEmails = patterns } }, Practice.Alias).State);

    [Theory]
    [InlineData("*@*")]
    [InlineData("aws")]
    [InlineData("aws@a@b")]
    [InlineData("a b@provider.example")]
    [InlineData("aws+*@provider.example; @x")]
    public void A_pattern_that_makes_no_sense_is_refused_when_it_is_set(string patterns) =>
        Assert.StartsWith("RootEmails: ", new Policy { RootEmails = patterns }.Fault(), StringComparison.Ordinal);

    [Fact]
    public void A_star_goes_over_no_at_sign_and_the_whole_address_counts()
    {
        Assert.False(RootEmails.Match("aws+*@provider.example", "aws+x@evil.example@provider.example"));
        Assert.False(RootEmails.Match("aws+*@provider.example", "aws+x@provider.example.evil.example"));
        Assert.False(RootEmails.Match("aws+*@provider.example", "aws+x@providerxexample"));
    }

    [Fact]
    public void What_somebody_saw_of_the_contacts_counts_for_a_year()
    {
        Assert.Equal(PracticeState.Deviates, Of(Facts() with { Contacts = "billing" }, Practice.Contacts).State);
        Assert.Equal(
            PracticeState.Stale,
            Of(Facts() with { ContactsAt = Noon.AddDays(-365) }, Practice.Contacts).State
        );
    }

    private static Judgement Of(PostureFacts facts, Practice practice) =>
        Judge.All(facts).Single(j => j.Practice == practice);

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
