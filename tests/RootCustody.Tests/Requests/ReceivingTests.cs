using CsCheck;
using RootCustody.Accounts;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Reveals;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Requests;

/// <summary>The halves of a handover go to two contacts of the customer: Rita receives the password, Ravi the codes.</summary>
public class ReceivingTests
{
    private static readonly PersonId Ravi = PersonId.New(Noon);

    private readonly Account account = AnAccount();

    [Fact, Trait("Law", "1")]
    public void Each_contact_is_shown_their_half_and_nobody_else_is_shown_anything()
    {
        var request = Opened();

        Assert.Null(Reveal.WhyNot(request, Half.Password, Contact(Rita), At(1)));
        Assert.Null(Reveal.WhyNot(request, Half.Mfa, Contact(Ravi), At(1)));
        foreach (var half in (Half[])[Half.Password, Half.Mfa])
        {
            foreach (var keeper in (PersonId[])[Paul, Pia, Mona, Max])
                Assert.Equal(Refusal.GoesToContact, Reveal.WhyNot(request, half, Keeper(keeper, half), At(1)));
            Assert.Equal(Refusal.GoesToContact, Reveal.WhyNot(request, half, OnDuty(Dora), At(1)));
        }
        Assert.Equal(Refusal.GoesToContact, Reveal.WhyNot(request, Half.Mfa, Contact(Rita), At(1)));
        Assert.Equal(Refusal.GoesToContact, Reveal.WhyNot(request, Half.Password, Contact(Ravi), At(1)));
    }

    [Fact, Trait("Law", "5")]
    public void Nothing_is_shown_to_a_contact_outside_of_the_window()
    {
        var request = InHalves();
        Assert.Equal(Refusal.NotOpenYet, Reveal.WhyNot(request, Half.Password, Contact(Rita), Noon));

        Open(request);

        Assert.Equal(Refusal.ClockBehind, Reveal.WhyNot(request, Half.Password, Contact(Rita), Noon.AddTicks(-1)));
        Assert.Equal(Refusal.WindowOver, Reveal.WhyNot(request, Half.Password, Contact(Rita), At(60)));
    }

    [Fact]
    public void A_half_is_shown_only_as_long_as_its_approval_stands()
    {
        var request = Opened();

        Assert.IsType<HandingBack.Freed>(request.HandBack(Keeper(Paul, Half.Password), At(1)));

        Assert.Equal(Refusal.ApprovalLacks, Reveal.WhyNot(request, Half.Password, Contact(Rita), At(2)));
        Assert.Null(Reveal.WhyNot(request, Half.Mfa, Contact(Ravi), At(2)));
        Assert.IsType<Approval.Replaced>(request.Approve(Keeper(Pia, Half.Password), At(3)));
        Assert.Null(Reveal.WhyNot(request, Half.Password, Contact(Rita), At(3)));
    }

    public static TheoryData<string, ReceiverFault, Refusal> Faults =>
        new()
        {
            { "no contact", ReceiverFault.NotAContact, Refusal.ReceivesNoHalf },
            { "suspended", ReceiverFault.Suspended, Refusal.Suspended },
            { "frozen", ReceiverFault.Frozen, Refusal.Frozen },
            { "cools off", ReceiverFault.CoolsOff, Refusal.CoolsOff },
            { "has seen the other", ReceiverFault.HasSeenTheOther, Refusal.HasSeenTheOtherHalf },
            { "opens the other", ReceiverFault.OpensTheOther, Refusal.OpensTheOtherHalf },
        };

    /// <summary>How the contact stands who receives the password.</summary>
    private static Standing As(string how) =>
        how switch
        {
            "no contact" => Contact(Rita) with { OfCustomer = false },
            "suspended" => Contact(Rita) with { Suspended = true },
            "frozen" => Contact(Rita) with { Frozen = true },
            "cools off" => Contact(Rita) with { CoolsOff = true },
            "has seen the other" => Contact(Rita) with { SeenMfa = true },
            "opens the other" => Contact(Rita) with { OpensMfa = true },
            _ => Contact(Rita),
        };

