using CsCheck;
using RootCustody.Accounts;
using RootCustody.People;
using RootCustody.Transfers;

namespace RootCustody.Tests.Transfers;

/// <summary>Whose turn it is, whatever people try in whatever order.</summary>
public sealed class TransferCourseTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly Account Account = Account.Of(
        "111122223333",
        "Production",
        "root@acme.example",
        CustomerId.New(Start),
        GroupId.New(Start),
        GroupId.New(Start),
        Start
    );

    private static readonly Person[] People =
    [
        Person.Of("rita", "Rita", Account.Customer, false, Start),
        Person.Of("ravi", "Ravi", Account.Customer, false, Start),
        Person.Of("other", "Other", CustomerId.New(Start), false, Start),
        Provider("paul"),
        Provider("ada", PersonRole.Administrator),
        Provider("abe", PersonRole.Administrator),
        Provider("fay", PersonRole.Finance),
    ];

    private static readonly Gen<(int What, int Who, int Hours)[]> Tries = Gen.Select(
        Gen.Int[0, 14],
        Gen.Int[0, People.Length - 1],
        Gen.Int[0, 40]
    ).Array[0, 120];

    [Fact]
    [Trait("Law", "2")]
    public void Whatever_is_tried_no_step_comes_before_its_time_and_no_one_does_it_alone() =>
        Tries.Sample(tries =>
        {
            var transfer = Transfer.Of(Account, People[0].Id, "Receiver Ltd", "a@b.example", "Sold.", false, Start);
            var now = Start;
            foreach (var (what, who, hours) in tries)
            {
                now += TimeSpan.FromHours(hours);
                var handedOver = transfer.HandedOverAt;
                Try(transfer, what, People[who], now);
                Holds(transfer, now);
                Assert.True(handedOver is null || transfer.WithdrawnAt is null);
            }
        });

    [Fact]
    public void All_of_it_is_reached_by_chance() =>
        Assert.Contains(
            Enumerable.Range(1, 400),
            seed =>
            {
                var random = new Random(seed);
                var transfer = Transfer.Of(Account, People[0].Id, "Receiver Ltd", "a@b.example", "Sold.", false, Start);
                for (var i = 0; i < 400 && !transfer.IsOver; i++)
                    Try(transfer, random.Next(14), People[random.Next(People.Length)], Start.AddHours(i));
                return transfer.CertifiedAt is not null;
            }
        );

    private static void Holds(Transfer transfer, DateTimeOffset now)
    {
        if (transfer.AgreedBy is { } agreed)
            Assert.NotEqual(transfer.AskedBy, agreed);
        Assert.All(transfer.Words, w => Assert.NotEqual(w.By, w.ConfirmedBy));
        if (transfer.Handover is not null)
            Assert.True(
                transfer.IsDone(TransferStep.Agreed)
                    && transfer.IsDone(TransferStep.Receiver)
                    && transfer.IsDone(TransferStep.Invoices)
            );
        if (transfer.ReceivedAt is not null)
            Assert.NotNull(transfer.HandedOverAt);
        if (transfer.HandedOverAt is not null)
            Assert.NotNull(transfer.SaidHandedOverBy);
        if (transfer.HandedOverAt is { } at && at == transfer.ReceivedAt) // by Received, which was the second word
            Assert.NotEqual(transfer.SaidHandedOverBy, transfer.ReceivedBy);
        if (transfer.IsToBeDestroyed)
        {
            Assert.NotNull(transfer.ReceivedAt);
            Assert.Equal(
                2,
                transfer
                    .Words.Where(w => w.Settles && w.Step == TransferStep.Destroyed)
                    .SelectMany(w => (PersonId?[])[w.By, w.ConfirmedBy])
                    .Distinct()
                    .Count()
            );
        }
        // it always waits for somebody, and all the time that it ran is somebody's
        Assert.Equal(
            transfer.IsOver,
            !transfer.WaitsFor(TransferSide.Customer) && !transfer.WaitsFor(TransferSide.Provider)
        );
        var ran = (transfer.WithdrawnAt ?? transfer.CertifiedAt ?? now) - transfer.AskedAt;
        var customer = transfer.Waited(TransferSide.Customer, now);
        var provider = transfer.Waited(TransferSide.Provider, now);
        Assert.True(customer <= ran && provider <= ran && customer + provider >= ran);
    }

    /// <summary>What is pressed, as the use cases ask: first whether they may.</summary>
    private static void Try(Transfer transfer, int what, Person person, DateTimeOffset now)
    {
        switch (what)
        {
            case 0 when transfer.WhyNotAgree(person) is null:
                transfer.Agree(person.Id, now);
                break;
            case 1 or 2 or 3 or 4:
                var step = TransferSteps.All.Where(s => s.IsSaid()).ElementAt(what - 1);
                if (transfer.WhyNotSay(step, person, false, hasSecondContact: true) is null)
                    transfer.Say(step, step != TransferStep.Invoices || now.Hour % 2 == 0, "Seen.", person.Id, now);
                break;
            case 5 or 6 or 7:
                var word = transfer.NewestOf(TransferSteps.All.Where(s => s.IsSaid()).ElementAt(what - 4));
                if (word is not null && transfer.WhyNotConfirm(word, person, false, hasSecondContact: true) is null)
                    transfer.Confirm(word, person.Id, now);
                break;
            case 8 when transfer.WhyNotHandOver(person) is null:
                transfer.AskFor(RequestId.New(now), inHalves: now.Hour % 2 == 0, now);
                break;
            case 9 when transfer.Handover is { } handover && transfer.CanBeHandedOver(handover):
                transfer.SayHandedOver(person.Id, now);
                break;
            case 10 when transfer.WhyNotReceive(person, now.Hour % 3 > 0) is null:
                transfer.Receive(now.Hour % 3 > 0, person.Id, now);
                break;
            case 11 when transfer.IsToBeDestroyed:
                transfer.Destroyed(now.Hour % 2 == 0 ? Half.Password : Half.Mfa, now);
                break;
            case 12 when transfer.IsNext(TransferStep.Certified):
                transfer.Certify("{}", now);
                break;
            case 13:
                transfer.MissHandover(now);
                break;
            case 14 when transfer.WhyNotWithdraw(person) is null:
                transfer.Withdraw(person.Id, now);
                break;
        }
    }

    private static Person Provider(string key, PersonRole? role = null)
    {
        var person = Person.Of(key, key, null, false, Start);
        if (role is { } appointed)
            person.Appoint(appointed);
        return person;
    }
}
