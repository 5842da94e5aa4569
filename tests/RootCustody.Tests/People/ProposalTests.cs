using CsCheck;
using RootCustody.Chat;
using RootCustody.People;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.People;

/// <summary>Ada, Abe and Alma are administrators; Paul is none.</summary>
[Trait("Law", "15")]
public sealed class ProposalTests
{
    private static readonly ChatUser Chat = new(ChatPlatform.Teams, "tenant", "user");

    private readonly Person ada = Administrator("ada");
    private readonly Person abe = Administrator("abe");
    private readonly Person alma = Administrator("alma");
    private readonly Person paul = Of("paul");

    [Fact]
    public void The_second_administrator_makes_it()
    {
        var proposal = About(paul);

        Assert.IsType<Confirming.NotedFirst>(Confirm(proposal, ada));
        Assert.IsType<Confirming.MakeIt>(Confirm(proposal, abe));

        Assert.Equal(
            (ada.Id, abe.Id, ProposalState.Made),
            (proposal.First!.Value, proposal.Second!.Value, proposal.State)
        );
    }

    [Fact]
    public void One_administrator_is_never_two()
    {
        var proposal = About(paul);
        Confirm(proposal, ada);

        Assert.Equal(ProposalRefusal.YouConfirmed, Why(Confirm(proposal, ada)));
        Assert.Equal(ProposalState.Waiting, proposal.State);
    }

    [Fact]
    public void Typing_it_in_chat_is_the_first_confirmation_once_its_author_has_proven_themselves()
    {
        var draft = Proposal.Draft("{}", "Do.", [], ada.Id, Noon);

        Assert.Equal(ProposalRefusal.NotYours, Why(Confirm(draft, abe)));
        Assert.IsType<Confirming.NotedFirst>(Confirm(draft, ada));

        Assert.Equal(
            (ProposalState.Waiting, ada.Id, Noon + Defaults.ProposalLife),
            (draft.State, draft.First!.Value, draft.Expires)
        );
    }

    [Fact]
    public void Whom_it_is_about_decides_nothing_of_it()
    {
        var proposal = About(ada);

        Assert.Equal(ProposalRefusal.AboutYou, Why(Confirm(proposal, ada)));
        Assert.Equal(ProposalRefusal.AboutYou, proposal.Reject(ada, Chat, Noon));
    }

    [Fact]
    public void Neither_a_custodian_nor_somebody_frozen_suspended_or_new_confirms()
    {
        var proposal = About(paul);
        abe.Freeze(Noon);
        alma.Suspend();
        var anew = Of("new");
        anew.Appoint(PersonRole.Administrator);
        anew.Link(Chat, Noon, Noon.AddHours(24));

        Assert.Equal(ProposalRefusal.NotAnAdministrator, Why(Confirm(proposal, paul)));
        Assert.Equal(ProposalRefusal.Frozen, Why(Confirm(proposal, abe)));
        Assert.Equal(ProposalRefusal.Suspended, Why(Confirm(proposal, alma)));
        Assert.Equal(ProposalRefusal.CoolsOff, Why(Confirm(proposal, anew)));
    }

    [Fact]
    public void What_was_confirmed_by_somebody_frozen_since_does_not_count()
    {
        var proposal = About(paul);
        Confirm(proposal, ada);
        ada.Freeze(Noon);

        Assert.IsType<Confirming.NotedFirst>(Confirm(proposal, abe));

        Assert.Equal(abe.Id, proposal.First);
        Assert.IsType<Confirming.MakeIt>(Confirm(proposal, alma));
    }

    [Fact]
    public void A_confirmation_that_was_forgotten_has_to_be_given_again()
    {
        var proposal = About(paul);
        Confirm(proposal, ada);
        proposal.Forget(ada.Id);

        Assert.IsType<Confirming.NotedFirst>(Confirm(proposal, abe));
    }

