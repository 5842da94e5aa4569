using RootCustody.Accounts;
using RootCustody.People;
using RootCustody.Requests;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Accounts;

public sealed class HeldKeyTests
{
    private static readonly KeyPlace Safe = new("Safe 3", "S-1", Dora);
    private static readonly KeyPlace Bank = new("Bank in Zug", "S-2", Max);

    [Fact]
    public void An_account_with_nothing_but_a_key_is_in_custody()
    {
        var account = Account.Of("1", "", "", default, default, default, Noon);
        account.TakePassword(1, new Policy(), Noon);
        Assert.False(account.IsInCustody);

        account.TakeDevice(-1);
        Assert.True(account.IsInCustody);
        account.TakeDevice(-2);
        Assert.Equal(-1, account.MfaGeneration);
        account.TakeDevice(1);
        Assert.Equal(1, account.MfaGeneration);
        account.TakeDevice(-3);
        Assert.Equal(1, account.MfaGeneration);
    }

    [Fact]
    public void A_key_has_a_number_that_no_vault_gives() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            MfaDevice.Registered(default, 1, "Key", DeviceKind.SecurityKey, Mona, Noon)
        );

    [Fact]
    public void A_move_counts_once_another_custodian_says_so_too()
    {
        var device = InUse();
        var key = HeldKey.Of(device, Safe);

        Assert.Equal(Refusal.NotACustodian, device.Move(Keeper(Paul, Half.Password), Noon));
        Assert.Null(device.Move(Keeper(Mona, Half.Mfa), Noon));
        key.Propose(Bank);
        Assert.Equal(Refusal.NotProposed, device.Move(Keeper(Max, Half.Mfa), Noon)); // one thing at a time
        Assert.Equal(Refusal.NotProposed, device.Leave(Keeper(Max, Half.Mfa), others: 1, Noon));
        Assert.True(device.Serves);
        Assert.Equal((Safe, Bank), (key.Now, key.Next));
        Assert.Equal(Refusal.ProposedItYourself, device.Vouch(Keeper(Mona, Half.Mfa), AnAccount(), Noon, out _));

        Assert.Null(device.Vouch(Keeper(Max, Half.Mfa), AnAccount(), Noon, out var retirement));
        key.Settle();

        Assert.Null(retirement); // the device lives on, and so do its bars
        Assert.Equal((DeviceState.InUse, Bank, null), (device.State, key.Now, key.Next));
    }

    [Fact]
    [Trait("Law", "16")]
    public void A_move_that_nobody_vouched_for_in_time_can_be_proposed_again()
    {
        var device = InUse();
        device.Move(Keeper(Mona, Half.Mfa), Noon);
        var late = Noon + MfaDevice.WaitsFor;

        Assert.Equal(Refusal.NotProposed, device.Vouch(Keeper(Max, Half.Mfa), AnAccount(), late, out _));
        Assert.True(device.Serves);
        Assert.Null(device.Move(Keeper(Max, Half.Mfa), late));
    }

    [Fact]
    public void A_seed_does_not_move()
    {
        var device = MfaDevice.Expected(default, 1, "Phone", 0, Dora, Noon);
        device.GotIn(Noon);
        device.Vouch(Keeper(Mona, Half.Mfa), AnAccount(), Noon, out _);

        Assert.Equal(Refusal.NotProposed, device.Move(Keeper(Mona, Half.Mfa), Noon));
    }

    [Fact]
    public void Who_had_it_or_keeps_it_says_that_it_is_back_under_another_seal()
    {
        var key = HeldKey.Of(InUse(), Safe);
        Assert.Equal(Refusal.KeyIsBack, key.Return(Keeper(Mona, Half.Mfa), "S-2"));
        key.Take(Mona, RequestId.New(Noon), Noon);

        Assert.Equal(Refusal.NotYourKey, key.Return(Keeper(Max, Half.Mfa), "S-2"));
        Assert.Equal(Refusal.SealUsed, key.Return(Keeper(Mona, Half.Mfa), "S-1"));
        Assert.Equal(Refusal.Frozen, key.Return(Keeper(Mona, Half.Mfa) with { Frozen = true }, "S-2"));
        Assert.Equal(Refusal.CoolsOff, key.Return(Keeper(Mona, Half.Mfa) with { CoolsOff = true }, "S-2"));
        Assert.Equal(Mona, key.OutWith);
        Assert.Null(key.Return(new Standing(Dora, null), "S-2"));

        Assert.Equal(("S-2", null, null), (key.Seal, key.OutWith, key.OutIn));
    }

    [Fact]
    public void A_broken_seal_is_told_until_two_have_it_sealed_anew()
    {
        var key = HeldKey.Of(InUse(), Safe);
        Assert.Equal(Refusal.NotYoursToReport, key.Break(Keeper(Paul, Half.Password), Noon));
        Assert.Null(key.Break(Keeper(Max, Half.Mfa), Noon));
        Assert.Null(key.Break(new Standing(Dora, null, IsDutyManager: true), Noon.AddHours(1)));
        key.Take(Mona, RequestId.New(Noon), Noon);
        key.Return(Keeper(Mona, Half.Mfa), "S-2");
        Assert.Equal(Noon, key.BrokenSince); // one person's word does not mend it

        key.Propose(Bank);
        key.Settle();

        Assert.Null(key.BrokenSince);
    }

    [Theory]
    [InlineData(false, false, null, null)]
    [InlineData(true, false, null, Refusal.KeepsNoKey)]
    [InlineData(false, true, null, Refusal.KeepsNoKey)]
    [InlineData(false, false, Half.Password, Refusal.KeepsNoKey)]
    [InlineData(false, false, Half.Mfa, null)]
    [Trait("Law", "1")]
    public void Nobody_who_knows_opens_or_keeps_the_password_keeps_a_key(
        bool seen,
        bool opens,
        Half? keeps,
        Refusal? why
    ) => Assert.Equal(why, Eligibility.WhyNotKeep(new Standing(Dora, keeps, SeenPassword: seen, OpensPassword: opens)));

    private static MfaDevice InUse()
    {
        var device = MfaDevice.Registered(default, -1, "Key", DeviceKind.SecurityKey, Mona, Noon);
        device.Vouch(Keeper(Max, Half.Mfa), AnAccount(), Noon, out _);
        return device;
    }
}
