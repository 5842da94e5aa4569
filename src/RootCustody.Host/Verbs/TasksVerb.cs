using System.CommandLine;
using RootCustody.Accounts;
using RootCustody.Requests;

namespace RootCustody.Host.Verbs;

/// <summary><c>tasks [TASK]</c>: what only root can do, and who can do it with less.</summary>
internal static class TasksVerb
{
    public static Command Make()
    {
        var id = new Argument<string?>("TASK")
        {
            Description = "The name of one task, such as s3-unlock; all of them without it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command(
            "tasks",
            "Print what only root can do: what to prepare, the steps, how it is proven, the risk, and the way without root for each kind of account."
        )
        {
            id,
        };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(id);
            var tasks = RootTask.Catalogue.Where(t => wanted is null || t.Id == wanted).ToList();
            if (tasks.Count == 0)
                return Verb.Tell(
                    $"There is no task '{wanted}'. There are: {string.Join(", ", RootTask.Catalogue.Select(t => t.Id))}."
                );
            foreach (var task in tasks)
                Print(task);
            return Verb.Ok;
        });
        return command;
    }

    private static void Print(RootTask task)
    {
        Console.WriteLine($"{task.Id}: {task.Name}");
        foreach (var kind in Enum.GetValues<AccountKind>())
            Print(kind, task.WayOf(kind));
        Console.WriteLine($"  Prepare      {task.Prepare}");
        foreach (var (step, at) in task.Steps.Select((step, at) => (step, at + 1)))
            Console.WriteLine($"  {at}.           {step}");
        Console.WriteLine($"  Done when    {task.Proof}");
        Console.WriteLine($"  Risk         {task.Risk}");
        Console.WriteLine();
    }

    private static void Print(AccountKind kind, WeakerWay? way)
    {
        Console.WriteLine($"  {kind, -12} {(way is null ? "only root" : $"without root: {way.Words}")}");
        foreach (var command in way?.Commands ?? [])
            Console.WriteLine($"               {command}");
    }
}
