namespace RootCustody.Playground.Nodes;

/// <summary>Somebody did something and got no answer, or not the one that they waited for.</summary>
public sealed class NoAnswerException(string why) : Exception(why);

/// <summary>Somebody tried again and again.</summary>
public sealed class GaveUpException(string act, IEnumerable<string> tries)
    : Exception($"{act}: gave up. {string.Join(" // ", tries)}");

/// <summary>What happens around the acts of a flow: how long people wait, and what becomes of the host meanwhile.</summary>
public abstract class Pace
{
    /// <summary>An act begins, or is tried again.</summary>
    public virtual Task BeginAsync(string act) => Task.CompletedTask;

    /// <summary>After a try: waits until what was looked for is seen, or nothing more can be expected.</summary>
    public abstract Task RestAsync(Func<bool> seen);

    /// <summary>Waits for what a platform is about to show, but not for ever.</summary>
    public virtual Task<T> WaitAsync<T>(Task<T> shown) => shown;

    /// <summary>An authenticator shows the next code.</summary>
    public abstract Task NewCodeAsync();

    /// <summary>So much time passes.</summary>
    public virtual Task PassAsync(TimeSpan by) => Task.Delay(by, TimeProvider.System);

    /// <summary>Time passes until the jobs come.</summary>
    public abstract Task SweepAsync();

    /// <summary>A half has arrived on a surface.</summary>
    public virtual Task SawAsync(string person, Half half) => Task.CompletedTask;

    /// <summary>A person did something, for those who would send the same again.</summary>
    public virtual Task<T> PressAsync<T>(Func<Task<T>> press) => press();
}
