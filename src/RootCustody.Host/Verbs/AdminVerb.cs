using System.CommandLine;
using RootCustody.Desk.People.Orders;
using RootCustody.Desk.People.Proposals;

namespace RootCustody.Host.Verbs;

/// <summary><c>admin …</c>: the same words as in chat.</summary>
internal static class AdminVerb
{
    public static Command Make()
    {
        var words = new AdminWords();
        foreach (var (command, read) in words.Orders)
            command.Does((parsed, services, token) => OrderAsync(read(parsed), services, token));
        words.Proposals.Does(
            async (_, services, cancellationToken) =>
            {
                var waiting = await services.GetRequiredService<OrderFromConsole>().WaitingAsync(cancellationToken);
                foreach (var line in waiting.DefaultIfEmpty("No proposal waits."))
                    Console.WriteLine(line);
                return Verb.Ok;
            }
        );
        return words.Root;
    }

    public static async Task<int> OrderAsync(
        Order order,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        switch (await services.GetRequiredService<OrderFromConsole>().HandleAsync(order, cancellationToken))
        {
            case Ordered.Refused refused:
                return Verb.Tell(refused.Why);
            case Ordered.Proposed proposed:
                Console.WriteLine($"{proposed.Name}: {proposed.Text}");
                Console.WriteLine(
                    "Halves are in custody, so nothing was changed: this is a proposal now. Two administrators confirm it in chat."
                );
                return Warn(proposed.Unable);
            case Ordered.Made { Code: { } code } made:
                Console.WriteLine(code.Text);
                Console.Error.WriteLine(
                    $"{made.Text} Hand it over yourself, never through the chat account that it secures. {code.Use} It works once."
                );
                return Verb.Ok;
            case Ordered.Made made:
                Console.WriteLine(made.Text);
                return Verb.Ok;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static int Warn(string? unable)
    {
        if (unable is not null)
            Console.Error.WriteLine($"warning: {unable}");
        return Verb.Ok;
    }
}
