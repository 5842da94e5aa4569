using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RootCustody.Audit;
using RootCustody.Chat;
using RootCustody.Data;
using RootCustody.Data.Audit;
using RootCustody.People;
using RootCustody.Playground.FakeSlack;
using RootCustody.Playground.FakeTeams;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Playground.Nodes;

/// <summary>What is wrong afterwards, by what stands in the database, in the audit log and on the screens of the people.</summary>
/// <param name="Lost">Something that should be there is not.</param>
/// <param name="Doubled">Something has happened twice.</param>
/// <param name="Broken">A law does not hold.</param>
/// <param name="Strays">Cards that no place in the database knows, each with its platform: posted just before a death that came before it was noted.</param>
public sealed record Findings(
    IReadOnlyList<string> Lost,
    IReadOnlyList<string> Doubled,
    IReadOnlyList<string> Broken,
    IReadOnlyList<string> Strays
)
{
    public IEnumerable<string> All =>
        [
            .. Lost.Select(l => $"lost: {l}"),
            .. Doubled.Select(d => $"doubled: {d}"),
            .. Broken.Select(b => $"broken: {b}"),
        ];
}

/// <summary>Looks for what was lost, doubled or broken after flows have ended.</summary>
/// <param name="ending">How things have to stand.</param>
/// <param name="seen">How often each person saw each half.</param>
public sealed partial class Inspection(
    CustodyDb db,
    FakeSlackPlatform slack,
    FakeTeamsTenant teams,
    Ending ending,
    IReadOnlyDictionary<(string Person, Half Half), int> seen
)
{
    /// <summary>What a dead process left on a screen is booked by a sweep after a while.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2.5);

    private readonly List<string> lost = [];
    private readonly List<string> doubled = [];
    private readonly List<string> broken = [];
    private readonly List<string> strays = [];
    private List<Request> requests = [];
    private Dictionary<PersonId, Person> people = [];
    private List<Event> events = [];

    public async Task<Findings> LookAsync()
    {
        requests = await db.Requests.AsNoTracking().ToListAsync();
        people = await db.People.AsNoTracking().ToDictionaryAsync(p => p.Id);
        events = [.. (await db.Audit.AsNoTracking().OrderBy(a => a.Id).ToListAsync()).Select(a => Event.Read(a.Entry))];
        LookAtRequests();
        LookAtEffects();
        await LookAtApproversAsync();
        await LookAtExposuresAsync();
        await LookAtDebtsAsync();
        LookAtSteps();
        await LookAtTransfersAsync();
        await LookAtMovesAsync();
        await LookAtOnboardingAsync();
        await LookAtEndingsAsync();
        await LookAtCardsAsync();
        await LookAtLogAsync();
        return new Findings(lost, doubled, broken, strays);
    }

    /// <summary>Which cards stand where, so that two runs can be compared.</summary>
    public static async Task<IReadOnlyList<string>> PlacesAsync(CustodyDb db)
    {
        var keys = await db.People.AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Key);
        var kinds = await db.Requests.AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Kind);
        return
        [
            .. (await db.CardPlaces.AsNoTracking().ToListAsync())
                .Select(p =>
                    $"{(p.Request is { } id ? kinds[id] : "")} {p.Purpose} of {p.Bot} for {(p.Person is { } person ? keys[person] : "all")} on {p.Platform}"
                )
                .Order(StringComparer.Ordinal),
        ];
    }

    private void LookAtRequests()
    {
        foreach (var ticket in ending.Tickets)
        {
            var asked = requests.Where(r => r.Ticket == ticket).ToList();
            if (asked.Count == 0)
                lost.Add($"the request {ticket}");
            if (asked.Count > 1)
                doubled.Add($"the request {ticket}, asked {asked.Count} times");
        }
        if (requests.Count(r => r.Kind == RequestKind.Rotation) < ending.Rotations)
            lost.Add("a rotation");
        foreach (var request in Ended)
        {
            if (request.State != RequestState.Closed || !request.IsCleanlyClosed)
                lost.Add($"the end of {request.Kind} {request.Name}, which is {request.State}");
            if (request.PasswordApprover is null || request.PasswordApprover == request.MfaApprover)
                broken.Add($"law 2: the approvers of {request.Name}");
        }
    }

    private IEnumerable<Request> Ended =>
        requests.Where(r =>
            r.Kind != RequestKind.Rotation
            || !(ending.LeavesRotations || ending.WithdrawsRotations && r.State == RequestState.Withdrawn)
        );

    /// <summary>Each effect stands once in the audit log.</summary>
    private void LookAtEffects()
    {
        foreach (var request in Ended)
        {
            var rotation = request.Kind == RequestKind.Rotation;
            Once(
                request,
                rotation ? "rotation.asked"
                    : request.Kind == RequestKind.MfaChange ? "mfachange.asked"
                    : "request.asked"
            );
            Once(request, "request.approved", nameof(Half.Password));
            Once(request, "request.approved", nameof(Half.Mfa));
            Once(request, "window.opened");
            Once(request, rotation ? "password.promoted" : "window.closed");
        }
    }

    private void Once(Request request, string what, string? half = null)
    {
        var times = events.Count(e =>
            e.What == what && e.Of("request") == request.Id.ToString() && (half is null || e.Of("half") == half)
        );
        if (times == 0)
            lost.Add($"{what} {half} of {request.Name} in the audit log");
        if (times > 1)
            doubled.Add($"{what} {half} of {request.Name}: {times} times");
    }

    private async Task LookAtApproversAsync()
    {
        var accounts = await db.Accounts.AsNoTracking().ToDictionaryAsync(a => a.Id);
        var groups = await db.Groups.AsNoTracking().Include(g => g.Members).ToDictionaryAsync(g => g.Id);
        foreach (var request in requests)
        {
            foreach (var half in (Half[])[Half.Password, Half.Mfa])
            {
                if (
                    request.ApproverOf(half) is { } approver
                    && !groups[accounts[request.Account].GroupOf(half)].Members.Any(m => m.Person == approver)
                )
                    broken.Add($"law 3: {people[approver].Key} approved the {half} half of {request.Name}");
            }
        }
    }

    private async Task LookAtExposuresAsync()
    {
        var exposures = await db.Exposures.AsNoTracking().ToListAsync();
        foreach (var both in exposures.Where(IsKnown).GroupBy(e => (e.Person, e.Account)))
        {
            if (both.Select(e => e.Half).Distinct().Count() > 1)
                broken.Add($"law 1: {people[both.Key.Person].Key} has both halves");
        }
        var shown = exposures.Where(e => e.Request is not null).ToList();
        foreach (var ((person, half), times) in seen)
        {
            var recorded = shown
                .Where(e => e.Half == half && people[e.Person].Key == person)
                .Select(e => e.At)
                .Distinct()
                .Count();
            if (recorded < times)
                broken.Add($"law 4: {person} saw the {half} half {times} times, {recorded} are recorded");
        }
        foreach (var exposure in shown)
        {
            var id = exposure.Id.ToString();
            var entries = events.Count(e => e.What == "exposure.recorded" && e.Of("exposure") == id);
            if (entries != 1)
                broken.Add($"law 4: an exposure of {people[exposure.Person].Key} has {entries} audit entries");
            if (exposure.Removal == Removal.StillUp && exposure.Until + Grace < db.Now)
                lost.Add($"the removal of the {exposure.Half} half that {people[exposure.Person].Key} saw");
        }

        static bool IsKnown(Exposure exposure) => exposure.Outcome != RevealOutcome.NotShown;
    }

    private async Task LookAtDebtsAsync()
    {
        var owing = await db
            .Accounts.AsNoTracking()
            .Where(a => a.OwesSince != null && a.HandedOverAt == null) // the receiver set a password of their own
            .ToListAsync();
        if (ending.LeavesRotations && owing.Count == 0)
            broken.Add("law 14: nothing is owed for what was shown");
        foreach (var account in owing.Where(_ => !ending.LeavesRotations))
            lost.Add($"the rotation of {account.Number}");
    }

    /// <summary>Every card has been posted, shows what it was last given, and stands once.</summary>
    private async Task LookAtCardsAsync()
    {
        foreach (var row in await db.Outbox.AsNoTracking().Where(r => r.SentAt == null).ToListAsync())
            lost.Add($"row {row.Id} of the outbox, {(row.Parked ? "parked" : "not sent")}: {row.Card.Title}");
        var last = (await db.Outbox.AsNoTracking().OrderBy(r => r.Id).ToListAsync())
            .GroupBy(r => r.PlaceId)
            .ToDictionary(g => g.Key, g => g.Last().Card.Title);
        var known = new HashSet<string>(StringComparer.Ordinal);
        var shown = Screens();
        foreach (var place in await db.CardPlaces.AsNoTracking().ToListAsync())
        {
            var card = $"the card {place.Purpose} of {(place.Person is { } person ? people[person].Key : "all")}";
            if (place.PostedMessage is null || !shown.TryGetValue(place.PostedMessage, out var title))
                lost.Add(card);
            else if (!last.TryGetValue(place.Id, out var meant) || title != meant)
                lost.Add($"{card} in its last version: it shows '{title}' and not '{meant}'");
            else
                known.Add(place.PostedMessage);
        }
        strays.AddRange(
            shown
                .Keys.Where(id => !known.Contains(id))
                .Select(id =>
                    $"{(id.Contains('.', StringComparison.Ordinal) ? ChatPlatform.Slack : ChatPlatform.Teams)}: {shown[id]}"
                )
        );
    }

    /// <summary>What stands on all screens, by the id of the message.</summary>
    private Dictionary<string, string> Screens() =>
        slack
            .Api.Messages.Select(m => (Id: m.Ts, m.Text))
            .Concat(teams.Connector.Messages.Select(m => (m.Id, m.Text)))
            .ToDictionary(m => m.Id, m => m.Text.Split('\n')[0], StringComparer.Ordinal);

    private async Task LookAtLogAsync()
    {
        using var export = new MemoryStream();
        await new ExportAudit(db, new AuditStore(db)).HandleAsync(export, CancellationToken.None);
        export.Position = 0;
        if (await Verifier.VerifyAsync(export, null, CancellationToken.None) is Verification.Broken bad)
            broken.Add($"law 13: {bad.Sentence}");
    }

    /// <summary>One entry of the audit log.</summary>
    private sealed record Event(string What, JsonElement Entry)
    {
        public static Event Read(string text)
        {
            using var entry = JsonDocument.Parse(text);
            return new Event(entry.RootElement.GetProperty("what").GetString()!, entry.RootElement.Clone());
        }

        public string? Of(string detail) => Entry.TryGetProperty(detail, out var value) ? value.GetString() : null;
    }
}
