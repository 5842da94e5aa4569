using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;
using RootCustody.Desk.People;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;

namespace RootCustody.Desk;

public static class DeskSetup
{
    public static IServiceCollection AddDesk(this IServiceCollection services) =>
        services
            .AddKeyedScoped<IInbox, DeskInbox>(Bot.Desk)
            .AddScoped<OpenRequest>()
            .AddScoped<ApproveRequest>()
            .AddScoped<DenyRequest>()
            .AddScoped<RevokeRequest>()
            .AddScoped<OpenWindow>()
            .AddScoped<CloseWindow>()
            .AddScoped<EndWindow>()
            .AddScoped<ExpireRequest>()
            .AddScoped<ShowStatus>()
            .AddScoped<AskForRotation>()
            .AddScoped<ConfirmRotation>()
            .AddScoped<EnrolStepUp>()
            .AddScoped<IssueEnrolmentCode>()
            .AddScoped<LinkIdentity>()
            .AddScoped<Freeze>()
            .AddScoped<Leave>()
            .AddScoped<LeaverReport>()
            .AddScoped<LoseParts>()
            .AddScoped<SayAbsence>()
            .AddScoped<TidyFrozenJob>()
            .AddScoped<ImportDirectory>()
            .AddScoped<OpenWindowsJob>()
            .AddScoped<CloseRequestsJob>()
            .AddScoped<AskForRotationsJob>()
            .AddSingleton<Alarm>()
            .AddSingleton<Sweep>();
}
