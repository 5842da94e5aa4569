using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;
using RootCustody.Couriers.Journals;
using RootCustody.Data;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Tests.Couriers.Journals;

/// <summary>Somebody read a half straight from the vault in an emergency, and an operator books it.</summary>
public sealed class RecordOutsideTests
{
    private static readonly SeenOutside Seen = new(
        "111122223333",
        Half.Password,
        1,
        Stage.Paul,
        Stage.Noon.AddHours(-1),
        "INC-4711: chat was down"
    );

    [Fact]
    [Trait("Law", "1")]
    [Trait("Law", "14")]
    public async Task Whoever_saw_the_password_is_barred_from_the_MFA_half_and_the_password_is_owed()
    {
        await using var stage = await Stage.SetAsync();

        var recorded = await RecordAsync(stage, Seen);

        Assert.Equal(["It is on record."], Assert.IsType<RecordOutside.Outcome.Recorded>(recorded).Sentences);
        var account = await stage.InDbAsync(db => db.Accounts.SingleAsync());
        Assert.NotNull(account.OwesSince);
        Assert.NotNull(account.RotateBy);
        var paul = await StandingAsync(stage, Stage.Paul);
        Assert.True(paul.SeenPassword);
        var exposure = await stage.InDbAsync(db => db.Exposures.SingleAsync(e => e.At == Seen.At));
        Assert.Equal((RevealOutcome.MaybeShown, (RequestId?)null), (exposure.Outcome, exposure.Request));
        Assert.Equal(
            1,
            await stage.InDbAsync(db =>
                db.Audit.CountAsync(r => r.Entry.Contains("exposure.reported") && r.Entry.Contains("INC-4711"))
            )
        );
    }

    [Fact]
    [Trait("Law", "1")]
    public async Task The_holder_of_the_MFA_half_who_saw_the_password_outside_is_shown_no_code()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();

        await RecordAsync(stage, Seen with { Person = Stage.Mona });

