using System.Linq.Expressions;
using Hangfire;
using RootCustody.Couriers.Handovers;
using RootCustody.Data.Chat;
using RootCustody.Data.People;
using RootCustody.Desk.People;
using RootCustody.Desk.Requests;
using RootCustody.Desk.Rotation;

namespace RootCustody.Host.Jobs;

/// <summary>The recurring sweeps of the roles that this process plays. They find what is due in the database; delayed jobs only make it prompt.</summary>
public sealed class Clockwork(IRecurringJobManager jobs, CustodySettings settings)
{
    private const string EverySoOften = "*/15 * * * * *";
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
                WindWorker(role.QueueOf()!);
                break;
            case Role.PasswordCourier:
                Tidy(role, Half.Password);
                break;
            case Role.MfaCourier:
                Tidy(role, Half.Mfa);
                break;
            case Role.Desk:
                break;
        }
    }

    private void WindWorker(string queue)
    {
        void Run<TJob>(string name, Expression<Func<TJob, Task>> sweep, string often) =>
            jobs.AddOrUpdate(name, queue, sweep, often);

        Run<CloseRequestsJob>("close-requests", job => job.RunAsync(CancellationToken.None), EverySoOften);
        Run<OpenWindowsJob>("open-windows", job => job.RunAsync(CancellationToken.None), EverySoOften);
        Run<AskForRotationsJob>("ask-for-rotations", job => job.RunAsync(CancellationToken.None), EverySoOften);
        Run<TidyFrozenJob>("tidy-frozen", job => job.RunAsync(CancellationToken.None), EverySoOften);
        Run<ForgetClicks>("forget-clicks", job => job.RunAsync(CancellationToken.None), Hourly);
        Run<ForgetTraces>("forget-traces", job => job.RunAsync(CancellationToken.None), Hourly);
    }

    private void Tidy(Role role, Half half) =>
        jobs.AddOrUpdate<TidyExposuresJob>(
            $"tidy-exposures-{role.QueueOf()}",
            role.QueueOf()!,
            job => job.RunAsync(half, CancellationToken.None),
            EverySoOften
        );
}
