using RootCustody.Data;
using RootCustody.Host;

namespace RootCustody.Playground.Nodes;

/// <summary>The database of the nodes as the harness reads it, past all nodes.</summary>
public sealed class Backstage : IAsyncDisposable
{
    private readonly WebApplication host;

    private Backstage(WebApplication host)
    {
        this.host = host;
    }

    /// <param name="settings">As the nodes have them.</param>
    public static Backstage Open(IReadOnlyDictionary<string, string?> settings, TimeProvider clock) =>
        new(
            CustodyHost.Build(
                ["--environment", "Development", Loopback.WatchesNoFile],
                builder =>
                {
                    builder.Configuration.AddInMemoryCollection(settings);
                    builder.Services.AddSingleton(clock);
                }
            )
        );

    public async Task<T> InDbAsync<T>(Func<CustodyDb, Task<T>> look)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await look(scope.ServiceProvider.GetRequiredService<CustodyDb>());
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
