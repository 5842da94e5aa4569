using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace RootCustody.Couriers.Vault.Http;

/// <summary>One identity, logged in by AppRole: it renews its token, logs in again before its life is over or when the vault no longer knows it, and proves after each login that it may do what it must and nothing that it must not (law 7).</summary>
public sealed partial class VaultSession : IAsyncDisposable
{
    /// <summary>A refusal just after a login is no reason to log in again: each login may use up a secret id.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(1);

    /// <summary>Where standbys answer by themselves, one may not know a token of this moment yet.</summary>
    private static readonly TimeSpan UntilKnown = TimeSpan.FromMilliseconds(250);

    /// <summary>Who was refused waits so long: wrong logins lock the role out.</summary>
    private static readonly TimeSpan UntilNextTry = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan UntilNextRenewal = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly VaultIdentity identity;
    private readonly VaultTransport transport;
    private readonly TimeProvider clock;
    private readonly RandomNumberGenerator random;
    private readonly ILogger logger;
    private readonly SecretIdDelivery delivery;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Lock swap = new();
    private Living? living;
    private (VaultException Why, DateTimeOffset Until, long Stamp)? refused;
    private bool isOver;

    public VaultSession(
        VaultIdentity identity,
        VaultTransport transport,
        TimeProvider clock,
        RandomNumberGenerator random,
        ILogger logger
    )
    {
        (this.identity, this.transport, this.clock, this.random, this.logger) = (
            identity,
            transport,
            clock,
            random,
            logger
        );
        delivery = new SecretIdDelivery(identity, transport);
    }

    /// <summary>Asks with the token. Refused, it asks once more with a fresh one.</summary>
    /// <exception cref="VaultException">This identity is not let in, or may do too much.</exception>
    public async Task<VaultAnswer> SendAsync(VaultCall call, CancellationToken cancellationToken)
    {
        var used = await OpenAsync(cancellationToken);
        var first = await transport.SendAsync(call, Sign, cancellationToken);
        if (!first.Is(HttpStatusCode.Forbidden))
            return first;

        using (first)
        {
            await OpenAgainAsync(used, cancellationToken);
            var second = await transport.SendAsync(call, Sign, cancellationToken);
            second.MayHaveGiven |= first.MayHaveGiven;
            return second;
        }
    }

    /// <summary>Proves anew that this identity may do what it must and nothing that it must not. If it may do more, the session is closed.</summary>
    /// <exception cref="VaultException">It is not so, or it cannot be known.</exception>
    public async Task ProveAsync(CancellationToken cancellationToken)
    {
        var used = await OpenAsync(cancellationToken);
        if (!await IsKnownAsync(used, cancellationToken))
            await OpenAgainAsync(used, cancellationToken); // a login proves by itself
    }

