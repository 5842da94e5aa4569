using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Audit;
using RootCustody.Chat;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.Vault;
using RootCustody.Data.Audit;
using RootCustody.Data.Backups;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Couriers.Journals;

/// <summary>A database that was put back to an older state has forgotten what somebody was shown.</summary>
public sealed class LostExposureTests
{
    [DatabaseFact]
    [Trait("Law", "1")]
    public async Task What_a_restored_database_forgot_is_found_nothing_is_shown_until_it_is_recorded_and_then_it_bars_and_owes()
    {
        await using var stage = await Stage.SetAsync();
        var backup = await stage.BackUpAsync();
        var lost = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Paul, lost, Half.Password, new Screen());

        await stage.RestoreAsync(backup);

        var sentence = Assert.Single(await SentencesAsync(stage));
        Assert.Contains(
            "paul (paul) was shown the password of account 111122223333",
            sentence,
            StringComparison.Ordinal
        );
        Assert.Contains("a request that the database does not know either", sentence, StringComparison.Ordinal);

        await SwapSidesAsync(stage); // Paul keeps the MFA now, and nothing in the database speaks against it
        var id = await stage.OpenAsync(password: Stage.Mona, mfa: Stage.Paul);
        var screen = new Screen();
        foreach (var (person, half) in ((string, Half)[])[(Stage.Mona, Half.Password), (Stage.Paul, Half.Mfa)])
        {
            var reply = await stage.RevealAsync(person, id, half, screen);
            Assert.Contains(
                "put back to an older state",
                Assert.IsType<Reply.Said>(reply).Text,
                StringComparison.Ordinal
            );
        }
        Assert.Empty(screen.Lines);

        Assert.Equal(1, await RecordAsync(stage));
        Assert.Equal(0, await RecordAsync(stage));

