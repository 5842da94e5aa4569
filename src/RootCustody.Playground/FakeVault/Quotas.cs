using System.Globalization;
using System.Text.Json.Nodes;

namespace RootCustody.Playground.FakeVault;

/// <summary>Rate limits by path. All callers of the fake come from one address and share them, as nodes behind one NAT do.</summary>
internal sealed class Quotas
{
    private readonly SortedDictionary<string, Quota> quotas = new(StringComparer.Ordinal);
    private bool tells;

    public VaultAnswer Handle(VaultCall call, string path)
    {
        switch (path.Split('/'), call.Operation)
        {
            case (["config"], Operation.Update):
                tells = call.Body.Flag("enable_rate_limit_response_headers") ?? tells;
                return VaultAnswer.Done();
            case (["config"], Operation.Read):
                return VaultAnswer.Of(new JsonObject { ["enable_rate_limit_response_headers"] = tells });
            case (["rate-limit", var name], Operation.Update):
                quotas[name] = new Quota(
                    call.Body.Text("path") ?? "",
                    call.Body.Whole("rate") ?? 1,
                    call.Body.Length("interval") ?? TimeSpan.FromSeconds(1),
                    call.Body.Length("block_interval") ?? TimeSpan.Zero
                );
                return VaultAnswer.Done();
            case (["rate-limit", var name], Operation.Delete):
                quotas.Remove(name);
                return VaultAnswer.Done();
            default:
                return VaultAnswer.Refused(404, "unsupported path");
        }
    }

    /// <summary>Decided before the call runs.</summary>
    /// <returns>Null if the call may go on.</returns>
    public VaultAnswer? Refusal(string path, DateTimeOffset now)
    {
        if (path is "sys/health" or "sys/seal-status" or "sys/unseal")
            return null;
        var quota = quotas
            .Values.Where(q => path.StartsWith(q.Path, StringComparison.Ordinal))
            .MaxBy(q => q.Path.Length);
        if (quota is null || quota.Takes(now))
            return null;
        var refusal = VaultAnswer.Refused(429, $"request path \"{path}\": rate limit quota exceeded");
        return tells ? refusal with { Headers = quota.Headers(now) } : refusal;
    }

    private sealed class Quota(string path, int rate, TimeSpan interval, TimeSpan block)
    {
        private DateTimeOffset ends;
        private DateTimeOffset blocked;
        private int count;

        public string Path => path;

        public bool Takes(DateTimeOffset now)
        {
            if (now < blocked)
                return false;
            if (now >= ends)
                (ends, count) = (now + interval, 0);
            if (++count <= rate)
                return true;
            blocked = now + block;
            return false;
        }

        public IReadOnlyDictionary<string, string> Headers(DateTimeOffset now)
        {
            var left = Seconds((blocked > now ? blocked : ends) - now);
            return new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Retry-After"] = left,
                ["X-Ratelimit-Limit"] = rate.ToString(CultureInfo.InvariantCulture),
                ["X-Ratelimit-Remaining"] = "0",
                ["X-Ratelimit-Reset"] = Seconds(ends - now),
            };
        }

        private static string Seconds(TimeSpan length) =>
            Math.Max(1, (int)Math.Ceiling(length.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
