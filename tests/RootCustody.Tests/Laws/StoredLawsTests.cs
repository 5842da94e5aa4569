using CsCheck;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data;
using RootCustody.Data.Databases;
using RootCustody.Moves;
using RootCustody.Requests;
using RootCustody.Reveals;
using RootCustody.Tests.Databases;
using RootCustody.Transfers;

namespace RootCustody.Tests.Laws;

/// <summary>The same laws over what the real use cases leave in a real database, said naively over its rows.</summary>
public sealed class StoredLawsTests
{
    /// <summary>More for a long run: set ROOTCUSTODY_TEST_STORED_HISTORIES. A server makes a new database for each, which takes long.</summary>
    private static int Histories =>
        int.TryParse(
            Environment.GetEnvironmentVariable("ROOTCUSTODY_TEST_STORED_HISTORIES"),
            System.Globalization.CultureInfo.InvariantCulture,
            out var histories
        )
            ? histories
        : EachDatabase.Wanted == DatabaseProvider.Sqlite ? 200
        : 40;

    [DatabaseFact]
    public async Task Whatever_people_do_to_the_stored_world_every_law_holds()
    {
        var (reached, histories) = (await PlayAsync(StoredCommand.Any, Histories), Histories);
        // of 600, 136 showed a half, 242 handed something over and 88 ended a move; of the 40 on a server 3 or less may show one by chance
        var shown = histories < 100 ? 1 : histories / 10;
        Assert.True(reached.Shown >= shown, $"{reached}: the histories reach too little.");
        Assert.True(reached.Handed >= histories / 20, $"{reached}: the histories reach too little.");
        Assert.True(reached.Moved >= histories / 100, $"{reached}: the histories reach too little.");
    }

    [DatabaseFact]
    public async Task Whatever_people_do_while_the_account_leaves_custody_every_law_holds()
    {
        var histories = Histories / 4;
        var reached = await PlayAsync(StoredCommand.OfTransfer, histories);
        // of 150, 43 showed a half to a contact, 48 were handed over and 37 certified; the ten on a server are too few to ask for any
        var least = new[] { reached.InHalves, reached.HandedOver, reached.Certified }.Min();
        Assert.True(least >= histories / 20, $"{reached}: the histories reach too little.");
    }

    /// <summary>In how many histories a half was shown, a thing moved, and an account was handed over and certified.</summary>
    private sealed record Reached
    {
        public int Shown;
        public int Handed;
        public int Moved;
        public int InHalves;
        public int HandedOver;
        public int Certified;
    }

    private static async Task<Reached> PlayAsync(Gen<StoredCommand[]> commands, int histories)
    {
        var reached = new Reached();
        await commands.SampleAsync(
            async history =>
            {
                var world = await StoredWorld.SetAsync();
                await using var stage = world.Stage;
                foreach (var command in history)
                    await world.PlayAsync(command);
                stage.Clock.Advance(TimeSpan.FromHours(12)); // whatever still runs ends
                await world.JobsAsync();
                var laws = await StoredLaws.OfAsync(world);
                if (laws.Breach() is { } breach)
                    Assert.Fail(breach);
                Count(ref reached.Shown, world.Shown.Count > 0);
                Count(ref reached.Handed, laws.Moves.Any(m => m.HandedAt is not null));
                Count(ref reached.Moved, laws.Moves.Any(m => m.EndedAt is not null));
                Count(ref reached.InHalves, world.Shown.Exists(s => world.IsContact(stage.People[s.Who])));
                Count(ref reached.HandedOver, laws.Transfers.Any(t => t.HandedOverAt is not null));
                Count(ref reached.Certified, laws.Transfers.Any(t => t.CertifiedAt is not null));
            },
            iter: histories
        );
        TestContext.Current.SendDiagnosticMessage($"{reached}");
        return reached;
    }

    private static void Count(ref int histories, bool reached) => Interlocked.Add(ref histories, reached ? 1 : 0);

