using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.Vault;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Couriers.Passwords;

/// <summary>After a rotation was confirmed and the old password was kept for its time, it is destroyed in the vault.</summary>
public sealed class OldPasswordsTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);

    [DatabaseFact]
    public async Task An_old_password_is_kept_for_its_time_and_then_destroyed()
    {
        await using var stage = await Stage.SetAsync();
        await RotateAsync(stage);

        stage.Clock.Advance(stage.Policy.KeepOldPasswords - Moment);
        await SweepAsync(stage);
        Assert.Null(await WhyNotReadAsync(stage, 1));
        stage.Clock.Advance(Moment);
        await SweepAsync(stage);

        Assert.Equal(VaultFailure.Destroyed, await WhyNotReadAsync(stage, 1));
        Assert.Null(await WhyNotReadAsync(stage, 2));
        Assert.Equal(1, await DestroyedEntriesAsync(stage));
        Assert.Empty(await stage.InDbAsync(db => db.OldPasswords.ToListAsync()));
    }

    [DatabaseFact]
    [Trait("Law", "9")]
    public async Task A_second_sweep_and_a_second_node_change_nothing()
    {
        await using var stage = await Stage.SetAsync();
        await RotateAsync(stage);
        stage.Clock.Advance(stage.Policy.KeepOldPasswords);
        await using var beside = stage.Beside();

        await Task.WhenAll(SweepAsync(stage), SweepAsync(beside));
        await SweepAsync(stage);

        Assert.Equal(1, await DestroyedEntriesAsync(stage));
        Assert.Equal(VaultFailure.Destroyed, await WhyNotReadAsync(stage, 1));
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task What_a_stopped_rotation_may_have_put_in_force_is_kept_until_a_later_one_is_confirmed()
    {
        await using var stage = await Stage.SetAsync();
        await StopHalfwayAsync(stage);
        stage.Clock.Advance(stage.Policy.KeepOldPasswords);

        await SweepAsync(stage);

        Assert.Null(await WhyNotReadAsync(stage, 1));
        Assert.Null(await WhyNotReadAsync(stage, 2));
        await RotateAsync(stage, Stage.Petra, Stage.Mike);
        stage.Clock.Advance(stage.Policy.KeepOldPasswords);
        await SweepAsync(stage);
        Assert.Equal(VaultFailure.Destroyed, await WhyNotReadAsync(stage, 1));
        Assert.Equal(VaultFailure.Destroyed, await WhyNotReadAsync(stage, 2));
        Assert.Null(await WhyNotReadAsync(stage, 3));
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task While_a_later_rotation_is_under_way_only_what_is_dead_is_destroyed()
    {
        await using var stage = await Stage.SetAsync();
        await RotateAsync(stage);
        stage.Clock.Advance(stage.Policy.RotateEvery);
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        await OpenAsync(stage, Stage.Petra, Stage.Mike);

        await SweepAsync(stage);

        Assert.Equal(VaultFailure.Destroyed, await WhyNotReadAsync(stage, 1));
        Assert.Null(await WhyNotReadAsync(stage, 2)); // lives
        Assert.Null(await WhyNotReadAsync(stage, 3)); // pending
    }

    [DatabaseFact]
    [Trait("Law", "11")]
    public async Task A_vault_that_cannot_be_used_is_tried_again_later_and_stops_no_other()
    {
        await using var stage = await Stage.SetAsync();
        await RotateAsync(stage);
        stage.Clock.Advance(stage.Policy.KeepOldPasswords);
        var folder = Path.Combine(stage.VaultDirectory, "passwords");
        Directory.Move(folder, folder + "-away");

        await SweepAsync(stage);
        Directory.Move(folder + "-away", folder);
        await SweepAsync(stage);

        Assert.Null(await WhyNotReadAsync(stage, 1)); // it is not tried again at once
        Assert.Equal(0, await DestroyedEntriesAsync(stage));
        stage.Clock.Advance(TimeSpan.FromHours(6));
        await SweepAsync(stage);
        Assert.Equal(VaultFailure.Destroyed, await WhyNotReadAsync(stage, 1));
    }

    [DatabaseFact]
    [Trait("Law", "11")]
    public async Task A_database_that_was_put_back_to_where_it_lived_destroys_nothing()
    {
        await using var stage = await Stage.SetAsync();
        await RotateAsync(stage);
        await stage.DecideAsync(db => db.Accounts.ExecuteUpdateAsync(a => a.SetProperty(x => x.PasswordGeneration, 1)));
        stage.Clock.Advance(stage.Policy.KeepOldPasswords);

        await SweepAsync(stage);

        Assert.Null(await WhyNotReadAsync(stage, 1));
        Assert.Equal(0, await DestroyedEntriesAsync(stage));
        Assert.Single(await stage.InDbAsync(db => db.OldPasswords.ToListAsync()));
    }

    [DatabaseFact]
    public async Task A_policy_of_the_account_says_how_long()
    {
        await using var stage = await Stage.SetAsync(new Policy { KeepOldPasswords = TimeSpan.FromDays(1) });
        await RotateAsync(stage);
        stage.Clock.Advance(TimeSpan.FromDays(1));

        await SweepAsync(stage);

        Assert.Equal(VaultFailure.Destroyed, await WhyNotReadAsync(stage, 1));
    }

    private static Task SweepAsync(Stage stage) =>
        stage.RunAsync<DestroyOldPasswordsJob>(job => job.RunAsync(CancellationToken.None));

    /// <summary>The password grew old; these two change it and say so.</summary>
    private static async Task RotateAsync(Stage stage, string password = Stage.Paul, string mfa = Stage.Mona)
    {
        stage.Clock.Advance(stage.Policy.RotateEvery);
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var id = await OpenAsync(stage, password, mfa);
        await stage.ClickAsync(password, Actions.Rotated, id.ToString());
        await stage.ClickAsync(mfa, Actions.Rotated, id.ToString());
        Assert.Equal(RequestState.Closed, (await stage.RequestAsync(id)).State);
    }

    private static async Task StopHalfwayAsync(Stage stage)
    {
        stage.Clock.Advance(stage.Policy.RotateEvery);
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        await OpenAsync(stage, Stage.Paul, Stage.Mona);
        stage.Clock.Advance(stage.Policy.RotationWindow);
        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));
    }

    private static async Task<RequestId> OpenAsync(Stage stage, string password, string mfa)
    {
        var id = await stage.InDbAsync(db =>
            db.Requests.Where(r => r.Kind == RequestKind.Rotation && r.State == RequestState.Asked)
                .Select(r => r.Id)
                .SingleAsync()
        );
        await stage.ClickAsync(password, Actions.Approve, id.ToString());
        await stage.ClickAsync(mfa, Actions.Approve, id.ToString());
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(password, id, Half.Password, new Screen()));
        return id;
    }

    private static async Task<VaultFailure?> WhyNotReadAsync(Stage stage, int generation)
    {
        await using var scope = stage.Scope();
        try
        {
            using var read = await scope
                .ServiceProvider.GetRequiredService<PasswordVault>()
                .ReadAsync(stage.Account, generation, CancellationToken.None);
            return null;
        }
        catch (VaultException refused)
        {
            return refused.Failure;
        }
    }

    private static Task<int> DestroyedEntriesAsync(Stage stage) =>
        stage.InDbAsync(db => db.Audit.CountAsync(a => a.Entry.Contains("password.destroyed")));
}
