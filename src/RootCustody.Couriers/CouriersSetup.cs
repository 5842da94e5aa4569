using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RootCustody.Chat;
using RootCustody.Couriers.Checkpoints;
using RootCustody.Couriers.Endings;
using RootCustody.Couriers.Handovers;
using RootCustody.Couriers.Inventories;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.StepUp;
using RootCustody.Couriers.Transfers;
using RootCustody.Couriers.Vault;
using RootCustody.Couriers.Vault.Http;
using RootCustody.Data.Chat;
using RootCustody.People;

namespace RootCustody.Couriers;

public static class CouriersSetup
{
    /// <param name="directory">Where the sealed stores of the embedded default lie.</param>
    /// <param name="journals">Where the courier keeps its journal; beside its vault if not said.</param>
    /// <param name="identity">Who this process is at HashiCorp Vault or OpenBao; null is the sealed store.</param>
    public static IServiceCollection AddPasswordCourier(
        this IServiceCollection services,
        string directory,
        PasswordRules rules,
        string? journals = null,
        VaultIdentity? identity = null
    ) =>
        services
            .AddCourier<PasswordSource>(Half.Password, journals ?? directory)
            .AddIdentity(identity)
            .AddSingleton<PasswordVault>(provider =>
                identity is null
                    ? new SealedPasswordVault(directory)
                    : new KvPasswordVault(provider.ClientOf(identity), identity.Settings.Mount)
            )
            .AddSingleton<IVaultGenerations>(provider => provider.GetRequiredService<PasswordVault>())
            .AddSingleton(_ => RandomNumberGenerator.Create())
            .AddSingleton(rules)
            .AddSingleton<PasswordMaker>()
            .AddScoped<BookPassword>()
            .AddScoped<NewPassword>()
            .AddScoped<TakePassword>()
            .AddScoped<DestroyOldPasswords>()
            .AddScoped<DestroyOldPasswordsJob>();

    /// <inheritdoc cref="AddPasswordCourier"/>
    public static IServiceCollection AddMfaCourier(
        this IServiceCollection services,
        string directory,
        string? journals = null,
        VaultIdentity? identity = null
    ) =>
        services
            .AddCourier<CodeSource>(Half.Mfa, journals ?? directory)
            .AddIdentity(identity)
            .AddSingleton<MfaVault>(provider =>
                identity is null
                    ? new SealedMfaVault(directory)
                    : new TotpMfaVault(provider.ClientOf(identity), identity.Settings.Mount)
            )
            .AddSingleton<IVaultGenerations>(provider => provider.GetRequiredService<MfaVault>())
            .AddScoped<TellOfDevice>()
            .AddScoped<TakeSeed>()
            .AddScoped<StrandDevices>()
            .AddScoped<RegisterKey>()
            .AddScoped<HandOverKey>()
            .AddScoped<ReturnKey>()
            .AddScoped<VouchForDevice>()
            .AddScoped<ICourierClicks, DeviceClicks>()
            .AddScoped<ICourierClicks, KeyClicks>();

    /// <inheritdoc cref="AddPasswordCourier"/>
    public static IServiceCollection AddStepUp(
        this IServiceCollection services,
        string directory,
        VaultIdentity? identity = null
    ) =>
        services
            .AddIdentity(identity)
            .AddSingleton<StepUpSeeds>(provider =>
                identity is null
                    ? new SealedStepUpSeeds(directory)
                    : new TotpStepUpSeeds(provider.ClientOf(identity), identity.Settings.Mount)
            )
            .AddScoped<IStepUp, AuthenticatorStepUp>();

    /// <summary>The signing of checkpoints of the audit log, by a key that never leaves the vault.</summary>
    /// <param name="key">Its name at the transit engine.</param>
    /// <param name="name">The name of the log.</param>
    public static IServiceCollection AddCheckpoints(
        this IServiceCollection services,
        VaultIdentity identity,
        string key,
        string name
    ) =>
        services
            .AddIdentity(identity)
            .AddSingleton(provider => new SignCheckpoint(
                new TransitSigner(provider.ClientOf(identity), identity.Settings.Mount, key),
                name
            ));

    /// <summary>Each identity has a client of its own: no token, connection or refusal is shared (law 7).</summary>
    private static IServiceCollection AddIdentity(this IServiceCollection services, VaultIdentity? identity)
    {
        if (identity is null)
            return services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, KeepVaultSessions>());
        return services
            .AddKeyedSingleton(
                identity.Section,
                (provider, _) =>
                    new VaultClient(
                        identity,
                        provider.GetRequiredService<TimeProvider>(),
                        RandomNumberGenerator.Create(),
                        provider.GetRequiredService<ILogger<VaultClient>>()
                    )
            )
            .AddSingleton(provider => provider.ClientOf(identity));
    }

    private static VaultClient ClientOf(this IServiceProvider provider, VaultIdentity identity) =>
        provider.GetRequiredKeyedService<VaultClient>(identity.Section);

    /// <summary>What both couriers share in code; each has it for its own half.</summary>
    public static IServiceCollection AddHandovers(this IServiceCollection services) =>
        services
            .AddSingleton<Removals>()
            .AddHostedService(provider => provider.GetRequiredService<Removals>())
            .AddScoped<BackUpHalf>()
            .AddScoped<RestoreHalf>()
            .AddScoped<RekeyStore>()
            .AddScoped<CompareJournals>()
            .AddScoped<FindLost>()
            .AddScoped<TakeInventory>()
            .AddScoped<RecordLost>()
            .AddScoped<RecordOutside>()
            .AddScoped<RecordBirth>()
            .AddScoped<RecordRemoval>()
            .AddScoped<DestroyTransferred>()
            .AddScoped<DestroyTransferredJob>()
            .AddScoped<DestroyEnded>()
            .AddScoped<DestroyEndedJob>()
            .AddScoped<TidyExposuresJob>();

    private static IServiceCollection AddCourier<TSource>(this IServiceCollection services, Half half, string journals)
        where TSource : class, IHalfSource =>
        services
            .AddScoped<TSource>()
            .AddSingleton(_ => new RevealJournal(journals, half))
            .AddHostedService<CompareJournalsLoop>()
            .AddInbox(
                half.Courier(),
                provider =>
                {
                    var source = provider.GetRequiredService<TSource>();
                    var journal = provider.GetServices<RevealJournal>().Single(j => j.Half == half);
                    var reveal = ActivatorUtilities.CreateInstance<RevealHalf>(provider, source, journal);
                    var offers = ActivatorUtilities.CreateInstance<Offers>(provider, source);
                    var hide = ActivatorUtilities.CreateInstance<HideElsewhere>(provider, source);
                    return ActivatorUtilities.CreateInstance<CourierInbox>(provider, reveal, source, offers, hide);
                }
            );
}
