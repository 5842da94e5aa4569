using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.Data.Reveals;

namespace RootCustody.Couriers.Handovers;

/// <summary>Makes and takes the offers of a courier. They stand in the database, for the press may arrive at another process than the step-up did.</summary>
public sealed class Offers(CustodyDb db, IHalfSource source)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    public Task<string> MakeAsync(PersonId person, RequestId request, int? picked, CancellationToken cancellationToken)
    {
        var id = RandomNumberGenerator.GetHexString(Offer.IdLength, lowercase: true);
        return db.DecideAsync(
            () =>
            {
                db.Offers.Add(Offer.Of(id, person, request, source.Half, picked, db.Now + Life));
                return Task.FromResult(id);
            },
            cancellationToken
        );
    }

    /// <summary>What is offered, to whom it is offered; it stands on.</summary>
    public Task<Offer?> LookAsync(string id, PersonId person, CancellationToken cancellationToken) =>
        db
            .Offers.AsNoTracking()
            .SingleOrDefaultAsync(o => o.Id == id && o.Person == person && o.Half == source.Half, cancellationToken);

    /// <summary>Whose offer it is and still stands; it stands once.</summary>
    public Task<Offer?> TakeAsync(string id, PersonId person, CancellationToken cancellationToken) =>
        db.DecideAsync<Offer?>(
            async () =>
            {
                var offer = await db.Offers.SingleOrDefaultAsync(
                    o => o.Id == id && o.Person == person && o.Half == source.Half,
                    cancellationToken
                );
                if (offer is null)
                    return null;
                db.Offers.Remove(offer);
                return db.Now < offer.Expires ? offer : null;
            },
            cancellationToken
        );
}
