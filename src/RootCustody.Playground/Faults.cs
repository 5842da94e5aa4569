using System.Collections.Concurrent;

namespace RootCustody.Playground;

/// <summary>How a platform misbehaves on the next call.</summary>
public enum Fault
{
    /// <summary>429 with <c>Retry-After: 1</c>, before anything was done.</summary>
    Throttled,

    /// <summary>500, before anything was done.</summary>
    FailsBefore,

    /// <summary>500, after it was done.</summary>
    FailsAfter,

    /// <summary>The connection is cut, before anything was done.</summary>
    DropsBefore,

    /// <summary>The connection is cut, after it was done.</summary>
    DropsAfter,

    /// <summary>No answer before <see cref="Faults.Release"/>, or for <see cref="Faults.Longest"/>; then it is done.</summary>
    Hangs,
}

/// <summary>The faults that wait for their call, by the name of what is called.</summary>
public sealed class Faults
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Fault>> waiting = new(StringComparer.Ordinal);

    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How long a call hangs at most. Default for ever.</summary>
    public TimeSpan Longest { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>Asked, where no fault waits for a call, whether it misbehaves.</summary>
    public Func<Fault?>? ByChance { get; set; }

    /// <summary>Told of each fault that met its call.</summary>
    public Action<Fault>? OnFault { get; set; }

    /// <summary>Lets what hangs go on.</summary>
    public void Release() => released.TrySetResult();

    public void Next(string call, Fault fault, int times = 1)
    {
        for (var i = 0; i < times; i++)
            waiting.GetOrAdd(call, _ => new ConcurrentQueue<Fault>()).Enqueue(fault);
    }

    /// <summary>Does the call, or misbehaves as told.</summary>
    public async Task<IResult> AroundAsync(HttpContext context, string call, Func<Task<IResult>> work)
    {
        Fault? fault =
            waiting.TryGetValue(call, out var queue) && queue.TryDequeue(out var next) ? next : ByChance?.Invoke();
        if (fault is { } met)
            OnFault?.Invoke(met);
        switch (fault)
        {
            case Fault.Throttled:
                context.Response.Headers.RetryAfter = "1";
                return Results.Json(new { ok = false, error = "ratelimited" }, statusCode: 429);
            case Fault.FailsBefore:
                return Results.StatusCode(500);
            case Fault.DropsBefore:
                context.Abort();
                return Results.Empty;
            case Fault.Hangs:
                await HangAsync(context.RequestAborted);
                break;
        }
        var result = await work();
        switch (fault)
        {
            case Fault.FailsAfter:
                return Results.StatusCode(500);
            case Fault.DropsAfter:
                context.Abort();
                return Results.Empty;
            default:
                return result;
        }
    }

    private async Task HangAsync(CancellationToken cancellationToken)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(released.Task, Task.Delay(Longest, TimeProvider.System, cut.Token));
        await cut.CancelAsync();
    }
}
