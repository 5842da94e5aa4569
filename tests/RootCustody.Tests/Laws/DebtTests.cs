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
    public void The_law_finds_a_debt_that_nobody_booked() =>
        Breach.IsFoundWith(Hole.NothingIsOwed, Lawbook.Owed.Breach);

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

        Assert.Equal(found, Lawbook.Owed.Breach(world) is not null);
        Assert.Equal(found, account.OwesSince is not null);
    }

    [Fact]
    public void The_law_finds_a_promotion_on_one_word() =>
        Breach.IsFoundWith(Hole.OneWordIsEnough, Lawbook.OneWord.Breach);

    [Fact]
    public void A_debt_can_always_be_paid() =>
        Gen.Select(Breach.Births, Command.WithFreePeople, Gen.Int[0, 5])
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
        Gen.Select(Breach.Births, Command.WithFreePeopleWhoStay, Gen.Int[0, 5])
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

    [Fact]
    public void A_new_password_that_came_into_force_in_a_rotation_that_stopped_is_itself_a_debt() =>
        Gen.Select(Breach.Births, Command.WithFreePeopleWhoStay, Gen.Int[0, 5])
            .Sample(
                (births, commands, first) =>
                {
                    var world = new World(births);
                    world.DismissAllButTheSteady();
                    foreach (var command in commands)
                        world.Play(command);

                    foreach (var account in world.Settle())
                    {
                        var inForce = Begin(world, account, first).PendingGeneration!.Value;
                        world.Settle();
                        var next = Begin(world, account, first);
                        Assert.IsType<Rotating.Said>(world.Found(next, next.PasswordApprover!.Value, inForce));
                        Assert.IsType<Rotating.NotRotated>(world.Found(next, next.MfaApprover!.Value, inForce));

                        Assert.Equal(inForce, account.PasswordGeneration);
                        Assert.NotNull(account.OwesSince);
                        Assert.Null(Lawbook.Owed.Breach(world));
                        Assert.Null(SplitTests.WronglyBarred(world, account));
                        Pay(world, account, first);
                    }
                },
                iter: 300
            );

    /// <summary>Plays a rotation, with whoever of the two groups can take part; knows no rule, only clicks.</summary>
    private static void Pay(World world, Account account, int first)
    {
        var rotation = Begin(world, account, first);
        var made = rotation.PendingGeneration!.Value;
        Assert.IsType<Rotating.Said>(world.Found(rotation, rotation.MfaApprover!.Value, made));
        Assert.IsType<Rotating.Rotated>(world.Found(rotation, rotation.PasswordApprover!.Value, made));
    }

    /// <summary>Both halves of a rotation are shown.</summary>
    private static Request Begin(World world, Account account, int first)
    {
        var rotation = world.AskForRotation(account);
        Assert.NotNull(rotation);

        foreach (var half in (Half[])[Half.Password, Half.Mfa])
        {
            var members = Scenes.GroupOf(world, account, half).Members;
            for (var i = 0; i < members.Count && rotation.ApproverOf(half) is null; i++)
                world.Approve(rotation, members[(first + i) % members.Count].Person);
        }
        Assert.Equal(RequestState.Open, rotation.State);

        foreach (var half in (Half[])[Half.Password, Half.Mfa])
            Assert.IsType<Reveal.Granted>(world.Show(rotation, half, rotation.ApproverOf(half)!.Value));
        return rotation;
    }
}
