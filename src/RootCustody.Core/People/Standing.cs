namespace RootCustody.People;

/// <summary>What is true of one person and one account at this moment; loaded by the caller inside its transaction.</summary>
/// <param name="Keeps">The half whose group they are in now, if any. Someone who were in both would keep none (law 3).</param>
/// <param name="SeenPassword">Shown, or maybe shown, a living generation of the password (law 1).</param>
/// <param name="SeenMfa">Shown, or maybe shown, a code of the living seed (law 1).</param>
/// <param name="OpensPassword">Keeps something that opens the password without us, such as the root mailbox (law 1).</param>
/// <param name="OpensMfa">Keeps something that opens the MFA without us, such as a device or the root phone (law 1).</param>
/// <param name="OfCustomer">They are a registered contact of the account's customer.</param>
/// <param name="IsOutsider">They are a contact of some customer, so not one of the provider's people (law 12).</param>
/// <param name="Frozen">They, or whoever had their chat account, said "not me" (law 15).</param>
/// <param name="CoolsOff">The chat identity that they speak through is new (law 15); without one, all that they have are.</param>
/// <param name="HasConflict">They are assigned to the account's customer, and policy sees a conflict of interest in that.</param>
/// <param name="Administers">They are an administrator, and policy keeps administrators out of the groups.</param>
/// <param name="SatInMfaChange">They were shown the living password in the ceremony of a new MFA device: the next one is for someone else.</param>
public sealed record Standing(
    PersonId Person,
    Half? Keeps,
    bool SeenPassword = false,
    bool SeenMfa = false,
    bool IsDutyManager = false,
    bool OfCustomer = false,
    bool Suspended = false,
    bool Frozen = false,
    bool CoolsOff = false,
    bool Away = false,
    bool OpensPassword = false,
    bool OpensMfa = false,
    bool IsOutsider = false,
    bool HasConflict = false,
    bool Administers = false,
    bool SatInMfaChange = false
)
{
    public bool HasSeen(Half half) =>
        half switch
        {
            Half.Password => SeenPassword,
            Half.Mfa => SeenMfa,
        };

    public bool Opens(Half half) =>
        half switch
        {
            Half.Password => OpensPassword,
            Half.Mfa => OpensMfa,
        };
}
