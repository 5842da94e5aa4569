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
    public async Task Of_a_seed_that_was_renewed_no_file_stays()
    {
        await EnrolAsync(Paul);

        await EnrolAsync(Paul);

        Assert.Single(Directory.GetFiles(temp.In("stepup")));
    }

    [Fact]
    public async Task Of_a_pending_seed_that_was_replaced_no_file_stays()
    {
        await BeginAsync(Paul);

        await BeginAsync(Paul);

        Assert.Single(Directory.GetFiles(temp.In("stepup")));
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
        Assert.Equal(3, files.Length); // and the lock, which is empty
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

    private static string CodeOf(string app) => new Totp(Base32Encoding.ToBytes(app)).ComputeTotp(Noon.UtcDateTime);
}
