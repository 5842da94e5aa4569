using OtpNet;
using RootCustody.Couriers.Vault;
using RootCustody.Playground.FakeVault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Vault.Http;

/// <summary>The fault table of each call: what comes of it when the vault, or what stands before it, fails once, and when it goes on failing; and what is true at the vault afterwards (laws 4, 9 and 11).</summary>
[Trait("Law", "11")]
public sealed class VaultFaultTests : IAsyncLifetime
{
    private const string Marked = "Zx9#marked-and-easy-to-find";
    private const int ForGood = 50;

    private HttpVaults vaults = null!;

    public static TheoryData<VaultFault> EachFault => [.. Enum.GetValues<VaultFault>()];

    /// <summary>What a read comes to when it fails each time, and whether it is certain that no half was given.</summary>
    public static TheoryData<VaultFault, VaultFailure, bool> EachEnd =>
        new()
        {
            { VaultFault.DropsBefore, VaultFailure.Unreachable, false },
            { VaultFault.DropsAfter, VaultFailure.Unreachable, false },
            { VaultFault.HangsBefore, VaultFailure.Unreachable, false },
            { VaultFault.HangsAfter, VaultFailure.Unreachable, false },
            { VaultFault.NoLeader, VaultFailure.Faulty, true },
            { VaultFault.AuditFails, VaultFailure.Faulty, true },
            { VaultFault.NotYet, VaultFailure.Unreachable, true },
            { VaultFault.Throttled, VaultFailure.Throttled, true },
            { VaultFault.ThrottledSilently, VaultFailure.Throttled, true },
            { VaultFault.ProxyFails, VaultFailure.Unreachable, true },
            { VaultFault.BadGateway, VaultFailure.Unreachable, true },
        };

    public async ValueTask InitializeAsync()
    {
        vaults = await HttpVaults.OpenAsync();
        vaults.Prepared.Passwords.Timeout = TimeSpan.FromMilliseconds(300);
        vaults.Prepared.MfaCodes.Timeout = TimeSpan.FromMilliseconds(300);
        vaults.Prepared.StepUp.Timeout = TimeSpan.FromMilliseconds(300);
    }

    public ValueTask DisposeAsync() => vaults.DisposeAsync();

    [Theory]
    [MemberData(nameof(EachFault))]
    public async Task A_password_is_read_though_one_answer_fails(VaultFault fault)
    {
        await WriteAsync(0, Marked);
        vaults.Server.Faults.Next("rc-password/data", fault);

        using var read = await vaults.Passwords().ReadAsync(Acme, 1, Cancel);

        Assert.Equal(Marked, Text(read));
    }

    [Theory]
    [MemberData(nameof(EachEnd))]
    [Trait("Law", "4")]
    public async Task A_password_that_cannot_be_read_says_whether_it_may_have_been_given(
        VaultFault fault,
        VaultFailure failure,
        bool gaveNoHalf
    )
    {
        await WriteAsync(0, Marked);
        vaults.Server.Faults.Next("rc-password/data", fault, ForGood);

        var refused = await RefusedAsync(() => vaults.Passwords().ReadAsync(Acme, 1, Cancel));

        Assert.Equal((failure, gaveNoHalf), (refused.Failure, refused.GaveNoHalf));
        Assert.InRange(vaults.Asked("rc-password/data"), 1 + 2, 1 + 8); // the write, and no storm
    }

    [Theory]
    [MemberData(nameof(EachFault))]
    [Trait("Law", "9")]
    public async Task A_password_is_written_once_though_one_answer_fails(VaultFault fault)
    {
        vaults.Server.Faults.Next("rc-password/data", fault, method: HttpMethod.Post);

        Assert.Equal(1, await WriteAsync(0, Marked));

        Assert.Equal(1, await vaults.Passwords().LatestAsync(Acme, Cancel));
        using var read = await vaults.Passwords().ReadAsync(Acme, 1, Cancel);
        Assert.Equal(Marked, Text(read));
    }

