using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Proofs;

namespace RootCustody.Desk.People.Orders;

/// <summary>A key that AWS signs digests of CloudTrail with counts from now on. Both administrators compare it with AWS themselves: whoever gets another key in here can make proofs.</summary>
public sealed record TrustKey(string Fingerprint, string Value, string From, string Until) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (Moment(From) is not { } from || Moment(Until) is not { } until)
            return new Plan.Impossible(
                "When the key is valid is written as aws cloudtrail list-public-keys prints it, such as 2026-11-23T17:40:00+00:00 or 1795455600.0."
            );
        if (TrailKey.WhyNot(Fingerprint, Value, from, until) is { } why)
            return new Plan.Impossible(why);
        if (await db.TrailKeys.AnyAsync(k => k.Fingerprint == Fingerprint, cancellationToken))
            return new Plan.Impossible($"The key {Fingerprint} is trusted already.");
        return Plan.Of(
            new Change(
                "trail-key.trusted",
                $"Trust the key {Fingerprint} to prove rotations: AWS signs digests of CloudTrail with it from {Say(from)} until {Say(until)}. Compare it with aws cloudtrail list-public-keys yourself before you confirm.",
                () =>
                {
                    db.TrailKeys.Add(TrailKey.Of(Fingerprint, Value, from, until));
                    return [("fingerprint", Fingerprint), ("value", Value), ("from", Say(from)), ("until", Say(until))];
                }
            )
        );
    }

    private static DateTimeOffset? Moment(string text) =>
        TrailKey.ReadEpoch(text)
        ?? (
            DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var moment
            )
                ? moment
                : null
        );

    private static string Say(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

public sealed record DistrustKey(string Fingerprint) : Order
{
    internal override async Task<Plan> PlanAsync(CustodyDb db, CancellationToken cancellationToken)
    {
        if (
            await db.TrailKeys.SingleOrDefaultAsync(k => k.Fingerprint == Fingerprint, cancellationToken) is not { } key
        )
            return new Plan.Impossible($"There is no trusted key {Fingerprint}.");
        var proofs = await db.Proofs.CountAsync(p => p.Fingerprint == Fingerprint, cancellationToken);
        return Plan.Of(
            new Change(
                "trail-key.distrusted",
                $"Trust the key {Fingerprint} no more. Changes that are proven with it only, and count as proven no more: {proofs}.",
                () =>
                {
                    db.TrailKeys.Remove(key);
                    return [("fingerprint", Fingerprint), ("proofs", proofs)];
                }
            )
        );
    }
}
