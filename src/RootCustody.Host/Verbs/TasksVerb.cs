using System.CommandLine;
using RootCustody.Accounts;
using RootCustody.Desk.Requests;
using RootCustody.Requests;

namespace RootCustody.Host.Verbs;

/// <summary><c>tasks [TASK] [--account ACCOUNT]</c>: what only root can do, and who can do it with less.</summary>
internal static class TasksVerb
{
    public static Command Make()
    {
        var id = new Argument<string?>("TASK")
        {
            Description = "The name of one task, such as s3-unlock; all of them without it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var account = new Option<string?>("--account")
        {
            Description = "The 12 digits of an account in the directory: print only how it is done there.",
        };
        var command = new Command(
            "tasks",
            "Print what only root can do: what to prepare, the steps, how it is proven, the risk, and the way without root for each kind of account."
        )
        {
            id,
            account,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var wanted = parsed.GetValue(id);
                var tasks = RootTask.Catalogue.Where(t => wanted is null || t.Id == wanted).ToList();
                return tasks.Count == 0
                        ? Task.FromResult(
                            Verb.Tell(
                                $"There is no task '{wanted}'. There are: {string.Join(", ", RootTask.Catalogue.Select(t => t.Id))}."
                            )
                        )
                    : parsed.GetValue(account) is { } number
                        ? Verb.DoAsync((services, stop) => OfOneAsync(number, tasks, services, stop), cancellationToken)
                    : Task.FromResult(Of(Enum.GetValues<AccountKind>(), tasks, "its commercial account"));
            }
        );
        return command;
    }

    private static async Task<int> OfOneAsync(
        string number,
        IReadOnlyList<RootTask> tasks,
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        var ground = await services.GetRequiredService<ShowTasks>().OfAsync(number, cancellationToken);
        if (ground is null)
            return Verb.Tell($"There is no account {number}.");
        Console.WriteLine($"{ground.Account.Name} ({number})");
        return Of([ground.Kind], tasks, $"{ground.Commercial?.Name} ({ground.Commercial?.Number})", number);
    }

    /// <param name="commercial">How the commercial account of one of GovCloud is called.</param>
    /// <param name="number">For the commands of one account; without it they say ACCOUNT.</param>
    private static int Of(
        IReadOnlyList<AccountKind> kinds,
        IReadOnlyList<RootTask> tasks,
        string commercial,
        string number = "ACCOUNT"
    )
    {
        foreach (var task in tasks)
        {
            Console.WriteLine($"{task.Id}: {task.Name}");
            foreach (var kind in kinds)
            {
                Print(kind, task.WayOf(kind), number);
                if (kind == AccountKind.GovCloud)
                    Console.WriteLine($"               {task.ByCommercial(commercial)}");
            }
            Print(task);
        }
        return Verb.Ok;
    }

    private static void Print(AccountKind kind, WeakerWay? way, string number)
    {
        Console.WriteLine($"  {kind, -12} {(way is null ? "only root" : $"without root: {way.Words}")}");
        foreach (var command in way?.CommandsFor(number) ?? [])
            Console.WriteLine($"               {command}");
    }

    private static void Print(RootTask task)
    {
        Console.WriteLine($"  Prepare      {task.Prepare}");
        foreach (var (step, at) in task.Steps.Select((step, at) => (step, at + 1)))
            Console.WriteLine($"  {at}.           {step}");
        Console.WriteLine($"  Done when    {task.Proof}");
        Console.WriteLine($"  Risk         {task.Risk}");
        Console.WriteLine();
    }
}
