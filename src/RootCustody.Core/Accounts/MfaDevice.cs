using RootCustody.People;
using RootCustody.Requests;

namespace RootCustody.Accounts;

/// <summary>How far a device is on its way into custody, or out of it.</summary>
public enum DeviceState
{
    /// <summary>It was brought in, but nobody else has vouched for it: it does not serve.</summary>
    Waiting = 1,

    /// <summary>It serves.</summary>
    InUse = 2,

    /// <summary>One custodian says that AWS has it no more. Until another says so too it serves on.</summary>
    Leaving = 3,

    /// <summary>Two custodians attested that AWS has it no more.</summary>
    Gone = 4,

    /// <summary>Nobody vouched for it, or somebody said that it is wrong.</summary>
    TurnedDown = 5,

    /// <summary>Its place is kept while its seed is on the way into the vault.</summary>
    Arriving = 6,

    /// <summary>Nobody knows whether its seed got into the vault, and nobody was asked about it: it makes no codes.</summary>
    Stranded = 7,

    /// <summary>One custodian says that a key has another place, seal or keeper. It serves on; both places are told until another says so too.</summary>
    Moving = 8,
}

public static class DeviceStates
{
    /// <summary>How people are told of it.</summary>
    public static string Word(this DeviceState state) =>
        state switch
        {
            DeviceState.Arriving => "on its way into the vault",
            DeviceState.Waiting => "waits for another custodian to vouch for it",
            DeviceState.InUse => "in use",
            DeviceState.Leaving => "in use; one custodian says that it is gone, and another has to say so too",
            DeviceState.Moving => "in use; one custodian says that it has another place, and another has to say so too",
            DeviceState.Stranded => "nobody knows whether its seed got into the vault",
            DeviceState.TurnedDown => "turned down",
            DeviceState.Gone => "gone",
        };
}

/// <summary>What a device is, and so what its handover is.</summary>
public enum DeviceKind
{
    /// <summary>Its seed is in the vault: the handover is a code.</summary>
    Seed = 0,

    /// <summary>A security key or passkey that the group keeps: the handover is the instruction where it is.</summary>
    SecurityKey = 1,

    /// <summary>A token that shows codes and that the group keeps: likewise.</summary>
    HardwareToken = 2,
}

public static class DeviceKinds
{
    /// <summary>How people are told of it.</summary>
    public static string Word(this DeviceKind kind) =>
        kind switch
        {
            DeviceKind.Seed => "seed in the vault",
            DeviceKind.SecurityKey => "security key or passkey",
            DeviceKind.HardwareToken => "hardware token",
        };
}

/// <summary>One MFA device of the root user, whose seed is in the vault or which the MFA group keeps itself. Each is a generation of the MFA half, and several live at once.</summary>
/// <remarks>A generation bars those who saw a code of it until its own end: the end of one device says nothing about another (law 1).</remarks>
public sealed class MfaDevice
{
    /// <summary>So many can the root user have at AWS, of whatever kind.</summary>
    public const int Most = 8;

    public const int LongestLabel = 60;

    /// <summary>Whoever is asked for the second word has so long; silence is no (law 16).</summary>
    public static readonly TimeSpan WaitsFor = TimeSpan.FromDays(2);

    /// <summary>A seed that is not in the vault by then is not on its way any more: whoever took it there died or was refused.</summary>
    public static readonly TimeSpan ArrivesWithin = TimeSpan.FromMinutes(5);

    private MfaDevice() { }

    public DeviceId Id { get; private set; }
    public AccountId Account { get; private set; }

    public DeviceKind Kind { get; private set; }

    /// <summary>The generation of the MFA half that it is: that of its seed in the vault, or one below zero for a key, which no vault has.</summary>
    public int Generation { get; private set; }

    /// <summary>By what people tell it from the others of the account; 1 to <see cref="LongestLabel"/> characters.</summary>
    public string Label { get; private set; } = "";

    public DeviceState State { get; private set; }

    /// <summary>How far the clock that made its first codes was ahead of ours, in steps of 30 s; negative if it was behind.</summary>
    public int Drift { get; private set; }

    /// <summary>Who brought it in, or, once it leaves, who said first that it is gone; null for the one that was there before devices had names.</summary>
    public PersonId? ProposedBy { get; private set; }

    public DateTimeOffset ProposedAt { get; private set; }

    /// <summary>The last time step whose code was given to anyone; 0 before the first.</summary>
    public long GivenStep { get; private set; }

    /// <summary>Who was given it.</summary>
    public PersonId? GivenTo { get; private set; }

    /// <summary>Whether this can be a name: what cannot be seen could make two devices look the same.</summary>
    public static bool IsLabel(string text) =>
        text.Trim().Length == text.Length && KeyPlace.IsPlain(text, LongestLabel);

    /// <summary>Its two codes were right, and its seed goes into the vault next: committed before, so that no seed is in the vault of which we do not know.</summary>
    public static MfaDevice Expected(
        AccountId account,
        int generation,
        string label,
        int drift,
        PersonId by,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = DeviceId.New(now),
            Account = account,
            Generation = generation,
            Label = label,
            State = DeviceState.Arriving,
            Drift = drift,
            ProposedBy = by,
            ProposedAt = now,
        };

    /// <summary>A key that the group keeps enters the register.</summary>
    /// <param name="generation">Below zero.</param>
    public static MfaDevice Registered(
        AccountId account,
        int generation,
        string label,
        DeviceKind kind,
        PersonId by,
        DateTimeOffset now
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(generation, 0);
        ArgumentOutOfRangeException.ThrowIfEqual(kind, DeviceKind.Seed);
        return new()
        {
            Id = DeviceId.New(now),
            Account = account,
            Kind = kind,
            Generation = generation,
            Label = label,
            State = DeviceState.Waiting,
            ProposedBy = by,
            ProposedAt = now,
        };
    }

