using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.Inventories;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
using RootCustody.Requests;
using RootCustody.Tests.Databases;

namespace RootCustody.Tests.Couriers.Inventories;

/// <summary>Every secret in the vaults is held against the accounts and devices, and the other way round.</summary>
public sealed class InventoryTests
{
    private const string Number = "111122223333";

    [DatabaseFact]
    public async Task What_is_in_custody_and_what_is_kept_for_a_while_is_no_stray()
    {
        await using var stage = await Stage.SetAsync();
        Assert.Empty(await StraysAsync(stage));

        await RotateAsync(stage);

        Assert.Equal(2, (await TakeAsync(stage, Half.Password)).Secrets);
        Assert.Empty(await StraysAsync(stage));
        stage.Clock.Advance(stage.Policy.KeepOldPasswords);
        await stage.RunAsync<DestroyOldPasswordsJob>(job => job.RunAsync(CancellationToken.None));
        Assert.Equal(1, (await TakeAsync(stage, Half.Password)).Secrets); // what was destroyed is none any more
        Assert.Empty(await StraysAsync(stage));
    }

    [DatabaseFact]
    [Trait("Law", "14")]
    public async Task What_a_stopped_rotation_may_have_put_in_force_is_no_stray()
    {
        await using var stage = await Stage.SetAsync();
        await BeginRotationAsync(stage);
        stage.Clock.Advance(stage.Policy.RotationWindow);
        await stage.RunAsync<CloseRequestsJob>(job => job.RunAsync(CancellationToken.None));

        Assert.Equal(2, (await TakeAsync(stage, Half.Password)).Secrets);
        Assert.Empty(await StraysAsync(stage));
    }

    [DatabaseFact]
    public async Task Secrets_of_an_account_that_nobody_knows_are_strays_of_both_halves()
    {
        await using var stage = await Stage.SetAsync();
        var unknown = AccountId.New(stage.Clock.GetUtcNow());
        await PutAsync(stage, unknown, 0);
        await PutSeedAsync(stage, unknown, 0);

        var strays = await StraysAsync(stage);

        Assert.Equal([Half.Password, Half.Mfa], strays.Select(s => s.Half));
        Assert.All(strays, s => Assert.Equal(StrayKind.UnknownAccount, s.Kind));
        Assert.All(strays, s => Assert.Contains(unknown.ToString(), s.Place, StringComparison.Ordinal));
    }

    [DatabaseFact]
    public async Task Generations_of_which_nobody_knows_are_strays()
    {
        await using var stage = await Stage.SetAsync();
        await PutAsync(stage, stage.Account, 1);
        await PutSeedAsync(stage, stage.Account, 1);

        var strays = await StraysAsync(stage);

        Assert.All(strays, s => Assert.Equal(StrayKind.UnknownGeneration, s.Kind));
        Assert.Equal([(Half.Password, 2), (Half.Mfa, 2)], strays.Select(s => (s.Half, s.Generation)));
        Assert.All(strays, s => Assert.Equal(Number, s.Account));
    }

    [DatabaseFact]
    public async Task An_account_and_a_device_whose_secrets_are_missing_are_told()
    {
        await using var stage = await Stage.SetAsync();
        foreach (var folder in (string[])["passwords", "mfa"])
            File.Delete(Assert.Single(FilesOf(stage, folder)));

        var strays = await StraysAsync(stage);

        Assert.Equal([Half.Password, Half.Mfa], strays.Select(s => s.Half));
        Assert.All(strays, s => Assert.Equal(StrayKind.Missing, s.Kind));
        Assert.Contains(Stage.Device, strays[1].What, StringComparison.Ordinal);
        Assert.All(strays, s => Assert.Contains("newest backup", s.ToDo, StringComparison.Ordinal));
    }

    [DatabaseFact]
    public async Task A_password_that_should_be_destroyed_by_now_is_a_stray()
    {
        await using var stage = await Stage.SetAsync();
        await RotateAsync(stage);
        await stage.DecideAsync(db => db.OldPasswords.ExecuteDeleteAsync());

        var stray = Assert.Single(await StraysAsync(stage));

        Assert.Equal((StrayKind.Outlived, 1), (stray.Kind, stray.Generation));
    }

    [DatabaseFact]
    public async Task A_password_whose_intake_stopped_is_a_stray()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DecideAsync(db => db.Accounts.ExecuteUpdateAsync(a => a.SetProperty(x => x.PasswordGeneration, 0)));

        var stray = Assert.Single(await StraysAsync(stage));