        var screen = new Screen();
        var reply = await stage.RevealAsync(Stage.Mona, id, Half.Mfa, screen);
        Assert.Equal(Sentences.For(Refusal.HasSeenTheOtherHalf), Assert.IsType<Reply.Said>(reply).Text);
        Assert.Empty(screen.Lines);
    }

    [Fact]
    [Trait("Law", "1")]
    public async Task The_holder_of_the_password_who_saw_a_code_outside_is_shown_no_password_and_nothing_is_owed()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();

        await RecordAsync(stage, Seen with { Half = Half.Mfa });

        var reply = await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
        Assert.Equal(Sentences.For(Refusal.HasSeenTheOtherHalf), Assert.IsType<Reply.Said>(reply).Text);
        Assert.Null(await stage.InDbAsync(db => db.Accounts.Select(a => a.OwesSince).SingleAsync()));
    }

    [Fact]
    [Trait("Law", "1")]
    public async Task Whoever_fetched_a_key_that_is_held_outside_is_barred_from_the_password()
    {
        await using var stage = await Stage.SetAsync();

        var booked = await RecordAsync(stage, Seen with { Half = Half.Mfa, Generation = -1 });
        var none = await RecordAsync(stage, Seen with { Generation = -1 });

        Assert.IsType<RecordOutside.Outcome.Recorded>(booked);
        Assert.IsType<RecordOutside.Outcome.Refused>(none); // no password has such a generation
        Assert.True((await StandingAsync(stage, Stage.Paul)).SeenMfa);
    }

    [Fact]
    public async Task The_same_again_books_nothing_twice_and_another_reading_is_another_exposure()
    {
        await using var stage = await Stage.SetAsync();
        var before = await stage.InDbAsync(db => db.Exposures.CountAsync());

        await RecordAsync(stage, Seen);
        var again = await RecordAsync(stage, Seen);
        await RecordAsync(stage, Seen with { At = Seen.At.AddMinutes(1) });

        Assert.Equal(["It was on record already."], Assert.IsType<RecordOutside.Outcome.Recorded>(again).Sentences);
        Assert.Equal(before + 2, await stage.InDbAsync(db => db.Exposures.CountAsync()));
        using var journal = new RevealJournal(stage.VaultDirectory, Half.Password);
        var lines = (await journal.ReadAsync(default)).Lines.Where(l => l.At <= Seen.At.AddMinutes(1));
        Assert.Equal(2, lines.Count());
    }

    [Fact]
    [Trait("Law", "1")]
    public async Task A_database_that_is_put_back_afterwards_is_told_of_it_by_the_journal()
    {
        await using var stage = await Stage.SetAsync();
        var backup = await stage.BackUpAsync();
        await RecordAsync(stage, Seen);

        await stage.RestoreAsync(backup);

        await using var scope = stage.Scope();
        var sentence = Assert.Single(
            await scope.ServiceProvider.GetRequiredService<FindLost>().SentencesAsync(default)
        );
        Assert.Contains("paul (paul) was shown the password", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_that_courier_is_not_played_it_is_booked_and_the_operator_is_sent_to_its_journal()
    {
        await using var stage = await Stage.SetAsync();

        var recorded = await stage.InDbAsync(db =>
            new RecordOutside(db, new RootCustody.Data.Policies(db), []).HandleAsync(Seen, default)
        );

        var sentences = Assert.IsType<RecordOutside.Outcome.Recorded>(recorded).Sentences;
        Assert.Contains("Run the same where it is played", sentences[1], StringComparison.Ordinal);
        Assert.True((await StandingAsync(stage, Stage.Paul)).SeenPassword);
        await RecordAsync(stage, Seen); // where it is
        using var journal = new RevealJournal(stage.VaultDirectory, Half.Password);
        Assert.Contains((await journal.ReadAsync(default)).Lines, l => l.At == Seen.At);
    }

    [Fact]
    public async Task What_it_means_is_said_before_anything_is_booked()
    {
        await using var stage = await Stage.SetAsync();
        await RecordAsync(stage, Seen with { Half = Half.Mfa });
        var before = await stage.InDbAsync(db => db.Exposures.CountAsync());

        var foreseen = await ForeseeAsync(stage, Seen with { Generation = 7 });

        var said = string.Join('\n', Assert.IsType<RecordOutside.Outcome.Foreseen>(foreseen).Sentences);
        foreach (
            var part in (string[])
                [
                    "paul (paul) saw the password of account 111122223333",
                    "generation 7, at 2026-11-23 11:00:00 UTC, outside of RootCustody",
                    "barred from the MFA half",
                    "Both halves of this account are with one person now",
                    "rotation is due within 24 hours",
                    "the living generation is 1",
                ]
        )
            Assert.Contains(part, said, StringComparison.Ordinal);
        Assert.Equal(before, await stage.InDbAsync(db => db.Exposures.CountAsync()));
    }

    [Theory]
    [InlineData("account", "There is no account 999999999999")]
    [InlineData("person", "There is no person 'nobody'")]
    [InlineData("generation", "Generations begin at 1")]
    [InlineData("future", "is still to come")]
    [InlineData("silent", "Say why")]
    [InlineData("lines", "one line of 500 characters")]
    public async Task What_cannot_be_is_refused_in_a_sentence_and_not_booked(string what, string sentence)
    {
        await using var stage = await Stage.SetAsync();
        var before = await stage.InDbAsync(db => db.Exposures.CountAsync());
        var wrong = what switch
        {
            "account" => Seen with { Account = "999999999999" },
            "person" => Seen with { Person = "nobody" },
            "generation" => Seen with { Generation = 0 },
            "future" => Seen with { At = Stage.Noon.AddDays(1) },
            "silent" => Seen with { Reason = " " },
            _ => Seen with { Reason = "one\ntwo" },
        };

        foreach (
            var outcome in (RecordOutside.Outcome[])[await ForeseeAsync(stage, wrong), await RecordAsync(stage, wrong)]
        )
            Assert.Contains(
                sentence,
                Assert.IsType<RecordOutside.Outcome.Refused>(outcome).Why,
                StringComparison.Ordinal
            );
        Assert.Equal(before, await stage.InDbAsync(db => db.Exposures.CountAsync()));
    }

    private static async Task<RecordOutside.Outcome> RecordAsync(Stage stage, SeenOutside seen)
    {
        await using var scope = stage.Scope();
        return await scope.ServiceProvider.GetRequiredService<RecordOutside>().HandleAsync(seen, default);
    }

    private static async Task<RecordOutside.Outcome> ForeseeAsync(Stage stage, SeenOutside seen)
    {
        await using var scope = stage.Scope();
        return await scope.ServiceProvider.GetRequiredService<RecordOutside>().ForeseeAsync(seen, default);
    }

    private static Task<RootCustody.People.Standing> StandingAsync(Stage stage, string person) =>
        stage.InDbAsync(async db =>
            await db.StandingAsync(stage.People[person], await db.Accounts.SingleAsync(), default)
        );
}
