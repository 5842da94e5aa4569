using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using RootCustody.Data;
using RootCustody.People;

namespace RootCustody.Desk.People;

/// <summary>Makes the one-time code with which a person enrols their authenticator; an operator hands it over another way than by the chat account that it secures.</summary>
public sealed class IssueEnrolmentCode(CustodyDb db, Policies policies)
{
    // no letter that reads like a digit; 32 of them, so that each carries 5 bits without bias
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int Length = 20;

    /// <returns>The code in groups of five, 100 bits in all; null if there is no such person.</returns>
    public async Task<string?> HandleAsync(string personKey, CancellationToken cancellationToken)
    {
        var code = RandomNumberGenerator.GetString(Alphabet, Length);
        var found = await db.DecideAsync(
            async () =>
            {
                var person = await db.People.SingleOrDefaultAsync(p => p.Key == personKey, cancellationToken);
                if (person is null)
                    return false;
                var policy = await policies.OfProviderAsync(cancellationToken);
                await db.EnrolmentCodes.Where(c => c.Person == person.Id).ExecuteDeleteAsync(cancellationToken);
                db.EnrolmentCodes.Add(EnrolmentCode.Of(person.Id, code, db.Now + policy.EnrolmentCodeLife));
                db.Record("stepup.code.issued", Recording.Operator, ("person", person.Id));
                return true;
            },
            cancellationToken
        );
        return found ? string.Join('-', code.Chunk(5).Select(part => new string(part))) : null;
    }
}
