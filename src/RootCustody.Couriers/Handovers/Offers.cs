using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace RootCustody.Couriers.Handovers;

/// <summary>Step-ups that were passed and whose half is offered with one more press (Slack's ephemeral message). In memory only: after a restart the person reveals again.</summary>
public sealed class Offers(TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, Offer> open = new(StringComparer.Ordinal);

    public string Make(PersonId person, RequestId request)
    {
        foreach (var (old, _) in open.Where(o => o.Value.Expires <= clock.GetUtcNow()))
            open.TryRemove(old, out _);
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        open[id] = new Offer(person, request, clock.GetUtcNow() + Life);
        return id;
    }

    /// <summary>Whose offer it is and still stands; it stands once.</summary>
    public RequestId? Take(string id, PersonId person) =>
        open.TryGetValue(id, out var offer)
        && offer.Person == person
        && clock.GetUtcNow() < offer.Expires
        && open.TryRemove(id, out _)
            ? offer.Request
            : null;

    private sealed record Offer(PersonId Person, RequestId Request, DateTimeOffset Expires);
}