    [Theory, MemberData(nameof(Faults))]
    public void Who_may_not_receive_is_neither_named_nor_opened_for_nor_shown(
        string how,
        ReceiverFault fault,
        Refusal refusal
    )
    {
        Assert.Equal(fault, Receiving.WhyNot(Half.Password, As(how), isLinked: true, isEnrolled: true));
        Assert.Equal(refusal, Reveal.WhyNot(Opened(), Half.Password, As(how), At(1)));
        var request = InHalves();

        var opening = Open(request, As(how));

        Assert.Equal(new Opening.Stopped(Half.Password, Rita, fault), opening);
        Assert.Equal(RequestState.Withdrawn, request.State);
        Assert.Contains("Ron", fault.Say("Ron", Half.Password), StringComparison.Ordinal);
    }

    [Fact, Trait("Law", "15")]
    public void Who_is_named_needs_a_chat_and_an_authenticator()
    {
        Assert.Equal(
            ReceiverFault.NotLinked,
            Receiving.WhyNot(Half.Password, As("cools off"), isLinked: false, isEnrolled: true)
        );
        Assert.Equal(
            ReceiverFault.NoAuthenticator,
            Receiving.WhyNot(Half.Password, Contact(Rita), isLinked: true, isEnrolled: false)
        );
        Assert.Null(Receiving.WhyNot(Half.Password, Contact(Rita), isLinked: true, isEnrolled: true));
    }

    [Fact]
    public void What_they_have_seen_of_their_own_half_bars_nobody_from_it()
    {
        Assert.Null(Receiving.WhyNot(Half.Password, Contact(Rita) with { SeenPassword = true, OpensPassword = true }));
    }

    [Fact, Trait("Law", "16")]
    public void Whose_standing_is_missing_opens_nothing()
    {
        var request = InHalves();

        Assert.IsType<Opening.NotNow>(request.OpenedAt(Noon));
        Assert.IsType<Opening.NotNow>(Open(request, Contact(Ravi), Contact(Rita)));
        Assert.Null(request.Window);
    }

    [Fact, Trait("Law", "1")]
    public void The_halves_never_go_to_one_person()
    {
        var request = Request.Of(
            AnAsk(account, Noon) with
            {
                Task = RootTask.HandOverInHalves,
            },
            account,
            Rita,
            Defaults,
            Noon
        );

        Assert.Throws<ArgumentException>(() => request.GiveTo(Rita, Rita));
        Assert.False(request.GoesToContacts);
    }

    [Fact]
    public void Nobody_is_named_after_an_approval_nor_for_another_task()
    {
        var request = InHalves();
        Assert.Throws<InvalidOperationException>(() => request.GiveTo(Ravi, Rita));
        Assert.Throws<InvalidOperationException>(() => AskedBy(Rita).GiveTo(Rita, Ravi));
        Assert.Throws<InvalidOperationException>(() =>
            Request
                .Of(AnAsk(account, Noon) with { Task = RootTask.HandOver }, account, Rita, Defaults, Noon)
                .GiveTo(Rita, Ravi)
        );
    }

    [Fact]
    public void The_contacts_say_Done_and_nobody_else()
    {
        foreach (var other in (Standing[])[Keeper(Paul, Half.Password), Keeper(Mona, Half.Mfa), OnDuty(Dora)])
            Assert.Equal(new Closing.Refused(Refusal.NotTheHolder), Opened().Done(other, Clean, At(5)));
        Assert.Equal(
            new Closing.Refused(Refusal.CoolsOff),
            Opened().Done(Contact(Rita) with { CoolsOff = true }, Clean, At(5))
        );
        Assert.IsType<Closing.Closed>(Opened().Done(Contact(Rita), Clean, At(5)));
        Assert.IsType<Closing.Closed>(Opened().Done(Contact(Ravi), Clean, At(5)));
    }

    [Theory, Trait("Law", "15")]
    [InlineData(true)]
    [InlineData(false)]
    public void A_contact_who_is_out_ends_it_for_nobody_else_was_named(bool frozen)
    {
        var (open, asked) = (Opened(), InHalves());

        Assert.Equal(new HandingBack.Ended(Half.Mfa), open.Lose(Ravi, frozen, At(1)));
        Assert.Equal(new HandingBack.Ended(Half.Password), asked.Lose(Rita, frozen, Noon));

        Assert.Equal((RequestState.Revoked, RequestState.Withdrawn), (open.State, asked.State));
        Assert.Null(open.Lose(Rita, frozen, At(2)));
    }

