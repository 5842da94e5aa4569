using System.Text;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.StepUp;
using RootCustody.Data;
using RootCustody.Data.Databases;
using RootCustody.Desk.People;
using RootCustody.Host;

namespace RootCustody.Playground.Nodes;

/// <summary>Puts a company into an empty database and its halves into an empty vault: everybody is imported and has an authenticator.</summary>
public sealed class Founding
{
    private readonly IServiceProvider services;
    private readonly TimeProvider clock;

    private Founding(IServiceProvider services, TimeProvider clock)
    {
        this.services = services;
        this.clock = clock;
    }

    /// <returns>The authenticators, by the key of their person.</returns>
    public static async Task<IReadOnlyDictionary<string, Authenticator>> OfAsync(
        Company company,
        string tenant,
        IReadOnlyDictionary<string, string?> settings,
        TimeProvider clock
    )
    {
        await using var host = CustodyHost.Build(
            ["--environment", "Development"],
            builder =>
            {
                builder.Configuration.AddInMemoryCollection([
                    new("RootCustody:Policy:OnboardNew", "false"), // its accounts have long been in custody
                    .. settings,
                ]);
                builder.Services.AddSingleton(clock);
            }
        );
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Schema>().MigrateAsync(CancellationToken.None);
        _ = host.Services.GetRequiredService<JobStorage>(); // makes its tables
        return await new Founding(scope.ServiceProvider, clock).FoundAsync(company, tenant);
    }

    private async Task<IReadOnlyDictionary<string, Authenticator>> FoundAsync(Company company, string tenant)
    {
        var directory = Encoding.UTF8.GetBytes(company.Directory(tenant));
        var import = await services
            .GetRequiredService<ImportDirectory>()
            .HandleAsync(directory, CancellationToken.None);
        if (import is Import.Refused refused)
            throw new InvalidOperationException(string.Join(Environment.NewLine, refused.Errors));

        foreach (var team in company.Teams)
            await TakeHalvesAsync(team.Account);
        var people = await services
            .GetRequiredService<CustodyDb>()
            .People.AsNoTracking()
            .ToDictionaryAsync(p => p.Key, p => p.Id, StringComparer.Ordinal);
        var authenticators = new Dictionary<string, Authenticator>(StringComparer.Ordinal);
        foreach (var key in company.Enrolling)
            authenticators[key] = await EnrolAsync(people[key]);
        return authenticators;
    }

    /// <summary>As the ceremony in the chat would end, which other tests play.</summary>
    private async Task<Authenticator> EnrolAsync(PersonId person)
    {
        var seeds = services.GetRequiredService<StepUpSeeds>();
        using var seed = await seeds.BeginAsync(person, CancellationToken.None);
        var key = Encoding.ASCII.GetString(seed.Bytes);
        await seeds.ConfirmAsync(person, CancellationToken.None);
        return new Authenticator(key);
    }

    private async Task TakeHalvesAsync(string account)
    {
        var made = await services.GetRequiredService<TakePassword>().MakeAsync(account, CancellationToken.None);
        if (made is not TakePassword.Outcome.Taken)
            throw new InvalidOperationException($"The password of {account} did not get into the vault.");
        await SeedIntake.TakeAsync(services, account, clock);
    }
}
