namespace RootCustody.Teams.Outbound;

/// <summary>The hosts that may be sent a bot's token. A forged service URL would steal it, so every call asks here.</summary>
/// <param name="development">Loopback addresses as <c>host:port</c>.</param>
public sealed class ServiceHosts(IEnumerable<string> development)
{
    private const string Exact = "smba.trafficmanager.net"; // never *.trafficmanager.net: a name space that everyone shares
    private const string Suffix = ".teams.microsoft.com";

    private readonly HashSet<string> loopback = new(development, StringComparer.OrdinalIgnoreCase);

    public bool Allows(string? serviceUrl)
    {
        if (!Uri.TryCreate(serviceUrl, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0)
            return false;
        if (uri.IsLoopback)
            return uri.Scheme is "http" or "https" && loopback.Contains(uri.Authority);
        return uri.Scheme == Uri.UriSchemeHttps
            && uri.IsDefaultPort
            && (
                uri.Host.Equals(Exact, StringComparison.OrdinalIgnoreCase)
                || uri.Host.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)
            );
    }
}
