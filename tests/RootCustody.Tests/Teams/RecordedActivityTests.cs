using RootCustody.Chat;

namespace RootCustody.Tests.Teams;

/// <summary>What the Playground really sends is read as meant.</summary>
public class RecordedActivityTests
{
    private const string Tenant = "00000000-0000-4000-8000-000000000001";
    private const string Alex = "00000000-0000-4000-8000-000000000100";
    private const string ServiceUrl = "http://localhost:56150/_connector";

    [Fact]
    public void A_message_in_the_personal_chat()
    {
        var click = Activities.Read(Recorded.MessagePersonal);

        Assert.NotNull(click);
        Assert.Equal("hi", click.Action);
        Assert.Equal("", click.Inputs["text"]);
        Assert.Equal(Bot.Mfa, click.Bot);
        Assert.Equal(new ChatUser(ChatPlatform.Teams, Tenant, Alex), click.By);
        Assert.Equal(new ChatPlace(ChatPlatform.Teams, Tenant, "a:personal-0", ServiceUrl), click.Where);
        Assert.True(click.InPrivate);
        Assert.False(click.Submits);
        Assert.Null(click.Surface);
    }

    [Fact]
    public void A_mention_in_a_channel_thread()
    {
        var click = Activities.Read(Recorded.MessageChannel);

        Assert.NotNull(click);
        Assert.Equal("hi", click.Action);
        Assert.Equal("19:channel-announcements@thread.tacv2;messageid=1795459110011", click.Where.Conversation);
        Assert.False(click.InPrivate);
    }

    [Fact]
    public void A_mention_in_a_group_chat()
    {
        var click = Activities.Read(Recorded.MessageGroupChat);

        Assert.Equal(("card", false), (click?.Action, click?.InPrivate));
    }

    [Fact]
    public void A_press_of_Execute()
    {
        var click = Activities.Read(Recorded.CardActionPersonal);

        Assert.NotNull(click);
        Assert.Equal(Actions.Approve, click.Action);
        Assert.Equal("", click.Subject);
        Assert.Empty(click.Inputs); // its data has no input of ours
        Assert.True(click.InPrivate);
        Assert.False(click.Submits);
    }

    [Fact]
    public void A_press_of_Execute_in_a_group_chat_is_by_who_pressed()
    {
        var click = Activities.Read(Recorded.CardActionGroupChat);

        Assert.Equal("00000000-0000-4000-8000-000000000102", click?.By.User);
        Assert.False(click?.InPrivate);
    }

    [Fact]
    public void A_submit_without_an_action_of_ours_is_nothing() =>
        Assert.Null(Activities.Read(Recorded.SubmitPersonal));

    [Theory]
    [InlineData(Recorded.InstallationAdd, Actions.Installed)]
    [InlineData(Recorded.InstallationRemove, Actions.Uninstalled)]
    [InlineData(Recorded.BotAdded, Actions.Installed)]
    [InlineData(Recorded.BotRemoved, Actions.Uninstalled)]
    public void The_bot_comes_and_goes_by_somebody_without_a_name(string activity, string action)
    {
        var click = Activities.Read(activity);

        Assert.Equal((action, Alex, true), (click?.Action, click?.By.User, click?.InPrivate));
    }

    [Theory]
    [InlineData(Recorded.UserAdded)]
    [InlineData(Recorded.ChannelCreated)]
    public void What_happens_to_others_is_nothing(string activity) => Assert.Null(Activities.Read(activity));
}
