using System.Globalization;
using System.Net;
using RootCustody.Couriers.Vault;
using RootCustody.Couriers.Vault.Http;

namespace RootCustody.Couriers.StepUp;

/// <summary>The step-up seeds in a TOTP engine of HashiCorp Vault or OpenBao, on a third mount: it gives a new seed once and from then on only says whether a code is valid.</summary>
/// <param name="mount">Where the engine is mounted.</param>
/// <remarks>
/// A seed that is in cannot be moved, so each person's seeds have numbers, <c>PERSON-s3</c>, and a mark says by its name which
/// one is living: <c>PERSON-m3</c>, a key that the vault made and whose seed nobody has ever seen. What has a higher number than
/// the mark is pending.
///
/// The vault says only whether a code is valid, not of which period it is, and takes those of the period before and after
/// too. So the step that is told is that of the server's time, and as the caller lets each step count once, a person passes at most
/// once in a period, on all nodes together. The vault itself remembers, on one node and for a while, which codes it has been
/// asked about, wrong ones too, and refuses them: that is told as no code at all, since a used code may not pass under the next step.
/// </remarks>
public sealed class TotpStepUpSeeds(VaultClient vault, string mount) : StepUpSeeds
{
    private const string Issuer = "RootCustody step-up";
    private const int SeedLength = 20; // RFC 4226 recommends 160 bits

    private static readonly TotpShape Shape = TotpShape.Usual;

    public override Task LookAsync(CancellationToken cancellationToken) => vault.LookAsync(cancellationToken);

    public override async Task<bool> HasAsync(PersonId person, CancellationToken cancellationToken) =>
        (await NumbersAsync(person, cancellationToken)).Living is not null;

    public override async Task<Secret> BeginAsync(PersonId person, CancellationToken cancellationToken)
    {
        var before = await NumbersAsync(person, cancellationToken);
        var next = before.Highest + 1;
        var call = Generate(SeedName(person, next), exported: true);
        using var answer = await vault.AskAsync(call, cancellationToken);
        var seed = SeedOf(answer) ?? throw VaultRefusals.Unreadable(call);
        foreach (var abandoned in before.Seeds.Where(n => n > (before.Living ?? 0)))
            await DeleteAsync(SeedName(person, abandoned), cancellationToken);
        return seed;
    }