    [Theory]
    [InlineData(VaultFault.DropsBefore, VaultFailure.Unreachable)]
    [InlineData(VaultFault.NoLeader, VaultFailure.Faulty)]
    [InlineData(VaultFault.NotYet, VaultFailure.Unreachable)]
    [InlineData(VaultFault.Throttled, VaultFailure.Throttled)]
    [InlineData(VaultFault.ProxyFails, VaultFailure.Unreachable)]
    [Trait("Law", "9")]
    public async Task A_password_that_was_never_taken_is_not_written(VaultFault fault, VaultFailure failure)
    {
        vaults.Server.Faults.Next("rc-password/data", fault, ForGood, HttpMethod.Post);

        var refused = await RefusedAsync(() => WriteAsync(0, Marked));

        Assert.Equal(failure, refused.Failure);
        Assert.Equal(0, await vaults.Passwords().LatestAsync(Acme, Cancel));
    }

    [Theory]
    [InlineData(VaultFault.DropsAfter)]
    [InlineData(VaultFault.AuditFails)]
    [InlineData(VaultFault.HangsAfter)]
    [Trait("Law", "9")]
    public async Task A_write_whose_answers_are_all_lost_is_found_by_its_mark(VaultFault fault)
    {
        vaults.Server.Faults.Next("rc-password/data", fault, ForGood, HttpMethod.Post);

        Assert.Equal(1, await WriteAsync(0, Marked));

        Assert.Equal(1, vaults.Server.Requests.Count(r => r.Method == "POST" && r.Path.Contains("/data/accounts")));
    }

    [Fact]
    [Trait("Law", "9")]
    public async Task A_lost_write_after_which_someone_else_wrote_is_a_lost_race_only_if_theirs_came_first()
    {
        await WriteAsync(0, "first");
        vaults.Server.Faults.Next("rc-password/data", VaultFault.HangsBefore, method: HttpMethod.Post);

        var mine = WriteAsync(1, "mine");
        await Eventually.TrueAsync(() => Task.FromResult(vaults.Server.Requests.Any(r => r.Body.Contains("mine"))));
        await WriteAsync(1, "theirs");

        Assert.Equal(VaultFailure.LostRace, (await RefusedAsync(() => mine)).Failure);
        using var read = await vaults.Passwords().ReadAsync(Acme, 2, Cancel);
        Assert.Equal("theirs", Text(read));
    }

    [Theory]
    [MemberData(nameof(EachFault))]
    public async Task A_generation_is_destroyed_though_one_answer_fails(VaultFault fault)
    {
        await WriteAsync(0, "first");
        await WriteAsync(1, "second");
        vaults.Server.Faults.Next("rc-password/destroy", fault);

        await vaults.Passwords().DestroyAsync(Acme, 1, Cancel);

        var refused = await RefusedAsync(() => vaults.Passwords().ReadAsync(Acme, 1, Cancel));
        Assert.Equal(VaultFailure.Destroyed, refused.Failure);
    }

    [Theory]
    [MemberData(nameof(EachFault))]
    public async Task What_is_newest_is_told_though_one_answer_fails(VaultFault fault)
    {
        await WriteAsync(0, "first");
        vaults.Server.Faults.Next("rc-password/metadata", fault, 2);

        Assert.Equal(1, (await vaults.Passwords().NewestAsync(Cancel))[Acme]);
    }

    [Theory]
    [MemberData(nameof(EachFault))]
    public async Task A_code_is_made_though_one_answer_fails(VaultFault fault)
    {
        await SetSeedAsync();
        vaults.Server.Faults.Next("rc-mfa/code", fault);

        using var code = await vaults.MfaCodes().CodeAsync(Acme, 1, Noon, Cancel);

        Assert.Equal(CodeAt(vaults.Clock.Now), Text(code.Code));
    }

    [Theory]
    [MemberData(nameof(EachEnd))]
    [Trait("Law", "4")]
    public async Task A_code_that_cannot_be_made_says_whether_it_may_have_been_given(
        VaultFault fault,
        VaultFailure failure,
        bool gaveNoHalf
    )
    {
        await SetSeedAsync();
        vaults.Server.Faults.Next("rc-mfa/code", fault, ForGood);

        var refused = await RefusedAsync(() => vaults.MfaCodes().CodeAsync(Acme, 1, Noon, Cancel));

        Assert.Equal((failure, gaveNoHalf), (refused.Failure, refused.GaveNoHalf));
    }

