using RootCustody.Chat;

namespace RootCustody.Data.Chat;

/// <summary>A row of the outbox that waits or is parked, as operators see it: never its card.</summary>
/// <param name="Person">The key of the person whose card it is; null for a thread.</param>
/// <param name="Stands">An earlier card stands at its place, and would be replaced by it.</param>
/// <param name="IsFollowed">A later card waits for the same place.</param>
/// <param name="CanGo">There is a place where it can be posted: the bot has met its recipient, the first message of its thread is not still to come.</param>
public sealed record OutboxEntry(
    long Id,
    Bot Bot,
    ChatPlatform Platform,
    Purpose Purpose,
    RequestId? Request,
    string? Person,
    DateTimeOffset WrittenAt,
    DateTimeOffset DueAt,
    bool Claimed,
    int Tries,
    bool Parked,
    string? LastCode,
    bool Stands,
    bool IsFollowed,
    bool CanGo
)
{
    /// <summary>What it is, in some words.</summary>
    public string What =>
        $"{Purpose} by {Bot} on {Platform}"
        + (Request is { } request ? $" about {RootCustody.Requests.Request.NameOf(request)}" : "")
        + (Person is null ? "" : $" for {Person}");

    /// <summary>How it stands, in some words.</summary>
    public string State =>
        this switch
        {
            { Parked: true } => $"parked after {Tries} tries in vain, last {LastCode}",
            { Claimed: true } => "is being sent",
            { CanGo: false } => "waits until its recipient meets the bot, or its thread begins",
            { Tries: > 0 } => $"tried {Tries} times in vain, last {LastCode}, again at {DueAt:yyyy-MM-dd HH:mm:ss} UTC",
            _ => "waits",
        };

    /// <summary>What is lost if it is dropped, in sentences.</summary>
    public string Loss
    {
        get
        {
            var about = Request is { } request ? $" of {RootCustody.Requests.Request.NameOf(request)}" : "";
            var who = Person ?? "The customer";
            var lost = Purpose switch
            {
                Purpose.Thread => $"The customer's thread{about} does not show this state.",
                Purpose.Step => $"The customer's thread{about} does not tell this step.",
                Purpose.Approval => $"{who} is not asked to approve{about}, or does not see how it went.",
                Purpose.Pointer => $"{who} gets no button for their half{about}, or does not see how it went.",
                Purpose.DutyCall => $"{who} is not called{about}.",
                Purpose.Reminder => $"{who} is not reminded{about}.",
                Purpose.Endorsement => $"{who} is not asked to approve{about} as a second contact.",
                Purpose.Receiving => $"{who} is not told what to do in the handover{about}.",
                Purpose.Proposal => $"{who} is not asked to confirm a proposal, or does not see how it went.",
                Purpose.Notice => $"{who} does not get this notice.",
                Purpose.Device => $"{who} is not asked about an MFA device, or does not see how it went.",
                Purpose.KeyOut => $"{who} is not asked whether a key is back.",
                Purpose.Undelivered => $"{who} is not told that messages could not be delivered.",
            };
            return this switch
            {
                { IsFollowed: true } => $"{lost} A later card of the same place is still sent.",
                { Stands: true } => $"{lost} The message that stands there stays as it is.",
                { Purpose: Purpose.Thread } => $"{lost} Its steps go out on their own.",
                _ => lost,
            };
        }
    }
}

internal static class OutboxEntries
{
    /// <summary>Rows that wait or are parked, oldest first.</summary>
    /// <param name="only">That one; null means all.</param>
    public static IQueryable<OutboxEntry> Entries(this CustodyDb db, long? only)
    {
        var now = db.Now;
        return db
            .Outbox.Where(r => r.SentAt == null && (only == null || r.Id == only))
            .OrderBy(r => r.Id)
            .Select(r => new OutboxEntry(
                r.Id,
                r.Bot,
                r.Place.Platform,
                r.Place.Purpose,
                r.Place.Request,
                db.People.Where(p => p.Id == r.Place.Person).Select(p => p.Key).FirstOrDefault(),
                r.WrittenAt,
                r.DueAt,
                r.ClaimedUntil > now,
                r.Tries,
                r.Parked,
                r.LastCode,
                r.Place.PostedMessage != null,
                db.Outbox.Any(l => l.PlaceId == r.PlaceId && l.Id > r.Id && l.SentAt == null && !l.Parked),
                r.Place.PostedMessage != null
                    || (
                        r.Place.ThreadOfId == null
                            ? r.Place.Platform == ChatPlatform.Slack
                                || r.Place.Conversation != null
                                || db.ChatAddresses.Any(a =>
                                    a.Bot == r.Bot
                                    && a.Platform == r.Place.Platform
                                    && a.Realm == r.Place.Realm
                                    && a.User == r.Place.User
                                )
                            : r.Place.ThreadOf!.PostedMessage != null
                                || !db.Outbox.Any(f => f.PlaceId == r.Place.ThreadOfId && f.SentAt == null && !f.Parked)
                    )
            ));
    }
}
