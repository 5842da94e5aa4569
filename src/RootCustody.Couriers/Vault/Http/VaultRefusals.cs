using System.Net;

namespace RootCustody.Couriers.Vault.Http;

/// <summary>Says in our own words why the vault did not do it. The status decides; what the vault says in words is never passed on, for it may quote a secret.</summary>
internal static class VaultRefusals
{
    private static readonly VaultCall Health = VaultCall.Read("sys/health") with
    {
        OutsideNamespaces = true,
        TakesAnyStatus = true,
    };

    /// <summary>Asks how the vault is, without a token.</summary>
    /// <returns>Why it is of no use now; null if it is.</returns>
    public static async Task<VaultException?> WhyUnwellAsync(
        VaultTransport transport,
        CancellationToken cancellationToken
    )
    {
        using var answer = await transport.SendAsync(Health, null, cancellationToken);
        // something in front of the vault answers with the same numbers: only the document of the vault is believed
        if (answer.Flag("initialized") == false)
            return NotInitialised();
        if (answer.Flag("sealed") == true)
            return Sealed();
        if (answer.Flag("sealed") == false)
            return null; // also as a standby, which passes on what it is asked
        return answer.Arrival == VaultArrival.Answered ? NotTheVault() : Of(answer);
    }

    /// <summary>What to throw instead of this answer.</summary>
    public static async Task<VaultException> OfAsync(
        VaultTransport transport,
        VaultAnswer answer,
        CancellationToken cancellationToken
    )
    {
        if (
            !answer.Is(HttpStatusCode.ServiceUnavailable)
            || await WhyUnwellAsync(transport, cancellationToken) is not { } why
        )
            return Of(answer);
        return new VaultException(why.Failure, !answer.MayHaveGiven, why.Message);
    }

    public static VaultException Of(VaultAnswer answer) =>
        answer.Arrival switch
        {
            VaultArrival.NotSent => New(
                answer,
                VaultFailure.Unreachable,
                "The vault cannot be reached. Check that it runs, its address in the settings, and the network between."
            ),
            VaultArrival.NotTrusted => New(
                answer,
                VaultFailure.Unreachable,
                "No safe connection to the vault could be made, so nothing was asked. Check its certificate and the CaFile of the settings."
            ),
            VaultArrival.Lost => New(
                answer,
                VaultFailure.Unreachable,
                "The vault was asked but no answer came. Look how it is."
            ),
            VaultArrival.Answered => OfStatus(answer),
        };

    /// <summary>It answered as if all were well, but what was asked for is not in the answer.</summary>
    public static VaultException Unreadable(VaultCall call) =>
        new(
            VaultFailure.Faulty,
            gaveNoHalf: !call.GivesSecret,
            "The vault gave an answer that cannot be read. Check that its version is one that is supported, and what stands in front of it."
        );

    private static VaultException OfStatus(VaultAnswer answer) =>
        answer.Status switch
        {
            HttpStatusCode.Forbidden => New(
                answer,
                VaultFailure.Denied,
                "The vault does not let this process do that. Compare the policies of its role with what it needs."
            ),
            HttpStatusCode.TooManyRequests => New(
                answer,
                VaultFailure.Throttled,
                answer.RetryAfter is { TotalSeconds: > 0 and < 3600 } wait
                    ? $"The vault is asked too often. It wants to be asked again in {wait.TotalSeconds:0} s."
                    : "The vault is asked too often. Wait a little."
            ),
            HttpStatusCode.InternalServerError => New(
                answer,
                VaultFailure.Faulty,
                "The vault failed within. Its audit devices, storage or leader may be the cause; its own log says more."
            ),
            HttpStatusCode.NotImplemented => NotInitialised(),
            HttpStatusCode.TemporaryRedirect or HttpStatusCode.PreconditionFailed => New(
                answer,
                VaultFailure.Unreachable,
                "The node of the vault that answers has no active one to ask, or names one that is not in the settings. Look at the vault's cluster."
            ),
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => New(
                answer,
                VaultFailure.Unreachable,
                "The vault, or something in front of it, is not available now."
            ),
            _ => New(
                answer,
                VaultFailure.Misconfigured,
                "The vault does not know what it was asked. Check the mounts, the kind and version of their engines, and the namespace."
            ),
        };

    private static VaultException Sealed() =>
        new(VaultFailure.Sealed, gaveNoHalf: true, "The vault is sealed. Those who hold its keys have to unseal it.");

    private static VaultException NotInitialised() =>
        new(VaultFailure.NotInitialised, gaveNoHalf: true, "The vault has not been initialised yet.");

    private static VaultException NotTheVault() =>
        new(
            VaultFailure.Unreachable,
            gaveNoHalf: true,
            "Something answers at the vault's address, but not as a vault does. Check what stands in front of it."
        );

    private static VaultException New(VaultAnswer answer, VaultFailure failure, string sentence) =>
        new(failure, gaveNoHalf: !answer.MayHaveGiven, sentence);
}
