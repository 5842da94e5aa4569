using RootCustody.Accounts;
using RootCustody.Rotation;

namespace RootCustody.Tests.Rotation;

public sealed class ChangingPasswordTests
{
    [Fact]
    public void An_IAM_user_is_never_led_to_a_mailbox_and_root_never_to_an_administrator()
    {
        Assert.DoesNotContain(
            WordsOf("111122223333/deploy"),
            w => w.Contains("mailbox", StringComparison.Ordinal) || w.Contains("Forgot", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(WordsOf("111122223333/deploy"), w => w.Contains("Root user", StringComparison.Ordinal));
        Assert.DoesNotContain(WordsOf("111122223333"), w => w.Contains("administrator", StringComparison.Ordinal));
    }

    private static IEnumerable<string> WordsOf(string number)
    {
        var changing = ChangingPassword.Of(
            Account.Of(number, "Shop", "", default, default, default, RootCustody.Tests.Requests.Cast.Noon)
        );
        return
        [
            .. changing.Steps,
            .. changing.Witness,
            .. changing.First,
            .. changing.FirstWitness,
            .. changing.Checks,
            .. changing.Lost,
        ];
    }
}
