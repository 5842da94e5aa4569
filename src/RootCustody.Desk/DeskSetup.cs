using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;
using RootCustody.Desk.People;
using RootCustody.Desk.People.Proposals;
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
            .AddScoped<EditRequest>()
            .AddScoped<EndorseRequest>()
            .AddScoped<HandBackHalf>()
            .AddScoped<ReplaceHolder>()
            .AddScoped<ExtendWindow>()
            .AddScoped<BarNamed>()
            .AddScoped<OpenDrill>()
            .AddScoped<CheckReadiness>()
            .AddScoped<CheckReadinessJob>()
            .AddScoped<EscalateRequest>()
            .AddScoped<EscalateRequestsJob>()
            .AddScoped<OpenWindow>()
            .AddScoped<CloseWindow>()
            .AddScoped<EndWindow>()
            .AddScoped<ExpireRequest>()
            .AddScoped<ShowStatus>()
            .AddScoped<AskForRotation>()
            .AddScoped<ConfirmRotation>()
            .AddScoped<EnrolStepUp>()
            .AddScoped<LinkIdentity>()
            .AddScoped<Freeze>()
            .AddScoped<Leave>()
            .AddScoped<LeaverReport>()
            .AddScoped<LoseParts>()
            .AddScoped<SayAbsence>()
            .AddScoped<TidyFrozenJob>()
            .AddScoped<ImportDirectory>()
            .AddScoped<Administration>()
            .AddScoped<ConfirmProposal>()
            .AddScoped<Departures>()
            .AddScoped<RejectProposal>()
            .AddScoped<ExpireProposal>()
            .AddScoped<ExpireProposalsJob>()
            .AddScoped<OrderFromConsole>()
            .AddScoped<OpenWindowsJob>()
            .AddScoped<CloseRequestsJob>()
            .AddScoped<AskForRotationsJob>()
            .AddSingleton<Alarm>()
            .AddSingleton<Sweep>();
}
