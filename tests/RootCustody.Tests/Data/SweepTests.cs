using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RootCustody.Data;

namespace RootCustody.Tests.Data;

public sealed class SweepTests
{
    [Fact]
    public async Task Told_to_stop_it_ends_what_it_has_begun_and_begins_nothing_more()
    {
        using var stopping = new CancellationTokenSource();
        var done = new List<int>();

        var swept = SweepAsync(
            [1, 2, 3],
            async id =>
            {
                if (id == 2)
                    await stopping.CancelAsync();
                done.Add(id);
            },
            stopping.Token
        );

        await Assert.ThrowsAsync<OperationCanceledException>(() => swept); // so that Hangfire hands the job back
        Assert.Equal([1, 2], done);
    }

    [Fact]
    public async Task A_row_whose_time_runs_out_stops_no_other()
    {
        var done = new List<int>();

        await SweepAsync(
            [1, 2, 3],
            id =>
            {
                if (id == 1)
                    throw new TaskCanceledException(); // a call of an HttpClient that took too long
                done.Add(id);
                return Task.CompletedTask;
            },
            CancellationToken.None
        );

        Assert.Equal([2, 3], done);
    }

    private static async Task SweepAsync(int[] due, Func<int, Task> handle, CancellationToken stopping)
    {
        await using var services = new ServiceCollection().AddScoped<object>().BuildServiceProvider();
        var sweep = new Sweep(services.GetRequiredService<IServiceScopeFactory>(), NullLogger<Sweep>.Instance);
        await sweep.EachAsync<object, int>(due, (_, id) => handle(id), stopping);
    }
}
