using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using RootCustody.Couriers.Vault;
using RootCustody.Couriers.Vault.Http;

namespace RootCustody.Couriers.MfaCodes;

/// <summary>The MFA seeds in a TOTP engine of HashiCorp Vault or OpenBao: a key for each account and generation. The engine makes the codes and never gives a seed back (law 6).</summary>
/// <param name="mount">Where the engine is mounted.</param>
/// <remarks>
/// The engine knows no check-and-set: it overwrites without a word. So a name is used once, is looked for before, and carries
/// a mark that is read back. Two nodes that put a seed in for the same account and generation within the same few
/// milliseconds can still overwrite one another after both have read back; the birth that is recorded before names both persons.
/// </remarks>
public sealed class TotpMfaVault(VaultClient vault, string mount) : MfaVault, IDisposable
{
    private const string Issuer = "RootCustody";
    private const int Writes = 8;

    /// <summary>A standby that answers reads by itself learns of a write within 2 s.</summary>
    private static readonly TimeSpan UntilKnown = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the codes of a key live. A name never means another key.</summary>
    private readonly ConcurrentDictionary<string, long> periods = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim turn = new(1, 1);

    public override Task LookAsync(CancellationToken cancellationToken) => vault.LookAsync(cancellationToken);

    public override async Task<IReadOnlyDictionary<AccountId, int>> NewestAsync(CancellationToken cancellationToken) =>
        (await NamesAsync(cancellationToken))
            .Select(Read)
            .OfType<(AccountId Account, int Generation)>()
            .GroupBy(key => key.Account)
            .ToDictionary(of => of.Key, of => of.Max(key => key.Generation));