    [Fact]
    public void A_contact_asks_for_more_time_and_ends_it()
    {
        Assert.IsType<Extension.Asked>(Opened().AskToExtend(Contact(Ravi), Defaults, At(5)));
        Assert.IsType<Closing.Revoked>(Opened().Revoke(Contact(Ravi), At(5)));
    }

    /// <summary>Windows for any two of four contacts, one after another; in between the password is rotated, or the device changed.</summary>
    [Fact, Trait("Law", "1")]
    public void Whatever_windows_come_no_contact_is_ever_shown_both_living_halves() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[1, 3])
            .Array[1, 12]
            .Sample(acts =>
            {
                var world = new Windows();
                foreach (var (what, password, codes, outcome) in acts)
                    world.Act(what, password, codes, (RevealOutcome)outcome);
            });

    /// <summary>One account, four contacts, and all that they were shown.</summary>
    private sealed class Windows
    {
        private readonly PersonId[] contacts = [.. Enumerable.Range(0, 4).Select(_ => PersonId.New(Noon))];
        private readonly Account account = AnAccount();
        private readonly List<Exposure> exposures = [];
        private readonly List<Retirement> retirements = [];

        public void Act(int what, int password, int codes, RevealOutcome outcome)
        {
            if (what == 0)
                retirements.Add(account.Promote(account.PasswordGeneration + 1, Paul, Mona, Defaults, Noon));
            else if (what == 1)
            {
                retirements.Add(Retirement.OfDevice(account.Id, account.MfaGeneration, Mona, Max, Noon));
                account.TakeDevice(account.MfaGeneration + 1);
            }
            else if (password != codes)
                Window(contacts[password], contacts[codes], outcome);
            Assert.DoesNotContain(contacts, person => Standing(person) is { SeenPassword: true, SeenMfa: true });
        }

        private void Window(PersonId password, PersonId codes, RevealOutcome outcome)
        {
            var barred =
                Receiving.WhyNot(Half.Password, Standing(password), true, true) is not null
                || Receiving.WhyNot(Half.Mfa, Standing(codes), true, true) is not null;
            Assert.Equal(Standing(password).SeenMfa || Standing(codes).SeenPassword, barred);
            var request = GivenTo(account, password, codes);
            Assert.Equal(barred, Open(request, Standing(password), Standing(codes)) is Opening.Stopped);
            foreach (var person in contacts) // everyone tries everything
            foreach (var half in (Half[])[Half.Password, Half.Mfa])
            {
                var reveal = Reveal.Decide(
                    request,
                    account,
                    half,
                    Standing(person),
                    [account.GenerationOf(half)],
                    0,
                    Defaults,
                    TimeSpan.FromMinutes(1),
                    At(1)
                );
                if (reveal is not Reveal.Granted granted)
                    continue;
                Assert.Equal(half == Half.Password ? password : codes, person);
                granted.Exposures[0].Conclude(outcome);
                exposures.AddRange(granted.Exposures);
            }
        }

        private Standing Standing(PersonId person) =>
            Contact(person) with
            {
                SeenPassword = Seen(person, Half.Password),
                SeenMfa = Seen(person, Half.Mfa),
            };

        private bool Seen(PersonId person, Half half) =>
            exposures.Exists(e => e.Person == person && e.Half == half && e.Bars(retirements));
    }

    private Request InHalves() => GivenTo(account, Rita, Ravi);

    /// <summary>Paul and Mona have approved it.</summary>
    private static Request GivenTo(Account account, PersonId password, PersonId codes)
    {
        var ask = AnAsk(account, Noon) with { Task = RootTask.HandOverInHalves };
        var request = Request.Of(ask, account, Rita, Defaults, Noon);
        request.GiveTo(password, codes);
        return request.Approved();
    }

    private Request Opened()
    {
        var request = InHalves();
        Assert.IsType<Opening.Opened>(Open(request));
        return request;
    }

    private static Opening Open(Request request, Standing? password = null, Standing? codes = null) =>
        request.Open(
            new Dictionary<Half, Standing>
            {
                [Half.Password] = Keeper(Paul, Half.Password),
                [Half.Mfa] = Keeper(Mona, Half.Mfa),
            },
            null,
            Noon,
            new Dictionary<Half, Standing>
            {
                [Half.Password] = password ?? Contact(Rita),
                [Half.Mfa] = codes ?? Contact(Ravi),
            }
        );
}
