using System.Diagnostics;
using System.Net;
using HdrHistogram;

namespace RootCustody.Benchmarks;

/// <summary>Sends at a fixed rate whatever the answers do. Latency counts from the moment at which a request should have been sent, so that a slow answer cannot hide those behind it.</summary>
internal sealed class OpenLoop(HttpClient http, double perSecond)
{
    private static readonly long Longest = TimeSpan.FromMinutes(1).Ticks / 10;

    /// <returns>Microseconds, and how many were not answered by 200.</returns>
    public async Task<(LongHistogram Latencies, int Failed)> RunAsync(Func<HttpRequestMessage> next, TimeSpan length)
    {
        var count = (int)(perSecond * length.TotalSeconds);
        var requests = Enumerable.Range(0, count).Select(_ => next()).ToList();
        var took = new Task<long>[count];
        var sender = Task.Factory.StartNew(
            () => Send(requests, took),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        await sender;
        var histogram = new LongHistogram(Longest, 3);
        var failed = 0;
        foreach (var one in await Task.WhenAll(took))
        {
            if (one < 0)
                failed++;
            else
                histogram.RecordValue(Math.Clamp(one, 1, Longest));
        }
        return (histogram, failed);
    }

    private void Send(List<HttpRequestMessage> requests, Task<long>[] took)
    {
        var began = Stopwatch.GetTimestamp();
        var step = Stopwatch.Frequency / perSecond;
        for (var i = 0; i < requests.Count; i++)
        {
            var due = began + (long)(i * step);
            WaitUntil(due);
            var request = requests[i];
            took[i] = Task.Run(() => OneAsync(request, due));
        }
    }

    /// <summary>Sleeps for most of the time and spins for the rest, as timers are off by a millisecond.</summary>
    private static void WaitUntil(long due)
    {
        var left = TimeSpan.FromSeconds((due - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency);
        if (left > TimeSpan.FromMilliseconds(2))
            Thread.Sleep(left - TimeSpan.FromMilliseconds(1.5));
        while (Stopwatch.GetTimestamp() < due)
            Thread.SpinWait(20);
    }

    private async Task<long> OneAsync(HttpRequestMessage request, long due)
    {
        using (request)
        {
            try
            {
                using var answer = await http.SendAsync(request);
                var microseconds = Stopwatch.GetElapsedTime(due).Ticks / 10;
                return answer.StatusCode == HttpStatusCode.OK ? microseconds : -1;
            }
            catch (HttpRequestException)
            {
                return -1;
            }
        }
    }
}