    /// <summary>Renews the token if it is time.</summary>
    /// <returns>How long nothing more has to be done.</returns>
    public async Task<TimeSpan> KeepAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (living is not { } now || isOver)
                return UntilNextRenewal; // the first question opens it
            if (clock.GetUtcNow() < now.RenewAt)
                return Left(now);
            if (now.IsLast || !await TryRenewAsync(now, cancellationToken))
                await LogInAsync(cancellationToken);
            return Left(living);
        }
        catch (VaultException refusal)
        {
            Log.NotRenewed(logger, identity.Section, refusal.Message);
            return UntilNextRenewal; // well before its end: the token goes on until then
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Tells the vault that the token is no longer needed, if it still listens.</summary>
    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        try
        {
            if (!isOver && living is not null)
                await RevokeAsync(Sign);
            isOver = true;
            Close();
            delivery.Dispose();
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task RevokeAsync(Action<HttpRequestMessage> sign)
    {
        using var limit = new CancellationTokenSource(Farewell);
        try
        {
            var revoke = new VaultCall(HttpMethod.Post, "auth/token/revoke-self") { TakesAnyStatus = true };
            (await transport.SendAsync(revoke, sign, limit.Token)).Dispose();
        }
        catch (OperationCanceledException)
        {
            // it ends by itself with its time
        }
    }

    /// <summary>Puts the token that lives at this moment on a request; none if there is none, and the vault refuses.</summary>
    private void Sign(HttpRequestMessage request)
    {
        lock (swap)
        {
            if (living is { } now)
                VaultToken.Put(request, now.Token);
        }
    }

    private async Task<Living> OpenAsync(CancellationToken cancellationToken)
    {
        lock (swap)
        {
            if (living is { } current && clock.GetUtcNow() < current.EndsAt)
                return current; // not behind a renewal that waits for a vault that is shut
        }
        await turn.WaitAsync(cancellationToken); // one login, whoever waits for it
        try
        {
            return living is { } now && clock.GetUtcNow() < now.EndsAt ? now : await LogInAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The vault refused what was asked with this token.</summary>
    private async Task OpenAgainAsync(Living used, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (living is { } now && now != used)
                return; // someone else was refused too, and has logged in
            var isYoung = clock.GetUtcNow() < used.Since + Young;
            if (isYoung)
                await Task.Delay(UntilKnown, clock, cancellationToken);
            if (!isYoung || !await IsKnownAsync(used, cancellationToken))
                await LogInAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <returns>False if the vault does not know the token: expired, revoked or never seen.</returns>
    /// <exception cref="VaultException">It knows it, but the identity is not as it has to be.</exception>
    private async Task<bool> IsKnownAsync(Living used, CancellationToken cancellationToken)
    {
        try
        {
            return await TryProveAsync(Sign, cancellationToken);
        }
        catch (VaultException wide) when (wide.Failure == VaultFailure.TooWide)
        {
            Log.TooWide(logger, identity.Section, wide.Message);
            Refuse(wide);
            Close(used);
            throw;
        }
    }

    private async Task<Living> LogInAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(isOver, this);
        if (refused is { } before && clock.GetUtcNow() < before.Until && delivery.Stamp == before.Stamp)
            throw new VaultException(before.Why.Failure, gaveNoHalf: true, before.Why.Message);
        try
        {
            var next = await AskForTokenAsync(cancellationToken);
            await ProveFreshAsync(next, cancellationToken);
            Close(with: next);
            refused = null;
            return next;
        }
        catch (VaultException refusal)
            when (refusal.Failure is VaultFailure.Denied or VaultFailure.TooWide or VaultFailure.Tampered)
        {
            if (refusal.Failure != VaultFailure.Denied)
            {
                Log.TooWide(logger, identity.Section, refusal.Message);
                Close();
            }
            Refuse(refusal);
            throw;
        }
    }

    private async Task<Living> AskForTokenAsync(CancellationToken cancellationToken)
    {
        var taken = await delivery.TakeAsync(cancellationToken);
        using var secretId = taken.SecretId;
        var login = VaultCall.Write(
            $"auth/{identity.Settings.AuthMount}/login",
            json =>
            {
                json.WriteString("role_id", identity.Settings.RoleId);
                json.WriteSecret("secret_id", secretId);
            }
        );
        using var answer = await transport.SendAsync(login, null, cancellationToken);
        if (answer.Is(HttpStatusCode.BadRequest) || answer.Is(HttpStatusCode.Forbidden))
            throw NotLetIn(taken.IsFresh && answer.Is(HttpStatusCode.BadRequest));
        if (!answer.IsDone)
            throw await VaultRefusals.OfAsync(transport, answer, cancellationToken);
        if (answer.Texts("auth", "policies")?.Contains("root", StringComparer.Ordinal) == true)
            throw Wide("holds the policy 'root'");
        var token = answer.SecretAt("auth", "client_token") ?? throw VaultRefusals.Unreadable(login);
        return Begun(token, answer);
    }

    private Living Begun(Secret token, VaultAnswer answer)
    {
        var life = TimeSpan.FromSeconds(answer.Number("auth", "lease_duration") ?? 0);
        var now = clock.GetUtcNow();
        return new Living
        {
            Token = token,
            Since = now,
            Life = life,
            EndsAt = life > TimeSpan.Zero ? now + life : DateTimeOffset.MaxValue, // 0: it never ends
            RenewAt = life > TimeSpan.Zero ? now + RenewAfter(life) : DateTimeOffset.MaxValue,
            IsLast = answer.Flag("auth", "renewable") != true,
        };
    }

    /// <summary>After two thirds of its life, or up to a tenth earlier.</summary>
    private TimeSpan RenewAfter(TimeSpan life) => life * (2.0 / 3) * (1 - Jitter.Of(random) / 10);

    private TimeSpan Left(Living now) =>
        now.RenewAt - clock.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <returns>False if it has to be logged in anew.</returns>
    private async Task<bool> TryRenewAsync(Living now, CancellationToken cancellationToken)
    {
        var renew = VaultCall.Write("auth/token/renew-self", _ => { }) with { MayRepeat = true };
        using var answer = await transport.SendAsync(renew, Sign, cancellationToken);
        if (!answer.IsDone || answer.Number("auth", "lease_duration") is not { } seconds)
            return false;
        var length = TimeSpan.FromSeconds(seconds);
        now.EndsAt = clock.GetUtcNow() + length;
        now.RenewAt = clock.GetUtcNow() + RenewAfter(length);
        now.IsLast = length < now.Life * 0.9; // capped: its longest life is near
        return await IsKnownAsync(now, cancellationToken); // rights may have changed under way
    }

    private async Task ProveFreshAsync(Living next, CancellationToken cancellationToken)
    {
        void SignNext(HttpRequestMessage request) => VaultToken.Put(request, next.Token);
        try
        {
            if (await TryProveAsync(SignNext, cancellationToken))
                return;
            await Task.Delay(UntilKnown, clock, cancellationToken);
            if (!await TryProveAsync(SignNext, cancellationToken))
                throw new VaultException(
                    VaultFailure.Denied,
                    gaveNoHalf: true,
                    $"The identity of {identity.Section} may not ask what it may do. Grant update on sys/capabilities-self to its role."
                );
        }
        catch
        {
            await RevokeAsync(SignNext);
            next.Token.Dispose();
            throw;
        }
    }

    /// <returns>False if the vault does not know the token, or not let it ask.</returns>
    private async Task<bool> TryProveAsync(Action<HttpRequestMessage> sign, CancellationToken cancellationToken)
    {
        var ask = VaultCall.Write(
            "sys/capabilities-self",
            json =>
            {
                json.WriteStartArray("paths");
                foreach (var path in identity.Rights.Select(r => r.Path).Concat(identity.Never))
                    json.WriteStringValue(path);
                json.WriteEndArray();
            }
        ) with
        {
            MayRepeat = true,
        };
        using var answer = await transport.SendAsync(ask, sign, cancellationToken);
        if (answer.Is(HttpStatusCode.Forbidden))
            return false;
        if (!answer.IsDone)
            throw await VaultRefusals.OfAsync(transport, answer, cancellationToken);
        foreach (var path in identity.Never)
        {
            if (answer.Texts("data", path) is not ["deny"])
                throw Wide($"is not denied {path}, which belongs to another half");
        }
        foreach (var right in identity.Rights)
            Prove(right, answer.Texts("data", right.Path) ?? []);
        return true;
    }

    private void Prove(VaultRight right, IReadOnlyList<string> may)
    {
        if (may.Intersect([.. right.MustNot, "root"], StringComparer.Ordinal).FirstOrDefault() is { } more)
            throw Wide($"may {more} {right.Path}");
        if (right.Needs.Except(may, StringComparer.Ordinal).FirstOrDefault() is { } less)
            throw new VaultException(
                VaultFailure.Denied,
                gaveNoHalf: true,
                $"The identity of {identity.Section} lacks a right: grant {less} on {right.Path} to its role."
            );
    }

    private void Refuse(VaultException why) =>
        refused = (
            why,
            why.Failure == VaultFailure.Tampered ? DateTimeOffset.MaxValue : clock.GetUtcNow() + UntilNextTry,
            delivery.Stamp
        );

    private void Close(Living? only = null, Living? with = null)
    {
        lock (swap)
        {
            if (only is not null && living != only)
                return;
            living?.Token.Dispose();
            living = with;
        }
    }

    private VaultException NotLetIn(bool isFresh) =>
        isFresh
            ? new VaultException(
                VaultFailure.Tampered,
                gaveNoHalf: true,
                $"The secret id of {identity.Section} came out of its wrapping unopened, and yet it does not open the vault. Take it for an attack if its role id is right: someone may have used it. Destroy it and have a new one delivered."
            )
            : new VaultException(
                VaultFailure.Denied,
                gaveNoHalf: true,
                $"The vault does not let the identity of {identity.Section} in: its role id or secret id is wrong, used up or over. Have a new secret id delivered."
            );

    private VaultException Wide(string what) =>
        new(
            VaultFailure.TooWide,
            gaveNoHalf: true,
            $"The identity of {identity.Section} {what}, so it is not used (law 7). Correct the policies of its role, and of its entity."
        );

    /// <summary>What is known of a token. Changed only by who has the turn.</summary>
    private sealed class Living
    {
        public required Secret Token { get; init; }
        public required DateTimeOffset Since { get; init; }

        /// <summary>How long it lived when it was new.</summary>
        public required TimeSpan Life { get; init; }

        public required DateTimeOffset EndsAt { get; set; }
        public required DateTimeOffset RenewAt { get; set; }

        /// <summary>Whether renewing lengthens it no more.</summary>
        public required bool IsLast { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The session of {Section} at the vault could not be renewed yet. {Why}")]
        public static partial void NotRenewed(ILogger logger, string section, string why);

        [LoggerMessage(2, LogLevel.Critical, "The vault of {Section} is closed to this process. {Why}")]
        public static partial void TooWide(ILogger logger, string section, string why);
    }
}
