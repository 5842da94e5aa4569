namespace RootCustody.People;

/// <summary>What is true of one person and one account at this moment; loaded by the caller inside its transaction.</summary>
/// <param name="Keeps">The half whose group they are in now, if any. Someone who were in both would keep none (law 3).</param>
/// <param name="SeenPassword">Shown, or maybe shown, a living generation of the password (law 1).</param>
/// <param name="SeenMfa">Shown, or maybe shown, a code of the living seed (law 1).</param>
/// <param name="OfCustomer">They are a registered contact of the account's customer.</param>
public sealed record Standing(
    PersonId Person,
    Half? Keeps,
    bool SeenPassword = false,
    bool SeenMfa = false,
    bool IsDutyManager = false,
    bool OfCustomer = false,
    bool Suspended = false
)
{
    public bool HasSeen(Half half) =>
        half switch
        {
            Half.Password => SeenPassword,
            Half.Mfa => SeenMfa,
        };
}
