using CsCheck;

namespace RootCustody.Tests.Laws;

/// <summary>Plays random commands and asks laws after each of them.</summary>
internal static class Breach
{
    private const int Often = 700;

    /// <summary>Who typed the halves, and the policy.</summary>
    public static Gen<int[]> Births { get; } =
        Gen.Select(
            Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[0, 40])).Array[6],
            Gen.Frequency((1, Gen.Const(0)), (2, Gen.Int[0, 143])),
            (births, policy) => (int[])[.. births, policy]
        );

    /// <summary>Whatever is done, the law says that nothing is wrong.</summary>
    /// <param name="law">Names the breach, or null.</param>
    /// <param name="before">Done to the world before each command.</param>
    public static void Never(
        Func<World, string?> law,
        Gen<Command[]>? commands = null,
        Action<World>? before = null,
        long often = Often
    ) =>
        Gen.Select(Births, commands ?? Command.Any)
            .Sample(
                (births, played) =>
                {
                    if (First(new World(births), played, law, before) is { } breach)
                        Assert.Fail(breach);
                },
                iter: often,
                print: sequence => Print(sequence.Item1, sequence.Item2)
            );

    /// <summary>The test of the test: in a world with this hole the law finds a breach. The same sequences each time.</summary>
    public static void IsFoundWith(Hole hole, Func<World, string?> law)
    {
        var sequences = Gen.Select(Births, Command.Any);
        for (uint i = 0; i < 10_000; i++)
        {
            var (births, played) = sequences.Generate(new PCG(i, 2026), null, out _);
            if (First(new World(births, hole), played, law) is not null)
                return;
        }
        Assert.Fail($"No sequence broke the law with the hole {hole}.");
    }

    private static string? First(
        World world,
        IEnumerable<Command> commands,
        Func<World, string?> law,
        Action<World>? before = null
    )
    {
        foreach (var command in commands)
        {
            before?.Invoke(world);
            world.Play(command);
            if (law(world) is { } breach)
                return $"After {command}: {breach}";
        }
        return null;
    }

    /// <summary>The whole of a sequence, so that it can be played again by hand.</summary>
    private static string Print(int[] births, IEnumerable<Command> commands) =>
        $"births {string.Join(',', births)}; {string.Join("; ", commands.Select(c => $"{c.Act} {c.Who} {c.Which} {c.How}"))}";
}