    public override async Task<IReadOnlyList<StoredSecret>> ListAsync(CancellationToken cancellationToken) =>
        [
            .. (await NamesAsync(cancellationToken))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                    Read(name) is var (account, generation)
                        ? new StoredSecret(account, generation, KeyOf(name))
                        : new StoredSecret(null, 0, KeyOf(name))
                ),
        ];

    public void Dispose() => turn.Dispose();

    /// <remarks>The engine has no versions: who may delete one key may delete every one and lock all customers out. So no courier may (<c>manifests/vault</c>), and operators of the vault do it.</remarks>
    protected override Task EraseAsync(AccountId account, CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task<int> FindLatestAsync(AccountId account, CancellationToken cancellationToken) =>
        (await NewestAsync(cancellationToken)).GetValueOrDefault(account);

    protected override async Task<int> KeepAsync(
        AccountId account,
        int expectedLatest,
        Secret seed,
        TotpShape shape,
        CancellationToken cancellationToken
    )
    {
        if (shape.Digits is not (6 or 8))
            throw new ArgumentOutOfRangeException(nameof(shape), "The engine makes codes of 6 or 8 digits.");
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (await FindLatestAsync(account, cancellationToken) != expectedLatest)
                throw LostRace();
            await WriteAsync(NameOf(account, expectedLatest + 1), seed, shape, cancellationToken);
            return expectedLatest + 1;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <remarks>The code is that of the server's clock, and so is its end; ours is not asked.</remarks>
    protected override async Task<MfaCode> MakeAsync(
        AccountId account,
        int generation,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var name = NameOf(account, generation);
        var period = await PeriodAsync(name, cancellationToken);
        var made = await ReadAsync(name, period, cancellationToken);
        if (!made.IsAtTheTurn)
            return made.Code;
        // made up to a second before the answer was stamped: maybe in the period before. The next one is of this period for certain
        made.Code.Dispose();
        return (await ReadAsync(name, period, cancellationToken)).Code;
    }

    private async Task<(MfaCode Code, bool IsAtTheTurn)> ReadAsync(
        string name,
        long period,
        CancellationToken cancellationToken
    )
    {
        var call = VaultCall.ReadSecret($"{mount}/code/{name}");
        using var answer = await vault.AskAsync(call, cancellationToken);
        var code = answer.SecretAt("data", "code");
        if (code is null || answer.ServerTime is not { } at || code.Length is not (6 or 8))
        {
            code?.Dispose();
            throw VaultRefusals.Unreadable(call);
        }
        var into = at.ToUnixTimeSeconds() % period;
        return (new MfaCode(code, at.AddSeconds(period - into)), into == 0);
    }

    private async Task<long> PeriodAsync(string name, CancellationToken cancellationToken)
    {
        if (periods.TryGetValue(name, out var known))
            return known;
        var call = VaultCall.Read(KeyOf(name));
        using var answer = await vault.AskAsync(call, cancellationToken, HttpStatusCode.NotFound);
        if (!answer.IsDone)
            throw new VaultException(
                VaultFailure.Missing,
                gaveNoHalf: true,
                "The vault has no MFA seed of this generation. Put it in, or restore the vault from its newest snapshot."
            );
        if (answer.Number("data", "period") is not (> 0 and var period))
            throw VaultRefusals.Unreadable(call);
        return periods[name] = period;
    }

    private async Task WriteAsync(string name, Secret seed, TotpShape shape, CancellationToken cancellationToken)
    {
        if (await IssuerAsync(name, cancellationToken) is not null)
            throw LostRace();
        var mark = $"{Issuer} {RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        for (var write = 1; ; write++)
        {
            using var answer = await vault.TryAsync(Write(name, seed, shape, mark), cancellationToken);
            var stands = await IssuerAsync(name, cancellationToken);
            if (stands == mark)
                return;
            if (stands is not null)
                throw LostRace();
            if (write == Writes)
                throw await vault.WhyNotAsync(answer, cancellationToken);
            await Task.Delay(UntilKnown, vault.Clock, cancellationToken); // the same again does no harm
        }
    }

    /// <remarks>Never as <c>url</c>: one that cannot be parsed puts the seed into the vault's own audit log.</remarks>
    private VaultCall Write(string name, Secret seed, TotpShape shape, string mark) =>
        VaultCall.Write(
            KeyOf(name),
            json =>
            {
                Span<byte> letters = stackalloc byte[Base32.PaddedLength(seed.Length)];
                Base32.EncodePadded(seed.Bytes, letters);
                using var text = Secret.Take(letters);
                json.WriteSecret("key", text);
                json.WriteString("issuer", mark);
                json.WriteString("account_name", name);
                json.WriteNumber("period", (int)shape.Period.TotalSeconds);
                json.WriteNumber("digits", shape.Digits);
                json.WriteString("algorithm", Word(shape.Algorithm));
            }
        );

    /// <returns>The mark on this key; null if there is none.</returns>
    private async Task<string?> IssuerAsync(string name, CancellationToken cancellationToken)
    {
        using var answer = await vault.AskAsync(
            VaultCall.Read(KeyOf(name)),
            cancellationToken,
            HttpStatusCode.NotFound
        );
        return answer.IsDone ? answer.Text("data", "issuer") ?? "" : null;
    }

    private async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        var call = VaultCall.List($"{mount}/keys");
        using var answer = await vault.AskAsync(call, cancellationToken, HttpStatusCode.NotFound);
        return answer.IsDone ? answer.Texts("data", "keys") ?? throw VaultRefusals.Unreadable(call) : []; // an empty list is "not found"
    }

    private string KeyOf(string name) => $"{mount}/keys/{name}";

    /// <summary>The key of one generation; also in the list that is kept with the runbook.</summary>
    public static string NameOf(AccountId account, int generation) =>
        string.Create(CultureInfo.InvariantCulture, $"{account}-g{generation}");

    private static (AccountId, int)? Read(string name)
    {
        var at = name.LastIndexOf("-g", StringComparison.Ordinal);
        return
            at > 0
            && Id.Read<AccountId>(name[..at]) is { } account
            && int.TryParse(name.AsSpan(at + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            ? (account, generation)
            : null;
    }

    private static string Word(TotpAlgorithm algorithm) =>
        algorithm switch
        {
            TotpAlgorithm.Sha1 => "SHA1",
            TotpAlgorithm.Sha256 => "SHA256",
            TotpAlgorithm.Sha512 => "SHA512",
        };

    private static VaultException LostRace() =>
        new(
            VaultFailure.LostRace,
            gaveNoHalf: true,
            "Someone else put an MFA seed in for this account first. Look at what is there now and begin again."
        );
}
