using RootCustody.Slack;

namespace RootCustody.Tests.Slack;

public sealed class ResponseUrlTests
{
    [Theory]
    [InlineData("https://hooks.slack.com/actions/T111/111/random-value", true)]
    [InlineData("https://hooks.slack.com/commands/T111/1/x", true)]
    [InlineData("https://hooks.slack.com/actions/T222/111/random-value", false)]
    [InlineData("https://hooks.slack.com/T111/actions/1", false)]
    [InlineData("https://hooks.slack.com/services/T111/1/x", false)]
    [InlineData("http://hooks.slack.com/actions/T111/1/x", false)]
    [InlineData("https://hooks.slack.com:8443/actions/T111/1/x", false)]
    [InlineData("https://hooks.slack.com.evil.example/actions/T111/1/x", false)]
    [InlineData("https://evil.example/actions/T111/1/x", false)]
    [InlineData("https://hooks.slack.com@evil.example/actions/T111/1/x", false)]
    [InlineData("https://me@hooks.slack.com/actions/T111/1/x", false)]
    [InlineData("http://127.0.0.1:9000/actions/T111/1/x", false)]
    [InlineData("/actions/T111/1/x", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_slacks_own_host_and_the_payloads_own_workspace_are_answered(string? url, bool allowed)
    {
        Assert.Equal(allowed, new SlackSettings().Allows(url, "T111"));
    }

    [Fact]
    public void A_loopback_address_is_answered_only_if_it_is_listed()
    {
        var settings = new SlackSettings { ResponseUrlHosts = { "127.0.0.1:9000" } };

        Assert.True(settings.Allows("http://127.0.0.1:9000/actions/T111/1/x", "T111"));
        Assert.False(settings.Allows("http://127.0.0.1:9001/actions/T111/1/x", "T111"));
        Assert.True(settings.UsesDevelopmentAddresses);
    }
}
