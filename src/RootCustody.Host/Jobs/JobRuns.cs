using System.Globalization;
using Hangfire;
using Hangfire.Common;
using Hangfire.Storage;

namespace RootCustody.Host.Jobs;

/// <summary>When each job last ended well, whoever ran it: kept beside the jobs themselves, so that every process with the same storage knows it.</summary>
internal static class JobRuns
{
    private const string Kept = "rootcustody:ran";
    private const string Tidy = "TidyExposures";
    private const string Sweep = "CloseRequests";

    /// <summary>The job as people and metrics call it: its type, and the half that it is for. A closed set.</summary>
    public static string NameOf(Job job)
    {
        var name = job.Type.Name.EndsWith("Job", StringComparison.Ordinal) ? job.Type.Name[..^3] : job.Type.Name;
        return job.Args.OfType<Half>().Select(half => $"{name}-{half}").FirstOrDefault(name);
    }

    /// <summary>The jobs whose silence is a fault: one for each queue stands for all of it.</summary>
    public static IEnumerable<string> Expected(IReadOnlySet<Role> played) =>
        played
            .Select(role =>
                role switch
                {
                    Role.Desk => null,
                    Role.Worker => Sweep,
                    Role.PasswordCourier => $"{Tidy}-{Half.Password}",
                    Role.MfaCourier => $"{Tidy}-{Half.Mfa}",
                }
            )
            .OfType<string>();

    public static void Ended(IStorageConnection storage, Job job, DateTimeOffset now) =>
        storage.SetRangeInHash(
            Kept,
            [KeyValuePair.Create(NameOf(job), now.UtcTicks.ToString(CultureInfo.InvariantCulture))]
        );

    public static IReadOnlyDictionary<string, DateTimeOffset> LastOf(JobStorage storage)
    {
        using var connection = storage.GetConnection();
        var kept = connection.GetAllEntriesFromHash(Kept) ?? [];
        return kept.ToDictionary(
            e => e.Key,
            e => new DateTimeOffset(long.Parse(e.Value, CultureInfo.InvariantCulture), TimeSpan.Zero),
            StringComparer.Ordinal
        );
    }
}
