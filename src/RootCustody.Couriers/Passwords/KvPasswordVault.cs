using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using RootCustody.Couriers.Vault;
using RootCustody.Couriers.Vault.Http;

namespace RootCustody.Couriers.Passwords;

/// <summary>The passwords in a KV engine (version 2) of HashiCorp Vault or OpenBao: a secret for each account, whose versions are the generations.</summary>
/// <param name="mount">Where the engine is mounted.</param>
public sealed class KvPasswordVault(VaultClient vault, string mount) : PasswordVault
{
    private const string FingerprintKey = "fingerprint-key";
    private const int Writes = 4;

    /// <summary>So many accounts are asked for at once.</summary>
    private const int AtOnce = 4;

    /// <summary>A standby that answers reads by itself learns of a write within 2 s.</summary>
    private const int ReadsOfMyOwn = 8;
    private static readonly TimeSpan UntilKnown = TimeSpan.FromMilliseconds(250);

    /// <summary>The newest generation of each account that this process has written.</summary>
    private readonly ConcurrentDictionary<AccountId, int> mine = new();

    public override Task LookAsync(CancellationToken cancellationToken) => vault.LookAsync(cancellationToken);

    public override async Task<IReadOnlyDictionary<AccountId, int>> NewestAsync(CancellationToken cancellationToken)
    {
        var newest = new ConcurrentDictionary<AccountId, int>();
        await Parallel.ForEachAsync(
            (await NamesAsync(cancellationToken)).Select(Id.Read<AccountId>).OfType<AccountId>(),
            FewAtOnce(cancellationToken),
            async (account, stop) => newest[account] = await FindLatestAsync(account, stop)
        );
        return newest.Where(n => n.Value > 0).ToDictionary();
    }

    public override async Task<IReadOnlyList<StoredSecret>> ListAsync(CancellationToken cancellationToken)
    {
        var all = new ConcurrentBag<StoredSecret>();
        await Parallel.ForEachAsync(
            await NamesAsync(cancellationToken),
            FewAtOnce(cancellationToken),
            async (name, stop) =>
            {
                foreach (var stored in await VersionsAsync(name, stop))
                    all.Add(stored);
            }
        );
        return [.. all.OrderBy(s => s.Place, StringComparer.Ordinal).ThenBy(s => s.Generation)];
    }

