using CsCheck;
using RootCustody.Accounts;
using RootCustody.Reveals;
using static RootCustody.Tests.Requests.Cast;

namespace RootCustody.Tests.Reveals;

public sealed class KnownHalfTests
{
    /// <summary>Exposures of one person: half, generation, minute, and whether it was shown.</summary>
    private static readonly Gen<(bool Password, int Generation, int Minute, bool Shown)[]> Pasts = Gen.Select(
        Gen.Bool,
        Gen.Int[1, 4],
        Gen.Int[0, 100],
        Gen.Bool
    ).Array[0, 8];

    [Fact, Trait("Law", "14")]
    public void A_leaver_leaves_a_debt_exactly_if_they_were_shown_a_password_that_may_live() =>
        Gen.Select(Pasts, Gen.Int[1, 4])
            .Sample(
                (past, living) =>
                {
                    var account = AnAccount();
                    List<Retirement> retirements = [];
                    if (living > 1)
                        retirements.Add(account.Promote(living, Pia, Max, Defaults, Noon));

                    var known = KnownHalf.Of(past.Select(p => Shown(account, p)), retirements);

                    Assert.Equal(
                        past.Any(p => p is { Password: true, Shown: true } && p.Generation >= living),
                        known.Any(k => k.IsDebtOf(account))
                    );
                }
            );

    [Fact, Trait("Law", "1")]
    public void A_code_that_was_seen_is_known_and_no_debt()
    {
        var account = AnAccount();

        var known = Assert.Single(
            KnownHalf.Of([Shown(account, (false, 1, 7, true)), Shown(account, (false, 1, 3, true))], [])
        );

        Assert.Equal(new KnownHalf(account.Id, Half.Mfa, At(3), 1), known);
        Assert.False(known.IsDebtOf(account));
    }

    [Fact]
    public void Of_several_generations_the_newest_that_was_shown_counts()
    {
        var account = AnAccount();

        var known = KnownHalf.Of([Shown(account, (true, 1, 5, true)), Shown(account, (true, 3, 9, true))], []);

        Assert.Equal([new KnownHalf(account.Id, Half.Password, At(5), 3)], known);
    }

    private static Exposure Shown(Account account, (bool Password, int Generation, int Minute, bool Shown) past)
    {
        var exposure = Exposure.Of(
            account.Id,
            past.Password ? Half.Password : Half.Mfa,
            past.Generation,
            Paul,
            RequestId.New(Noon),
            At(past.Minute),
            At(past.Minute)
        );
        exposure.Conclude(past.Shown ? RevealOutcome.Shown : RevealOutcome.NotShown);
        return exposure;
    }
}
