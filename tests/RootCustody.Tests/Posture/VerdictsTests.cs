using RootCustody.Posture;

namespace RootCustody.Tests.Posture;

public sealed class VerdictsTests
{
    public static TheoryData<string> Columns => [.. RootLine.Columns, RootLine.AdditionalCredentials];

    [Fact]
    public void Every_column_of_the_header_is_judged_in_its_order()
    {
        var facts = Reports.Facts((RootLine.AdditionalCredentials, "N/A"), ("passkey_1_active", "false"));

        var verdicts = Verdicts.Of(facts, facts.Line!);

        Assert.Equal(
            [.. RootLine.Columns, RootLine.AdditionalCredentials, "passkey_1_active"],
            verdicts.Select(v => v.Column)
        );
        Assert.All(verdicts, v => Assert.EndsWith(".", v.Says, StringComparison.Ordinal));
        Assert.Contains(
            "not understood here",
            verdicts.Single(v => v.Column == "passkey_1_active").Says,
            StringComparison.Ordinal
        );
        Assert.Equal(23, verdicts.Count(v => !v.Says.Contains("not understood here", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Columns))]
    [Trait("Law", "16")]
    public void What_AWS_does_not_say_is_unknown_and_never_good(string column)
    {
        if (column is RootLine.User or RootLine.Arn)
            return; // a line without them is none of a root user
        foreach (var nothing in (string[])["N/A", "not_supported", "no_information", "", "n/a", "NOT_SUPPORTED"])
            Assert.Equal(PracticeState.Unknown, Of(column, nothing).State);
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void What_AWS_never_writes_is_not_good_and_not_repeated(string column)
    {
        if (column is RootLine.User or RootLine.Arn)
            return;
        foreach (var strange in (string[])["=HYPERLINK(1)", "+1+1", "@SUM(1)", "<b>x</b>", "ja.", new string('x', 300)])
        {
            var verdict = Of(column, strange);

            Assert.NotEqual(PracticeState.Good, verdict.State);
            Assert.DoesNotContain(strange, verdict.Says, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(RootLine.Created, "2019-04-01T09:00:00Z", PracticeState.Good)]
    [InlineData(RootLine.PasswordEnabled, "TRUE", PracticeState.Good)]
    [InlineData(RootLine.PasswordEnabled, "false", PracticeState.Deviates)]
    [InlineData(RootLine.PasswordLastUsed, "2026-11-02T08:14:11+00:00", PracticeState.Good)]
    [InlineData(RootLine.PasswordLastChanged, "2026-11-02T08:14:11+00:00", PracticeState.Good)]
    [InlineData(RootLine.PasswordLastChanged, "2026-01-02T08:14:11+00:00", PracticeState.Deviates)]
    [InlineData(RootLine.PasswordNextRotation, "2026-11-02T08:14:11+00:00", PracticeState.Unknown)]
    [InlineData(RootLine.MfaActive, "True", PracticeState.Good)]
    [InlineData(RootLine.MfaActive, "False", PracticeState.Deviates)]
    [InlineData("access_key_1_active", "false", PracticeState.Good)]
    [InlineData("access_key_1_active", "true", PracticeState.Deviates)]
    [InlineData("access_key_2_last_rotated", "2020-01-01T00:00:00+00:00", PracticeState.Deviates)]
    [InlineData("access_key_2_last_used_date", "2020-01-01T00:00:00+00:00", PracticeState.Deviates)]
    [InlineData("access_key_1_last_used_region", "eu-central-1", PracticeState.Deviates)]
    [InlineData("access_key_2_last_used_service", "s3", PracticeState.Deviates)]
    [InlineData("cert_1_active", "true", PracticeState.Deviates)]
    [InlineData("cert_2_active", "false", PracticeState.Good)]
    [InlineData("cert_2_last_rotated", "2020-01-01T00:00:00+00:00", PracticeState.Deviates)]
    [InlineData(RootLine.AdditionalCredentials, "[{\"key\":3}]", PracticeState.Deviates)]
    [InlineData("access_key_1_active", "2020-01-01T00:00:00+00:00", PracticeState.Unknown)]
    [InlineData(RootLine.MfaActive, "2020-01-01T00:00:00+00:00", PracticeState.Unknown)]
    public void Each_kind_of_value_is_judged(string column, string value, PracticeState state)
    {
        var verdict = Of(column, value);

        Assert.Equal(state, verdict.State);
        Assert.Equal(
            state == PracticeState.Deviates,
            verdict.ToDo is not null && verdict.State != PracticeState.Unknown
        );
    }

    private static Verdict Of(string column, string value)
    {
        var facts = Reports.Facts((column, value));
        return Verdicts.Of(facts, facts.Line!).Single(v => v.Column == column);
    }
}