    /// <summary>Takes the place of one whose seed never got into the vault, and whose generation is free for that reason.</summary>
    public void ExpectInstead(string label, int drift, PersonId by, DateTimeOffset now) =>
        (State, Label, Drift, ProposedBy, ProposedAt) = (DeviceState.Arriving, label, drift, by, now);

    /// <summary>Its seed is in the vault, and others are asked to vouch for it.</summary>
    /// <returns>False if it was given up meanwhile.</returns>
    public bool GotIn(DateTimeOffset now)
    {
        if (State != DeviceState.Arriving)
            return false;
        (State, ProposedAt) = (DeviceState.Waiting, now);
        return true;
    }

    /// <summary>Gives it up on its way.</summary>
    /// <returns>False if it is not on its way any more.</returns>
    public bool Strand()
    {
        if (State != DeviceState.Arriving)
            return false;
        State = DeviceState.Stranded;
        return true;
    }

    /// <summary>Whether its seed may be on the way into the vault at this moment.</summary>
    public bool IsArrivingAt(DateTimeOffset now) => State == DeviceState.Arriving && now < ProposedAt + ArrivesWithin;

    /// <summary>No vault of ours has it: its handover is told, see <see cref="HeldKey"/>.</summary>
    public bool IsHeldOutside => Kind != DeviceKind.Seed;

    /// <summary>Whether its code, or the instruction to it, is handed over.</summary>
    public bool Serves => State is DeviceState.InUse or DeviceState.Leaving or DeviceState.Moving;

    /// <summary>Whether somebody's second word is asked for.</summary>
    public bool IsProposedAt(DateTimeOffset now) =>
        State is DeviceState.Waiting or DeviceState.Leaving or DeviceState.Moving && now < ProposedAt + WaitsFor;

    /// <summary>Whether it takes one of the places that an account has.</summary>
    public bool TakesAPlaceAt(DateTimeOffset now) => Serves || IsProposedAt(now) || IsArrivingAt(now);

    /// <summary>Whether the code of this step may be given to this person: each is given to one person only, and none that is older than the last one given.</summary>
    public bool MayGive(long step, PersonId to) => step > GivenStep || (step == GivenStep && GivenTo == to);

    /// <summary>Gives the code of this step to this person, if that may be.</summary>
    public bool Give(long step, PersonId to)
    {
        if (!MayGive(step, to))
            return false;
        (GivenStep, GivenTo) = (step, to);
        return true;
    }

    /// <summary>A custodian says that AWS has it no more.</summary>
    /// <param name="others">How many other devices of the account serve and stay.</param>
    public Refusal? Leave(Standing by, int others, DateTimeOffset now)
    {
        if (Eligibility.WhyNotTend(by) is { } why)
            return why;
        if (!Serves || IsProposedAt(now))
            return Refusal.NotProposed;
        if (others == 0)
            return Refusal.LastDevice; // AWS lets the root user have the new one before the old one goes
        (State, ProposedBy, ProposedAt) = (DeviceState.Leaving, by.Person, now);
        return null;
    }

    /// <summary>Says why this person cannot say that it has another place, seal or keeper, or null.</summary>
    public Refusal? WhyNotMove(Standing by, DateTimeOffset now) =>
        !IsHeldOutside || !Serves || IsProposedAt(now) ? Refusal.NotProposed : Eligibility.WhyNotTend(by);

    /// <summary>A custodian says that a key has another place, seal or keeper.</summary>
    public Refusal? Move(Standing by, DateTimeOffset now)
    {
        if (WhyNotMove(by, now) is { } why)
            return why;
        (State, ProposedBy, ProposedAt) = (DeviceState.Moving, by.Person, now);
        return null;
    }

    /// <summary>Says why this person cannot give the second word, or null.</summary>
    public Refusal? WhyNotVouch(Standing by, DateTimeOffset now)
    {
        if (!IsProposedAt(now))
            return Refusal.NotProposed;
        return ProposedBy == by.Person ? Refusal.ProposedItYourself : Eligibility.WhyNotTend(by);
    }

    /// <summary>The second word: a new device serves from now on, one that leaves is gone, a key has moved.</summary>
    /// <param name="retirement">What ends with it, if it is gone: the bars that its codes laid, except on the two who attest it.</param>
    public Refusal? Vouch(Standing by, Account account, DateTimeOffset now, out Retirement? retirement)
    {
        retirement = null;
        if (WhyNotVouch(by, now) is { } why)
            return why;
        if (State == DeviceState.Waiting)
        {
            State = DeviceState.InUse;
            account.TakeDevice(Generation);
            return null;
        }
        if (State == DeviceState.Moving)
        {
            State = DeviceState.InUse;
            return null;
        }
        State = DeviceState.Gone;
        retirement = Retirement.OfDevice(Account, Generation, ProposedBy!.Value, by.Person, now);
        return null;
    }

    /// <summary>Somebody who could vouch says that it is wrong, or who proposed it takes it back.</summary>
    public Refusal? TurnDown(Standing by, DateTimeOffset now)
    {
        if (WhyNotVouch(by, now) is { } why && why != Refusal.ProposedItYourself)
            return why;
        State = State == DeviceState.Waiting ? DeviceState.TurnedDown : DeviceState.InUse;
        return null;
    }
}
