using System.Globalization;
using System.Text;
using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Accounts;

/// <summary>Where a key is, under which seal, and who keeps it. Neither seed nor code, but it leads to the half: shown on a reveal surface only.</summary>
/// <param name="Words">Its place in words; 1 to <see cref="LongestWords"/> characters.</param>
/// <param name="Seal">The number on the seal; 1 to <see cref="LongestSeal"/> characters.</param>
public sealed record KeyPlace(string Words, string Seal, PersonId Keeper)
{
    public const int LongestWords = 200;
    public const int LongestSeal = 40;
    public const int LongestReport = 300;

    /// <summary>Whether a text is one readable line: no control characters, none that turn the direction of writing, and nothing without a picture.</summary>
    public static bool IsPlain(string text, int longest) =>
        text.Length > 0
        && text.Length <= longest
        && !string.IsNullOrWhiteSpace(text)
        && text.EnumerateRunes()
            .All(r =>
                Rune.GetUnicodeCategory(r)
                    is not (
                        UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                        or UnicodeCategory.PrivateUse
                        or UnicodeCategory.OtherNotAssigned
                    )
                && r != Rune.ReplacementChar // half a surrogate pair reads as this
            );
}

/// <summary>The register's page of one <see cref="MfaDevice"/> that is held outside: where it is, and in whose hands.</summary>
public sealed class HeldKey
{
    private HeldKey() { }

    public DeviceId Device { get; private set; }
    public AccountId Account { get; private set; }

    public string Place { get; private set; } = "";
    public string Seal { get; private set; } = "";
    public PersonId Keeper { get; private set; }

    /// <summary>What one custodian says of it and nobody else has vouched for yet; null if nothing.</summary>
    public string? NewPlace { get; private set; }

    public string? NewSeal { get; private set; }
    public PersonId? NewKeeper { get; private set; }

    /// <summary>Who was told where it is, and has not confirmed that it is back; null if it is.</summary>
    public PersonId? OutWith { get; private set; }

    /// <summary>The request in whose window that was.</summary>
    public RequestId? OutIn { get; private set; }

    public DateTimeOffset? OutSince { get; private set; }

    /// <summary>When its seal was reported as broken outside of a window; null if it was not, or it was sealed anew before two.</summary>
    public DateTimeOffset? BrokenSince { get; private set; }

    public static HeldKey Of(MfaDevice device, KeyPlace at) =>
        new()
        {
            Device = device.Id,
            Account = device.Account,
            Place = at.Words,
            Seal = at.Seal,
            Keeper = at.Keeper,
        };

    public KeyPlace Now => new(Place, Seal, Keeper);

    /// <summary>Where it may be already; null if nobody said so.</summary>
    public KeyPlace? Next =>
        NewPlace is { } place && NewSeal is { } seal && NewKeeper is { } keeper
            ? new KeyPlace(place, seal, keeper)
            : null;

    /// <summary>One custodian says that it is elsewhere; until <see cref="Settle"/> both places are told.</summary>
    public void Propose(KeyPlace next) => (NewPlace, NewSeal, NewKeeper) = (next.Words, next.Seal, next.Keeper);

    /// <summary>Another custodian says so too.</summary>
    public void Settle()
    {
        if (Next is not { } next)
            return;
        (Place, Seal, Keeper) = (next.Words, next.Seal, next.Keeper);
        (OutWith, OutIn, OutSince, BrokenSince) = (null, null, null, null); // two know where it is, and its seal
        Forget();
    }

    /// <summary>Nobody vouched for the new place, or somebody said that it is wrong.</summary>
    public void Forget() => (NewPlace, NewSeal, NewKeeper) = (null, null, null);

    /// <summary>A holder is told where it is: from now on it counts as in their hands.</summary>
    public void Take(PersonId holder, RequestId request, DateTimeOffset now) =>
        (OutWith, OutIn, OutSince) = (holder, request, now);

    /// <summary>It is back in its place under a new seal. Said by who had it, or by its keeper.</summary>
    public Refusal? Return(Standing by, string seal)
    {
        if (by.Suspended)
            return Refusal.Suspended;
        if (by.Frozen)
            return Refusal.Frozen; // law 15
        if (OutWith is null)
            return Refusal.KeyIsBack;
        if (OutWith != by.Person && Keeper != by.Person)
            return Refusal.NotYourKey;
        if (by.CoolsOff)
            return Refusal.CoolsOff; // law 15
        if (seal == Seal)
            return Refusal.SealUsed; // opening it broke that one
        Seal = seal;
        (OutWith, OutIn, OutSince) = (null, null, null);
        return null;
    }

    /// <summary>Somebody found its seal broken though it should have been whole.</summary>
    public Refusal? Break(Standing by, DateTimeOffset now)
    {
        if (Eligibility.WhyNotReport(by) is { } why)
            return why;
        BrokenSince ??= now;
        return null;
    }
}
