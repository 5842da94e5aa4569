namespace RootCustody.Playground.Nodes;

/// <summary>
/// The points at which a node can be told to die: before and after each commit, each call, each answer and each look into a
/// vault. A point is named after the act of the story and what passes there, so that it has the same name in every run.
/// </summary>
/// <param name="deadly">The points at which the node stands still until its process is killed; it gets to the first of them only.</param>
/// <param name="dying">Told the point, last of all.</param>
/// <remarks>From its deadly point on a node commits nothing, calls nobody and answers nothing: each of these is a point too, and none is passed any more.</remarks>
public sealed class DeathPoints(IReadOnlyCollection<string> deadly, Action<string> dying)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> times = new(StringComparer.Ordinal);
    private readonly List<string> passed = [];
    private readonly TaskCompletionSource standstill = new();
    private string? act;
    private bool isDying;

    /// <summary>All points that were passed, in their order.</summary>
    public IReadOnlyList<string> Passed
    {
        get
        {
            lock (gate)
                return [.. passed];
        }
    }

    /// <summary>The act that a point belongs to.</summary>
    public static string ActOf(string point) => point.Split(':')[0];

    /// <summary>What passes there, whatever the act, and however often it has passed.</summary>
    public static string KindOf(string point)
    {
        var kind = point[(point.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        var number = kind.LastIndexOf(" (", StringComparison.Ordinal);
        return number >= 0 && kind[(number + 2)..^1].All(char.IsAsciiDigit) ? kind[..number] : kind;
    }

    /// <summary>From here on all belongs to this act. Before the first act nothing is a point.</summary>
    /// <param name="name">Without a colon: see <see cref="ActOf"/>.</param>
    public void Begin(string name)
    {
        lock (gate)
        {
            if (name == act)
                return; // pressed again: the points go on counting
            act = name;
            times.Clear();
        }
    }

    /// <param name="what">Such as <c>commit of request.asked</c>.</param>
    /// <param name="onlyFirst">Whether how often it happens in an act is a matter of chance, so that only the first is a point.</param>
    public Task PassAsync(string moment, string what, bool onlyFirst = false)
    {
        string point;
        lock (gate)
        {
            if (isDying)
                return standstill.Task;
            if (act is null)
                return Task.CompletedTask;
            point = $"{act}: {moment} {what}";
            var time = times[point] = times.GetValueOrDefault(point) + 1;
            if (time > 1 && onlyFirst)
                return Task.CompletedTask;
            if (time > 1)
                point += $" ({time})";
            passed.Add(point);
            if (!deadly.Contains(point, StringComparer.Ordinal))
                return Task.CompletedTask;
            isDying = true;
        }
        dying(point);
        return standstill.Task;
    }
}