    [Theory]
    [MemberData(nameof(EachFault))]
    [Trait("Law", "9")]
    public async Task A_seed_gets_in_once_though_one_answer_fails(VaultFault fault)
    {
        vaults.Server.Faults.Next("rc-mfa/keys", fault, method: HttpMethod.Post);

        await SetSeedAsync();

        Assert.Equal(1, await vaults.MfaCodes().LatestAsync(Acme, Cancel));
        using var code = await vaults.MfaCodes().CodeAsync(Acme, 1, Noon, Cancel);
        Assert.Equal(CodeAt(vaults.Clock.Now), Text(code.Code));
    }

    [Theory]
    [MemberData(nameof(EachFault))]
    [Trait("Law", "15")]
    public async Task A_step_up_code_is_asked_about_once_and_never_counts_without_an_answer(VaultFault fault)
    {
        var app = await EnrolAsync();
        vaults.Server.Faults.Next("rc-stepup/code", fault);

        var told = await Record.ExceptionAsync(() => MatchAsync(app));

        if (fault is VaultFault.Throttled or VaultFault.ThrottledSilently or VaultFault.NotYet)
            Assert.Null(told); // before the work, so it could be sent again
        else
        {
            Assert.IsType<VaultException>(told);
            Assert.Equal(1, vaults.Asked("rc-stepup/code"));
        }
    }

    [Theory]
    [MemberData(nameof(EachFault))]
    public async Task A_step_up_seed_is_confirmed_though_one_answer_fails(VaultFault fault)
    {
        var seeds = vaults.StepUp();
        using var seed = await seeds.BeginAsync(Paul, Cancel);
        vaults.Server.Faults.Next("rc-stepup/keys", fault, method: HttpMethod.Post);

        await seeds.ConfirmAsync(Paul, Cancel);

        Assert.NotNull(await MatchAsync(Text(seed)));
    }

    [Fact]
    public async Task A_step_up_seed_whose_answer_was_lost_is_begun_again()
    {
        var seeds = vaults.StepUp();
        vaults.Server.Faults.Next("rc-stepup/keys", VaultFault.DropsAfter, method: HttpMethod.Post);
        var lost = await RefusedAsync(() => seeds.BeginAsync(Paul, Cancel));
        Assert.False(lost.GaveNoHalf);

        using var seed = await seeds.BeginAsync(Paul, Cancel);
        await seeds.ConfirmAsync(Paul, Cancel);

        Assert.NotNull(await MatchAsync(Text(seed)));
    }

    [Theory]
    [InlineData(VaultState.Sealed, VaultFailure.Sealed)]
    [InlineData(VaultState.NotInitialised, VaultFailure.NotInitialised)]
    [InlineData(VaultState.Standby, VaultFailure.Unreachable)]
    public async Task A_vault_that_is_shut_gives_nothing_says_why_and_serves_again_afterwards(
        VaultState state,
        VaultFailure failure
    )
    {
        await WriteAsync(0, Marked);
        var passwords = vaults.Passwords();
        vaults.Server.State = state;

        foreach (
            var ask in (Func<Task>[])
                [
                    () => passwords.ReadAsync(Acme, 1, Cancel),
                    () => passwords.LatestAsync(Acme, Cancel),
                    () => WriteAsync(1, Marked),
                ]
        )
        {
            var refused = await RefusedAsync(ask);
            Assert.Equal((failure, true), (refused.Failure, refused.GaveNoHalf));
        }
        vaults.Server.State = VaultState.Active;

        using var read = await passwords.ReadAsync(Acme, 1, Cancel);
        Assert.Equal(Marked, Text(read));
        Assert.Equal(1, await passwords.LatestAsync(Acme, Cancel));
    }

    [Fact]
    public async Task Nobody_there_is_certain_to_have_given_nothing()
    {
        vaults.Prepared.Passwords.Address = "http://127.0.0.1:1";

        var refused = await RefusedAsync(() => vaults.Passwords().ReadAsync(Acme, 1, Cancel));

        Assert.Equal((VaultFailure.Unreachable, true), (refused.Failure, refused.GaveNoHalf));
    }

