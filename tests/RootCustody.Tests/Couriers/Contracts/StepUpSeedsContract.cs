using OtpNet;
using RootCustody.Couriers.StepUp;
using RootCustody.Couriers.Vault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.Contracts;

/// <summary>What every store of step-up seeds does, as seen from its port. No code is asked about twice: a store may refuse a used one by itself.</summary>
[Trait("Law", "15")]
public abstract class StepUpSeedsContract
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(5);

    /// <summary>Opens the store of this test, empty at first; each time anew, as another process would.</summary>
    protected abstract Task<StepUpSeeds> OpenAsync();

    /// <summary>Sets the clock of a store that checks the codes by its own.</summary>
    protected abstract void ItIs(DateTimeOffset now);

    /// <summary>The moment whose step is told for a code: its own, or that of now where the store says only that it is valid.</summary>
    protected virtual DateTimeOffset Told(DateTimeOffset made, DateTimeOffset now) => made;

    [VaultFact(SetsClock = true)]
    public async Task A_seed_counts_once_it_is_confirmed()
    {
        var app = await BeginAsync(Paul);
        Assert.False(await HasAsync(Paul));
        Assert.Null(await MatchAsync(Paul, app, Noon));
        Assert.Equal(StepOf(Noon + Later), await MatchPendingAsync(Paul, app, Noon + Later));

        await ConfirmAsync(Paul);

        Assert.True(await HasAsync(Paul));
        Assert.Equal(StepOf(Noon + 2 * Later), await MatchAsync(Paul, app, Noon + 2 * Later));
        Assert.Null(await MatchPendingAsync(Paul, app, Noon + 3 * Later));
    }

    [VaultFact]
    public async Task The_seed_is_160_bits_as_an_authenticator_app_reads_it()
    {
        var app = await BeginAsync(Paul);

        Assert.Matches("^[A-Z2-7]{32}$", app);
        Assert.Equal(20, Base32Encoding.ToBytes(app).Length);
    }

    [VaultFact(SetsClock = true)]
    public async Task The_living_seed_counts_until_the_new_one_is_confirmed_and_not_after()
    {
        var old = await EnrolAsync(Paul);

        var renewed = await BeginAsync(Paul);
        Assert.NotNull(await MatchAsync(Paul, old, Noon));
        Assert.Null(await MatchAsync(Paul, renewed, Noon + Later));
        await ConfirmAsync(Paul);

        Assert.Null(await MatchAsync(Paul, old, Noon + 2 * Later));
        Assert.NotNull(await MatchAsync(Paul, renewed, Noon + 3 * Later));
    }

    [VaultFact(SetsClock = true)]
    public async Task Beginning_again_replaces_what_was_pending()
    {
        var first = await BeginAsync(Paul);
        var second = await BeginAsync(Paul);

        Assert.NotEqual(first, second);
        Assert.Null(await MatchPendingAsync(Paul, first, Noon));
        Assert.NotNull(await MatchPendingAsync(Paul, second, Noon + Later));
    }

    [VaultFact(SetsClock = true)]
    public async Task A_seed_can_be_renewed_again_and_again()
    {
        for (var time = 0; time < 3; time++)
        {
            var app = await EnrolAsync(Paul);
            Assert.NotNull(await MatchAsync(Paul, app, Noon + time * Later));
        }
    }

    [VaultTheory(SetsClock = true)]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public async Task A_code_of_the_step_before_or_after_counts(int seconds, bool counts)
    {
        var app = await EnrolAsync(Paul);
        var made = Noon.AddSeconds(seconds);
        ItIs(Noon);

        var step = await (await OpenAsync()).MatchAsync(Paul, CodeOf(app, made), Noon, Cancel);

        Assert.Equal(counts ? StepOf(Told(made, Noon)) : null, step);
    }

    [VaultTheory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345x")]
    [InlineData("٢٨٧٠٨٢")]
    [InlineData("{\"code\":1}")]
    public async Task What_is_no_code_matches_nothing(string typed)
    {
        await EnrolAsync(Paul);
        ItIs(Noon);

        Assert.Null(await (await OpenAsync()).MatchAsync(Paul, typed, Noon, Cancel));
    }

    [VaultFact(SetsClock = true)]
    public async Task The_code_of_one_person_is_none_of_another()
    {
        var pauls = await EnrolAsync(Paul);
        await EnrolAsync(Mona);

        Assert.Null(await MatchAsync(Mona, pauls, Noon));
        Assert.NotNull(await MatchAsync(Paul, pauls, Noon + Later));
    }

    [VaultFact]
    public async Task Whoever_has_no_seed_has_no_code()
    {
        var pauls = await EnrolAsync(Paul);

        Assert.False(await HasAsync(Mona));
        Assert.Null(await MatchAsync(Mona, pauls, Noon));
        Assert.Null(await MatchPendingAsync(Mona, pauls, Noon));
    }

    [VaultFact]
    public async Task Nothing_pending_cannot_be_confirmed()
    {
        var refused = await Assert.ThrowsAsync<VaultException>(() => ConfirmAsync(Paul));

        Assert.Equal(VaultFailure.Missing, refused.Failure);
        Assert.False(await HasAsync(Paul));
    }

    [VaultFact(SetsClock = true)]
    public async Task What_was_confirmed_cannot_be_confirmed_again_and_counts_on()
    {
        var app = await EnrolAsync(Paul);

        await Assert.ThrowsAsync<VaultException>(() => ConfirmAsync(Paul));

        Assert.NotNull(await MatchAsync(Paul, app, Noon));
    }

    [VaultFact]
    [Trait("Law", "8")]
    public async Task A_new_seed_is_wiped_when_it_is_disposed()
    {
        var seed = await (await OpenAsync()).BeginAsync(Paul, Cancel);

        seed.Dispose();

        Assert.Throws<ObjectDisposedException>(() => seed.Bytes.Length);
    }

    private async Task<string> EnrolAsync(PersonId person)
    {
        var app = await BeginAsync(person);
        await ConfirmAsync(person);
        return app;
    }

    private async Task<string> BeginAsync(PersonId person)
    {
        using var text = await (await OpenAsync()).BeginAsync(person, Cancel);
        return Text(text);
    }

    private async Task ConfirmAsync(PersonId person) => await (await OpenAsync()).ConfirmAsync(person, Cancel);

    private async Task<bool> HasAsync(PersonId person) => await (await OpenAsync()).HasAsync(person, Cancel);

    private async Task<long?> MatchAsync(PersonId person, string app, DateTimeOffset now)
    {
        ItIs(now);
        return await (await OpenAsync()).MatchAsync(person, CodeOf(app, now), now, Cancel);
    }

    private async Task<long?> MatchPendingAsync(PersonId person, string app, DateTimeOffset now)
    {
        ItIs(now);
        return await (await OpenAsync()).MatchPendingAsync(person, CodeOf(app, now), now, Cancel);
    }

    private static string CodeOf(string app, DateTimeOffset at) =>
        new Totp(Base32Encoding.ToBytes(app)).ComputeTotp(at.UtcDateTime);

    private static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 30;
}
