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

    public Task<T> InDbAsync<T>(Func<CustodyDb, Task<T>> look) => AskAsync(look);

    /// <summary>Asks a part of the host.</summary>
    public async Task<T> AskAsync<TPart, T>(Func<TPart, Task<T>> ask)
        where TPart : notnull
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TPart>());
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
