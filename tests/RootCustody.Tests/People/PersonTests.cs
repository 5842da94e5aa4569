using RootCustody.Chat;
using RootCustody.People;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.People;

public class PersonTests
{
    [Fact, Trait("Law", "2")]
    public void All_chat_identities_of_a_human_being_are_one_person()
    {
        var person = Person.Of("paul", "Paul", null, false, Noon);

        person.Link(new ChatUser(ChatPlatform.Slack, "T1", "U1"), Noon, Noon);
        person.Link(new ChatUser(ChatPlatform.Teams, "tenant", "oid"), Noon, Noon);

        Assert.All(person.Identities, identity => Assert.Equal(person.Id, identity.Person));
        Assert.Equal(2, person.Identities.Count);
    }

    [Fact, Trait("Law", "12")]
    public void A_contact_acts_from_their_customers_realm_and_the_providers_people_from_the_providers()
    {
        var (acme, other) = (CustomerId.New(Noon), CustomerId.New(Noon));
        var contact = Person.Of("rita", "Rita", acme, false, Noon);
        var custodian = Person.Of("paul", "Paul", null, false, Noon);
        var home = Realm.Of(ChatPlatform.Teams, "provider", null);
        var theirs = Realm.Of(ChatPlatform.Slack, "T1", acme);
        var foreign = Realm.Of(ChatPlatform.Slack, "T2", other);

        Assert.True(theirs.IsHomeOf(contact));
        Assert.False(home.IsHomeOf(contact));
        Assert.False(foreign.IsHomeOf(contact));
        Assert.True(home.IsHomeOf(custodian));
        Assert.False(theirs.IsHomeOf(custodian));
    }
}
