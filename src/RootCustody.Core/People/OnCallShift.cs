namespace RootCustody.People;

/// <summary>One stretch of time in which a custodian is on call for their group; a job keeps the coming ones in the database, so that a decision asks nothing outside.</summary>
public sealed class OnCallShift
{
    private OnCallShift() { }

    public long Id { get; private set; }
    public GroupId Group { get; private set; }
    public PersonId Person { get; private set; }
    public DateTimeOffset From { get; private set; }

    /// <summary>No longer part of it.</summary>
    public DateTimeOffset Until { get; private set; }

    public static OnCallShift Of(GroupId group, PersonId person, DateTimeOffset from, DateTimeOffset until) =>
        new()
        {
            Group = group,
            Person = person,
            From = from,
            Until = until,
        };
}
