using CsCheck;
using RootCustody.Accounts;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Tests.Laws;

/// <summary>Law 14: a password that was shown, or maybe shown, outside a rotation is a debt until two custodians have promoted another.</summary>
[Trait("Law", "14")]
public class DebtTests
{
    [Fact]
    public void There_is_a_debt_exactly_while_an_exposed_password_lives() => Breach.Never(WronglyOwed);

    [Fact]
    public void A_promotion_rests_on_the_word_of_two_people() => Breach.Never(OneWord);

    [Fact]
    public void The_law_finds_a_debt_that_nobody_booked() => Breach.IsFoundWith(Hole.NothingIsOwed, WronglyOwed);

    [Theory]
    [InlineData(Hole.None, false)]
    [InlineData(Hole.PaidIsOwedAgain, true)]
    public void The_law_finds_a_paid_debt_that_a_late_answer_books_again(Hole hole, bool found)
    {
        var world = new World([], hole);
        var request = world.OpenedBy("Paul", "Mona");
        world.Show(request, Half.Password, world.Named("Paul").Id);
        var account = Assert.Single(world.Settle());
        Pay(world, account, first: 0);

        world.Done(request, world.Named("Mona").Id);

        Assert.Equal(found, WronglyOwed(world) is not null);
        Assert.Equal(found, account.OwesSince is not null);
    }

    [Fact]
    public void The_law_finds_a_promotion_on_one_word() => Breach.IsFoundWith(Hole.OneWordIsEnough, OneWord);

    [Fact]
    public void A_debt_can_always_be_paid() =>
        Gen.Select(Breach.Births, Command.Any, Gen.Int[0, 5])
            .Sample(
                (births, commands, first) =>
                {
                    var world = new World(births);
                    foreach (var command in commands)
                        world.Play(command);
                    var debts = world.Settle();

                    foreach (var account in debts)
                        Pay(world, account, first);

                    Assert.All(debts, account => Assert.Null(account.OwesSince));
                },
                iter: 700
            );

    [Fact]
    public void A_debt_of_two_groups_of_two_is_paid_whoever_typed_and_held_the_halves() =>
        Gen.Select(Breach.Births, Command.Without(Act.Admit, Act.Move, Act.Suspend), Gen.Int[0, 5])
            .Sample(
                (births, commands, first) =>
                {
                    var world = new World(births);
                    world.DismissAllButTheSteady();
                    foreach (var command in commands)
                        world.Play(command);
                    var debts = world.Settle();

                    foreach (var account in debts)
                        Pay(world, account, first);

                    Assert.All(debts, account => Assert.Null(account.OwesSince));
                },
                iter: 700
            );

    internal static string? WronglyOwed(World world)
    {
        foreach (var account in world.Accounts)
        {
            var living = world
                .Chronicle.Promoted.Where(p => p.Account == account.Id)
                .Select(p => p.Generation)
                .Append(1)
                .Max();
            var owes = world.Chronicle.Seen.Exists(s =>
                s.Account == account.Id && s.Half == Half.Password && !s.Rotation && s.Booked && s.Generation >= living
            );
            if (owes != account.OwesSince is not null)
                return $"{account.Number} owes {account.OwesSince:T}, but an exposed password lives: {owes}.";
        }
        return null;
    }

    internal static string? OneWord(World world)
    {
        foreach (var promoted in world.Chronicle.Promoted)
        {
            var attested = world.Chronicle.Attested.Exists(a =>
                a.Half == Half.Password
                && a.Who == promoted.By
                && world.Chronicle.Attested.Exists(b =>
                    b.Request == a.Request && b.Half == Half.Mfa && b.Who == promoted.AndBy && b.Who != a.Who
                )
            );
            if (!attested)
                return $"Generation {promoted.Generation} was promoted on one word.";
        }
        return null;
    }

    /// <summary>Plays a rotation, with whoever of the two groups can take part; knows no rule, only clicks.</summary>
    private static void Pay(World world, Account account, int first)
    {
        var rotation = world.AskForRotation(account);
        Assert.NotNull(rotation);

        foreach (var half in (Half[])[Half.Password, Half.Mfa])
        {
            var members = world.GroupOf(account, half).Members;
            for (var i = 0; i < members.Count && rotation.ApproverOf(half) is null; i++)
                world.Approve(rotation, members[(first + i) % members.Count].Person);
        }
        Assert.Equal(RequestState.Open, rotation.State);

        var passwordHolder = rotation.PasswordApprover!.Value;
        var mfaHolder = rotation.MfaApprover!.Value;
        Assert.IsType<Reveal.Granted>(world.Show(rotation, Half.Password, passwordHolder));
        Assert.IsType<Reveal.Granted>(world.Show(rotation, Half.Mfa, mfaHolder));
        Assert.IsType<Closing.HalfRotated>(world.Rotated(rotation, mfaHolder));
        Assert.IsType<Closing.Rotated>(world.Rotated(rotation, passwordHolder));
    }
}
