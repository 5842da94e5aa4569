using System.Text.Json.Nodes;
using RootCustody.Chat;

namespace RootCustody.Tests.Teams;

/// <summary>The person is the Entra object of the tenant that the channel names, or nobody.</summary>
public class WhoClicksTests
{
    private const string Upper = "ABCDEF00-0000-4000-8000-00000000000F";

    [Fact]
    public void Ids_are_kept_in_lower_case()
    {
        var activity = Activities.Message("status");
        activity["from"]!["aadObjectId"] = Upper;
        activity["conversation"]!["tenantId"] = Upper;
        activity["channelData"]!["tenant"]!["id"] = Upper;

        var click = Activities.Read(activity);

        Assert.Equal("abcdef00-0000-4000-8000-00000000000f", click?.By.User);
        Assert.Equal("abcdef00-0000-4000-8000-00000000000f", click?.By.Realm);
        Assert.Equal("abcdef00-0000-4000-8000-00000000000f", click?.Where.Realm);
    }

    [Fact]
    public void A_conversation_id_keeps_its_case()
    {
        var activity = Activities.Message("status");
        activity["conversation"]!["id"] = "a:17I0kl9EkpE1O9PH5";

        Assert.Equal("a:17I0kl9EkpE1O9PH5", Activities.Read(activity)?.Where.Conversation);
    }

    [Fact]
    public void A_person_needs_no_name()
    {
        var activity = Activities.Message("status");
        activity["from"]!.AsObject().Remove("name");

        Assert.Equal(Activities.Person, Activities.Read(activity)?.By.User);
    }

    [Fact]
    public void Somebody_without_an_object_id_is_nobody()
    {
        var activity = Activities.Message("status");
        activity["from"]!.AsObject().Remove("aadObjectId");

        Assert.Null(Activities.Read(activity));
    }

    [Theory]
    [InlineData("from")]
    [InlineData("conversation")]
    [InlineData("channelData")]
    [InlineData("id")]
    public void An_activity_without_its_who_or_where_is_nothing(string missing)
    {
        var activity = Activities.Message("status");
        activity.Remove(missing);

        Assert.Null(Activities.Read(activity));
    }

    [Fact]
    public void Tenants_that_disagree_are_no_tenant()
    {
        var activity = Activities.Message("status");
        activity["conversation"]!["tenantId"] = Upper;

        Assert.Null(Activities.Read(activity));
    }

    [Fact]
    public void The_tenant_of_the_conversation_alone_is_none()
    {
        var activity = Activities.Message("status");
        activity["channelData"] = new JsonObject();

        Assert.Null(Activities.Read(activity));
    }

    [Fact]
    public void The_tenant_of_the_channel_alone_is_enough()
    {
        var activity = Activities.Message("status");
        activity["conversation"]!.AsObject().Remove("tenantId");

        Assert.Equal(Activities.Tenant, Activities.Read(activity)?.By.Realm);
    }

    [Theory]
    [InlineData("personal", true)]
    [InlineData("groupChat", false)]
    [InlineData("channel", false)]
    [InlineData("Personal", false)]
    [InlineData(null, false)]
    public void Only_the_personal_chat_is_private(string? conversationType, bool isPrivate)
    {
        var activity = Activities.Message("status");
        activity["conversation"]!["conversationType"] = conversationType;

        Assert.Equal(isPrivate, Activities.Read(activity)?.InPrivate);
    }
}
