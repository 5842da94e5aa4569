using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;
using RootCustody.Couriers.Handovers;
using RootCustody.Couriers.Journals;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.StepUp;
using RootCustody.Couriers.Vault;
using RootCustody.Data.Chat;
using RootCustody.People;

namespace RootCustody.Couriers;

public static class CouriersSetup
{
    /// <param name="directory">Where the sealed stores of the embedded default lie.</param>
    /// <param name="journals">Where the courier keeps its journal; beside its vault if not said.</param>
    public static IServiceCollection AddPasswordCourier(
        this IServiceCollection services,
        string directory,
        PasswordRules rules,
        string? journals = null
    ) =>
        services
            .AddCourier<PasswordSource>(Half.Password, journals ?? directory)
            .AddSingleton<PasswordVault>(new SealedPasswordVault(directory))
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
        string? journals = null
    ) =>
        services
            .AddCourier<CodeSource>(Half.Mfa, journals ?? directory)
            .AddSingleton<MfaVault>(new SealedMfaVault(directory))
            .AddSingleton<IVaultGenerations>(provider => provider.GetRequiredService<MfaVault>())
            .AddScoped<TakeSeed>();

    /// <inheritdoc cref="AddPasswordCourier"/>
    public static IServiceCollection AddStepUp(this IServiceCollection services, string directory) =>
        services.AddSingleton<StepUpSeeds>(new SealedStepUpSeeds(directory)).AddScoped<IStepUp, AuthenticatorStepUp>();

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
            .AddScoped<RecordLost>()
            .AddScoped<RecordBirth>()
            .AddScoped<RecordRemoval>()
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
