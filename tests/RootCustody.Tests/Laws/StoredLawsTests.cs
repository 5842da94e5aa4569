using CsCheck;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Data.Databases;
using RootCustody.Requests;
using RootCustody.Reveals;
using RootCustody.Tests.Databases;

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
        var (shown, histories) = (0, Histories);
        await StoredCommand.Any.SampleAsync(
            async commands =>
            {
                var world = await StoredWorld.SetAsync();
                await using var stage = world.Stage;
                foreach (var command in commands)
                    await world.PlayAsync(command);
                stage.Clock.Advance(TimeSpan.FromHours(12)); // whatever still runs ends
                await world.JobsAsync();
                if (await BreachAsync(world) is { } breach)
                    Assert.Fail(breach);
                Interlocked.Add(ref shown, world.Shown.Count);
            },
            iter: histories
        );
        // about one history in three gets there; of 40 on a server it may by chance be one in five
        Assert.True(shown >= histories / 10, $"Only {shown} halves were shown: the histories reach too little.");
    }

    [DatabaseTheory]
    [InlineData("Exposures", "both halves")]
    [InlineData("Accounts", "owes")]
    [InlineData("Late", "outside its window")]
    public async Task The_laws_find_what_the_rules_would_never_store(string where, string breach)
    {
        var world = await StoredWorld.SetAsync();
        await using var stage = world.Stage;
        var id = await stage.OpenAsync();
        await world.Stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
        await TamperAsync(stage, id, where);

        Assert.Contains(breach, await BreachAsync(world) ?? "", StringComparison.Ordinal);
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
            }
        });

    private static async Task<string?> BreachAsync(StoredWorld world) =>
        await world.Stage.InDbAsync(async db =>
        {
            var facts = new Stored(
                await db.Requests.AsNoTracking().ToListAsync(),
                await db.Exposures.AsNoTracking().ToListAsync(),
                await db.Retirements.AsNoTracking().ToListAsync(),
                await db.Accounts.AsNoTracking().SingleAsync(),
                await db.Audit.AsNoTracking().Select(a => a.Entry).ToListAsync(),
                world
            );
            return facts.Split()
                ?? facts.Recorded()
                ?? facts.InItsWindow()
                ?? facts.OneEffect()
                ?? facts.Debt()
                ?? facts.NobodyFrozen();
        });

    private sealed record Stored(
        IReadOnlyList<Request> Requests,
        IReadOnlyList<Exposure> Exposures,
        IReadOnlyList<Retirement> Retirements,
        Account Account,
        IReadOnlyList<string> Audit,
        StoredWorld World
    )
    {
        private IEnumerable<Exposure> Living =>
            Exposures.Where(e =>
                e.Outcome != RevealOutcome.NotShown
                && e.Generation > 0
                && !Retirements.Any(r =>
                    r.Half == e.Half
                    && e.Generation >= r.From
                    && e.Generation <= r.Through
                    && e.Person != r.AttestedBy
                    && e.Person != r.AndBy
                )
            );

        public string? Split() =>
            Living.GroupBy(e => e.Person).FirstOrDefault(p => p.Select(e => e.Half).Distinct().Count() > 1) is { } both
                ? $"{NameOf(both.Key)} knows both halves."
                : null;

        public string? Recorded() =>
            World.Shown.Find(s =>
                !Exposures.Any(e => e.Person == World.Stage.People[s.Who] && e.Request == s.Request && e.Half == s.Half)
            )
                is { Who: { } who }
                ? $"{who} was shown a half that is not on record."
                : null;

        public string? InItsWindow() =>
            Exposures.Any(e =>
                e.Request is { } id
                && Requests.Single(r => r.Id == id) is var request
                && !(request.Opens <= e.At && e.At < request.Closes)
            )
                ? "A half was shown outside its window."
                : null;

        public string? OneEffect() =>
            Requests.FirstOrDefault(r =>
                Audit.Count(entry =>
                    entry.Contains(r.Id.ToString(), StringComparison.Ordinal)
                    && entry.Contains("\"window.opened\"", StringComparison.Ordinal)
                ) > 1
            )
                is { } twice
                ? $"{twice.Name} was opened twice."
                : null;

        public string? Debt()
        {
            var owes = Exposures.Any(e =>
                e.Half == Half.Password
                && e.Outcome != RevealOutcome.NotShown
                && e.Generation >= Account.PasswordGeneration
                && e.Request is { } id
                && Requests.Single(r => r.Id == id) is { IsOver: true, Kind: not RequestKind.Rotation }
            );
            // found in force later than it was shown, and not rotated since
            owes |= Audit.Any(entry =>
                entry.Contains("\"password.recognised\"", StringComparison.Ordinal)
                && entry.Contains($"\"generation\":{Account.PasswordGeneration},", StringComparison.Ordinal)
            );
            return owes == Account.OwesSince is not null ? null : $"The account owes: {Account.OwesSince is not null}.";
        }

        public string? NobodyFrozen() =>
            World.Frozen.Find(f =>
                Exposures.Any(e =>
                    e.Person == World.Stage.People[f.Who] && e.At > f.From && (f.Until is null || e.At < f.Until)
                )
            )
                is { Who: { } who }
                ? $"{who} was shown a half while they were frozen."
                : null;

        private string NameOf(PersonId id) => World.Stage.People.Single(p => p.Value == id).Key;
    }
}
