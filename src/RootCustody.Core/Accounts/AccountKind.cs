namespace RootCustody.Accounts;

/// <summary>Where an account stands in AWS Organizations: by that it is known who can do a task of root without root.</summary>
public enum AccountKind
{
    /// <summary>In no organisation that we know of: its own people only.</summary>
    Standalone = 1,

    /// <summary>Under a management account, which can act on it.</summary>
    Member = 2,

    /// <summary>At the head: its root can be replaced by nobody.</summary>
    Management = 3,

    /// <summary>Of AWS GovCloud (US): its root user cannot sign in, and root of its commercial account is what opens it.</summary>
    GovCloud = 4,
}
