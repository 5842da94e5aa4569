using Microsoft.Extensions.DependencyInjection;
using RootCustody.Chat;
using RootCustody.Data.Chat;
using RootCustody.Desk.Custody;
using RootCustody.Desk.Moves;
using RootCustody.Desk.Onboarding;
using RootCustody.Desk.People;
using RootCustody.Desk.People.Proposals;
using RootCustody.Desk.Posture;
using RootCustody.Desk.Proofs;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
using RootCustody.Desk.Transfers;

namespace RootCustody.Desk;

public static class DeskSetup
{
    /// <param name="publicAddress">Where this host is reached from outside, with a slash at its end; null if nobody has said.</param>
    public static IServiceCollection AddDesk(this IServiceCollection services, Uri? publicAddress = null) =>
        services
            .AddSingleton(new PublicSite(publicAddress))
            .AddScoped<DeskInbox>()
            .AddInbox(Bot.Desk, provider => provider.GetRequiredService<DeskInbox>())
            .AddRequests()
            .AddPeople()
            .AddRotation()
            .AddPosture()
            .AddOnboarding()
            .AddTransfers()
            .AddMoves()
            .AddSingleton<Alarm>();

    private static IServiceCollection AddRotation(this IServiceCollection services) =>
        services
            .AddScoped<AskForRotation>()
            .AddScoped<AskForMfaChange>()
            .AddScoped<AskForRotationsJob>()
            .AddScoped<ConfirmRotation>()
            .AddScoped<PlanRotations>()
            .AddScoped<PlanRotationsJob>()
            .AddScoped<SendDigest>()
            .AddScoped<SendDigestsJob>()
            .AddScoped<NoteReminded>()
            .AddScoped<RotateNow>()
            .AddScoped<SnoozeRotation>()
            .AddScoped<DueCalendar>()
            .AddScoped<GiveCalendar>();

    private static IServiceCollection AddPosture(this IServiceCollection services) =>
        services
            .AddScoped<BringProofs>()
            .AddScoped<ShowProofs>()
            .AddScoped<BringReport>()
            .AddScoped<ConfirmEvidence>()
            .AddScoped<AttestContacts>()
            .AddScoped<ShowPosture>()
            .AddScoped<ReviewPosture>()
            .AddScoped<ReviewPostureJob>()
            .AddScoped<NoteTold>();

    private static IServiceCollection AddOnboarding(this IServiceCollection services) =>
        services
            .AddScoped<ShowOnboarding>()
            .AddScoped<BeginOnboarding>()
            .AddScoped<AskForNext>()
            .AddScoped<SayItem>()
            .AddScoped<ConfirmItem>()
            .AddScoped<FinishOnboarding>();

    private static IServiceCollection AddTransfers(this IServiceCollection services) =>
        services
            .AddScoped<TransferClicks>()
            .AddScoped<ShowTransfer>()
            .AddScoped<TellOfTransfer>()
            .AddScoped<AskForTransfer>()
            .AddScoped<ContactSteps>()
            .AddScoped<SayStep>()
            .AddScoped<ConfirmStep>()
            .AddScoped<AskForHandover>()
            .AddScoped<HandOver>()
            .AddScoped<CertifyTransfer>()
            .AddScoped<RemindOfTransfers>();

    private static IServiceCollection AddMoves(this IServiceCollection services) =>
        services
            .AddScoped<MoveClicks>()
            .AddScoped<ShowMove>()
            .AddScoped<TellOfMove>()
            .AddScoped<BeginMove>()
            .AddScoped<SayHandedOver>()
            .AddScoped<SayTaken>()
            .AddScoped<EndMove>()
            .AddScoped<CancelMove>()
            .AddScoped<RemindOfMoves>();

    private static IServiceCollection AddRequests(this IServiceCollection services) =>
        services
            .AddScoped<OpenRequest>()
            .AddScoped<ApproveRequest>()
            .AddScoped<EndorseRequest>()
            .AddScoped<DenyRequest>()
            .AddScoped<RevokeRequest>()
            .AddScoped<EditRequest>()
            .AddScoped<HandBackHalf>()
            .AddScoped<ReplaceHolder>()
            .AddScoped<ExtendWindow>()
            .AddScoped<BarNamed>()
            .AddScoped<OpenDrill>()
            .AddScoped<ShowRegister>()
            .AddScoped<RemindOfClosed>()
            .AddScoped<ShowTasks>()
            .AddScoped<OpenWindow>()
            .AddScoped<OpenWindowsJob>()
            .AddScoped<CloseWindow>()
            .AddScoped<CloseRequestsJob>()
            .AddScoped<EndWindow>()
            .AddScoped<ExpireRequest>()
            .AddScoped<EscalateRequest>()
            .AddScoped<EscalateRequestsJob>()
            .AddScoped<CheckReadiness>()
            .AddScoped<CheckReadinessJob>()
            .AddScoped<ShowStatus>();

    private static IServiceCollection AddPeople(this IServiceCollection services) =>
        services
            .AddScoped<ImportDirectory>()
            .AddScoped<EnrolStepUp>()
            .AddScoped<LinkIdentity>()
            .AddScoped<SayAbsence>()
            .AddScoped<Freeze>()
            .AddScoped<TidyFrozenJob>()
            .AddScoped<Leave>()
            .AddScoped<LeaverReport>()
            .AddScoped<LoseParts>()
            .AddScoped<Administration>()
            .AddScoped<OrderFromConsole>()
            .AddScoped<ConfirmProposal>()
            .AddScoped<Departures>()
            .AddScoped<RejectProposal>()
            .AddScoped<ExpireProposal>()
            .AddScoped<ExpireProposalsJob>();
}
