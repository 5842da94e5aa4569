using Hangfire;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Data;
using RootCustody.Host;

namespace RootCustody.EndToEnd;

public sealed class JobsTests
{
    /// <summary>Hangfire keeps much in statics, where the host that was built last is found.</summary>
    [Fact]
    public async Task Of_two_hosts_in_one_process_each_works_on_its_own_database()
    {
        var (here, there) = (Folder(), Folder());
        await using var one = Build(here);
        await using var other = Build(there);
        _ = other.Services.GetRequiredService<IGlobalConfiguration>();
        _ = one.Services.GetRequiredService<IGlobalConfiguration>();

        foreach (var (host, folder) in ((WebApplication, DirectoryInfo)[])[(one, here), (other, there)])
        {
            using var job = host.Services.GetRequiredService<JobActivator>().BeginScope((JobActivatorContext)null!);
            var db = (CustodyDb)job.Resolve(typeof(CustodyDb));
            Assert.Contains(folder.FullName, db.Database.GetConnectionString(), StringComparison.Ordinal);
        }
        here.Delete(recursive: true);
        there.Delete(recursive: true);
    }

    private static DirectoryInfo Folder() => Directory.CreateTempSubdirectory("rootcustody-");

    private static WebApplication Build(DirectoryInfo folder) =>
        CustodyHost.Build(
            ["--environment", "Development"],
            builder => builder.Configuration.AddInMemoryCollection([new("RootCustody:DataDirectory", folder.FullName)])
        );
}
