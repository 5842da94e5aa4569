using RootCustody.People;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.People;

[Trait("Law", "3")]
public class CustodianGroupTests
{
    private readonly CustodianGroup passwords = CustodianGroup.Of("p", "Passwords", Half.Password, Noon);
    private readonly CustodianGroup codes = CustodianGroup.Of("m", "Codes", Half.Mfa, Noon);

    [Fact]
    public void A_group_takes_a_person_in_once()
    {
        Assert.Null(passwords.Admit(Paul, [codes]));
        Assert.Null(passwords.Admit(Paul, [codes]));

        Assert.Equal(Paul, Assert.Single(passwords.Members).Person);
    }

    [Fact]
    public void Who_keeps_the_other_half_is_not_taken_in()
    {
        codes.Admit(Mona, [passwords]);

        Assert.Same(codes, passwords.Admit(Mona, [codes]));
        Assert.False(passwords.Has(Mona));
    }

    [Fact]
    public void Who_was_dismissed_may_go_to_the_other_group()
    {
        codes.Admit(Mona, [passwords]);
        codes.Dismiss(Mona);

        Assert.Null(passwords.Admit(Mona, [codes]));
        Assert.True(passwords.Has(Mona));
    }

    [Fact]
    public void Any_of_several_opposite_groups_keeps_a_person_out()
    {
        var others = CustodianGroup.Of("n", "Other codes", Half.Mfa, Noon);
        others.Admit(Mona, []);

        Assert.Same(others, passwords.Admit(Mona, [codes, others]));
        Assert.Empty(passwords.Members);
    }

    [Fact]
    public void Who_is_dismissed_goes_alone()
    {
        passwords.Admit(Paul, []);
        passwords.Admit(Pia, []);

        passwords.Dismiss(Paul);

        Assert.False(passwords.Has(Paul));
        Assert.True(passwords.Has(Pia));
    }

    [Fact]
    public void A_membership_says_who_is_in_which_group()
    {
        passwords.Admit(Paul, []);

        var membership = Assert.Single(passwords.Members);
        Assert.Equal((passwords.Id, Paul), (membership.Group, membership.Person));
        Assert.NotEqual(codes.Id, passwords.Id);
    }

    [Fact]
    public void A_group_is_what_it_was_founded_as_but_for_its_name()
    {
        codes.Rename("One-time codes");

        Assert.Equal(("m", "One-time codes", Half.Mfa), (codes.Key, codes.Name, codes.Keeps));
        Assert.Equal(("p", "Passwords", Half.Password), (passwords.Key, passwords.Name, passwords.Keeps));
    }
}
