namespace RootCustody.Tests.Policies;

public sealed class PolicyBookTests
{
    [Fact]
    public void The_narrower_layer_counts_and_says_that_it_does()
    {
        var book = new PolicyBook([
            Layer(PolicyScope.Account, "111122223333", ("Window", "00:10:00")),
            Layer(PolicyScope.Provider, "", ("Window", "00:30:00"), ("StepUpTries", "3")),
            Layer(PolicyScope.Customer, "acme", ("Window", "00:20:00")),
        ]);

        Assert.Equal(TimeSpan.FromMinutes(10), book.Of("acme", "111122223333").Window);
        Assert.Equal(TimeSpan.FromMinutes(20), book.Of("acme", "999999999999").Window);
        Assert.Equal(TimeSpan.FromMinutes(30), book.Of("other", "").Window);
        Assert.Equal(3, book.Of("acme", "111122223333").StepUpTries);
        var explained = book.Explain("acme", "111122223333").ToDictionary(s => s.Name, StringComparer.Ordinal);
        Assert.Equal(new ExplainedSetting("Window", "00:10:00", "Account 111122223333"), explained["Window"]);
        Assert.Equal("Provider ", explained["StepUpTries"].Source);
        Assert.Equal(new ExplainedSetting("RotateEvery", "90.00:00:00", "default"), explained["RotateEvery"]);
    }

    [Fact]
    public void What_is_set_for_an_account_counts_for_its_IAM_users_and_what_is_set_for_one_of_them_over_it()
    {
        var book = new PolicyBook([
            Layer(PolicyScope.Account, "111122223333/deploy", ("Window", "00:05:00")),
            Layer(PolicyScope.Account, "111122223333", ("Window", "00:10:00"), ("PasswordReveals", "2")),
            Layer(PolicyScope.Provider, "", ("Window", "00:30:00")),
        ]);

        var user = book.Of("acme", "111122223333/deploy");
        Assert.Equal((TimeSpan.FromMinutes(5), 2), (user.Window, user.PasswordReveals));
        Assert.Equal(TimeSpan.FromMinutes(10), book.Of("acme", "111122223333/other").Window);
        Assert.Equal(TimeSpan.FromMinutes(10), book.Of("acme", "111122223333").Window);
        Assert.Equal(TimeSpan.FromMinutes(30), book.Of("acme", "999999999999/deploy").Window);
        Assert.True(book.SinglesOut("111122223333/other"));
        Assert.False(book.SinglesOut("999999999999/deploy"));
    }

    [Theory]
    [InlineData("Windw", "00:30:00", "There is no setting Windw")]
    [InlineData("Window", "soon", "Window cannot be 'soon'")]
    [InlineData("Window", "09:00:00", "Window must not be longer than LongestWindow")]
    [InlineData("StepUpTries", "many", "StepUpTries cannot be 'many'")]
    [InlineData("StepUpTries", "3", "StepUpTries is about persons")]
    [InlineData("StepUpLock", "00:01:00", "StepUpLock is about persons")]
    [InlineData("EnrolmentCodeLife", "01:00:00", "EnrolmentCodeLife is about persons")]
    [InlineData("PlannedHours", "Mon-Fri", "PlannedHours: 'Mon-Fri'")]
    public void A_layer_that_makes_no_sense_is_named_with_its_setting(string name, string value, string why)
    {
        var book = new PolicyBook([Layer(PolicyScope.Customer, "acme", (name, value))]);

        Assert.StartsWith($"Customer acme: {why}", book.Faults().First(), StringComparison.Ordinal);
    }

    public static TheoryData<string> Names => [.. Policy.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_setting_can_be_set_to_what_can_be_read(string name)
    {
        var policy = new Policy();

        Assert.Null(policy.Set(name, new Policy().Get(name)));

        Assert.Equal(new Policy().Get(name), policy.Get(name));
    }

    private static PolicyLayer Layer(PolicyScope scope, string key, params (string Name, string Value)[] values) =>
        new(scope, key, $"{scope} {key}", values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal));
}
