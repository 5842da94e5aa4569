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
}
