using RootCustody.Audit;
using RootCustody.Data.Audit;

namespace RootCustody.Data;

/// <summary>Appends to the audit log, unnumbered, as part of the transaction that it tells of (law 10).</summary>
public static class Recording
{
    /// <summary>The actor of what no person did.</summary>
    public const string System = "system";

    /// <summary>The actor of what was done on the command line.</summary>
    public const string Operator = "operator";

    /// <param name="what">Noun and past participle with a dot between: <c>request.approved</c>.</param>
    /// <param name="details">Names and values; those without a value are left out. Never a secret.</param>
    public static void Record(
        this CustodyDb db,
        string what,
        string actor,
        params IEnumerable<(string Name, object? Value)> details
    ) =>
        db.Audit.Add(
            AuditRow.Of(
                AuditText.Of(
                    db.Now,
                    what,
                    actor,
                    details.Select(d =>
                        KeyValuePair.Create(
                            d.Name,
                            Convert.ToString(d.Value, global::System.Globalization.CultureInfo.InvariantCulture)
                        )
                    )
                )
            )
        );

    public static void Record(
        this CustodyDb db,
        string what,
        PersonId actor,
        params IEnumerable<(string Name, object? Value)> details
    ) => db.Record(what, actor.ToString(), details);
}