    [Fact]
    public async Task A_broken_audit_device_is_no_reason_to_write_twice()
    {
        await WriteAsync(0, "first");
        vaults.Server.AuditBroken = true;

        var refused = await RefusedAsync(() => WriteAsync(1, Marked));
        vaults.Server.AuditBroken = false;

        Assert.Equal((VaultFailure.Faulty, true), (refused.Failure, refused.GaveNoHalf));
        Assert.InRange(await vaults.Passwords().LatestAsync(Acme, Cancel), 1, 2);
    }

    [Fact]
    [Trait("Law", "8")]
    public async Task Whatever_fails_no_secret_is_in_exceptions_logs_addresses_or_the_log_of_the_vault()
    {
        var app = await EnrolAsync();
        await SetSeedAsync();
        await WriteAsync(0, Marked);
        var told = new List<string>();
        foreach (var fault in Enum.GetValues<VaultFault>())
        {
            foreach (var path in (string[])["rc-", "sys/", "auth/"])
            {
                vaults.Server.Faults.Next(path, fault, 4);
                told.Add($"{await Record.ExceptionAsync(() => vaults.Passwords().ReadAsync(Acme, 1, Cancel))}");
                told.Add($"{await Record.ExceptionAsync(() => vaults.MfaCodes().CodeAsync(Acme, 1, Noon, Cancel))}");
                told.Add($"{await Record.ExceptionAsync(() => WriteAsync(7, Marked))}");
                told.Add($"{await Record.ExceptionAsync(() => vaults.StepUp().BeginAsync(Mona, Cancel))}");
            }
        }

        string[] secrets =
        [
            Marked,
            Base32Encoding.ToString(System.Text.Encoding.UTF8.GetBytes(RfcSeed)),
            app,
            await File.ReadAllTextAsync(vaults.Prepared.Passwords.SecretIdFile, Cancel),
            await File.ReadAllTextAsync(vaults.Prepared.MfaCodes.SecretIdFile, Cancel),
            .. vaults.Server.Requests.Select(r => r.Headers.GetValueOrDefault("X-Vault-Token", "")).Distinct(),
        ];
        string[] kept =
        [
            .. told,
            .. vaults.Logs.Lines,
            .. vaults.Server.AuditLog,
            .. vaults.Server.Requests.Select(r => $"{r.Path} {r.Headers.GetValueOrDefault("Referer")}"),
        ];
        Assert.Contains(kept, k => k.Contains("VaultException", StringComparison.Ordinal));
        foreach (var secret in secrets.Select(s => s.Trim()).Where(s => s.Length > 0))
            Assert.DoesNotContain(kept, k => k.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    private static Task<VaultException> RefusedAsync(Func<Task> ask) => HttpVaults.RefusedAsync(ask);

    private async Task<int> WriteAsync(int expectedLatest, string text)
    {
        using var password = Secret.OfText(text);
        return await vaults.Passwords().WriteAsync(Acme, expectedLatest, password, Cancel);
    }

    private async Task SetSeedAsync()
    {
        using var seed = Secret.OfText(RfcSeed);
        Assert.Equal(
            1,
            await vaults.MfaCodes().SetSeedAsync(Acme, 0, seed, RootCustody.Couriers.Vault.TotpShape.Usual, Cancel)
        );
    }

    private async Task<string> EnrolAsync()
    {
        var seeds = vaults.StepUp();
        using var seed = await seeds.BeginAsync(Paul, Cancel);
        await seeds.ConfirmAsync(Paul, Cancel);
        return Text(seed);
    }

    private Task<long?> MatchAsync(string app) =>
        vaults
            .StepUp()
            .MatchAsync(
                Paul,
                new Totp(Base32Encoding.ToBytes(app)).ComputeTotp(vaults.Clock.Now.UtcDateTime),
                vaults.Clock.Now,
                Cancel
            );

    private static string CodeAt(DateTimeOffset at) =>
        new Totp(System.Text.Encoding.UTF8.GetBytes(RfcSeed)).ComputeTotp(at.UtcDateTime);
}
