using CsCheck;
using RootCustody.Chat;
using RootCustody.Data.Chat;

namespace RootCustody.Tests.Data;

public sealed class BackoffTests
{
    private static readonly Gen<double> AnyChance = Gen.Double[0, 0.999999];

    [Fact]
    public void Without_chance_the_waits_double_and_then_stay() =>
        Gen.Int[1, 2000]
            .Sample(tries =>
            {
                var (wait, next) = (Backoff.Wait(tries, null, 0), Backoff.Wait(tries + 1, null, 0));
                Assert.Equal(wait * 2 < Backoff.Longest ? wait * 2 : Backoff.Longest, next);
            });

    [Fact]
    public void Chance_takes_away_up_to_half() =>
        Gen.Select(Gen.Int[1, 2000], AnyChance)
            .Sample(
                (tries, chance) =>
                {
                    var whole = Backoff.Wait(tries, null, 0);
                    Assert.InRange(Backoff.Wait(tries, null, chance), whole / 2, whole);
                    Assert.InRange(whole, Backoff.First, Backoff.Longest);
                }
            );

    [Fact]
    public void What_the_platform_says_is_obeyed_up_to_a_day() =>
        Gen.Select(Gen.Int[1, 2000], Gen.Long[1, TimeSpan.FromDays(400).Ticks], AnyChance)
            .Sample(
                (tries, ticks, chance) =>
                {
                    var told = TimeSpan.FromTicks(ticks);
                    var least = told < Backoff.LongestTold ? told : Backoff.LongestTold;
                    Assert.InRange(Backoff.Wait(tries, told, chance), least, least * 1.1);
                }
            );

    [Fact]
    public void A_platform_that_wants_no_waiting_is_spared_all_the_same() =>
        Assert.Equal(Backoff.First, Backoff.Wait(1, TimeSpan.Zero, 0));

    [Theory]
    [InlineData(ChatFailure.Throttled, 24)]
    [InlineData(ChatFailure.Unreachable, 24)]
    [InlineData(ChatFailure.Gone, 1)]
    [InlineData(ChatFailure.Broken, 1)]
    [InlineData(ChatFailure.Refused, 0)]
    public void A_row_is_parked_when_the_patience_is_at_its_end(ChatFailure failure, int hours) =>
        AnyChance.Sample(chance =>
        {
            var place = CardPlace.Notice(
                PersonId.New(Stage.Noon),
                new ChatUser(ChatPlatform.Slack, Stage.CustomerRealm, "U0RITA")
            );
            var row = OutboxRow.Of(place, Card.Of("A card"), Stage.Noon);
            var now = Stage.Noon;
            for (; !row.Parked; now = row.DueAt)
                row.Failed(new ChatException(failure, "code"), now, chance);

            var patience = TimeSpan.FromHours(hours);
            Assert.InRange(now, Stage.Noon + patience, Stage.Noon + patience + Backoff.Longest * 2);
            Assert.InRange(row.Tries, 1, 400);
        });
}