        Assert.Equal(StrayKind.NeverInUse, stray.Kind);
        Assert.Contains($"vault set-password {Number}", stray.ToDo, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    [InlineData(DeviceState.Stranded, true)]
    [InlineData(DeviceState.Arriving, true)] // for a day
    [InlineData(DeviceState.Waiting, false)]
    [InlineData(DeviceState.Leaving, false)]
    [InlineData(DeviceState.Gone, false)]
    [InlineData(DeviceState.TurnedDown, false)]
    public async Task A_seed_that_never_came_into_use_is_a_stray_and_one_of_a_device_that_is_gone_is_spare(
        DeviceState state,
        bool isStray
    )
    {
        await using var stage = await Stage.SetAsync();
        await stage.DecideAsync(db => db.MfaDevices.ExecuteUpdateAsync(d => d.SetProperty(x => x.State, state)));
        stage.Clock.Advance(TimeSpan.FromDays(1));

        var inventory = await TakeAsync(stage, Half.Mfa);

        Assert.Equal(isStray ? [StrayKind.NeverInUse] : [], inventory.Strays.Select(s => s.Kind));
        Assert.Equal(state is DeviceState.Gone or DeviceState.TurnedDown ? 1 : 0, inventory.Spare);
    }

    [DatabaseFact]
    public async Task What_has_no_name_of_ours_is_a_stray()
    {
        await using var stage = await Stage.SetAsync();
        await File.WriteAllTextAsync(Path.Combine(stage.VaultDirectory, "mfa", "bobs.1.sealed"), "x");

        var stray = Assert.Single(await StraysAsync(stage));

        Assert.Equal((StrayKind.UnknownName, Half.Mfa), (stray.Kind, stray.Half));
        Assert.Equal("mfa/bobs.1.sealed", stray.Place);
    }

    [DatabaseFact]
    [Trait("Law", "7")]
    public async Task A_process_that_plays_one_courier_looks_at_its_own_half_only()
    {
        await using var stage = await Stage.SetAsync();
        await using var scope = stage.Scope();
        var services = scope.ServiceProvider;

        var take = new TakeInventory(
            services.GetRequiredService<CustodyDb>(),
            [services.GetRequiredService<MfaVault>()]
        );

        Assert.Equal([Half.Mfa], take.Halves);
        await Assert.ThrowsAsync<InvalidOperationException>(() => take.OfAsync(Half.Password, CancellationToken.None));
    }

    [DatabaseFact]
    public async Task A_password_that_was_deleted_in_the_vault_but_not_destroyed_is_told()
    {
        await using var stage = await Stage.SetAsync();

        var inventory = await TakeAsync(stage, new VaultOf([new StoredSecret(stage.Account, 1, "there", true)]));

        var stray = Assert.Single(inventory.Strays);
        Assert.Equal(StrayKind.Hidden, stray.Kind);
        Assert.Contains("undelete there", stray.ToDo, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task What_is_found_once_only_was_a_rotation_in_between()
    {
        await using var stage = await Stage.SetAsync();
        StoredSecret first = new(stage.Account, 1, "there");

        Assert.Empty((await TakeAsync(stage, new VaultOf([first with { Generation = 2 }], [first]))).Strays);
        Assert.NotEmpty((await TakeAsync(stage, new VaultOf([first with { Generation = 2 }]))).Strays);
    }

    /// <summary>A password vault that tells these lists, one after the other, the last one on and on.</summary>
    private sealed class VaultOf(params IReadOnlyList<StoredSecret>[] lists) : IVaultGenerations
    {
        private int asked;

        public Half Half => Half.Password;

        public Task<IReadOnlyDictionary<AccountId, int>> NewestAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<StoredSecret>> ListAsync(CancellationToken cancellationToken) =>
            Task.FromResult(lists[Math.Min(asked++, lists.Length - 1)]);

        public Task<IReadOnlyList<StoredSecret>> EndAsync(AccountId account, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    private static Task<Inventory> TakeAsync(Stage stage, IVaultGenerations vault) =>
        stage.InDbAsync(db => new TakeInventory(db, [vault]).OfAsync(vault.Half, CancellationToken.None));

    private static async Task<Inventory> TakeAsync(Stage stage, Half half)
    {
        await using var scope = stage.Scope();
        return await scope.ServiceProvider.GetRequiredService<TakeInventory>().OfAsync(half, CancellationToken.None);
    }

    private static async Task<IReadOnlyList<Stray>> StraysAsync(Stage stage) =>
        [.. (await TakeAsync(stage, Half.Password)).Strays, .. (await TakeAsync(stage, Half.Mfa)).Strays];

    private static async Task PutAsync(Stage stage, AccountId account, int latest)
    {
        await using var scope = stage.Scope();
        using var secret = Secret.OfText("past-everybody");
        await scope
            .ServiceProvider.GetRequiredService<PasswordVault>()
            .WriteAsync(account, latest, secret, CancellationToken.None);
    }

    private static async Task PutSeedAsync(Stage stage, AccountId account, int latest)
    {
        await using var scope = stage.Scope();
        using var secret = Secret.OfText("12345678901234567890");
        await scope
            .ServiceProvider.GetRequiredService<MfaVault>()
            .SetSeedAsync(account, latest, secret, TotpShape.Usual, CancellationToken.None);
    }

    private static IEnumerable<string> FilesOf(Stage stage, string folder) =>
        Directory.EnumerateFiles(Path.Combine(stage.VaultDirectory, folder), $"{stage.Account}.*");

    private static async Task<RequestId> BeginRotationAsync(Stage stage)
    {
        stage.Clock.Advance(stage.Policy.RotateEvery);
        await stage.RunAsync<AskForRotationsJob>(job => job.RunAsync(CancellationToken.None));
        var id = await stage.InDbAsync(db =>
            db.Requests.Where(r => r.Kind == RequestKind.Rotation && r.State == RequestState.Asked)
                .Select(r => r.Id)
                .SingleAsync()
        );
        await stage.ClickAsync(Stage.Paul, Actions.Approve, id.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Approve, id.ToString());
        Assert.IsType<Reply.Shown>(await stage.RevealAsync(Stage.Paul, id, Half.Password, new Screen()));
        return id;
    }

    private static async Task RotateAsync(Stage stage)
    {
        var id = await BeginRotationAsync(stage);
        await stage.RevealAsync(Stage.Mona, id, Half.Mfa, new Screen());
        await stage.ClickAsync(Stage.Paul, Actions.Rotated, id.ToString());
        await stage.ClickAsync(Stage.Mona, Actions.Rotated, id.ToString());
        Assert.Equal(RequestState.Closed, (await stage.RequestAsync(id)).State);
    }
}
