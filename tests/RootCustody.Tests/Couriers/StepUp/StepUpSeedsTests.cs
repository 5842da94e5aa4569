using System.Reflection;
using OtpNet;
using RootCustody.Couriers.StepUp;
using RootCustody.Couriers.Vault;
using static RootCustody.Tests.Couriers.Samples;

namespace RootCustody.Tests.Couriers.StepUp;

[Trait("Law", "15")]
public sealed class StepUpSeedsTests : IDisposable
{
    private readonly TempFolder temp = new();
    private readonly StepUpSeeds seeds;

    public StepUpSeedsTests() => seeds = new SealedStepUpSeeds(temp.Path);

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task A_seed_counts_once_it_is_confirmed()
    {
        var app = await BeginAsync(Paul);
        Assert.False(await seeds.HasAsync(Paul, Cancel));
        Assert.Null(await seeds.MatchAsync(Paul, CodeOf(app), Noon, Cancel));
        Assert.Equal(StepOf(Noon), await seeds.MatchPendingAsync(Paul, CodeOf(app), Noon, Cancel));

        await seeds.ConfirmAsync(Paul, Cancel);

        Assert.True(await seeds.HasAsync(Paul, Cancel));
        Assert.Equal(StepOf(Noon), await seeds.MatchAsync(Paul, CodeOf(app), Noon, Cancel));
        Assert.Null(await seeds.MatchPendingAsync(Paul, CodeOf(app), Noon, Cancel));
    }

    [Fact]
    public async Task The_seed_is_160_bits_as_an_authenticator_app_reads_it()
    {
        var app = await BeginAsync(Paul);

        Assert.Matches("^[A-Z2-7]{32}$", app);
        Assert.Equal(20, Base32Encoding.ToBytes(app).Length);
    }

    [Fact]
    public async Task The_living_seed_counts_until_the_new_one_is_confirmed_and_not_after()
    {
        var old = await EnrolAsync(Paul);

        var renewed = await BeginAsync(Paul);
        Assert.NotNull(await seeds.MatchAsync(Paul, CodeOf(old), Noon, Cancel));
        Assert.Null(await seeds.MatchAsync(Paul, CodeOf(renewed), Noon, Cancel));
        await seeds.ConfirmAsync(Paul, Cancel);

        Assert.Null(await seeds.MatchAsync(Paul, CodeOf(old), Noon, Cancel));
        Assert.NotNull(await seeds.MatchAsync(Paul, CodeOf(renewed), Noon, Cancel));
        Assert.Single(Directory.GetFiles(temp.In("stepup")));
    }

    [Fact]
    public async Task Beginning_again_replaces_what_was_pending()
    {
        var first = await BeginAsync(Paul);
        var second = await BeginAsync(Paul);

        Assert.Null(await seeds.MatchPendingAsync(Paul, CodeOf(first), Noon, Cancel));
        Assert.NotNull(await seeds.MatchPendingAsync(Paul, CodeOf(second), Noon, Cancel));
        Assert.Single(Directory.GetFiles(temp.In("stepup")));
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public async Task A_code_of_the_step_before_or_after_counts_and_names_its_own_step(int seconds, bool counts)
    {
        var app = await EnrolAsync(Paul);
        var at = Noon.AddSeconds(seconds);

        var step = await seeds.MatchAsync(Paul, CodeOf(app, at), Noon, Cancel);

        Assert.Equal(counts ? StepOf(at) : null, step);
    }

    [Fact]
    public async Task The_code_of_one_person_is_none_of_another()
    {
        var pauls = await EnrolAsync(Paul);
        await EnrolAsync(Mona);

        Assert.Null(await seeds.MatchAsync(Mona, CodeOf(pauls), Noon, Cancel));
    }

    [Fact]
    public async Task Nothing_pending_cannot_be_confirmed()
    {
        var refused = await Assert.ThrowsAsync<VaultException>(() => seeds.ConfirmAsync(Paul, Cancel));

        Assert.Equal(VaultFailure.Missing, refused.Failure);
        Assert.False(await seeds.HasAsync(Paul, Cancel));
    }

    [Fact]
    [Trait("Law", "11")]
    public async Task A_damaged_seed_lets_nobody_through_and_says_so()
    {
        var app = await EnrolAsync(Paul);
        await File.WriteAllTextAsync(temp.In("stepup", $"{Paul}.1.sealed"), "rubbish", Cancel);

        var refused = await Assert.ThrowsAsync<VaultException>(() => seeds.MatchAsync(Paul, CodeOf(app), Noon, Cancel));

        Assert.Equal(VaultFailure.Damaged, refused.Failure);
    }

    [Fact]
    [Trait("Law", "8")]
    public async Task Neither_the_seed_nor_its_text_lies_in_a_file()
    {
        var app = await EnrolAsync(Paul);

        string[] spellings = [app, Encoding(Base32Encoding.ToBytes(app))];
        var files = Directory.GetFiles(temp.Path, "*", SearchOption.AllDirectories);
        Assert.Equal(2, files.Length);
        Assert.All(
            files,
            file =>
                Assert.All(
                    spellings,
                    s => Assert.DoesNotContain(s, Encoding(File.ReadAllBytes(file)), StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public void Only_a_new_seed_ever_comes_out()
    {
        var giving = typeof(StepUpSeeds)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => m.ReturnType == typeof(Task<Secret>) || m.ReturnType == typeof(Secret))
            .Select(m => m.Name);

        Assert.Equal(nameof(StepUpSeeds.BeginAsync), Assert.Single(giving));
    }

    private static string Encoding(byte[] bytes) => System.Text.Encoding.Latin1.GetString(bytes);

    private async Task<string> EnrolAsync(PersonId person)
    {
        var app = await BeginAsync(person);
        await seeds.ConfirmAsync(person, Cancel);
        return app;
    }

    private async Task<string> BeginAsync(PersonId person)
    {
        using var text = await seeds.BeginAsync(person, Cancel);
        return Text(text);
    }

    private static string CodeOf(string app, DateTimeOffset? at = null) =>
        new Totp(Base32Encoding.ToBytes(app)).ComputeTotp((at ?? Noon).UtcDateTime);

    private static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 30;
}
