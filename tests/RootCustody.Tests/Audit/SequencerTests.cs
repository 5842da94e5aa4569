using CsCheck;
using Microsoft.Extensions.Time.Testing;
using RootCustody.Audit;

namespace RootCustody.Tests.Audit;

public sealed class SequencerTests : IDisposable
{
    private readonly FakeTimeProvider clock = new(Logs.Noon);
    private readonly CancellationTokenSource stop = new();
    private readonly MemoryStore store = new();
    private readonly List<Exception> reported = [];
    private readonly Sequencer sequencer;

    public SequencerTests() => sequencer = new Sequencer(store, clock, reported.Add);

    public void Dispose() => stop.Dispose();

    [Fact]
    public async Task A_backlog_is_drained_without_a_pause()
    {
        store.Add((2 * Sequencer.Batch) + 1);

        var running = sequencer.RunAsync(stop.Token);

        Assert.Equal((2 * Sequencer.Batch) + 1, store.Numbered.Count);
        await StopAsync(running);
    }

    [Fact]
    public async Task An_entry_is_numbered_half_a_second_after_it_came_at_the_latest()
    {
        var running = sequencer.RunAsync(stop.Token);
        store.Add(1);

        clock.Advance(Sequencer.Pause - TimeSpan.FromMilliseconds(1));
        var tooEarly = store.Numbered.Count;
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await store.HasNumberedAsync(1);

        Assert.Equal(0, tooEarly);
        await StopAsync(running);
    }

    [Fact]
    public async Task Waking_it_ends_the_pause()
    {
        var running = sequencer.RunAsync(stop.Token);
        store.Add(1);

        sequencer.Wake();
        await store.HasNumberedAsync(1);

        await StopAsync(running);
    }

    [Fact]
    public async Task Waking_it_while_it_looks_is_not_lost()
    {
        store.WhileItLooks = () =>
        {
            store.Add(1);
            sequencer.Wake();
        };

        var running = sequencer.RunAsync(stop.Token);
        await store.HasNumberedAsync(1);

        await StopAsync(running);
    }

    [Fact]
    public async Task A_failure_of_the_store_is_reported_and_tried_again_after_the_pause()
    {
        store.Add(1);
        store.WhileItLooks = () => throw new IOException("The disk is gone.");

        var running = sequencer.RunAsync(stop.Token);
        sequencer.Wake();
        var beforeThePause = store.Numbered.Count;
        clock.Advance(Sequencer.Pause);
        await store.HasNumberedAsync(1);

        Assert.Equal(0, beforeThePause);
        Assert.IsType<IOException>(Assert.Single(reported));
        await StopAsync(running);
    }

    [Fact]
    public async Task Cancelling_it_in_the_middle_of_a_look_reports_nothing()
    {
        store.WhileItLooks = () =>
        {
            stop.Cancel();
            stop.Token.ThrowIfCancellationRequested();
        };

        await sequencer.RunAsync(stop.Token);

        Assert.Empty(reported);
    }

    [Fact, Trait("Law", "13")]
    public Task Two_sequencers_on_one_store_number_each_entry_once_and_in_order() =>
        Gen.Int[0, 700]
            .Array[1, 6]
            .SampleAsync(
                async arrivals =>
                {
                    var time = new FakeTimeProvider(Logs.Noon);
                    var shared = new MemoryStore();
                    using var end = new CancellationTokenSource();
                    Sequencer[] nodes = [new(shared, time, _ => { }), new(shared, time, _ => { })];
                    Task[] running = [.. nodes.Select(n => Task.Run(() => n.RunAsync(end.Token)))];

                    foreach (var count in arrivals)
                    {
                        shared.Add(count);
                        nodes[count % 2].Wake();
                    }
                    await Eventually(shared, arrivals.Sum(), time);
                    await end.CancelAsync();
                    await Task.WhenAll(running);

                    return shared.Numbered.SequenceEqual(Chain.Number(ChainHead.Genesis, shared.Arrived));
                },
                iter: 30
            );

    private async Task StopAsync(Task running)
    {
        await stop.CancelAsync();
        await running;
    }

    private static async Task Eventually(MemoryStore store, int count, FakeTimeProvider time)
    {
        var done = store.HasNumberedAsync(count);
        while (!done.IsCompleted)
        {
            time.Advance(Sequencer.Pause);
            await Task.Yield();
        }
    }
}
