using System.CommandLine;

namespace RootCustody.Host.Verbs;

/// <summary><c>serve</c>, which is also what happens without a verb.</summary>
internal static class ServeVerb
{
    public static Command Make()
    {
        var serve = new Command("serve", "Serve the bots (what happens without a verb, too).");
        serve.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return serve;
    }

    public static Task<int> RunAsync(CancellationToken cancellationToken) =>
        Verb.TellingAsync(
            async () =>
            {
                await using var app = CustodyHost.Build([]);
                await app.PrepareAsync(cancellationToken);
                Warn(app.Services.GetRequiredService<CustodySettings>(), app.Environment.IsDevelopment());
                await app.RunAsync(cancellationToken);
                return Verb.Ok;
            },
            "RootCustody does not start:"
        );

    private static void Warn(CustodySettings settings, bool isDevelopment)
    {
        if (isDevelopment)
        {
            var database = settings.Database.IsServer ? $"{settings.Database.Provider}" : "SQLite, jobs in memory";
            var vaults = settings.UsedVaults(settings.Played()).All(used => used.Vault.IsSet)
                ? "vaults over HTTP"
                : "a sealed local vault";
            Console.Error.WriteLine($"*** DEVELOPMENT: {database}, {vaults}.");
            Console.Error.WriteLine(
                "*** A process that plays all roles could open both halves. Never keep real credentials in it."
            );
            Console.Error.WriteLine($"*** Data lies in {Path.GetFullPath(settings.DataDirectory)}");
        }
        foreach (var missing in settings.MissingBots())
            Console.Error.WriteLine($"*** {missing}");
    }
}
