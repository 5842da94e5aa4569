using System.Net;

namespace RootCustody.Couriers.Vault.Http;

/// <summary>Where the secret id of an identity comes from: a file, or the one-use wrapping token in a file, whose unwrapping by anyone else is noticed.</summary>
internal sealed class SecretIdDelivery(VaultIdentity identity, VaultTransport transport) : IDisposable
{
    private const int Longest = 4 * 1024;

    private readonly VaultSettings settings = identity.Settings;
    private Secret? unwrapped;

    /// <summary>A secret id, and whether it came out of its wrapping just now, so that nobody else can have used it.</summary>
    public readonly record struct Taken(Secret SecretId, bool IsFresh);

    private string Path =>
        settings.WrappedSecretIdFile.Length > 0 ? settings.WrappedSecretIdFile : settings.SecretIdFile;

    /// <summary>Changes when something new is delivered.</summary>
    public long Stamp => File.Exists(Path) ? File.GetLastWriteTimeUtc(Path).Ticks : 0;

    /// <exception cref="VaultException">There is none, or it was tampered with.</exception>
    public async Task<Taken> TakeAsync(CancellationToken cancellationToken)
    {
        if (settings.WrappedSecretIdFile.Length == 0)
            return new Taken(Read() ?? throw Undelivered("SecretIdFile"), IsFresh: false);
        if (Read() is { } token)
        {
            using (token)
            {
                await ProveAsync(token, cancellationToken);
                var secretId = await UnwrapAsync(token, cancellationToken);
                unwrapped?.Dispose();
                unwrapped = secretId;
            }
            Remove();
            return new Taken(Copy(unwrapped), IsFresh: true);
        }
        return unwrapped is null
            ? throw Undelivered("WrappedSecretIdFile")
            : new Taken(Copy(unwrapped), IsFresh: false);
    }

    public void Dispose() => unwrapped?.Dispose();

    /// <summary>Asks what is in it, which does not use it up: it has to be there still, and to be what was promised.</summary>
    private async Task ProveAsync(Secret token, CancellationToken cancellationToken)
    {
        var lookup = VaultCall.Write("sys/wrapping/lookup", json => json.WriteSecret("token", token)) with
        {
            MayRepeat = true,
        };
        using var answer = await transport.SendAsync(lookup, null, cancellationToken);
        if (answer.Is(HttpStatusCode.BadRequest) || answer.Is(HttpStatusCode.Forbidden))
            throw Tampered("has expired, or someone has opened it already");
        if (!answer.IsDone)
            throw await VaultRefusals.OfAsync(transport, answer, cancellationToken);
        // exactly: who opened it and wrapped it again can do so under another path only
        if (answer.Text("data", "creation_path") != $"auth/{settings.AuthMount}/role/{settings.Role}/secret-id")
            throw Tampered($"was not made for the role {settings.Role} at {settings.AuthMount}");
    }

    /// <summary>Once: it is in the header alone, and over a new connection, so that nothing sends it twice.</summary>
    private async Task<Secret> UnwrapAsync(Secret token, CancellationToken cancellationToken)
    {
        var unwrap = new VaultCall(HttpMethod.Post, "sys/wrapping/unwrap")
        {
            GivesSecret = true,
            OnFreshConnection = true,
        };
        using var answer = await transport.SendAsync(
            unwrap,
            request => VaultToken.Put(request, token),
            cancellationToken
        );
        if (answer.IsDone)
            return answer.SecretAt("data", "secret_id") ?? throw Tampered("held something else");
        if (answer.Is(HttpStatusCode.BadRequest) || answer.Is(HttpStatusCode.Forbidden))
            throw Tampered("was opened by someone else at this moment");
        if (answer.Arrival == VaultArrival.Lost || answer.Is(HttpStatusCode.InternalServerError))
            throw new VaultException(
                VaultFailure.Unreachable,
                gaveNoHalf: true,
                $"The answer of the vault with the secret id was lost, and it is given once only. Have a new one delivered to {identity.Section}:WrappedSecretIdFile."
            );
        throw await VaultRefusals.OfAsync(transport, answer, cancellationToken);
    }

    /// <summary>What the file holds, without blanks around it; null if there is no such file.</summary>
    private Secret? Read()
    {
        try
        {
            using var file = File.OpenHandle(Path);
            using var buffer = new PinnedBuffer(Longest);
            var length = RandomAccess.Read(file, buffer.GetSpan(), 0);
            var start = 0;
            while (start < length && char.IsWhiteSpace((char)buffer.GetSpan()[start]))
                start++;
            while (length > start && char.IsWhiteSpace((char)buffer.GetSpan()[length - 1]))
                length--;
            return length == start ? null : Secret.Take(buffer.GetSpan()[start..length]);
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new VaultException(
                VaultFailure.Denied,
                gaveNoHalf: true,
                $"The file with the secret id of {identity.Section} cannot be read. Check its rights."
            );
        }
    }

    /// <summary>What is used up would look like tampering at the next start.</summary>
    private void Remove()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // mounted for reading only: whoever delivers has to deliver anew before the next start
        }
    }

    private static Secret Copy(Secret secret)
    {
        Span<byte> bytes = stackalloc byte[secret.Length];
        secret.Bytes.CopyTo(bytes);
        return Secret.Take(bytes);
    }

    private VaultException Undelivered(string setting) =>
        new(
            VaultFailure.Denied,
            gaveNoHalf: true,
            $"No secret id has been delivered to this process. Have one put where {identity.Section}:{setting} says."
        );

    private VaultException Tampered(string what) =>
        new(
            VaultFailure.Tampered,
            gaveNoHalf: true,
            $"The wrapped secret id of {identity.Section} {what}. Take it for an attack: find out who did it, destroy that secret id, and have a new one delivered."
        );
}

/// <summary>Puts a token on a request.</summary>
internal static class VaultToken
{
    private const string Header = "X-Vault-Token";

    /// <remarks>The framework takes the value of a header as a string only. It is made as late as can be, kept by nothing but the request, and cannot be wiped.</remarks>
    public static void Put(HttpRequestMessage request, Secret token) =>
        request.Headers.TryAddWithoutValidation(Header, System.Text.Encoding.ASCII.GetString(token.Bytes));
}
