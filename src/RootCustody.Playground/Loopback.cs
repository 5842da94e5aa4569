using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace RootCustody.Playground;

/// <summary>A small web server on loopback, on a port that the system picks.</summary>
public static class Loopback
{
    /// <summary>An argument of a host whose settings do not change: a machine has few watchers of files.</summary>
    public const string WatchesNoFile = "--hostBuilder:reloadConfigOnChange=false";

    public static async Task<(WebApplication App, Uri Address)> StartAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder([WatchesNoFile]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return (app, AddressOf(app));
    }

    public static Uri AddressOf(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new Uri(addresses.First());
    }
}
