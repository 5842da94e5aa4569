using System.Linq.Expressions;
using Hangfire;
using RootCustody.Couriers.Endings;
using RootCustody.Couriers.Handovers;
using RootCustody.Couriers.MfaCodes;
using RootCustody.Couriers.Passwords;
using RootCustody.Couriers.Transfers;
using RootCustody.Data.Chat;
using RootCustody.Data.People;
using RootCustody.Desk.Custody;
using RootCustody.Desk.Moves;
using RootCustody.Desk.OnCall;
using RootCustody.Desk.People;
using RootCustody.Desk.People.Proposals;
using RootCustody.Desk.Posture;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;
using RootCustody.Desk.Transfers;

namespace RootCustody.Host.Jobs;

/// <summary>The recurring sweeps of the roles that this process plays. They find what is due in the database; delayed jobs only make it prompt.</summary>
public sealed class Clockwork(IRecurringJobManager jobs, CustodySettings settings)
{
    private const string EverySoOften = "*/15 * * * * *";
    private const string EveryFewMinutes = "*/5 * * * *";
    private const string Daily = "23 7 * * *";
    private const string Nightly = "41 2 * * *";
    private const string AtNight = "11 3 * * *";
    private const string Hourly = "7 * * * *";

    public void Wind()
    {
        foreach (var role in settings.Played())
            Wind(role);
    }

    private void Wind(Role role)
    {
        switch (role)
        {
            case Role.Worker:
                WindWorker();
                break;
            case Role.PasswordCourier:
                Tidy(role, Half.Password);
                Destroy(role, Half.Password);
                jobs.AddOrUpdate<DestroyOldPasswordsJob>(
                    "destroy-old-passwords",
                    role.QueueOf()!,
                    job => job.RunAsync(CancellationToken.None),
                    Hourly
                );
                break;
            case Role.MfaCourier:
                Tidy(role, Half.Mfa);
                Destroy(role, Half.Mfa);
                jobs.AddOrUpdate<StrandDevices>(
                    "strand-devices",
                    role.QueueOf()!,
                    job => job.RunAsync(CancellationToken.None),
                    EverySoOften
                );
                break;
            case Role.Desk:
                break;
        }
    }

    private void WindWorker()
    {
        Often<CloseRequestsJob>("close-requests", job => job.RunAsync(CancellationToken.None));
        Often<OpenWindowsJob>("open-windows", job => job.RunAsync(CancellationToken.None));
        Often<EscalateRequestsJob>("escalate-requests", job => job.RunAsync(CancellationToken.None));
        Often<AskForRotationsJob>("ask-for-rotations", job => job.RunAsync(CancellationToken.None));
        Often<PlanRotationsJob>("plan-rotations", job => job.RunAsync(CancellationToken.None));
        Work<PlanRotationsJob>("review-rotations", job => job.ReviewAsync(CancellationToken.None), Nightly);
        Work<SendDigestsJob>("send-digests", job => job.RunAsync(CancellationToken.None), EveryFewMinutes);
        Work<ReviewPostureJob>("review-posture", job => job.RunAsync(CancellationToken.None), AtNight);
        Often<CertifyTransfer>("certify-transfers", job => job.RunAsync(CancellationToken.None));
        Often<ExpireProposalsJob>("expire-proposals", job => job.RunAsync(CancellationToken.None));
        Work<RefreshOnCallJob>("refresh-on-call", job => job.RunAsync(CancellationToken.None), EveryFewMinutes);
        jobs.Trigger("refresh-on-call"); // a start need not wait for it
        Work<RemindOfTransfers>("remind-of-transfers", job => job.RunAsync(CancellationToken.None), Hourly);
        Work<RemindOfMoves>("remind-of-moves", job => job.RunAsync(CancellationToken.None), Hourly);
        Work<RemindOfClosed>("remind-of-closed", job => job.RunAsync(CancellationToken.None), Daily);
        Work<CheckReadinessJob>("check-readiness", job => job.RunAsync(CancellationToken.None), Daily);
        Often<TidyFrozenJob>("tidy-frozen", job => job.RunAsync(CancellationToken.None));
        Work<ForgetTraces>("forget-traces", job => job.RunAsync(CancellationToken.None), Hourly);
        Work<ForgetClicks>("forget-clicks", job => job.RunAsync(CancellationToken.None), Hourly);
        Work<ForgetSent>("forget-sent", job => job.RunAsync(CancellationToken.None), Hourly);
        Work<AlertParked>("alert-parked", job => job.RunAsync(CancellationToken.None), EveryFewMinutes);

        void Often<TJob>(string name, Expression<Func<TJob, Task>> run) => Work(name, run, EverySoOften);
    }

    private void Work<TJob>(string name, Expression<Func<TJob, Task>> run, string cron) =>
        jobs.AddOrUpdate(name, Role.Worker.QueueOf()!, run, cron);

    private void Tidy(Role role, Half half) =>
        jobs.AddOrUpdate<TidyExposuresJob>(
            $"tidy-exposures-{role.QueueOf()}",
            role.QueueOf()!,
            job => job.RunAsync(half, CancellationToken.None),
            EverySoOften
        );

    private void Destroy(Role role, Half half)
    {
        jobs.AddOrUpdate<DestroyTransferredJob>(
            $"destroy-transferred-{role.QueueOf()}",
            role.QueueOf()!,
            job => job.RunAsync(half, CancellationToken.None),
            EverySoOften
        );
        jobs.AddOrUpdate<DestroyEndedJob>(
            $"destroy-ended-{role.QueueOf()}",
            role.QueueOf()!,
            job => job.RunAsync(half, CancellationToken.None),
            EverySoOften
        );
    }
}
