using CsCheck;
using RootCustody.Accounts;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Reveals;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Accounts;

public sealed class MfaDeviceTests
{
    private static readonly PersonId[] People = [Paul, Pia, Mona, Max, Dora];

    /// <summary>Which device, which time step, which person; steps may go back, as clocks do.</summary>
    private static readonly Gen<(int Device, int Step, int Person)[]> Gifts = Gen.Select(
        Gen.Int[0, 2],
        Gen.Int[1, 9],
        Gen.Int[0, 4]
    ).Array[1, 60];

    /// <summary>Who is shown what, and which two attest the end of which device; generation 1 to 3 of either half.</summary>
    private static readonly Gen<(bool Ends, int Half, int Generation, int Person, int Other)[]> Acts = Gen.Select(
        Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true))),
        Gen.Int[0, 1],
        Gen.Int[1, 3],
        Gen.Int[0, 4],
        Gen.Int[1, 4]
    ).Array[1, 40];

    [Fact]
    [Trait("Law", "9")]
    public void A_code_is_never_given_to_two_people_however_many_devices_there_are() =>
        Gifts.Sample(
            gifts =>
            {
                var devices = Enumerable.Range(1, 3).Select(InUse).ToList();

                var given = gifts.Where(g => devices[g.Device].Give(g.Step, People[g.Person])).ToList();

                Assert.All(
                    given.GroupBy(g => (g.Device, g.Step)),
                    code => Assert.Single(code.Select(g => g.Person).Distinct())
                );
            },
            iter: 2000
        );

    [Fact]
    [Trait("Law", "1")]
    public void Nobody_is_shown_both_halves_while_the_device_lives_whose_code_they_saw() =>
        Acts.Sample(
            acts =>
            {
                var (exposures, retirements) = (new List<Exposure>(), new List<Retirement>());
                foreach (var (ends, half, generation, person, other) in acts)
                {
                    var (who, another) = (People[person], People[(person + other) % People.Length]);
                    if (ends)
                        retirements.Add(Retirement.OfDevice(default, generation, who, another, Noon));
                    else if (
                        !exposures.Exists(e => e.Person == who && e.Half == HalfOf(1 - half) && e.Bars(retirements))
                    )
                        exposures.Add(Exposure.FromBirth(default, HalfOf(half), generation, who, Noon));
                }

                // told anew, without the rules: both halves only after the very device was ended by others
                foreach (var seen in exposures.Where(e => e.Half == Half.Mfa))
                {
                    var freed = retirements.Exists(r =>
                        r.From == seen.Generation
                        && r.Through == seen.Generation
                        && r.AttestedBy != seen.Person
                        && r.AndBy != seen.Person
                    );
                    Assert.Equal(!freed, seen.Bars(retirements));
                }
                Assert.All(
                    exposures.Where(e => e.Half == Half.Password),
                    seen => Assert.True(seen.Bars(retirements)) // no end of a device frees from a password
                );
            },
            iter: 2000
        );

    [Fact]
    [Trait("Law", "1")]
    public void The_end_of_one_device_lifts_no_bar_of_another()
    {
        var retirement = Retirement.OfDevice(default, 2, Mona, Max, Noon);

        Assert.True(retirement.Lifts(Half.Mfa, 2, Dora));
        Assert.False(retirement.Lifts(Half.Mfa, 1, Dora));
        Assert.False(retirement.Lifts(Half.Mfa, 3, Dora));
        Assert.False(retirement.Lifts(Half.Password, 2, Dora));
        Assert.False(retirement.Lifts(Half.Mfa, 2, Max)); // nobody attests themselves free
    }

    [Fact]
    public void A_device_makes_codes_once_somebody_else_has_vouched_for_it()
    {
        var account = AnAccount();
        var device = Waiting(account.Id, 2, "Phone", 0, Mona, Noon);
        Assert.False(device.Serves);

        Assert.Equal(Refusal.ProposedItYourself, device.Vouch(Keeper(Mona, Half.Mfa), account, Noon, out _));
        Assert.Equal(Refusal.NotACustodian, device.Vouch(Keeper(Paul, Half.Password), account, Noon, out _));
        Assert.Equal(
            Refusal.HasSeenTheOtherHalf,
            device.Vouch(Keeper(Max, Half.Mfa) with { SeenPassword = true }, account, Noon, out _)
        );
        Assert.False(device.Serves);

        Assert.Null(device.Vouch(Keeper(Max, Half.Mfa), account, Noon, out var retirement));
        Assert.True(device.Serves);
        Assert.Null(retirement);
        Assert.Equal(2, account.MfaGeneration);
    }

    [Fact]
    [Trait("Law", "16")]
    public void A_device_that_nobody_vouched_for_in_time_never_makes_codes()
    {
        var device = Waiting(default, 2, "Phone", 0, Mona, Noon);
        var late = Noon + MfaDevice.WaitsFor;

        Assert.Null(device.WhyNotVouch(Keeper(Max, Half.Mfa), late.AddTicks(-1)));
        Assert.Equal(Refusal.NotProposed, device.Vouch(Keeper(Max, Half.Mfa), AnAccount(), late, out _));
        Assert.False(device.Serves);
        Assert.False(device.TakesAPlaceAt(late));
    }

    [Fact]
    public void A_device_that_was_turned_down_cannot_be_vouched_for_any_more()
    {
        var device = Waiting(default, 2, "Phone", 0, Mona, Noon);

        Assert.Equal(Refusal.NotACustodian, device.TurnDown(Keeper(Paul, Half.Password), Noon));
        Assert.Null(device.TurnDown(Keeper(Mona, Half.Mfa), Noon)); // whoever brought it in takes it back
        Assert.Equal(Refusal.NotProposed, device.Vouch(Keeper(Max, Half.Mfa), AnAccount(), Noon, out _));
    }

    [Fact]
    [Trait("Law", "14")]
    public void It_takes_two_to_say_that_a_device_is_gone()
    {
        var device = InUse(3);

        Assert.Null(device.Leave(Keeper(Mona, Half.Mfa), others: 1, Noon));
        Assert.True(device.Serves);
        Assert.Equal(Refusal.ProposedItYourself, device.Vouch(Keeper(Mona, Half.Mfa), AnAccount(), Noon, out _));
        Assert.Null(device.Vouch(Keeper(Max, Half.Mfa), AnAccount(), Noon, out var retirement));

        Assert.False(device.Serves);
        Assert.Equal(
            (3, 3, Mona, Max),
            (retirement!.From, retirement.Through, retirement.AttestedBy, retirement.AndBy)
        );
    }

    [Fact]
    public void A_device_that_is_still_there_makes_codes_on()
    {
        var device = InUse(3);
        device.Leave(Keeper(Mona, Half.Mfa), others: 1, Noon);

        Assert.Null(device.TurnDown(Keeper(Max, Half.Mfa), Noon));

        Assert.Equal(DeviceState.InUse, device.State);
    }

    [Fact]
    public void The_last_device_does_not_leave() =>
        Assert.Equal(Refusal.LastDevice, InUse(1).Leave(Keeper(Mona, Half.Mfa), others: 0, Noon));

    [Theory]
    [InlineData(true, false, false, null)]
    [InlineData(false, true, false, null)]
    [InlineData(false, false, false, Refusal.BringsNoDevice)]
    [InlineData(true, false, true, Refusal.BringsNoDevice)]
    [Trait("Law", "1")]
    public void Custodians_of_the_MFA_half_and_duty_managers_bring_in_devices_unless_they_know_the_password(
        bool keeps,
        bool isDuty,
        bool knows,
        Refusal? why
    ) =>
        Assert.Equal(
            why,
            Eligibility.WhyNotBringIn(
                new Standing(Dora, keeps ? Half.Mfa : null, SeenPassword: knows, IsDutyManager: isDuty)
            )
        );

    private static Half HalfOf(int number) => number == 0 ? Half.Password : Half.Mfa;

    private static MfaDevice InUse(int generation)
    {
        var device = Waiting(default, generation, $"Phone {generation}", 0, Dora, Noon);
        device.Vouch(Keeper(Mona, Half.Mfa), AnAccount(), Noon, out _);
        return device;
    }

    private static MfaDevice Waiting(
        AccountId account,
        int generation,
        string label,
        int drift,
        PersonId by,
        DateTimeOffset now
    )
    {
        var device = MfaDevice.Expected(account, generation, label, drift, by, now);
        device.GotIn(now);
        return device;
    }
}
