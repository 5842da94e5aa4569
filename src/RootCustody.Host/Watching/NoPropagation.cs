using System.Diagnostics;

namespace RootCustody.Host.Watching;

/// <summary>Traces begin here and end here: who calls us is a stranger, and what strangers put into the headers of a trace must neither be stored nor sent on.</summary>
internal sealed class NoPropagation : DistributedContextPropagator
{
    public override IReadOnlyCollection<string> Fields => [];

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) { }

    public override void ExtractTraceIdAndState(
        object? carrier,
        PropagatorGetterCallback? getter,
        out string? traceId,
        out string? traceState
    ) => (traceId, traceState) = (null, null);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(
        object? carrier,
        PropagatorGetterCallback? getter
    ) => null;
}
