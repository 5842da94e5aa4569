namespace RootCustody.Tests.Policies;

public sealed class PolicyBookTests
{
    [Fact]
    public void The_narrower_layer_counts_and_says_that_it_does()
    {
        var book = new PolicyBook([
            Layer(PolicyScope.Account, "111122223333", ("Window", "00:10:00")),
            Layer(PolicyScope.Provider, "", ("Window", "00:30:00"), ("PasswordReveals", "3")),
            Layer(PolicyScope.Customer, "acme", ("Window", "00:20:00")),
        ]);

        Assert.Equal(TimeSpan.FromMinutes(10), book.Of("acme", "111122223333").Window);
        Assert.Equal(TimeSpan.FromMinutes(20), book.Of("acme", "999999999999").Window);
        Assert.Equal(TimeSpan.FromMinutes(30), book.Of("other", "").Window);
        Assert.Equal(3, book.Of("acme", "111122223333").PasswordReveals);
        var explained = book.Explain("acme", "111122223333").ToDictionary(s => s.Name, StringComparer.Ordinal);
        Assert.Equal(new ExplainedSetting("Window", "00:10:00", "Account 111122223333"), explained["Window"]);
        Assert.Equal("Provider ", explained["PasswordReveals"].Source);
        Assert.Equal(new ExplainedSetting("CoolOff", "1.00:00:00", "default"), explained["CoolOff"]);
    }

    [Fact]
    public void Of_two_layers_for_the_same_the_later_counts()
    {
        var book = new PolicyBook([Layer(PolicyScope.Provider, "", ("Window", "00:30:00"))]).With([
            Layer(PolicyScope.Provider, "", ("Window", "00:45:00")),
        ]);

        Assert.Equal(TimeSpan.FromMinutes(45), book.Provider().Window);
    }

    [Theory]
    [InlineData("Windw", "00:30:00", "There is no setting Windw")]
    [InlineData("Window", "soon", "Window cannot be 'soon'")]
    [InlineData("Window", "09:00:00", "Window must not be longer than LongestWindow")]
    [InlineData("PasswordReveals", "many", "PasswordReveals cannot be 'many'")]
    [InlineData("BarAssigned", "perhaps", "BarAssigned cannot be 'perhaps'")]
    [InlineData("DutyTasks", "close, party", "DutyTasks has 'party'")]
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