    /// <summary>The names beside one another under which passwords of accounts are kept.</summary>
    private async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        var call = VaultCall.List($"{mount}/metadata/accounts");
        using var answer = await vault.AskAsync(call, cancellationToken, HttpStatusCode.NotFound);
        return answer.IsDone ? answer.Texts("data", "keys") ?? throw VaultRefusals.Unreadable(call) : []; // an empty list is "not found"
    }

    private async Task<IReadOnlyList<StoredSecret>> VersionsAsync(string name, CancellationToken cancellationToken)
    {
        var place = $"{mount}/accounts/{name}";
        if (Id.Read<AccountId>(name) is not { } account)
            return [new StoredSecret(null, 0, place)];
        var call = VaultCall.Read($"{mount}/metadata/{NameOf(account)}");
        using var answer = await vault.AskAsync(call, cancellationToken, HttpStatusCode.NotFound);
        var stored = new List<StoredSecret>();
        foreach (var version in answer.IsDone ? answer.Names("data", "versions") : [])
        {
            if (answer.Flag("data", "versions", version, "destroyed") == true)
                continue;
            if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var generation))
                throw VaultRefusals.Unreadable(call);
            var isHidden =
                DateTimeOffset.TryParse(
                    answer.Text("data", "versions", version, "deletion_time"),
                    CultureInfo.InvariantCulture,
                    out var deleted
                )
                && deleted <= vault.Clock.GetUtcNow();
            stored.Add(new StoredSecret(account, generation, $"{place}, version {version}", isHidden));
        }
        return stored;
    }

    private static ParallelOptions FewAtOnce(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };

    protected override Task<int> FindLatestAsync(AccountId account, CancellationToken cancellationToken) =>
        FindLatestAsync(NameOf(account), cancellationToken);

    /// <remarks>By its number, never "the latest": a rotation in between must not show a generation whose exposure was not recorded.</remarks>
    protected override async Task<Secret> OpenAsync(
        AccountId account,
        int generation,
        CancellationToken cancellationToken
    )
    {
        var call = VaultCall.ReadSecret(Version(NameOf(account), generation));
        for (var read = 1; ; read++)
        {
            using var answer = await vault.AskAsync(call, cancellationToken, HttpStatusCode.NotFound);
            if (answer.IsDone)
                return answer.SecretAt("data", "data", "password") ?? throw VaultRefusals.Unreadable(call);
            if (answer.Has("data"))
                throw Gone(answer);
            if (read == ReadsOfMyOwn || mine.GetValueOrDefault(account) < generation)
                throw Missing();
            await Task.Delay(UntilKnown, vault.Clock, cancellationToken);
        }
    }

    protected override async Task<int> KeepAsync(
        AccountId account,
        int expectedLatest,
        Secret password,
        CancellationToken cancellationToken
    )
    {
        var written = await WriteAsync(
            NameOf(account),
            expectedLatest,
            json => json.WriteSecret("password", password),
            cancellationToken
        );
        mine.AddOrUpdate(account, written, (_, before) => Math.Max(before, written));
        return written;
    }

    protected override async Task EraseAsync(AccountId account, int generation, CancellationToken cancellationToken)
    {
        var destroy = VaultCall.Write(
            $"{mount}/destroy/{NameOf(account)}",
            json =>
            {
                json.WriteStartArray("versions");
                json.WriteNumberValue(generation);
                json.WriteEndArray();
            }
        ) with
        {
            MayRepeat = true,
        };
        (await vault.AskAsync(destroy, cancellationToken)).Dispose();
    }

    protected override async Task<Secret> FingerprintKeyAsync(CancellationToken cancellationToken)
    {
        if (await FindLatestAsync(FingerprintKey, cancellationToken) == 0)
            await MakeFingerprintKeyAsync(made =>
                WriteAsync(FingerprintKey, 0, json => json.WriteSecretBase64("key", made), cancellationToken)
            );
        var call = VaultCall.ReadSecret(Version(FingerprintKey, 1));
        using var answer = await vault.AskAsync(call, cancellationToken, HttpStatusCode.NotFound);
        if (!answer.IsDone)
            throw Missing();
        using var text = answer.SecretAt("data", "data", "key") ?? throw VaultRefusals.Unreadable(call);
        return SecretJson.FromBase64(text) ?? throw VaultRefusals.Unreadable(call);
    }

    /// <summary>Writes the version after this one, once: whoever was not answered finds out by the mark beside the secret.</summary>
    /// <returns>The version written.</returns>
    private async Task<int> WriteAsync(
        string name,
        int expectedLatest,
        Action<System.Text.Json.Utf8JsonWriter> writeSecret,
        CancellationToken cancellationToken
    )
    {
        var mark = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var call = VaultCall.Write(
            $"{mount}/data/{name}",
            json =>
            {
                json.WriteStartObject("options");
                json.WriteNumber("cas", expectedLatest);
                json.WriteEndObject();
                json.WriteStartObject("data");
                writeSecret(json);
                json.WriteString("op", mark);
                json.WriteEndObject();
            }
        );
        for (var write = 1; ; write++)
        {
            using var answer = await vault.TryAsync(call, cancellationToken, HttpStatusCode.BadRequest);
            if (answer.IsDone)
                return checked((int)(answer.Number("data", "version") ?? throw VaultRefusals.Unreadable(call)));
            if (await IsMineAsync(name, expectedLatest, mark, cancellationToken) is { } isMine)
                return isMine ? expectedLatest + 1 : throw LostRace();
            if (write == Writes)
                throw await vault.WhyNotAsync(answer, cancellationToken);
            await Task.Delay(UntilKnown, vault.Clock, cancellationToken); // the same again does no harm
        }
    }

    /// <returns>Whether the version after this one is the one of this mark; null if there is none yet.</returns>
    private async Task<bool?> IsMineAsync(
        string name,
        int expectedLatest,
        string mark,
        CancellationToken cancellationToken
    )
    {
        var latest = await FindLatestAsync(name, cancellationToken);
        if (latest == expectedLatest)
            return null;
        if (latest < expectedLatest)
            return false;
        var call = VaultCall.ReadSecret(Version(name, expectedLatest + 1));
        using var answer = await vault.AskAsync(call, cancellationToken, HttpStatusCode.NotFound);
        return answer.Text("data", "data", "op") == mark;
    }

    private async Task<int> FindLatestAsync(string name, CancellationToken cancellationToken)
    {
        var call = VaultCall.Read($"{mount}/metadata/{name}");
        using var answer = await vault.AskAsync(call, cancellationToken, HttpStatusCode.NotFound);
        if (!answer.IsDone)
            return 0;
        return checked((int)(answer.Number("data", "current_version") ?? throw VaultRefusals.Unreadable(call)));
    }

    private string Version(string name, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{mount}/data/{name}?version={version}");

    /// <summary>Where the passwords of an account lie in the engine; also in the list that is kept with the runbook.</summary>
    public static string NameOf(AccountId account) => $"accounts/{account}";

    private static VaultException Gone(VaultAnswer answer) =>
        answer.Flag("data", "metadata", "destroyed") == true
            ? new VaultException(
                VaultFailure.Destroyed,
                gaveNoHalf: true,
                "This generation of the password was destroyed on purpose. It never comes back."
            )
            : new VaultException(
                VaultFailure.Missing,
                gaveNoHalf: true,
                "This generation of the password was deleted in the vault, or its time there was over. As long as it is not destroyed, an operator of the vault can bring it back."
            );

    private static VaultException Missing() =>
        new(
            VaultFailure.Missing,
            gaveNoHalf: true,
            "The vault has no password of this generation. Put it in, or restore the vault from its newest snapshot."
        );

    private static VaultException LostRace() =>
        new(
            VaultFailure.LostRace,
            gaveNoHalf: true,
            "Someone else changed this password first and nothing was written. Look at what is there now and begin again."
        );
}
