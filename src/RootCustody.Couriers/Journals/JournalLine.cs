using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RootCustody.Accounts;
using RootCustody.People;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Couriers.Journals;

/// <summary>What is remembered of one exposure outside the database: enough to book it again, and nothing secret.</summary>
/// <param name="Number">The number of the account, by which it is found if it was imported anew; empty if not known.</param>
/// <param name="Key">The key of the person, likewise.</param>
/// <param name="Request">Null for who brought the half in.</param>
/// <param name="Closes">The end of the window; null if not known.</param>
public sealed record JournalLine(
    ExposureId Exposure,
    AccountId Account,
    string Number,
    Half Half,
    int Generation,
    PersonId Person,
    string Key,
    RequestId? Request,
    DateTimeOffset? Closes,
    DateTimeOffset At,
    DateTimeOffset Until
)
{
    public static JournalLine Of(Exposure exposure, Account account, Person person, Request? request) =>
        new(
            exposure.Id,
            account.Id,
            account.Number,
            exposure.Half,
            exposure.Generation,
            person.Id,
            person.Key,
            exposure.Request,
            request?.Closes,
            exposure.At,
            exposure.Until
        );

    /// <summary>What entries of an audit export tell of exposures, but of those that were certainly not shown.</summary>
    /// <param name="entries">As <c>AuditText.Read</c> gives them.</param>
    public static IReadOnlyList<JournalLine> OfEntries(IReadOnlyList<IReadOnlyDictionary<string, string>> entries)
    {
        var notShown = entries
            .Where(e =>
                e.GetValueOrDefault("what") == "exposure.concluded"
                && e.GetValueOrDefault("outcome") == nameof(RevealOutcome.NotShown)
            )
            .Select(e => Id.Read<ExposureId>(e.GetValueOrDefault("exposure")))
            .ToHashSet();
        return [.. entries.Select(OfEntry).OfType<JournalLine>().Where(line => !notShown.Contains(line.Exposure))];
    }

    private static JournalLine? OfEntry(IReadOnlyDictionary<string, string> entry) =>
        entry.GetValueOrDefault("what") is "exposure.recorded" or "exposure.recovered" or "exposure.reported"
        && Id.Read<ExposureId>(entry.GetValueOrDefault("exposure")) is { } exposure
        && Id.Read<AccountId>(entry.GetValueOrDefault("account")) is { } account
        && Enum.TryParse<Half>(entry.GetValueOrDefault("half"), out var half)
        && int.TryParse(entry.GetValueOrDefault("generation"), CultureInfo.InvariantCulture, out var generation)
        && Id.Read<PersonId>(entry.GetValueOrDefault("person")) is { } person
        && Moment(entry.GetValueOrDefault("shownAt") ?? entry.GetValueOrDefault("at")) is { } at
            ? new JournalLine(
                exposure,
                account,
                "",
                half,
                generation,
                person,
                "",
                Id.Read<RequestId>(entry.GetValueOrDefault("request")),
                null,
                at,
                at
            )
            : null;

    /// <summary>One line with its newline, in UTF-8.</summary>
    public byte[] Write()
    {
        var line = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("exposure", Exposure.Value);
            json.WriteString("account", Account.Value);
            json.WriteString("number", Number);
            json.WriteString("half", Half.ToString());
            json.WriteNumber("generation", Generation);
            json.WriteString("person", Person.Value);
            json.WriteString("key", Key);
            if (Request is { } request)
                json.WriteString("request", request.Value);
            if (Closes is { } closes)
                json.WriteString("closes", closes);
            json.WriteString("at", At);
            json.WriteString("until", Until);
            json.WriteEndObject();
        }
        line.Write("\n"u8);
        return line.WrittenSpan.ToArray();
    }

    /// <returns>Null if it is not such a line: writing it was cut off, or it was damaged.</returns>
    public static JournalLine? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(line));
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JournalLine? Read(JsonElement json) =>
        TryText(json, "exposure", out var exposure)
        && Id.Read<ExposureId>(exposure) is { } id
        && TryText(json, "account", out var account)
        && Id.Read<AccountId>(account) is { } of
        && TryText(json, "number", out var number)
        && TryText(json, "half", out var half)
        && Enum.TryParse<Half>(half, out var which)
        && json.TryGetProperty("generation", out var counted)
        && counted.TryGetInt32(out var generation)
        && TryText(json, "person", out var person)
        && Id.Read<PersonId>(person) is { } by
        && TryText(json, "key", out var key)
        && TryText(json, "at", out var then)
        && Moment(then) is { } at
        && TryText(json, "until", out var last)
        && Moment(last) is { } until
            ? new JournalLine(
                id,
                of,
                number,
                which,
                generation,
                by,
                key,
                TryText(json, "request", out var request) ? Id.Read<RequestId>(request) : null,
                TryText(json, "closes", out var closes) ? Moment(closes) : null,
                at,
                until
            )
            : null;

    private static bool TryText(JsonElement json, string name, [NotNullWhen(true)] out string? text)
    {
        text =
            json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        return text is not null;
    }

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;
}
