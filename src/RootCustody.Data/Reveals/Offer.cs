namespace RootCustody.Data.Reveals;

/// <summary>A step-up that was passed, whose half is shown with one more press (Slack's ephemeral message), at whichever process the press arrives. It stands once.</summary>
public sealed class Offer
{
    public const int IdLength = 32;

    private Offer() { }

    /// <summary>128 random bits in hexadecimal digits; worth nothing to anyone but <see cref="Person"/>.</summary>
    public string Id { get; private set; } = "";

    public PersonId Person { get; private set; }
    public RequestId Request { get; private set; }
    public Half Half { get; private set; }

    /// <summary>The generation that the holder picked where there were several; else null.</summary>
    public int? Picked { get; private set; }

    public DateTimeOffset Expires { get; private set; }

    public static Offer Of(
        string id,
        PersonId person,
        RequestId request,
        Half half,
        int? picked,
        DateTimeOffset expires
    ) =>
        new()
        {
            Id = id,
            Person = person,
            Request = request,
            Half = half,
            Picked = picked,
            Expires = expires,
        };
}
