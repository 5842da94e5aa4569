using System.Reflection;

namespace RootCustody.Tests.Laws;

public class PolicyTests
{
    public static TheoryData<string> Lengths =>
        [
            .. typeof(Policy)
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.PropertyType == typeof(TimeSpan))
                .Select(p => p.Name),
        ];

    [Fact]
    public void The_defaults_make_sense() => Assert.Null(new Policy().Fault());

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Every_length_of_time_is_longer_than_nothing(string name)
    {
        var policy = new Policy();
        typeof(Policy).GetProperty(name)!.SetValue(policy, TimeSpan.Zero);

        Assert.StartsWith(name, policy.Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_window_that_the_form_suggests_can_be_asked_for()
    {
        var policy = new Policy { Window = TimeSpan.FromHours(5) };

        Assert.StartsWith(nameof(Policy.Window), policy.Fault(), StringComparison.Ordinal);
    }

    [Fact, Trait("Law", "14")]
    public void A_debt_is_paid_within_a_day()
    {
        Assert.Null(new Policy { RotateAfterUse = TimeSpan.FromHours(24) }.Fault());
        Assert.StartsWith(
            nameof(Policy.RotateAfterUse),
            new Policy { RotateAfterUse = TimeSpan.FromHours(25) }.Fault(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void Guessing_at_the_step_up_has_an_end(int tries, bool faulty) =>
        Assert.Equal(faulty, new Policy { StepUpTries = tries }.Fault() is not null);
}
