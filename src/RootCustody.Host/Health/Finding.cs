using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RootCustody.Host.Health;

/// <summary>What a check found: a sentence that anyone may read, and what to do, for the operator at the console only.</summary>
internal static class Finding
{
    private const string Do = "do";

    /// <summary>Nothing can be served until it is put right.</summary>
    public static HealthCheckResult Wrong(string sentence, string whatToDo) =>
        new(HealthStatus.Unhealthy, sentence, data: Told(whatToDo));

    /// <summary>Clicks are still answered rightly, so that no traffic has to go elsewhere; somebody has to look all the same.</summary>
    public static HealthCheckResult Degraded(string sentence, string whatToDo) =>
        new(HealthStatus.Degraded, sentence, data: Told(whatToDo));

    /// <summary>The sentence of a check that is not right. What an exception says is for the log: it may name a server or a path.</summary>
    public static string SentenceOf(HealthReportEntry entry) =>
        entry.Exception is null && entry.Description is { Length: > 0 } sentence
            ? sentence
            : "It could not be looked at, or not in time.";

    public static string WhatToDo(HealthReportEntry entry) =>
        entry.Data.TryGetValue(Do, out var told) ? (string)told : "The log of the host says more.";

    private static Dictionary<string, object> Told(string whatToDo) => new(StringComparer.Ordinal) { [Do] = whatToDo };
}
