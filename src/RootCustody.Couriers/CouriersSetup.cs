using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;
using RootCustody.Couriers.Handovers;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.StepUp;
using RootCustody.Data.Chat;
using RootCustody.People;

namespace RootCustody.Couriers;

public static class CouriersSetup
{
    /// <param name="directory">Where the sealed stores of the embedded default lie.</param>
    public static IServiceCollection AddPasswordCourier(
        this IServiceCollection services,
        string directory,
        PasswordRules rules
    ) =>
        services
            .AddCourier<PasswordSource>(Bot.Password)
            .AddSingleton(new PasswordVault(directory))
            .AddSingleton(_ => RandomNumberGenerator.Create())
            .AddSingleton(rules)
            .AddSingleton<PasswordMaker>()
            .AddScoped<TakePassword>();

    /// <inheritdoc cref="AddPasswordCourier"/>
    public static IServiceCollection AddMfaCourier(this IServiceCollection services, string directory) =>
        services.AddCourier<CodeSource>(Bot.Mfa).AddSingleton(new MfaVault(directory)).AddScoped<TakeSeed>();

    /// <inheritdoc cref="AddPasswordCourier"/>
    public static IServiceCollection AddStepUp(this IServiceCollection services, string directory) =>
        services.AddSingleton(new StepUpSeeds(directory)).AddScoped<IStepUp, AuthenticatorStepUp>();

    /// <summary>What both couriers share in code; each has it for its own half.</summary>
    public static IServiceCollection AddHandovers(this IServiceCollection services) =>
        services
            .AddSingleton<Removals>()
            .AddHostedService(provider => provider.GetRequiredService<Removals>())
            .AddScoped<RecordBirth>()
            .AddScoped<RecordRemoval>()
            .AddScoped<TidyExposuresJob>();

    private static IServiceCollection AddCourier<TSource>(this IServiceCollection services, Bot bot)
        where TSource : class, IHalfSource =>
        services
            .AddScoped<TSource>()
            .AddInbox(
                bot,
                provider =>
                {
                    var source = provider.GetRequiredService<TSource>();
                    var reveal = ActivatorUtilities.CreateInstance<RevealHalf>(provider, source);
                    var offers = ActivatorUtilities.CreateInstance<Offers>(provider, source);
                    var hide = ActivatorUtilities.CreateInstance<HideElsewhere>(provider, source);
                    return ActivatorUtilities.CreateInstance<CourierInbox>(provider, reveal, source, offers, hide);
                }
            );
}
