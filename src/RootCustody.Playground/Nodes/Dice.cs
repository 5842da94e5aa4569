namespace RootCustody.Playground.Nodes;

/// <summary>Chance that comes again with its seed (SplitMix64).</summary>
internal sealed class Dice(int seed)
{
    private readonly Lock gate = new();
    private ulong state = (ulong)seed;

    /// <returns>0 to <paramref name="below"/>, without it.</returns>
    public int Roll(int below)
    {
        lock (gate)
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)below);
        }
    }

    public bool Chance(int percent) => Roll(100) < percent;

    public T Pick<T>(IReadOnlyList<T> of) => of[Roll(of.Count)];

    /// <summary>A time between two others.</summary>
    public TimeSpan Between(int shortest, int longest) =>
        TimeSpan.FromMilliseconds(shortest + Roll(longest - shortest));
}
