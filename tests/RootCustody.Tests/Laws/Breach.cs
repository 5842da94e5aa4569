using CsCheck;

namespace RootCustody.Tests.Laws;

/// <summary>Plays random commands and asks a law, said again over the chronicle alone, after each of them.</summary>
internal static class Breach
{
    private const int Often = 700;
    private const int Batches = 40;

    public static Gen<int[]> Births { get; } = Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[0, 40])).Array[6];

    /// <summary>Whatever is done, the law says that nothing is wrong.</summary>
    /// <param name="law">Names the breach, or null.</param>
    /// <param name="before">Done to the world before each command.</param>
    public static void Never(Func<World, string?> law, Gen<Command[]>? commands = null, Action<World>? before = null) =>
        Gen.Select(Births, commands ?? Command.Any)
            .Sample((births, played) => Assert.Null(First(new World(births), played, law, before)), iter: Often);

    /// <summary>The test of the test: in a world with this hole the law finds a breach.</summary>
    public static void IsFoundWith(Hole hole, Func<World, string?> law)
    {
        string? found = null;

        for (var batch = 0; batch < Batches && found is null; batch++)
        {
            Gen.Select(Births, Command.Any)
                .Sample(
                    (births, played) =>
                    {
                        if (found is null && First(new World(births, hole), played, law) is { } breach)
                            found = breach;
                    },
                    iter: Often
                );
        }

        Assert.NotNull(found);
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
}
