using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace RootCustody.Host.Watching;

/// <summary>Lets out of a trace only what is known to hold no secret: no query, no header, no address, no body, and no path that is not one of ours (law 8).</summary>
internal sealed class KnownTags : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        "action",
        "bot",
        "half",
        "job",
        "operation",
        "outcome",
        "platform",
        "error.type",
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "network.protocol.version",
        "url.scheme"
    );

    public override void OnEnd(Activity data)
    {
        foreach (var (name, _) in data.TagObjects.ToList())
        {
            if (!Known.Contains(name))
                data.SetTag(name, null);
        }
    }
}
