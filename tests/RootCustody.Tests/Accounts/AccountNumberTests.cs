using RootCustody.Accounts;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Accounts;

public sealed class AccountNumberTests
{
    [Theory]
    [InlineData("111122223333", true)]
    [InlineData("111122223333/deploy", true)]
    [InlineData("111122223333/A.z+=,@_-9", true)]
    [InlineData("11112222333", false)]
    [InlineData("1111222233334", false)]
    [InlineData("111122223333/", false)]
    [InlineData("111122223333/a b", false)]
    [InlineData("111122223333/a/b", false)]
    [InlineData("111122223333/ä", false)]
    [InlineData("111122223333/deploy\n", false)]
    [InlineData("/deploy", false)]
    [InlineData("", false)]
    public void It_is_the_12_digits_and_for_an_IAM_user_its_name(string text, bool fits) =>
        Assert.Equal(fits, AccountNumber.Fits(text));

    [Fact]
    public void A_name_has_at_most_64_characters_and_the_longest_number_fits()
    {
        var longest = "111122223333/" + new string('a', 64);

        Assert.True(AccountNumber.Fits(longest));
        Assert.Equal(AccountNumber.Longest, longest.Length);
        Assert.False(AccountNumber.Fits(longest + "a"));
    }

    [Fact]
    public void An_IAM_user_signs_in_at_the_page_of_its_account_and_root_by_its_address()
    {
        var root = Account.Of("111122223333", "Shop", "root@shop.example", default, default, default, Noon);
        var user = Account.Of("111122223333/deploy", "Deployer", "", default, default, default, Noon);

        Assert.Equal((null, "111122223333", "root@shop.example"), (root.User, root.Digits, root.SignsInAs));
        Assert.Equal(new IamUserName("deploy"), user.User);
        Assert.Equal("111122223333", user.Digits);
        Assert.Equal("deploy at https://111122223333.signin.aws.amazon.com/console", user.SignsInAs);
    }
}