    [Fact]
    [Trait("Law", "16")]
    public void Its_time_decides_and_not_the_job()
    {
        var proposal = About(paul);
        Confirm(proposal, ada);

        Assert.Equal(ProposalRefusal.TooLate, Why(Confirm(proposal, abe, proposal.Expires)));
        Assert.False(proposal.Expire(proposal.Expires.AddTicks(-1)));
        Assert.True(proposal.Expire(proposal.Expires));
        Assert.False(proposal.Expire(proposal.Expires));
    }

    [Fact]
    public void What_is_over_stays_over()
    {
        var rejected = About(paul);
        Assert.Null(rejected.Reject(alma, Chat, Noon));

        Assert.Equal(ProposalRefusal.Over, Why(Confirm(rejected, ada)));
        Assert.Equal(ProposalRefusal.Over, rejected.Reject(abe, Chat, Noon));
    }

    [Fact]
    public void Every_refusal_has_its_sentence() =>
        Assert.All(Enum.GetValues<ProposalRefusal>(), why => Assert.NotEmpty(ProposalSentences.For(why)));

    [Fact]
    public void Whatever_people_press_nothing_is_made_without_two_administrators_whom_it_is_not_about() =>
        Gen.Select(Gen.Int[0, 3], Gen.Bool, Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5], Gen.Int[0, 60 * 24]).List[1, 30])
            .Sample(
                (concerned, typed, presses) =>
                {
                    Person[] people = [Administrator("ada"), Administrator("abe"), Administrator("alma"), Of("paul")];
                    var about = people[concerned].Id;
                    var proposal = typed
                        ? Proposal.Draft("{}", "Do.", [about], people[0].Id, Noon)
                        : Proposal.Ordered("{}", "Do.", [about], Defaults, Noon);
                    var now = Noon;
                    foreach (var (who, what, minutes) in presses)
                    {
                        now += TimeSpan.FromMinutes(minutes);
                        Press(proposal, people, people[who], what, now);
                        Assert.True(proposal.State != ProposalState.Made || proposal.Second is not null);
                    }
                }
            );

    private static void Press(Proposal proposal, Person[] people, Person by, int what, DateTimeOffset now)
    {
        var able = people.Where(p => p.IsAdministrator && p.FrozenAt is null).Select(p => p.Id).ToList();
        var first = Array.Find(people, p => p.Id == proposal.First);
        var late = now >= proposal.Expires;
        switch (what)
        {
            case 0:
                by.Freeze(now);
                break;
            case 1:
                by.Unfreeze();
                proposal.Forget(by.Id);
                break;
            case 2 when by.Key == "alma":
                proposal.Reject(by, Chat, now);
                break;
            case > 2 when proposal.Confirm(by, Chat, first, Defaults, now) is Confirming.MakeIt:
                Assert.False(late);
                Assert.NotEqual(proposal.First, proposal.Second);
                Assert.All(
                    (PersonId?[])[proposal.First, proposal.Second],
                    id => Assert.True(able.Contains(id!.Value) && !proposal.Concerns(id.Value))
                );
                break;
        }
    }

    private static Confirming Confirm(Proposal proposal, Person by, Person? first, DateTimeOffset? now) =>
        proposal.Confirm(by, Chat, first, Defaults, now ?? Noon);

    private Confirming Confirm(Proposal proposal, Person by, DateTimeOffset? now = null) =>
        Confirm(proposal, by, Array.Find([ada, abe, alma], p => p.Id == proposal.First), now);

    private static ProposalRefusal? Why(Confirming confirming) => (confirming as Confirming.Refused)?.Why;

    private static Proposal About(Person person) => Proposal.Ordered("{}", "Do.", [person.Id], Defaults, Noon);

    private static Person Administrator(string key)
    {
        var person = Of(key);
        person.Appoint(PersonRole.Administrator);
        person.Link(Chat, Noon, Noon);
        return person;
    }

    private static Person Of(string key) => Person.Of(key, key, null, false, Noon);
}