    [DatabaseTheory]
    [InlineData("Exposures", "both halves")]
    [InlineData("Accounts", "owes")]
    [InlineData("Late", "outside its window")]
    [InlineData("HandedTo", "could open the other")]
    [InlineData("Keepers", "The register says")]
    [InlineData("NoAdministrator", "begun by one administrator")]
    [InlineData("Contacts", "goes to another")]
    [InlineData("HandedOver", "after the account was handed over")]
    [InlineData("WordOfContact", "said and confirmed")]
    [InlineData("OneHolder", "said and confirmed")]
    [InlineData("Destroyed", "before its time")]
    public async Task The_laws_find_what_the_rules_would_never_store(string where, string breach)
    {
        var world = await StoredWorld.SetAsync();
        await using var stage = world.Stage;
        var id = await stage.OpenAsync();
        await world.Stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
        await TamperAsync(stage, id, where);

        Assert.Contains(breach, (await StoredLaws.OfAsync(world)).Breach() ?? "", StringComparison.Ordinal);
    }

    private static Task TamperAsync(Stage stage, RequestId id, string where) =>
        stage.DecideAsync(async db =>
        {
            var (paul, now) = (stage.People[Stage.Paul], db.Now);
            switch (where)
            {
                case "Exposures":
                    db.Exposures.Add(Exposure.Of(stage.Account, Half.Mfa, 1, paul, id, now, now));
                    break;
                case "Accounts":
                    await db.Accounts.ExecuteUpdateAsync(s => s.SetProperty(a => a.OwesSince, (DateTimeOffset?)now));
                    break;
                case "Late":
                    await db
                        .Requests.Where(r => r.Id == id)
                        .ExecuteUpdateAsync(s => s.SetProperty(r => r.Closes, (DateTimeOffset?)now.AddHours(-1)));
                    break;
                case "Contacts":
                    await db
                        .Requests.Where(r => r.Id == id)
                        .ExecuteUpdateAsync(s =>
                            s.SetProperty(r => r.Task, RootTask.HandOverInHalves.Id)
                                .SetProperty(r => r.PasswordReceiver, (PersonId?)stage.People[Stage.Rita])
                                .SetProperty(r => r.MfaReceiver, (PersonId?)stage.People[Stage.Ravi])
                        );
                    break;
                case "Keepers":
                    db.Keepers.Add(Keeper.Of(stage.Account, paul, KeptThing.RootMailbox, "another", now));
                    break;
                case "HandedTo" or "NoAdministrator":
                    await TamperWithMoveAsync(stage, db, where);
                    break;
                default:
                    await TamperWithTransferAsync(stage, db, id, where);
                    break;
            }
        });

    /// <summary>The phone was in Paul's hands already, or Mike, who is no administrator, has confirmed that Rita has the mailbox.</summary>
    private static async Task TamperWithMoveAsync(Stage stage, CustodyDb db, string where)
    {
        var (people, now) = (stage.People, db.Now);
        var (thing, from, to) =
            where == "HandedTo"
                ? (KeptThing.RootPhone, people[Stage.Alma], people[Stage.Paul])
                : (KeptThing.RootMailbox, people[Stage.Dora], people[Stage.Rita]);
        var move = Move.Of(stage.Account, thing, from, to, "one", "Nobody knows why.", people[Stage.Ada], Stage.Noon);
        move.HandOver(from, "It is handed over.", Stage.Noon);
        db.Moves.Add(move);
        if (where == "HandedTo")
            return;
        move.Take("It rings.", now);
        move.End(people[Stage.Mike], now.AddMinutes(1)); // not at the moment at which Dora came to keep it
        db.Keepers.RemoveRange(await db.Keepers.Where(k => k.Person == from).ToListAsync());
        db.Keepers.Add(Keeper.Of(stage.Account, to, thing, "one", now));
    }

    private static async Task TamperWithTransferAsync(Stage stage, CustodyDb db, RequestId id, string where)
    {
        var (people, now) = (stage.People, db.Now);
        var account = await db.Accounts.SingleAsync();
        var transfer = Transfer.Of(
            account,
            people[Stage.Rita],
            "Receiver",
            "aws@receiver.example",
            "Sold.",
            false,
            now
        );
        db.Transfers.Add(transfer);
        if (where == "WordOfContact")
            transfer.Confirm(
                transfer.Say(TransferStep.Receiver, true, "Seen.", people[Stage.Rita], now),
                people[Stage.Paul],
                now
            );
        if (where is "HandedOver" or "OneHolder")
        {
            // the words of two in the row, and none in the log
            var at = where == "HandedOver" ? Stage.Noon : now.AddHours(1);
            transfer.AskFor(id, false, at);
            transfer.SayHandedOver(people[Stage.Paul], at);
            transfer.SayHandedOver(people[Stage.Mona], at);
        }
        if (where == "Destroyed")
            transfer.Destroyed(Half.Password, now);
    }
}