        Assert.Empty(await SentencesAsync(stage));
        Assert.NotNull(await stage.InDbAsync(db => db.Accounts.Select(a => a.OwesSince).SingleAsync())); // law 14
        Assert.Equal(1, await stage.InDbAsync(db => db.Audit.CountAsync(r => r.Entry.Contains("exposure.recovered"))));
        var barred = await stage.RevealAsync(Stage.Paul, id, Half.Mfa, screen);
        Assert.Equal(Sentences.For(Refusal.HasSeenTheOtherHalf), Assert.IsType<Reply.Said>(barred).Text);
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Mona, id, Half.Password, screen)); // the same click works again
    }

    [DatabaseFact]
    public async Task A_database_that_was_put_back_is_whole_and_takes_new_requests()
    {
        await using var stage = await Stage.SetAsync();
        var kept = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Paul, kept, Half.Password, new Screen());
        var head = await ExportAsync(stage);
        var backup = await stage.BackUpAsync();

        await stage.RestoreAsync(backup);

        Assert.Empty(await SentencesAsync(stage));
        Assert.Equal(head, await ExportAsync(stage));
        Assert.Equal(RequestState.Open, (await stage.RequestAsync(kept)).State);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => // its guards are there too
            stage.InDbAsync(db => db.Exposures.ExecuteDeleteAsync())
        );
        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, kept, Half.Password, new Screen()));
    }

    [Fact]
    [Trait("Law", "11")]
    public async Task After_a_restore_nothing_is_shown_anywhere_until_the_journals_of_both_halves_were_compared()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        var backup = await stage.BackUpAsync();
        await stage.RestoreAsync(backup);
        await stage.RunAsync<RecordRestore>(restore => restore.HandleAsync(ChainHead.Genesis, default));
        using var mine = new RevealJournal(stage.VaultDirectory, Half.Password);

        await stage.InDbAsync(db => new CompareJournals(db, [mine]).WhyClosedAsync(default)); // a node with one courier
        var why = await stage.InDbAsync(db => new CompareJournals(db, []).WhyClosedAsync(default));
        Assert.Equal(VaultFailure.DatabaseBehind, why!.Failure); // the other has not compared yet

        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen())); // here both do
    }

    [Fact]
    [Trait("Law", "1")]
    public async Task What_one_node_knows_stops_the_couriers_of_the_others()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        using var folder = new TempFolder();
        using var elsewhere = new RevealJournal(folder.Path, Half.Mfa);
        var line = new JournalLine(
            ExposureId.New(Stage.Noon),
            stage.Account,
            "111122223333",
            Half.Mfa,
            1,
            stage.People[Stage.Paul],
            Stage.Paul,
            null,
            null,
            Stage.Noon,
            Stage.Noon
        );
        await elsewhere.AppendAsync([line]);
        Assert.NotNull(await stage.InDbAsync(db => new CompareJournals(db, [elsewhere]).WhyClosedAsync(default)));

        var reply = await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());

        Assert.Contains("lost --record", Assert.IsType<Reply.Said>(reply).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_the_database_does_not_know_stops_nobody_until_they_are_imported_again()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        using (var journal = new RevealJournal(stage.VaultDirectory, Half.Password))
            await journal.AppendAsync([Stranger(stage, "nora")]);

        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen()));
        Assert.Contains(
            "'nora', whom the database does not know",
            Assert.Single(await SentencesAsync(stage)),
            StringComparison.Ordinal
        );
        Assert.Equal(0, await RecordAsync(stage));

        var nora = Person.Of("nora", "Nora", null, false, Stage.Noon);
        await stage.DecideAsync(db =>
        {
            db.People.Add(nora);
            return Task.CompletedTask;
        });
        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<Reply.Said>(await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen()));
        Assert.Equal(1, await RecordAsync(stage));
        Assert.True(await stage.InDbAsync(db => db.Exposures.AnyAsync(e => e.Person == nora.Id)));
    }

    [Fact]
    public async Task A_generation_of_a_rotation_that_was_forgotten_is_reported()
    {
        await using var stage = await Stage.SetAsync();
        using (var password = Secret.OfText("a password of the next generation"))
            await new RootCustody.Couriers.Passwords.SealedPasswordVault(stage.VaultDirectory).WriteAsync(
                stage.Account,
                1,
                password,
                default
            );

        var sentence = Assert.Single(await SentencesAsync(stage));

        Assert.Contains(
            "generation 2 of the password of account 111122223333, the database knows of 1",
            sentence,
            StringComparison.Ordinal
        );
    }

    [Fact]
    [Trait("Law", "13")]
    public async Task An_export_that_was_kept_names_the_entries_that_are_lost_and_its_exposures_can_be_booked_again()
    {
        await using var stage = await Stage.SetAsync();
        var backup = await stage.BackUpAsync();
        var lost = await stage.OpenAsync();
        await stage.RevealAsync(Stage.Paul, lost, Half.Password, new Screen());
        using var export = new MemoryStream();
        var head = await ExportAsync(stage, export);
        await stage.RestoreAsync(backup);
        foreach (var journal in Directory.GetFiles(stage.VaultDirectory, "*.jsonl"))
            File.Delete(journal); // these are gone as well

        var cut = Assert.IsType<AuditComparison.Short>(await CompareAsync(stage, export));
        Assert.False(cut.Forks);
        Assert.Equal(head.Sequence, cut.Common + cut.Missing);
        Assert.Contains(cut.Lost, e => e["what"] == "window.opened");
        await stage.AskAsync();
        Assert.True(Assert.IsType<AuditComparison.Short>(await CompareAsync(stage, export)).Forks);

        Assert.Equal(1, await RecordAsync(stage, JournalLine.OfEntries(cut.Lost)));
        Assert.Equal(
            stage.People[Stage.Paul],
            await stage.InDbAsync(db => db.Exposures.Where(e => e.Request == lost).Select(e => e.Person).SingleAsync())
        );
    }

    [Fact]
    [Trait("Law", "13")]
    public async Task A_head_that_was_noted_tells_that_entries_are_lost_or_others_stand_in_their_place()
    {
        await using var stage = await Stage.SetAsync();
        var backup = await stage.BackUpAsync();
        await stage.AskAsync();
        var head = await ExportAsync(stage);
        Assert.IsType<AuditComparison.Whole>(await CompareAsync(stage, head));

        await stage.RestoreAsync(backup);
        Assert.IsType<AuditComparison.Short>(await CompareAsync(stage, head));
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await stage.AskAsync();

        Assert.Equal(new AuditComparison.Other(head.Sequence), await CompareAsync(stage, head));
    }

    [Fact]
    public async Task A_reveal_that_the_export_says_was_not_shown_is_not_booked_again()
    {
        await using var stage = await Stage.SetAsync();
        var id = await stage.OpenAsync();
        File.Move(Path.Combine(stage.VaultDirectory, "password.key"), Path.Combine(stage.VaultDirectory, "away"));
        await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen());
        using var export = new MemoryStream();
        await ExportAsync(stage, export);
        export.Position = 0;

        List<IReadOnlyDictionary<string, string>> entries = [];
        await foreach (var entry in ExportReader.ReadAsync(export, default))
            entries.Add(AuditText.Read(entry.Entry));

        Assert.Contains(entries, e => e["what"] == "exposure.recorded");
        Assert.Empty(JournalLine.OfEntries(entries));
    }

    private static JournalLine Stranger(Stage stage, string key) =>
        new(
            ExposureId.New(Stage.Noon),
            stage.Account,
            "111122223333",
            Half.Password,
            1,
            PersonId.New(Stage.Noon),
            key,
            null,
            null,
            Stage.Noon,
            Stage.Noon
        );

    private static Task SwapSidesAsync(Stage stage) =>
        stage.DecideAsync(async db =>
        {
            var passwords = await db.Groups.Include(g => g.Members).SingleAsync(g => g.Key == "passwords");
            var mfas = await db.Groups.Include(g => g.Members).SingleAsync(g => g.Key == "mfas");
            passwords.Dismiss(stage.People[Stage.Paul]);
            mfas.Dismiss(stage.People[Stage.Mona]);
            Assert.Null(passwords.Admit(stage.People[Stage.Mona], [mfas]));
            Assert.Null(mfas.Admit(stage.People[Stage.Paul], [passwords]));
        });

    private static async Task<IReadOnlyList<string>> SentencesAsync(Stage stage)
    {
        await using var scope = stage.Scope();
        return await scope.ServiceProvider.GetRequiredService<FindLost>().SentencesAsync(default);
    }

    private static async Task<int> RecordAsync(Stage stage, params IReadOnlyList<JournalLine> elsewhere)
    {
        await using var scope = stage.Scope();
        var lost = await scope.ServiceProvider.GetRequiredService<FindLost>().ExposuresAsync(elsewhere, default);
        return await scope.ServiceProvider.GetRequiredService<RecordLost>().HandleAsync(lost, default);
    }

    private static async Task<ChainHead> ExportAsync(Stage stage, Stream? to = null)
    {
        using var export = new MemoryStream();
        await using var scope = stage.Scope();
        var head = await scope.ServiceProvider.GetRequiredService<ExportAudit>().HandleAsync(to ?? export, default);
        (to ?? export).Position = 0;
        Assert.IsType<Verification.Sound>(await Verifier.VerifyAsync(to ?? export, head, default));
        return head;
    }

    private static async Task<AuditComparison> CompareAsync(Stage stage, Stream export)
    {
        export.Position = 0;
        await using var scope = stage.Scope();
        return await scope.ServiceProvider.GetRequiredService<CompareAudit>().WithExportAsync(export, null, default);
    }

    private static async Task<AuditComparison> CompareAsync(Stage stage, ChainHead head)
    {
        await using var scope = stage.Scope();
        return await scope.ServiceProvider.GetRequiredService<CompareAudit>().WithHeadAsync(head, default);
    }
}
