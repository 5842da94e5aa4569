using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace RootCustody.Couriers.Vault.Http;

/// <summary>HashiCorp Vault (from 1.8) or OpenBao, as one identity of ours sees it. What goes wrong is one of a closed set, in a sentence that a courier can say to a person.</summary>
public sealed class VaultClient : IAsyncDisposable
{
    private readonly VaultTransport transport;
    private readonly VaultSession session;

    /// <param name="clock">For the life of tokens and the pauses between attempts.</param>
    public VaultClient(
        VaultIdentity identity,
        TimeProvider clock,
        RandomNumberGenerator random,
        ILogger<VaultClient> logger
    )
    {
        Section = identity.Section;
        Clock = clock;
        transport = new VaultTransport(identity.Settings, clock, random);
        session = new VaultSession(identity, transport, clock, random, logger);
    }

    /// <summary>The section of the settings of its identity.</summary>
    public string Section { get; }

    /// <summary>The clock by which its pauses are counted.</summary>
    public TimeProvider Clock { get; }

    /// <param name="alsoTakes">The statuses that mean something to the caller, besides that it was done.</param>
    /// <exception cref="VaultException">Any other answer, or none.</exception>
    public async Task<VaultAnswer> AskAsync(
        VaultCall call,
        CancellationToken cancellationToken,
        params IReadOnlyList<HttpStatusCode> alsoTakes
    )
    {
        var answer = await session.SendAsync(call, cancellationToken);
        if (answer.IsDone || answer.Arrival == VaultArrival.Answered && alsoTakes.Contains(answer.Status))
            return answer;
        using (answer)
            throw await VaultRefusals.OfAsync(transport, answer, cancellationToken);
    }

    /// <summary>As <see cref="AskAsync"/> for a change that must not be made twice: an answer that was lost, or does not say whether it was made, is given to the caller to find out.</summary>
    public async Task<VaultAnswer> TryAsync(
        VaultCall call,
        CancellationToken cancellationToken,
        params IReadOnlyList<HttpStatusCode> alsoTakes
    )
    {
        var answer = await session.SendAsync(call, cancellationToken);
        if (answer.IsDone || IsUnclear(answer) || alsoTakes.Contains(answer.Status))
            return answer;
        using (answer)
            throw await VaultRefusals.OfAsync(transport, answer, cancellationToken);
    }

    /// <summary>What to throw instead of an answer that was taken to find out what had been done.</summary>
    public Task<VaultException> WhyNotAsync(VaultAnswer answer, CancellationToken cancellationToken) =>
        VaultRefusals.OfAsync(transport, answer, cancellationToken);

    /// <summary>Whether it may have been done: also after an internal error, for the audit device may fail when the work is over.</summary>
    public static bool IsUnclear(VaultAnswer answer) =>
        answer.Arrival == VaultArrival.Lost
        || answer.Arrival == VaultArrival.Answered && answer.Status >= HttpStatusCode.InternalServerError;

    /// <summary>Looks whether the vault serves, and this identity may do what it must and nothing that it must not.</summary>
    /// <exception cref="VaultException">It is not so.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (await VaultRefusals.WhyUnwellAsync(transport, cancellationToken) is { } why)
            throw why;
        await session.ProveAsync(cancellationToken);
    }

    /// <inheritdoc cref="VaultSession.KeepAsync"/>
    public Task<TimeSpan> KeepAsync(CancellationToken cancellationToken) => session.KeepAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await session.DisposeAsync();
        transport.Dispose();
    }
}
