using RootCustody.People;
using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

public class AskTests
{
    private static readonly Ask Good = AnAsk(AnAccount());

    [Fact]
    public void A_good_ask_has_no_fault() => Assert.Empty(Good.Faults(Defaults, Noon));

    [Theory]
    [InlineData(Ask.ShortestJustification - 1, true)]
    [InlineData(Ask.ShortestJustification, false)]
    [InlineData(Ask.LongestJustification, false)]
    [InlineData(Ask.LongestJustification + 1, true)]
    public void A_justification_is_neither_a_word_nor_a_novel(int length, bool faulty) =>
        AssertFault(Good with { Justification = new string('x', length) }, AskFault.Justification, faulty);

    [Theory]
    [InlineData(Ask.LongestTicket, false)]
    [InlineData(Ask.LongestTicket + 1, true)]
    public void A_ticket_is_short(int length, bool faulty) =>
        AssertFault(Good with { Ticket = new string('x', length) }, AskFault.Ticket, faulty);

    [Fact]
    public void A_ticket_may_be_missing() => Assert.Empty((Good with { Ticket = null }).Faults(Defaults, Noon));

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(240, false)]
    [InlineData(241, true)]
    public void A_window_is_longer_than_nothing_and_not_longer_than_policy_allows(int minutes, bool faulty) =>
        AssertFault(Good with { Length = TimeSpan.FromMinutes(minutes) }, AskFault.Length, faulty);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_start_lies_in_the_future(int minutes, bool faulty) =>
        AssertFault(Good with { Start = At(minutes) }, AskFault.StartTooSoon, faulty);

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void A_start_lies_as_far_ahead_as_policy_asks(int minutes, bool faulty) =>
        Assert.Equal(
            faulty,
            (Good with { Start = At(minutes) })
                .Faults(new Policy { PlannedLead = TimeSpan.FromHours(1) }, Noon)
                .Contains(AskFault.StartTooSoon)
        );

    [Theory]
    [InlineData(60, false)]
    [InlineData(61, true)]
    public void Planned_work_begins_and_ends_within_the_hours_of_the_policy(int minutes, bool faulty) =>
        Assert.Equal(
            faulty,
            (Good with { Start = At(minutes), Length = TimeSpan.FromHours(1) })
                .Faults(new Policy { PlannedHours = "Mon-Sun 12:00-14:00 UTC" }, Noon)
                .Contains(AskFault.OutOfHours)
        );

    [Fact]
    public void An_emergency_knows_no_hours() =>
        Assert.Empty((Good with { Start = null }).Faults(new Policy { PlannedHours = "Sun 03:00-04:00 UTC" }, Noon));

    [Fact]
    public void A_start_at_the_end_of_the_calendar_is_too_far_and_breaks_nothing() =>
        Assert.Equal([AskFault.StartTooFar], (Good with { Start = DateTimeOffset.MaxValue }).Faults(Defaults, Noon));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_start_does_not_lie_too_far_ahead(int minutesTooFar, bool faulty) =>
        AssertFault(
            Good with
            {
                Start = Noon + Defaults.PlannedAhead + TimeSpan.FromMinutes(minutesTooFar),
            },
            AskFault.StartTooFar,
            faulty
        );

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var ask = Good with { Justification = "", Length = TimeSpan.Zero, Start = At(-1) };

        Assert.Equal(
            [AskFault.Justification, AskFault.Length, AskFault.StartTooSoon],
            ask.Faults(Defaults, Noon).Order()
        );
    }

    [Fact]
    public void Without_a_start_it_is_an_emergency_with_one_it_is_planned()
    {
        Assert.Equal(RequestKind.Emergency, AskedBy(Rita).Kind);
        Assert.Equal(RequestKind.Planned, AskedBy(Rita, start: At(60)).Kind);
    }

    [Fact, Trait("Law", "12")]
    public void Only_a_contact_of_the_accounts_customer_asks()
    {
        var account = AnAccount();
        var contact = Person.Of("rita", "Rita", account.Customer, false, Noon);
        var foreign = Person.Of("eve", "Eve", CustomerId.New(Noon), false, Noon);
        var custodian = Person.Of("paul", "Paul", null, false, Noon);

        Assert.Null(Request.WhyNotAsk(contact, account));
        Assert.Equal(Refusal.NotYourAccount, Request.WhyNotAsk(foreign, account));
        Assert.Equal(Refusal.NotYourAccount, Request.WhyNotAsk(custodian, account));
    }

    [Fact]
    public void A_suspended_contact_asks_nothing()
    {
        var account = AnAccount();
        var contact = Person.Of("rita", "Rita", account.Customer, false, Noon);
        contact.Suspend();

        Assert.Equal(Refusal.Suspended, Request.WhyNotAsk(contact, account));
    }

    [Fact, Trait("Law", "15")]
    public void A_frozen_contact_asks_nothing()
    {
        var account = AnAccount();
        var contact = Person.Of("rita", "Rita", account.Customer, false, Noon);
        contact.Freeze(Noon);

        Assert.Equal(Refusal.Frozen, Request.WhyNotAsk(contact, account));
    }

    private static void AssertFault(Ask ask, AskFault fault, bool faulty) =>
        Assert.Equal(faulty ? [fault] : [], ask.Faults(Defaults, Noon));
}
