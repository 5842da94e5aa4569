using RootCustody.Teams.Outbound;

namespace RootCustody.Tests.Teams;

/// <summary>A bot's token goes to Microsoft's hosts and to no other.</summary>
public class ServiceHostsTests
{
    private static readonly ServiceHosts Production = new([]);
    private static readonly ServiceHosts Development = new(["localhost:56150", "127.0.0.1:9000"]);

    [Theory]
    [InlineData("https://smba.trafficmanager.net/emea/")]
    [InlineData("https://smba.trafficmanager.net")]
    [InlineData("https://SMBA.TrafficManager.NET/amer/72f988bf-86f1-41af-91ab-2d7cd011db47/")]
    [InlineData("https://smba.trafficmanager.net:443/teams/")]
    [InlineData("https://smba.infra.gcc.teams.microsoft.com/teams")]
    public void Microsofts_hosts_are_allowed(string serviceUrl) => Assert.True(Production.Allows(serviceUrl));

    [Theory]
    [InlineData("https://evil.trafficmanager.net/emea/")]
    [InlineData("https://smba.trafficmanager.net.evil.com/emea/")]
    [InlineData("https://evil-smba.trafficmanager.net/")]
    [InlineData("https://evil.smba.trafficmanager.net/")]
    [InlineData("https://trafficmanager.net/")]
    [InlineData("https://evil.com/smba.trafficmanager.net/")]
    [InlineData("https://evil.com?smba.trafficmanager.net")]
    [InlineData("https://evil.com#.teams.microsoft.com")]
    [InlineData("https://smba.trafficmanager.net@evil.com/")]
    [InlineData("https://user@smba.trafficmanager.net/")]
    [InlineData("https://user:password@smba.trafficmanager.net/")]
    [InlineData("https://evilteams.microsoft.com/")]
    [InlineData("https://x.teams.microsoft.com.evil.com/")]
    [InlineData("https://smba.trafficmanager.net./")]
    [InlineData("https://ѕmba.trafficmanager.net/")] // a Cyrillic letter
    public void Hosts_that_look_like_them_are_not(string serviceUrl) => Assert.False(Production.Allows(serviceUrl));

    [Theory]
    [InlineData("http://smba.trafficmanager.net/emea/")]
    [InlineData("https://smba.trafficmanager.net:8443/emea/")]
    [InlineData("ftp://smba.trafficmanager.net/emea/")]
    [InlineData("//smba.trafficmanager.net/emea/")]
    [InlineData("smba.trafficmanager.net")]
    [InlineData("/emea/")]
    [InlineData("")]
    [InlineData(null)]
    public void Nothing_but_https_on_its_own_port_is_allowed(string? serviceUrl) =>
        Assert.False(Production.Allows(serviceUrl));

    [Theory]
    [InlineData("http://localhost:56150/_connector")]
    [InlineData("http://127.0.0.1:9000/")]
    [InlineData("https://LOCALHOST:56150/")]
    public void Loopback_is_allowed_only_where_it_is_listed(string serviceUrl)
    {
        Assert.True(Development.Allows(serviceUrl));
        Assert.False(Production.Allows(serviceUrl));
    }

    [Theory]
    [InlineData("http://localhost:9000/")]
    [InlineData("http://localhost/")]
    [InlineData("http://127.0.0.1:56150/")]
    [InlineData("http://[::1]:56150/")]
    [InlineData("ws://localhost:56150/")]
    [InlineData("http://user@localhost:56150/")]
    [InlineData("file:///localhost:56150")]
    public void Another_port_name_or_scheme_of_loopback_is_not_the_listed_one(string serviceUrl) =>
        Assert.False(Development.Allows(serviceUrl));

    [Fact]
    public void A_listed_name_that_is_not_loopback_opens_nothing()
    {
        var hosts = new ServiceHosts(["evil.com", "evil.com:443", "evil.com:80"]);

        Assert.False(hosts.Allows("https://evil.com/"));
        Assert.False(hosts.Allows("http://evil.com/"));
    }

    [Fact]
    public void Microsofts_hosts_stay_allowed_in_development() =>
        Assert.True(Development.Allows("https://smba.trafficmanager.net/emea/"));
}