    public override async Task<long?> MatchPendingAsync(
        PersonId person,
        string code,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        (await NumbersAsync(person, cancellationToken)).Pending is { } pending
            ? await MatchAsync(SeedName(person, pending), code, cancellationToken)
            : null;

    public override async Task ConfirmAsync(PersonId person, CancellationToken cancellationToken)
    {
        var numbers = await NumbersAsync(person, cancellationToken);
        if (numbers.Pending is not { } pending)
            throw new VaultException(
                VaultFailure.Missing,
                gaveNoHalf: true,
                "The vault has no new step-up seed of this person. Begin to enrol again."
            );

        // from here on it is the living one; the mark may be made twice, for nobody knows its seed
        var mark = Generate(MarkName(person, pending), exported: false) with
        {
            MayRepeat = true,
        };
        (await vault.AskAsync(mark, cancellationToken)).Dispose();
        foreach (var old in numbers.Seeds.Where(n => n < pending))
            await DeleteAsync(SeedName(person, old), cancellationToken);
        foreach (var old in numbers.Marks.Where(n => n < pending))
            await DeleteAsync(MarkName(person, old), cancellationToken);
    }

    public override async Task<long?> MatchAsync(
        PersonId person,
        string code,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        (await NumbersAsync(person, cancellationToken)).Living is { } living
            ? await MatchAsync(SeedName(person, living), code, cancellationToken)
            : null;

    private async Task<long?> MatchAsync(string name, string typed, CancellationToken cancellationToken)
    {
        var digits = typed.Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length != Shape.Digits || !digits.All(char.IsAsciiDigit))
            return null; // newer servers refuse another length, older ones take blanks
        var call = VaultCall.Write($"{mount}/code/{name}", json => json.WriteString("code", digits));
        using var answer = await vault.AskAsync(call, cancellationToken, HttpStatusCode.BadRequest);
        if (!answer.IsDone)
            return null; // asked about before, by whomever
        if (answer.Flag("data", "valid") is not { } isValid || answer.ServerTime is not { } at)
            throw VaultRefusals.Unreadable(call);
        return isValid ? Shape.StepAt(at) : null;
    }

    private VaultCall Generate(string name, bool exported) =>
        VaultCall.Write(
            KeyOf(name),
            json =>
            {
                json.WriteBoolean("generate", true);
                json.WriteBoolean("exported", exported);
                json.WriteString("issuer", Issuer);
                json.WriteString("account_name", name);
                json.WriteNumber("key_size", SeedLength);
                json.WriteNumber("period", (int)Shape.Period.TotalSeconds);
                json.WriteNumber("digits", Shape.Digits);
                json.WriteString("algorithm", "SHA1");
                json.WriteNumber("skew", 1);
                json.WriteNumber("qr_size", 0); // the picture is drawn by us
            }
        ) with
        {
            GivesSecret = exported,
        };

    /// <summary>The parameter <c>secret</c> of the <c>otpauth</c> address, which the vault gives this once.</summary>
    private static Secret? SeedOf(VaultAnswer answer)
    {
        using var address = answer.SecretAt("data", "url");
        if (address is null)
            return null;
        var rest = address.Bytes;
        while (rest.IndexOfAny((byte)'?', (byte)'&') is >= 0 and var at)
        {
            rest = rest[(at + 1)..];
            if (!rest.StartsWith("secret="u8))
                continue;
            var value = rest["secret="u8.Length..];
            var end = value.IndexOfAny((byte)'&', (byte)'#', (byte)'=');
            return Copy(end < 0 ? value : value[..end]);
        }
        return null;
    }

    private static Secret? Copy(ReadOnlySpan<byte> letters)
    {
        if (letters.IsEmpty)
            return null;
        Span<byte> copy = stackalloc byte[letters.Length];
        letters.CopyTo(copy);
        return Secret.Take(copy);
    }

    private async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var delete = new VaultCall(HttpMethod.Delete, KeyOf(name)) { MayRepeat = true };
        (await vault.AskAsync(delete, cancellationToken)).Dispose();
    }

    private async Task<Numbers> NumbersAsync(PersonId person, CancellationToken cancellationToken)
    {
        var call = VaultCall.List($"{mount}/keys");
        using var answer = await vault.AskAsync(call, cancellationToken, HttpStatusCode.NotFound);
        var names = answer.IsDone ? answer.Texts("data", "keys") ?? throw VaultRefusals.Unreadable(call) : []; // an empty list is "not found"
        return new Numbers(After($"{person}-s", names), After($"{person}-m", names));
    }

    private static List<int> After(string start, IReadOnlyList<string> names) =>
        [
            .. names
                .Where(name => name.StartsWith(start, StringComparison.Ordinal))
                .Select(name =>
                    int.TryParse(
                        name.AsSpan(start.Length),
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var number
                    )
                        ? number
                        : (int?)null
                )
                .OfType<int>(),
        ];

    private string KeyOf(string name) => $"{mount}/keys/{name}";

    private static string SeedName(PersonId person, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{person}-s{number}");

    private static string MarkName(PersonId person, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{person}-m{number}");

    /// <summary>The numbers of one person's seeds and of the marks on them.</summary>
    private sealed record Numbers(IReadOnlyList<int> Seeds, IReadOnlyList<int> Marks)
    {
        public int Highest => Seeds.Concat(Marks).DefaultIfEmpty(0).Max();

        private int Marked => Marks.DefaultIfEmpty(0).Max();

        public int? Living => Seeds.Contains(Marked) ? Marked : null;

        public int? Pending => Seeds.DefaultIfEmpty(0).Max() is var newest && newest > Marked ? newest : null;
    }
}
