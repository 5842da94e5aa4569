using RootCustody.Accounts;
using RootCustody.People;

namespace RootCustody.Couriers.Journals;

/// <summary>An exposure that a journal or an audit export knows and the database does not.</summary>
/// <param name="Account">As the database has it now; null if it has none of this id or number.</param>
/// <param name="Person">Likewise, by id or key.</param>
public sealed record LostExposure(JournalLine Line, Account? Account, Person? Person)
{
    /// <summary>Whether it can be booked again. Whoever, or whatever account, the database does not know can neither act nor be shown; once they are imported again, this is true.</summary>
    public bool Counts => Account is not null && Person is not null;
}
