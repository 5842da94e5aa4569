using RootCustody.Chat;

namespace RootCustody.Tests.Chat;

public sealed class ActionsTests
{
    [Theory]
    [InlineData(Actions.Link)]
    [InlineData(Actions.Admin)]
    [InlineData(Actions.Agree)]
    [InlineData(Actions.Edit)]
    [InlineData(Actions.HandBack)]
    [InlineData(Actions.Extend)]
    [InlineData(Actions.Replace)]
    [InlineData(Actions.Bar)]
    [InlineData(Actions.Request)]
    [InlineData(Actions.Reveal)]
    public void What_needs_a_reason_or_a_code_asks_for_it(string action) => Assert.True(Actions.Asks(action));

    [Theory]
    [InlineData(Actions.NotMe)]
    [InlineData(Actions.Reject)]
    [InlineData(Actions.Away)]
    [InlineData(Actions.Back)]
    [InlineData(Actions.Readiness)]
    [InlineData(Actions.Drill)]
    [InlineData(Actions.Endorse)]
    [InlineData(Actions.Approve)]
    [InlineData(Actions.Left)]
    [InlineData("made up")]
    public void All_else_is_done_at_once(string action) => Assert.False(Actions.Asks(action));

    [Theory]
    [InlineData(Actions.Installed, "")]
    [InlineData(Actions.Uninstalled, "")]
    [InlineData(Actions.Left, "")]
    [InlineData(Actions.NotMe, Actions.NotMe)]
    [InlineData("made up", "made up")]
    public void Nobody_says_what_only_the_platform_may_say(string name, string action) =>
        Assert.Equal(action, Actions.OfPerson(name));
}
