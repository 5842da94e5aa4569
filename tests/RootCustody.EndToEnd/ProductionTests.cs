using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using RootCustody.Host;

namespace RootCustody.EndToEnd;

public sealed class ProductionTests
{
    [Fact]
    public void A_host_without_configuration_is_in_production_and_does_not_start()
    {
        var refused = Assert.Throws<CustodyHost.NotStartedException>(() =>
            CustodyHost.Build(["--environment", "Production"])
        );

        Assert.Contains(
            refused.Faults,
            f => f.Contains("sealed local vault is for development only", StringComparison.Ordinal)
        );
        Assert.Contains(refused.Faults, f => f.Contains("RootCustody:Slack:Desk", StringComparison.Ordinal));
        Assert.Contains(refused.Faults, f => f.Contains("RootCustody:Teams:Mfa", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Law", "7")]
    public void No_process_plays_both_couriers_in_production()
    {
        var both = new CustodySettings { Roles = { "password-courier", "mfa-courier" } };
        var one = new CustodySettings { Roles = { "password-courier" } };

        Assert.Contains(both.Faults(isDevelopment: false), f => f.Contains("law 7", StringComparison.Ordinal));
        Assert.DoesNotContain(one.Faults(isDevelopment: false), f => f.Contains("law 7", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Slack")]
    [InlineData("Teams")]
    public void Addresses_of_stand_ins_are_refused_outside_development(string platform)
    {
        var settings = new CustodySettings();
        settings.Slack.ApiAddress = platform == "Slack" ? "http://127.0.0.1:1/" : null;
        settings.Teams.TokenAuthority = platform == "Teams" ? "http://127.0.0.1:1/" : null;

        Assert.Contains(
            settings.Faults(isDevelopment: false),
            f =>
                f.StartsWith($"RootCustody:{platform}:", StringComparison.Ordinal)
                && f.Contains("Development only", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            settings.Faults(isDevelopment: true),
            f => f.Contains(platform, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_process_that_plays_the_desk_alone_starts()
    {
        var directory = Directory.CreateTempSubdirectory("rootcustody-");
        await using (
            var host = CustodyHost.Build(
                ["--environment", "Development"],
                builder =>
                    builder.Configuration.AddInMemoryCollection([
                        new("RootCustody:DataDirectory", directory.FullName),
                        new("RootCustody:Roles:0", "desk"),
                        new("Urls", "http://127.0.0.1:0"),
                    ])
            )
        )
        {
            await host.PrepareAsync(CancellationToken.None);
            await host.StartAsync();
            await host.StopAsync();
        }

        using (var pooled = new SqliteConnection($"Data Source={Path.Combine(directory.FullName, "rootcustody.db")}"))
            SqliteConnection.ClearPool(pooled);
        directory.Delete(recursive: true);
    }

    [Fact]
    public void Unknown_roles_and_senseless_policies_are_named()
    {
        var settings = new CustodySettings { Roles = { "manager" } };
        settings.Policy.Window = TimeSpan.Zero;

        var faults = settings.Faults(isDevelopment: true).ToList();

        Assert.Contains(faults, f => f.Contains("'manager'", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Contains("Window", StringComparison.Ordinal));
    }
}
