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

    /// <summary>No answer before <see cref="Faults.Release"/>; then it is done.</summary>
    Hangs,
}

/// <summary>The faults that wait for their call, by the name of what is called.</summary>
public sealed class Faults
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Fault>> waiting = new(StringComparer.Ordinal);

    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

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
        Fault? fault = waiting.TryGetValue(call, out var queue) && queue.TryDequeue(out var next) ? next : null;
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
                await released.Task.WaitAsync(context.RequestAborted);
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
}
