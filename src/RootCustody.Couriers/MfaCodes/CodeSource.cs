using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RootCustody.Accounts;
using RootCustody.Chat;
using RootCustody.Couriers.Handovers;
using RootCustody.Couriers.Vault;
using RootCustody.Data;
using RootCustody.Requests;
using RootCustody.Reveals;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>The MFA courier's half: a live one-time code of one device, never the seed (law 6), and never one that somebody else was given. If no device has its seed in the vault, or a key was picked, it is the instruction where that is.</summary>
public sealed class CodeSource(CustodyDb db, MfaVault vault, HandOverKey handOverKey, TimeProvider clock) : IHalfSource
{
    /// <summary>A code with less life than this cannot be typed in time.</summary>
    private static readonly TimeSpan TooShort = TimeSpan.FromSeconds(5);

    public Half Half => Half.Mfa;

    public async Task<TimeSpan> OnScreenAsync(
        Account account,
        int? picked,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => await IsKeyAsync(account.Id, picked, cancellationToken) ? HandOverKey.OnScreen : MfaCode.LifeLeft(now);

    public async Task<TimeSpan> WaitForAsync(
        AccountId account,
        int? picked,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var left = MfaCode.LifeLeft(now);
        return left >= TooShort || await IsKeyAsync(account, picked, cancellationToken) ? TimeSpan.Zero : left;
    }

    /// <summary>AWS asks at the sign-in for the code of one device by its name.</summary>
    public async Task<IReadOnlyList<Option>> ChoicesAsync(RequestId id, CancellationToken cancellationToken)
    {
        var request = await db.Requests.AsNoTracking().SingleAsync(r => r.Id == id, cancellationToken);
        if (request.Kind == RequestKind.Drill)
            return [];
        var devices = await DevicesAsync(request, cancellationToken);
        return devices.Count < 2
            ? []
            :
            [
                .. devices.Select(d => new Option(
                    d.Generation.ToString(CultureInfo.InvariantCulture),
                    d.Label,
                    d.State == DeviceState.Leaving ? "Somebody says that AWS has it no more."
                        : d.IsHeldOutside ? "You are told where it is; fetching it breaks its seal."
                        : null
                )),
            ];
    }

    /// <summary>Whoever would get no code now is told before anything is recorded or read.</summary>
    public async Task PrepareAsync(Request request, Account account, int? picked, CancellationToken cancellationToken)
    {
        if (request.Kind == RequestKind.Drill)
            return;
        var devices = await DevicesAsync(request, cancellationToken);
        if (devices.Count > 0 && picked is not null && !devices.Exists(d => d.Generation == picked))
            throw new VaultException(
                VaultFailure.Missing,
                gaveNoHalf: true,
                "That device is not in use any more, so it is not handed over. Pick another one."
            );
        if (devices.Count > 0 && Choose(devices, request, picked) is null)
            throw GivenToAnother(gaveNoHalf: true);
    }

    /// <remarks>One device, though several live: each code that is shown is one that nobody else can be given.</remarks>
    public async Task<IReadOnlyList<int>> GenerationsAsync(
        Request request,
        Account account,
        int? picked,
        IReadOnlyCollection<int> laterShown,
        CancellationToken cancellationToken
    )
    {
        if (request.Kind == RequestKind.Drill)
            return [Exposure.Drill];
        var devices = await DevicesAsync(request, cancellationToken);
        var wanted = Wanted(devices, picked);
        // if somebody was faster since it was prepared, the reading refuses it
        return wanted.Count == 0 ? [] : [(Choose(devices, request, picked) ?? wanted[0]).Generation];
    }

    public async Task ReadAsync(
        Request request,
        Account account,
        IReadOnlyList<int> generations,
        ICollection<ShownLine> into,
        CancellationToken cancellationToken
    )
    {
        foreach (var generation in generations)
        {
            if (generation == Exposure.Drill)
                into.Add(
                    await IsKeyAsync(account.Id, null, cancellationToken)
                        ? new ShownLine("No real place: this is a drill", Secret.OfText("DRILL-ONLY"))
                        : new ShownLine("No real code: this is a drill", Secret.OfText("000000"))
                );
            else if (generation < Exposure.Drill)
                await handOverKey.ReadAsync(request, generation, into, cancellationToken); // no vault has it
            else
                into.Add(await CodeAsync(request, generation, cancellationToken));
        }
    }

    private async Task<ShownLine> CodeAsync(Request request, int generation, CancellationToken cancellationToken)
    {
        var asked = TotpShape.Usual.StepAt(clock.GetUtcNow());
        var code = await vault.CodeAsync(request.Account, generation, clock.GetUtcNow(), cancellationToken);
        var ahead = AheadOf(asked, TotpShape.Usual.StepAt(code.GoodUntil) - 1);
        if (ahead is < 0 or > TwoCodes.MostAhead)
        {
            code.Dispose();
            throw ClockOff(ahead);
        }
        if (await GiveAsync(request, generation, code.GoodUntil, cancellationToken) is not { } label)
        {
            code.Dispose();
            throw GivenToAnother(gaveNoHalf: false); // the courier had it (law 4)
        }
        var left = Math.Max(0, Math.Floor((code.GoodUntil - clock.GetUtcNow()).TotalSeconds));
        // the code inside is wiped by who was handed the line
        var note = ahead > 0 ? "; the clock of the vault is ahead of ours" : "";
        return new ShownLine($"Code of {label}, good for {left:0} s{note}", code.Code, goodUntil: code.GoodUntil);
    }

    /// <summary>How far the clock that made a code was ahead of ours, in steps; however slowly the answer came, it is of a step between the question and now.</summary>
    private long AheadOf(long asked, long made) =>
        made < asked ? made - asked : Math.Max(0, made - TotpShape.Usual.StepAt(clock.GetUtcNow()));

    private static VaultException ClockOff(long ahead) =>
        new(
            VaultFailure.ClockOff,
            gaveNoHalf: false, // the courier had it (law 4)
            $"The clock of the vault is about {Math.Abs(ahead) * TotpShape.Usual.Period.TotalSeconds:0} seconds {(ahead > 0 ? "ahead of" : "behind")} ours, so AWS would not take its code. An operator has to set it."
        );

    /// <summary>Which code it is, only the vault's answer says for certain: the vault may go by a clock of its own.</summary>
    /// <returns>The name of the device; null if somebody else was given this code.</returns>
    private Task<string?> GiveAsync(
        Request request,
        int generation,
        DateTimeOffset goodUntil,
        CancellationToken cancellationToken
    ) =>
        db.DecideAsync<string?>(
            async () =>
            {
                var device = await db.MfaDevices.SingleAsync(
                    d => d.Account == request.Account && d.Generation == generation,
                    cancellationToken
                );
                var step = TotpShape.Usual.StepAt(goodUntil) - 1;
                var holder = request.HolderOf(Half.Mfa)!.Value;
                if (device.Give(step, holder))
                    return device.Label;
                db.Record("code.withheld", holder, TellOfDevice.Details(device));
                return null;
            },
            cancellationToken
        );

    /// <summary>Those that can be handed over in the window of a request. No contact of a customer is told where a key of the provider's lies: they get codes only.</summary>
    private async Task<List<MfaDevice>> DevicesAsync(Request request, CancellationToken cancellationToken) =>
        (await DevicesAsync(request.Account, cancellationToken)).FindAll(d =>
            !request.GoesToContacts || !d.IsHeldOutside
        );

    /// <summary>Those that can be handed over. Keys come last: each one that is fetched has to be sealed anew.</summary>
    private async Task<List<MfaDevice>> DevicesAsync(AccountId account, CancellationToken cancellationToken)
    {
        var all = await db.MfaDevices.Where(d => d.Account == account).ToListAsync(cancellationToken);
        return
        [
            .. all.Where(d => d.Serves)
                .OrderBy(d => d.IsHeldOutside)
                .ThenBy(d => d.State == DeviceState.Leaving) // one that may be gone already
                .ThenBy(d => Math.Abs(d.Generation)),
        ];
    }

    /// <summary>Whether the handover is the place of a key.</summary>
    private async Task<bool> IsKeyAsync(AccountId account, int? picked, CancellationToken cancellationToken) =>
        Wanted(await DevicesAsync(account, cancellationToken), picked).Exists(d => d.IsHeldOutside);

    /// <summary>The device that was picked; else those that make codes, or all if there are keys only.</summary>
    private static List<MfaDevice> Wanted(List<MfaDevice> devices, int? picked) =>
        picked is not null ? devices.FindAll(d => d.Generation == picked)
        : devices.Exists(d => !d.IsHeldOutside) ? devices.FindAll(d => !d.IsHeldOutside)
        : devices;

    /// <summary>The first of them whose code may be given to the holder now.</summary>
    private MfaDevice? Choose(List<MfaDevice> devices, Request request, int? picked)
    {
        var step = TotpShape.Usual.StepAt(clock.GetUtcNow());
        return Wanted(devices, picked).Find(d => d.MayGive(step, request.HolderOf(Half.Mfa)!.Value));
    }

    private VaultException GivenToAnother(bool gaveNoHalf) =>
        new(
            VaultFailure.GivenToAnother,
            gaveNoHalf,
            $"The code of this moment was given to somebody else, and each is for one person only. A new one comes in {Math.Ceiling(MfaCode.LifeLeft(clock.GetUtcNow()).TotalSeconds):0} s."
        );
}
